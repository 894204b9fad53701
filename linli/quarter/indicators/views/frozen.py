"""Frozen values: what a quarter was computed from, revision by revision, and what moved between two."""

from django.db.models import Case, IntegerField, When
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import LEADER, PERSONNEL, PROVINCE, SECRETARY, SUPERVISION
from linli.ground.trail.listed import csv_answer, page_of
from linli.quarter.indicators import queries, words
from linli.quarter.indicators.figures import said
from linli.quarter.indicators.views.common import crumb, crumbs, plain, quarter_or_404, said_period

READERS = (PERSONNEL, SUPERVISION, LEADER, SECRETARY, PROVINCE)
HEADER = (
    *("community", "rate", "numerator", "denominator", "design_effect", "sd", "source", "status"),
    *("supplied_by", "verified_by"),
)
SORTS = {
    "community": ("community", "place"),
    "rate": ("place", "community"),
    "status": ("status", "community", "place"),
}


@page(*READERS)
def latest(request, bureau, period):
    """The newest revision's values."""
    newest = queries.revisions(bureau, quarter_or_404(period)).last()
    if newest is None:
        raise Http404
    return _shown(request, bureau, newest)


@page(*READERS)
def revision(request, bureau, period, number):
    """One revision's values."""
    return _shown(request, bureau, get_object_or_404(queries.revisions(bureau, quarter_or_404(period)), number=number))


def _shown(request, bureau, found):
    asked, scheme = request.GET, queries.parsed(found.scheme)
    order = [When(rate=rate.id, then=place) for place, rate in enumerate(scheme.rates)]
    values = found.values.annotate(place=Case(*order, default=len(order), output_field=IntegerField()))
    values = values.order_by(*SORTS.get(asked.get("sort"), SORTS["community"]))
    for name in ("rate", "community", "status"):
        if asked.get(name):
            values = values.filter(**{name: plain(asked[name], 40)})
    if asked.get("format") == "csv":
        rows = ([getattr(value, name) for name in HEADER] for value in values)
        return csv_answer(f"frozen-{bureau.code}-{found.period}-{found.number}", HEADER, rows)
    names = {rate.id: queries.rate_name(rate) for rate in scheme.rates}
    places = dict(bureau.communities.values_list("code", "name"))
    shown = page_of(request, values, 100)
    people = queries.called(value.supplied_by for value in shown.object_list)
    all_of_them = list(queries.revisions(bureau, found.period))
    earlier = next((one for one in all_of_them if one.number == found.number - 1), None)
    context = {
        "revision": found,
        "revisions": all_of_them,
        "page": shown,
        "rows": [_row(value, names, places, people) for value in shown.object_list],
        "moved": _moved(earlier, found, names, places) if earlier else None,
        "earlier": earlier,
        "rates": names.items(),
        "asked": asked,
        "said": said_period(found.period),
        "crumbs": crumbs(bureau, crumb("sheet", said_period(found.period), bureau.code, found.period))
        if request.user.role != PROVINCE
        else crumbs(bureau),
    }
    return render(request, "indicators/frozen.html", context)


def _row(value, names, places, people):
    return {
        "supplied_by": people.get(value.supplied_by, value.supplied_by),
        "value": value,
        "name": names.get(value.rate, value.rate),
        "place": places.get(value.community, value.community),
        "figure": words.figure(value),
        "source": queries.office_name(value.source) if value.source else "—",
        "status": {"final": words.STATES["verified"], "provisional": words.STATES["provisional"]}.get(
            value.status, words.STATES["false"]
        ),
        "sign": {"final": "done", "provisional": "wait"}.get(value.status, "adverse"),
    }


def _moved(earlier, found, names, places):
    return [
        {
            "label": f"{places.get(moved.community, moved.community)} {names.get(moved.rate, moved.rate)}: {label}",
            "before": said(old),
            "after": said(new),
        }
        for moved in queries.differences(earlier, found)
        for label, old, new in moved.rows
    ]
