"""One figure held against its rate before it is kept, in words for whoever typed it; as ``linli.book.against`` does."""

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _

from heng.scheme import COUNT, MEAN, SHARE
from linli.book.cells import LARGEST
from linli.ground.trail.refusals import Refused

ORIGIN = ("room", "counted")  # which working room counted a figure, and how far its records had come
NUMBERS = ("numerator", "denominator", "design_effect")
COUNTED = (*NUMBERS, "status")
FIELDS = ("numerator", "denominator", "design_effect", "sd", "source", "status")


@dataclass(frozen=True)
class Figure:
    """What a department says of one community; of a mean the numerator is the mean itself. room: the working room
    that counted it, "" when its supplier typed it."""

    numerator: float
    denominator: float
    design_effect: float = 1.0
    sd: float | None = None
    source: str = ""
    status: str = "final"
    room: str = ""
    counted: str = ""

    def as_kept(self):
        """Field -> value."""
        return {name: getattr(self, name) for name in FIELDS}

    def as_written(self):
        """The same with where it comes from: whoever types another figure makes it a typed one."""
        return {name: getattr(self, name) for name in (*FIELDS, *ORIGIN)}

    def stands_in(self, row):
        """Whether an ``Entry`` says just this, and comes from the same room if this was counted: then its source is in
        the language of whoever took it over, and does not tell two figures apart."""
        if self.room:
            return self.room == row.room and all(getattr(row, name) == getattr(self, name) for name in COUNTED)
        return kept(row) == self.as_kept()


def of_counted(counted):
    """A room's ``Counted`` as a department's ``Figure``."""
    status = "provisional" if counted.provisional else "final"
    fields = counted.numerator, counted.denominator, counted.design_effect, None, counted.source[:200], status
    return Figure(*fields, room=counted.room, counted=counted.revision[:80])


def moved(value, counted):
    """Whether a room counts something else than what stands in a cell; counted: ``Counted``, None = nothing any more.

    Nothing taken over is no difference, and a typed figure that no room counts has nothing to differ from.
    """
    if value is None:
        return False
    if counted is None:
        return bool(value.room)
    return any(getattr(value, name) != getattr(counted, name) for name in NUMBERS)


def kept(row):
    """The same of an ``Entry`` or a ``FrozenValue``."""
    return {name: getattr(row, name) for name in FIELDS}


def said(value):
    """A number as people write it; nothing as a dash.

    >>> said(14200.0), said(0.125), said(None)
    ('14200', '0.125', '—')
    """
    return "—" if value is None else f"{value:.12g}" if isinstance(value, float | int) else str(value)


def check(rate, figure):
    """``Refused`` with what is wrong of a figure under a ``heng.scheme.Rate``."""
    for name, value in (("numerator", figure.numerator), ("denominator", figure.denominator)):
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
            raise Refused(_("%(field)s is not a number.") % {"field": LABELS[name]()})
        if abs(value) > LARGEST:
            raise Refused(_("%(field)s is larger than anything that can be counted.") % {"field": LABELS[name]()})
    if figure.denominator == 0:
        raise Refused(
            _("A denominator of 0 says nothing: where nothing was asked or due, there is no evidence."),
            _("Leave both cells blank. A blank is never counted as 0."),
        )
    if figure.denominator < 0 or (rate.kind != MEAN and figure.numerator < 0):
        raise Refused(_("A figure cannot be below 0."))
    _by_kind(rate, figure)
    if not (isinstance(figure.design_effect, int | float) and 0 < figure.design_effect <= 1000):
        raise Refused(_("A design effect is a number above 0; 1 for a simple sample or a full count."))
    if len(figure.source) > 200 or not figure.source.isprintable():
        raise Refused(_("A source is one line of at most 200 characters."))
    if figure.status not in ("final", "provisional"):
        raise Refused(_("A figure is final or provisional; only supervision may find it false (R-15)."))


def _by_kind(rate, figure):
    if rate.kind == SHARE and figure.numerator > figure.denominator:
        raise Refused(
            _("The numerator %(numerator)s is above the denominator %(denominator)s: a share cannot be above 1.")
            % {"numerator": said(figure.numerator), "denominator": said(figure.denominator)}
        )
    if rate.kind == COUNT and not float(figure.numerator).is_integer():
        raise Refused(_("%(numerator)s is not a whole number of events.") % {"numerator": said(figure.numerator)})
    if rate.kind == MEAN and not (figure.sd is not None and math.isfinite(figure.sd) and figure.sd > 0):
        raise Refused(_("A mean needs its standard deviation, above 0."))
    if figure.sd is not None and not (math.isfinite(figure.sd) and 0 <= figure.sd <= LARGEST):
        raise Refused(_("A standard deviation is a number, not below 0."))


LABELS = {
    "numerator": lambda: _("Numerator"),
    "denominator": lambda: _("Denominator"),
    "design_effect": lambda: _("Design effect"),
    "sd": lambda: _("Standard deviation"),
    "source": lambda: _("Source"),
    "status": lambda: _("Status"),
    "verified_as": lambda: _("Verified by"),
    "returned_because": lambda: _("Returned because"),
}
