"""The application as a web server calls it."""

import os
import re

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "linli.settings")
WRITTEN = ("utf-8", "utf8", "us-ascii", "iso-8859-1", "gb18030", "gbk", "gb2312", "big5")
_CHARSET = re.compile(r";\s*charset\s*=\s*\"?([^\s;\"]*)\"?", re.IGNORECASE)


def readable(inner):
    """``inner`` with nothing but letters that people write in: Django decodes an address by whatever codec a stranger
    names, before any page of ours could answer, and Python has codecs that are none of letters."""

    def answer(environ, start_response):
        said = environ.get("CONTENT_TYPE", "")
        if any(name.lower() not in WRITTEN for name in _CHARSET.findall(said)):
            environ["CONTENT_TYPE"] = _CHARSET.sub("", said)
        return inner(environ, start_response)

    return answer


application = readable(get_wsgi_application())
