"""National codes of places (統計用區劃代碼): 2 + 2 + 2 + 3 + 3 digits, padded with zeros to 12, and 15 since
GA/T 2000.33-2020 for communities and villages. Kept as text: the zeros mean something."""

from django.utils.translation import gettext as _

from linli.ground.trail.refusals import Refused

LEVELS = ("province", "city", "county", "township", "community")
_WIDTH = {"province": 2, "city": 4, "county": 6, "township": 9, "community": 12}
_WHOLE = (12, 15)


def stem(code, level):
    """The digits of a code that say which place of that level it is; a community's are all of them."""
    return code if level == "community" else code[: _WIDTH[level]]


def check_code(code, level, parent=None):
    """Refuse a code that is no national code of that level, or does not lie under its parent's."""
    width = _WIDTH[level]
    if not (code.isascii() and code.isdigit() and len(code) in (width, *_WHOLE)):
        raise Refused(
            _("“%(code)s” is not a national code of this level.") % {"code": code[:40]},
            _("Write 12 digits, or 15 for a community: %(width)s that name the place, then zeros.") % {"width": width},
        )
    if level != "community" and code[width:].strip("0"):
        raise Refused(
            _("“%(code)s” is the code of a place below this level.") % {"code": code},
            _("After the first %(width)s digits only zeros may follow.") % {"width": width},
        )
    if not code[width - 2 : width].strip("0") and not code[_WIDTH[_above(level)] : width].strip("0"):
        raise Refused(
            _("“%(code)s” is the code of a place above this level.") % {"code": code},
            _("The digits of this level are all zero."),
        )
    if parent is not None:
        _check_parent(code, level, parent)


def _above(level):
    place = LEVELS.index(level)
    return LEVELS[place - 1] if place else level


def _check_parent(code, level, parent):
    if LEVELS.index(parent.level) >= LEVELS.index(level):
        raise Refused(
            _("%(parent)s does not lie above this level.") % {"parent": parent.name},
            _("Choose a place of a higher level."),
        )
    if not code.startswith(stem(parent.code, parent.level)):
        raise Refused(
            _("“%(code)s” does not lie in %(parent)s, whose code is %(parents)s.")
            % {"code": code, "parent": parent.name, "parents": parent.code},
            _("The first digits of a place's code are those of the place it lies in."),
        )
