"""The answer to "does the chain hold?" in words, for the page and for the command line."""

import re

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

SAID = {
    "altered": gettext_lazy("its text is not what was written"),
    "gap": gettext_lazy("entries before it are missing"),
    "link": gettext_lazy("it does not follow the entry before it: something was removed, moved or put in"),
    "tail": gettext_lazy("the end is not where it should be: the last entries are missing, or some were added by hand"),
    "anchor": gettext_lazy("it is not the entry that was written down outside"),
}
ANCHOR = re.compile(r"\s*([1-9]\d{0,17})\s*:\s*([0-9a-f]{64})\s*", re.IGNORECASE)


def anchor_of(text):
    """(number, hash) from "NUMBER:HASH" as ``linli trail anchor`` wrote it; None for text of another form.

    >>> anchor_of("12:" + "A" * 64) == (12, "a" * 64), anchor_of("12")
    (True, None)
    """
    found = ANCHOR.fullmatch(text)
    return (int(found[1]), found[2].lower()) if found else None


def anchor_text(head):
    """The line to keep outside.

    >>> anchor_text((12, "ab"))
    '12:ab'
    """
    return f"{head[0]}:{head[1]}"


def holds(count):
    """What is said of a chain of ``count`` entries that holds."""
    return _("The chain holds: %(count)s entries, none altered, removed or reordered.") % {"count": count}


def broken(count):
    """What is said of one with ``count`` faults."""
    return _("The chain does not hold; faults: %(count)s.") % {"count": count}


def line(number, what):
    """One fault as a sentence."""
    return _("Entry %(number)s: %(what)s.") % {"number": number, "what": SAID[what]}
