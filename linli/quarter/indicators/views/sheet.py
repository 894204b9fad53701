"""The sheet over all departments, and the quarters there are."""

from django.db.models import Count
from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import (
    CADRE,
    DEPARTMENT,
    LEADER,
    PERSONNEL,
    PROVINCE,
    SECRETARY,
    STATION,
    SUPERVISION,
)
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, page_of
from linli.quarter.indicators import owners, queries, words
from linli.quarter.indicators.models import Entry, Revision
from linli.quarter.indicators.views.common import crumbs, quarter_or_404, said_period

WHOLE = (STATION, DEPARTMENT, PERSONNEL, SUPERVISION, LEADER, SECRETARY)
HEADER = (
    *("period", "community", "rate", "state", "numerator", "denominator", "design_effect", "sd", "source", "status"),
    "room",
    *("supplied_by", "verified_by"),
)


@page(*WHOLE, CADRE, PROVINCE)
def sheets(request, bureau):
    """Every quarter with figures, newest first."""
    found = queries.known_periods(bureau, clock.today())
    typed = Entry.objects.filter(bureau=bureau).order_by().values_list("period")
    counted = typed.annotate(supplied=Count("pk"), verified=Count("verified_at"))
    counts = {period: (supplied, verified) for period, supplied, verified in counted}
    numbers = dict(Revision.objects.filter(bureau=bureau).order_by("number").values_list("period", "number"))
    shown = page_of(request, found, 20)
    rows = [
        {
            "period": period,
            "said": said_period(period),
            "supplied": counts.get(period, (0, 0))[0],
            "verified": counts.get(period, (0, 0))[1],
            "revision": numbers.get(period),
            "due": queries.deadlines(period),
        }
        for period in shown.object_list
    ]
    role = request.user.role
    context = {"rows": rows, "page": shown, "whole": role in WHOLE, "works": role in owners.SUPPLIERS}
    context["frozen"] = role not in (CADRE, STATION, DEPARTMENT)
    return render(request, "indicators/sheets.html", context)


@page(*WHOLE)
def sheet(request, bureau, period):
    """Communities × rates: what stands in each cell, who owes it, who is late."""
    found = queries.sheet(bureau, quarter_or_404(period))
    asked, today = request.GET, clock.today()
    seen = {rate.id for rate in found.rates if owners.sees(request.user, rate)}
    if asked.get("format") == "csv":
        return csv_answer(f"sheet-{bureau.code}-{period}", HEADER, _lines(found, seen))
    offices = dict.fromkeys(name for rate in found.rates for name in (rate.supplier, rate.verifier))
    rates = [rate for rate in found.rates if asked.get("office") in (None, "", rate.supplier, rate.verifier)]
    state = asked.get("state") if asked.get("state") in words.STATES else ""
    wanted = {rate.id for rate in rates}
    since = queries.counted_since(bureau, found) if request.user.role == PERSONNEL else {}
    moved = {code for code, rate in since if rate in wanted} if asked.get("moved") else None
    places = [
        place
        for place in found.communities
        if not state or any(c.state == state and c.rate.id in wanted for c in found.row(place))
        if moved is None or place.code in moved
    ]
    shown = page_of(request, places)
    context = {
        "sheet": found,
        "period": period,
        "said": said_period(period),
        "rates": [{"name": queries.rate_name(rate), "id": rate.id} for rate in rates],
        "rows": [
            (place, [_cell(found, place, rate, seen, today, since) for rate in rates]) for place in shown.object_list
        ],
        "page": shown,
        "since": [
            (queries.rate_name(rate), count)
            for rate in found.rates
            if (count := sum(key[1] == rate.id for key in since))
        ],
        "moved": len(since),
        "duties": [_duty(duty, today) for duty in found.duties if duty.owed] if found.revision is None else [],
        "offices": [(name, queries.office_name(name)) for name in offices],
        "states": words.STATES.items(),
        "asked": asked,
        "crumbs": crumbs(bureau),
        "supervises": request.user.role == SUPERVISION and found.revision is None,
        "works": request.user.role in owners.SUPPLIERS,
        "hidden": len(seen) < len(found.rates),
        "frozen": request.user.role in (PERSONNEL, SUPERVISION, LEADER, SECRETARY),
    }
    return render(request, "indicators/sheet.html", context)


def _cell(found, place, rate, seen, today, since):
    cell = found.cells[place.code, rate.id]
    value = cell.value if rate.id in seen else None
    return {
        "code": place.code,
        "rate": rate.id,
        "name": queries.rate_name(rate),
        "word": words.STATES[cell.state],
        "sign": words.sign_of(cell, found, today),
        "figure": words.figure(value) if value else "",
        "why": getattr(cell.value, "returned_because", "") if value else "",
        "there": cell.value is not None,
        "origin": words.origin(value),
        "now": words.now(value, since[place.code, rate.id]) if (place.code, rate.id) in since else "",
    }


def _duty(duty, today):
    name = duty.office.name if duty.office else queries.office_name(duty.written)
    return {
        "rate": queries.rate_name(duty.rate),
        "part": words.PARTS[duty.part],
        "office": name,
        "unknown": duty.office is None,
        "due": duty.due,
        "count": len(duty.owed),
        "late": duty.late_on(today),
        "places": _("%(first)s and %(more)d more")
        % {"first": "、".join(c.community.name for c in duty.owed[:3]), "more": len(duty.owed) - 3}
        if len(duty.owed) > 4
        else "、".join(cell.community.name for cell in duty.owed),
    }


def _lines(found, seen):
    for place in found.communities:
        for cell in found.row(place):
            value = cell.value if cell.rate.id in seen else None
            figures = [getattr(value, name, None) for name in HEADER[4:11]]
            verified = getattr(value, "verified_as", None) or getattr(value, "verified_by", None)
            yield (found.period, place.code, cell.rate.id, cell.state, *figures,
                   getattr(value, "supplied_by", None), verified)  # fmt: skip
