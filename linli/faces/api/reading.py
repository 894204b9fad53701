"""What the API reads, from the rooms below: rows as they were published."""

from django.db.models import F

from linli.ground.places.models import Community
from linli.ground.trail.language import reader, told
from linli.quarter.appraisal import queries as appraisal
from linli.quarter.appraisal.models import Cycle, Figure, Score
from linli.quarter.indicators import queries as indicators

FIGURES = (
    *("community", "rate", "numerator", "denominator", "crude", "expected", "adjusted", "low", "high"),
    *("points", "points_low", "points_high", "status"),
)


def bureau(one):
    """The client's bureau."""
    return {"code": one.code, "name": one.name, "place": one.place.code, "place_name": one.place.name}


def communities(of):
    """Communities, the closed ones too."""
    linked = {"place_code": F("place__code"), "station_code": F("station__code")}
    rows = Community.objects.filter(bureau=of).order_by("code")
    return rows.annotate(**linked).values("code", "name", "kind", "complex", "closed_on", *linked)


def quarters(of):
    """Cycles, the latest first."""
    rows = Cycle.objects.filter(bureau=of).order_by("-period")
    named = {"scheme_version": F("scheme__version"), "revision": F("current__revision__number")}
    return rows.annotate(**named).values("period", "state", "objections_until", "published_at", *named)


def cycle(of, period):
    """The quarter's cycle, or None."""
    return Cycle.objects.filter(bureau=of, period=period).first()


def calendar(of):
    """The steps of a cycle."""
    names = ("code", "first", "last", "state", "on", "estimated")
    steps = appraisal.calendar(of)
    return [{name: getattr(step, name) for name in names} | {"label": str(step.label)} for step in steps]


def figures(of, community="", rate=""):
    """The published figures of a cycle, in the order of its scheme."""
    rows = Figure.objects.filter(computation=of.current_id)
    if community:
        rows = rows.filter(community=community)
    if rate:
        rows = rows.filter(rate=rate)
    return rows.order_by("community", "pk").values(*FIGURES)


def scores(of):
    """The published lines of a cycle."""
    return Score.objects.filter(computation=of.current_id).order_by("community", "officer")


def score(row, names):
    """One line as it is answered; the name only where the client may read names."""
    said = ("officer", "community", "score", "low", "high", "rank", "tied", "rank_low", "rank_high", "status")
    alike = {"cannot_be_told_apart_from": row.alike, "name": row.name if names else None}
    return {name: getattr(row, name) for name in said} | alike


def scheme(of, day):
    """The scheme in force on a day, with what each rate means; None where there was none."""
    found = indicators.scheme_on(of, day)
    if found is None:
        return None
    lang, meant = reader(), {one.rate: one for one in found.definitions.all()}
    names = ("name", "version", "in_force_from", "minute_number", "text")
    rates = [_rate(rate, meant.get(rate.id), lang) for rate in indicators.parsed(found).rates]
    return {name: getattr(found, name) for name in names} | {"rates": rates}


def _rate(rate, meant, lang):
    texts = {part: meant and (told(getattr(meant, part), lang) or None) for part in ("why", "numerator", "denominator")}
    said = {"id": rate.id, "name": told(rate.name, lang), "weight": rate.weight}
    owners = {"supplier": rate.supplier, "verifier": rate.verifier, "next_review": meant and meant.next_review}
    return said | owners | texts
