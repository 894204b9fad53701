"""Text that stands in a column anybody of the community may read: short, of one line, without a person's number."""

import re

from django.utils.translation import gettext as _

from linli.book.safe import clean
from linli.ground.trail.refusals import Refused

_BETWEEN = re.compile(r"(?<=\d)[\s\-.·—_()]{1,3}(?=[\dXx])")
_NUMBER = re.compile(r"\d{10,}[\dXx]")  # a mobile phone has 11 digits, an identity number 15 or 18
_WIDE = {0xFF10 + digit: 0x30 + digit for digit in range(10)} | {0xFF38: 0x58, 0xFF58: 0x78, 0xFF0D: 0x2D}


def number_in(text):
    """A phone or identity number in a text as it stands there without gaps; "" if there is none.

    >>> number_in("請打 138-0013-8000"), number_in("３號樓 12 單元 2026")
    ('13800138000', '')
    """
    plain = _BETWEEN.sub("", str(text).translate(_WIDE))
    found = _NUMBER.search(plain)
    return found[0] if found else ""


def checked(text, what, longest, needed=True):
    """The text cleaned; refuses one that is missing, too long, or holds a person's number. what: its name, told."""
    text = clean(text or "").strip()
    if needed and not text:
        raise Refused(_("%(what)s is missing.") % {"what": what})
    if len(text) > longest:
        raise Refused(
            _("%(what)s is too long: %(length)s characters, at most %(longest)s.")
            % {"what": what, "length": len(text), "longest": longest},
            _("Say it in a few words; what was said belongs into the notes."),
        )
    if number_in(text):
        raise Refused(
            _("%(what)s holds a phone or identity number.") % {"what": what},
            _("Leave it out: nobody's name or number is kept here."),
        )
    return text


def confidential(text, what, longest=5000, needed=True):
    """Text that will stand encrypted: trimmed, its lines kept; refuses one that is missing or too long."""
    text = "\n".join(clean(line) for line in str(text or "").splitlines()).strip()
    if needed and not text:
        raise Refused(_("%(what)s is missing.") % {"what": what})
    if len(text) > longest:
        raise Refused(
            _("%(what)s is too long: %(length)s characters, at most %(longest)s.")
            % {"what": what, "length": len(text), "longest": longest}
        )
    return text
