"""A quarter's results: with names for whoever may see them, before publication as a distribution."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from heng.results import RANKED
from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import BUREAU, LEADING
from linli.ground.officers.queries import officer_of
from linli.ground.places.models import Community
from linli.quarter.appraisal.models import Score
from linli.quarter.appraisal.queries import distribution, may_see_names
from linli.quarter.appraisal.views.around import Column, as_csv, crumbs, cycle_of, table
from linli.quarter.appraisal.wording import STATUS, figure, period_name, two


@page(*BUREAU)
def results(request, bureau, period):
    """Scores and ranks. Ranks that cannot be told apart are said beside each rank."""
    cycle = cycle_of(bureau, period)
    context = {"cycle": cycle, "bureau": bureau, "name": period_name(period), "crumbs": crumbs(bureau, cycle)}
    context["corrections"] = reverse("appraisal:corrections", args=[bureau.code, period])
    if cycle.current_id is None:
        return render(request, "appraisal/results.html", context)
    if not may_see_names(request.user, cycle):
        scores = distribution(cycle.current)
        return render(request, "appraisal/results.html", context | {"distribution": scores, "count": len(scores)})
    shown = _named(request, cycle)
    if request.GET.get("format") == "csv":
        return as_csv(f"results-{bureau.code}-{period}", shown)
    context |= {"table": shown, "revision": cycle.current.revision.number, "leading": request.user.role in LEADING}
    return render(request, "appraisal/results.html", context)


def _named(request, cycle):
    places = dict(Community.objects.filter(bureau=cycle.bureau_id).values_list("code", "name"))
    rows = sorted(Score.objects.filter(computation=cycle.current_id), key=_order)
    me = officer_of(request.user)
    own = me.code if me else None
    columns = (
        Column("officer", _("Officer"), lambda r: {"text": r.name, "note": r.officer}, lambda r: r.officer),
        Column("rank", _("Rank"), _rank, lambda r: r.rank, number=True),
        Column("community", _("Community"), lambda r: places.get(r.community, r.community), lambda r: r.community),
        Column("score", _("Score"), lambda r: two(r.score), lambda r: r.score, number=True),
        Column("low", _("Interval of 90 percent"), lambda r: _span(two(r.low), two(r.high)), number=True),
        Column("could", _("Could be rank"), lambda r: _span(figure(r.rank_low), figure(r.rank_high)), number=True),
        Column("weight", _("Weight of evidence"), lambda r: figure(r.present_weight, 4), number=True),
        Column("status", _("Status"), lambda r: str(STATUS.get(r.status, r.status)), lambda r: r.status),
    )
    return table(request, columns, rows, own=lambda row: row.officer == own)


def _order(row):
    return (row.status != RANKED, row.rank or 0, row.community, row.officer)


def _rank(row):
    return {"text": figure(row.rank), "note": _("tied")} if row.tied else figure(row.rank)


def _span(low, high):
    return "—" if "—" in (low, high) else f"{low}–{high}"
