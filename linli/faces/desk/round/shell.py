"""What the page is drawn with, for the phone to keep: each file, and a version that changes with any of them."""

import hashlib
from functools import cache
from pathlib import Path

from django.contrib.staticfiles import finders
from django.templatetags.static import static

WORKER = "desk/round/sw.js"
DRAWN_WITH = (
    *("desk/linli.css", "desk/linli.js", "desk/favicon.svg", "django_htmx/htmx-2.min.js"),
    *(f"desk/round/{name}" for name in ("round.css", "round.js", "queue.js", "send.js", "forms.js", "media.js")),
    *(f"desk/round/{name}" for name in ("screens.js", "lists.js", "leave.js", "icon-192.png")),
)


@cache
def worker():
    """The service worker: the version and the files' addresses, then the script itself."""
    files = [static(name) for name in DRAWN_WITH]
    lines = ",\n  ".join(f'"{address}"' for address in files)
    return f'const VERSION = "{version()}";\nconst FILES = [\n  {lines},\n];\n{_read(WORKER).decode()}'


@cache
def version():
    """A short name of what all the files hold together."""
    whole = hashlib.sha256()
    for name in (*DRAWN_WITH, WORKER):
        whole.update(hashlib.sha256(_read(name)).digest())
    return whole.hexdigest()[:16]


def _read(name):
    return Path(finders.find(name)).read_bytes()
