"""What the county's page draws, rate by rate: rows joined once, missing figures left missing."""

from dataclasses import dataclass
from types import SimpleNamespace

from heng.scheme import COUNT, SHARE
from linli.faces.desk.charts import funnel, three_ways, trend
from linli.faces.desk.charts import map as shaded
from linli.ground.places.models import Community
from linli.quarter.appraisal.models import Cycle, Figure
from linli.quarter.indicators.models import Revision
from linli.quarter.indicators.queries import parsed


@dataclass(frozen=True)
class Place:
    """One community with its figure of one rate; figure is None where the quarter has none."""

    code: str
    name: str
    boundary: dict | None
    figure: object


def places(cycle, rate):
    """``Place`` rows of a computed quarter, by code."""
    found = {
        one.community: one for one in Figure.objects.filter(computation=cycle.current_id, rate=rate.id).order_by("pk")
    }
    rows = Community.objects.filter(bureau=cycle.bureau_id).select_related("place").order_by("code")
    return [Place(one.code, one.name, one.place.boundary if one.place else None, found.get(one.code)) for one in rows]


def known(figure, name):
    """A figure's value, or None."""
    return getattr(figure, name) if figure is not None else None


def three(rows, chosen=""):
    """Rows of the chart of three ways."""
    return [
        three_ways.Place(
            one.name, known(one.figure, "numerator"), known(one.figure, "crude"), known(one.figure, "adjusted"),
            known(one.figure, "low"), known(one.figure, "high"), one.code == chosen,
        )
        for one in rows
    ]  # fmt: skip


def cone(rows, rate, chosen=""):
    """(points, centre) of the funnel: counts over exposure, shares over answers. None for a mean, which has no cone."""
    if rate.kind not in (COUNT, SHARE):
        return None
    counted = [one for one in rows if known(one.figure, "denominator")]
    if not counted:
        return None
    points = [
        funnel.Place(one.name, one.figure.numerator, one.figure.denominator, one.code == chosen) for one in counted
    ]
    return points, sum(p.count for p in points) / sum(p.base for p in points)


def shaded_by(rows, chosen=""):
    """Rows of the map, shaded by the adjusted figure."""
    return [shaded.Place(one.name, one.boundary, known(one.figure, "adjusted"), one.code == chosen) for one in rows]


def over_time(bureau, community, rate, until):
    """Points of the trend of one community's adjusted figure, and whether the scheme's version changed between."""
    cycles = Cycle.objects.filter(bureau=bureau, period__lte=until, current__isnull=False).order_by("period")
    cycles = list(cycles.values("period", "current_id", "scheme__version"))
    found = Figure.objects.filter(
        computation__in=[one["current_id"] for one in cycles], community=community, rate=rate.id
    ).order_by("pk")
    found = {one.computation_id: one for one in found}
    points, version = [], None
    for one in cycles:
        figure = found.get(one["current_id"])
        changed = one["scheme__version"] if version not in (None, one["scheme__version"]) else ""
        version = one["scheme__version"]
        points.append(
            trend.Point(one["period"], known(figure, "adjusted"), known(figure, "low"), known(figure, "high"), changed)
        )
    return points


def scheme_of(cycle):
    """The ``heng.scheme.Scheme`` the quarter was computed with."""
    revision = Revision.objects.filter(computation=cycle.current_id).select_related("scheme").defer("book").first()
    return parsed(revision.scheme if revision else cycle.scheme)


def chosen_rate(scheme, asked):
    """The rate a reader asked for, else the incident rate, else the first."""
    by_id = {rate.id: rate for rate in scheme.rates}
    return by_id.get(asked) or by_id.get("incidents") or scheme.rates[0]


def printed(rate):
    """How the three columns of a rate are called and rounded: counts per 10,000 and ratios, shares in per cent."""
    if rate.kind == COUNT:
        return SimpleNamespace(digits=(0, 1, 2), expected=1.0, share=False)
    return SimpleNamespace(digits=(0, 2, 2), expected=None, share=rate.kind == SHARE)
