"""What is behind the three figures of a community's quarter: months, leads, site checks; each as far as one may see."""

from django.shortcuts import render

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import OFFICER, STATION, SUPERVISION
from linli.ground.places.queries import facts_of, rows_of
from linli.work.incidents import counted, kinds, months, queries, who
from linli.work.incidents.models import SiteCheck
from linli.work.incidents.views.leads import _row as lead_row
from linli.work.incidents.views.shared import Asking, crumbs, quarter_or_404, quarters_around


@page(*who.READERS)
def quarter(request, bureau, period, community):
    """A community's quarter: the page that the figures of the quarter lead to."""
    first, last = quarter_or_404(period)
    asking = Asking(request.user, bureau)
    place = asking.place(community)
    residents = rows_of(facts_of(bureau, first.year)).get(place.code)
    wanted = months.of_quarter(period)
    stands = counted.newest(bureau, wanted, place)
    rows = [(kind, [stands.get((month, place.code, kind.code)) for month in wanted]) for kind in kinds.KINDS]
    totals = [counted.total(stands, month, place.code) for month in wanted]
    leads = queries.leads(bureau, community=place.code).filter(received_on__range=(first, last))
    checks = queries.checks_by_community(bureau, period).get(place.code)
    context = {
        "place": place, "period": period, "around": quarters_around(period), "months": wanted, "rows": rows,
        "totals": totals, "total": None if None in totals else sum(totals),
        "residents": residents.population if residents else None,
        "leads": _leads(request, asking, leads), "lead_counts": _lead_counts(bureau, first, last, place),
        "checks": checks, "done": checks["passed"] + checks["failed"] if checks else 0,
        "classes": _classes(bureau, period, place), "sees_to_do": request.user.role not in (OFFICER, STATION),
        "crumbs": crumbs(bureau),
    }  # fmt: skip
    return render(request, "incidents/quarter.html", context)


def _leads(request, asking, leads):
    """The leads themselves for those who see the register; an officer's own; None for whoever sees the counts alone."""
    if asking.does(who.LEADS, who.CHECKS_LEADS, who.SIGHTINGS) or request.user.role == SUPERVISION:
        return [lead_row(lead) for lead in leads[:200]]
    if request.user.role == OFFICER:
        return [lead_row(lead) for lead in leads.filter(entered_by=request.user.username)[:200]]
    return None


def _lead_counts(bureau, first, last, place):
    return queries.leads_by_community(bureau, first, last).get(place.code) or {"all": 0, "useful": 0, "open": 0}


def _classes(bureau, period, place):
    """(class, passed, done) of the community's checks."""
    rows = SiteCheck.objects.filter(draw__bureau=bureau, draw__period=period, community=place)
    found = list(rows.order_by().values_list("weight_class", "found"))
    return [
        (name, found.count((code, "passed")), found.count((code, "passed")) + found.count((code, "failed")))
        for code, name in kinds.CLASS_NAMES.items()
    ]
