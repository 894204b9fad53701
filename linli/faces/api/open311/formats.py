"""One shape in two formats. A shape is a name with a value: text, truth, None, a dict of shapes, a list of values.

JSON is the value; XML puts the name around it, and around each value of a list the name of one of them.
"""

import json
import re
from xml.etree.ElementTree import Element, SubElement, tostring

from django.http import HttpResponse

FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
_ONE_OF = {"service_requests": "request"}  # of all others it is the name without its s
_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML 1.0 cannot hold


def answered(form, name, value, status=200):
    """The response in the format ``form``; no proxy keeps it."""
    written = _json(value) if form == "json" else xml(name, value)
    answer = HttpResponse(written, status=status, content_type=FORMATS[form])
    answer["Cache-Control"] = "no-store"
    return answer


def _json(value):
    return json.dumps(value, ensure_ascii=False).encode(errors="replace")


def xml(name, value):
    """Bytes of the document.

    >>> print(xml("errors", [{"code": "404", "description": "a < b"}]).decode())
    <?xml version="1.0" encoding="utf-8"?>
    <errors><error><code>404</code><description>a &lt; b</description></error></errors>
    """
    root = Element(name)
    _fill(root, name, value)
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + tostring(root, encoding="utf-8", xml_declaration=False)


def _fill(element, name, value):
    if isinstance(value, dict):
        for part, inner in value.items():
            _fill(SubElement(element, part), part, inner)
    elif isinstance(value, list | tuple):
        one = _ONE_OF.get(name, name.removesuffix("s"))
        for inner in value:
            _fill(SubElement(element, one), one, inner)
    elif isinstance(value, bool):
        element.text = "true" if value else "false"
    elif value is not None:
        element.text = _UNWRITABLE.sub("\N{REPLACEMENT CHARACTER}", str(value))
