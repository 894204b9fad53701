"""A community's figures of the last published quarter, in plain words; never an officer's score, points or rank."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from heng.disclosure import withheld
from heng.scheme import COUNT, SHARE
from linli.book.figures import fixed, percent, significant
from linli.ground.trail.language import reader
from linli.quarter.appraisal.models import Cycle, Figure
from linli.quarter.appraisal.wording import period_name
from linli.quarter.indicators.models import RateDefinition, Revision
from linli.quarter.indicators.queries import parsed, rate_name, texts_of

MISSING = ("no_evidence", "false")
FEWER, MORE, USUAL = "fewer", "more", "usual"


@dataclass(frozen=True)
class Shown:
    """name, why; value and span as they are read ("" = nothing to show); compared: fewer, more or usual for such a
    place, "" where nobody can say; hidden: a count behind it is small; note: what else is to be known."""

    name: str
    why: str
    value: str = ""
    span: str = ""
    compared: str = ""
    hidden: bool = False
    note: str = ""


def of_community(community):
    """(the quarter's name, ``Shown`` of each rate); ("", []) before anything was published."""
    cycle = Cycle.objects.filter(bureau=community.bureau_id, state=Cycle.State.PUBLISHED, current__isnull=False)
    cycle = cycle.order_by("-period").select_related("scheme").first()
    if cycle is None:
        return "", []
    revision = Revision.objects.filter(computation=cycle.current_id).select_related("scheme").defer("book").first()
    version = revision.scheme if revision else cycle.scheme
    rows = Figure.objects.filter(computation=cycle.current_id, community=community.code)
    found = {row.rate: row for row in rows}
    defined = {row.rate: row for row in RateDefinition.objects.filter(scheme=version)}
    lang = reader()
    return period_name(cycle.period), [
        _shown(rate, found.get(rate.id), texts_of(defined.get(rate.id), lang)["why"]) for rate in parsed(version).rates
    ]


def _shown(rate, figure, why):
    name = rate_name(rate)
    if figure is None or figure.crude is None or figure.status in MISSING:
        return Shown(name, why, note=_("not supplied"))
    if small(rate.kind, figure.numerator, figure.denominator):
        return Shown(name, why, hidden=True)
    value, span = _value(rate, figure)
    note = _("few answers: not certain") if figure.status == "thin" else ""
    note = _("provisional") if figure.status == "provisional" else note
    return Shown(name, why, value, span, _compared(rate, figure), note=note)


def small(kind, numerator, denominator):
    """Whether a count behind a figure is below five: of a share also those who said the other thing.

    That nothing happened names nobody and is shown; that nobody said the other thing says something of everybody.

    >>> small("share", 47.0, 50.0), small("share", 40.0, 50.0), small("count", 4.0, 1000.0), small("mean", 2.0, 3.0)
    (True, False, True, False)
    >>> small("count", 0.0, 1000.0), small("share", 50.0, 50.0)
    (False, True)
    """
    if kind == SHARE:
        yes = int(numerator)
        return bool(withheld([yes, max(int(denominator) - yes, 0)]).any())
    return kind == COUNT and bool(withheld([int(numerator)], zeros=True).any())


def _value(rate, figure):
    if rate.kind == COUNT:
        per = _("%(rate)s per %(per)s residents") % {"rate": fixed(figure.crude, 1), "per": f"{rate.per:,.0f}"}
        return significant(figure.numerator, 5), per
    if rate.kind == SHARE:
        low, high = percent(figure.low), percent(figure.high)
        return percent(figure.adjusted), _("between %(low)s and %(high)s") % {"low": low, "high": high}
    span = {"low": fixed(figure.low, 2), "high": fixed(figure.high, 2)}
    return fixed(figure.adjusted, 2), _("between %(low)s and %(high)s") % span


def _compared(rate, figure):
    """Against what would be expected of a place like this, only where its interval leaves no doubt."""
    usual = 1.0 if rate.kind == COUNT else figure.expected
    if None in (usual, figure.low, figure.high):
        return ""
    if figure.high < usual:
        return FEWER
    return MORE if figure.low > usual else USUAL
