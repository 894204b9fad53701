"""``/county/BUREAU/`` and ``/county/BUREAU/PERIOD/``: one page, of the latest quarter a reader may see or of one."""

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.book.figures import fixed, percent, significant
from linli.faces.desk.charts import funnel, rank_bars, three_ways, trend
from linli.faces.desk.charts import map as shaded
from linli.faces.desk.county import figures
from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import BUREAU, LEADING, PROVINCE, Role
from linli.ground.officers.queries import officer_of
from linli.quarter.appraisal.models import Cycle, Score
from linli.quarter.appraisal.queries import may_see_names
from linli.quarter.appraisal.wording import STATE_TAGS, STATES, STATUS, period_name
from linli.quarter.indicators.queries import rate_name

READERS = (*BUREAU, PROVINCE)


@page(*READERS)
def county(request, bureau):
    """To the latest quarter that this reader may see."""
    for cycle in bureau.cycles.filter(current__isnull=False).order_by("-period"):
        if _may_see(request.user, cycle):
            return redirect("desk:quarter", bureau.code, cycle.period)
    return render(request, "desk/county.html", {"nothing": True})


@page(*READERS)
def quarter(request, bureau, period):
    """One quarter, one rate of it at a time."""
    cycle = Cycle.objects.filter(bureau=bureau, period=period).select_related("bureau", "scheme").first()
    if cycle is None:
        raise Http404
    cycles = [one for one in bureau.cycles.order_by("-period") if one.current_id and _may_see(request.user, one)]
    if cycle.current_id is None:
        return render(request, "desk/county.html", {"nothing": True, "cycles": cycles, "period": period})
    if not _may_see(request.user, cycle):
        raise PermissionDenied("not yet published")
    return render(request, "desk/county.html", _context(request, cycle) | {"cycles": cycles})


def _may_see(user, cycle):
    """Figures of places: those who run the quarter and its supervision at once, everybody else once published."""
    return cycle.state == Cycle.State.PUBLISHED or user.role in (*LEADING, Role.SUPERVISION)


def _context(request, cycle):
    scheme = figures.scheme_of(cycle)
    rate = figures.chosen_rate(scheme, request.GET.get("rate", ""))
    rows = figures.places(cycle, rate)
    codes = [one.code for one in rows]
    officer = officer_of(request.user) if request.user.role == Role.OFFICER else None
    chosen = (
        request.GET.get("community", "") if request.GET.get("community") in codes else _own(officer, cycle) or codes[0]
    )
    place = next(one for one in rows if one.code == chosen)
    return {
        "cycle": cycle,
        "period": cycle.period,
        "name": period_name(cycle.period),
        "state": STATES[cycle.state],
        "kind": STATE_TAGS[cycle.state],
        "rate": rate,
        "rate_name": rate_name(rate),
        "rates": [(one.id, rate_name(one)) for one in scheme.rates],
        "rows": [_row(one, rate) for one in rows],
        "places": rows,
        "chosen": place,
        "charts": _charts(cycle, rate, rows, place),
        "ranks": _ranks(request.user, officer, cycle),
    }


def _own(officer, cycle):
    if officer is None:
        return ""
    found = Score.objects.filter(computation=cycle.current_id, officer=officer.code).values_list("community", flat=True)
    return found.first() or ""


def _charts(cycle, rate, rows, place):
    """(caption, SVG, what it says) of each chart of the rate."""
    name, shown = rate_name(rate), figures.printed(rate)
    nothing = {"nothing": _("No figures")}
    said = _("The same places, each column on a scale of its own. The line is “as expected”.")
    words = {"title": _("%(rate)s three ways") % {"rate": name}, "description": said, **nothing}
    words |= {"raw": _("Raw count"), "missing": _("not supplied"), "adjusted": _("Adjusted")}
    words["rate"] = _("Per 10,000") if rate.kind == "count" else _("Rate")
    svg = three_ways.draw(figures.three(rows, place.code), words=words, expected=shown.expected, digits=shown.digits)
    yield words["title"], svg, said
    yield from _funnel(rate, rows, place, name, nothing)
    words = {"title": _("%(rate)s in %(place)s") % {"rate": name, "place": place.name}, **nothing}
    words |= {"description": _("With its 90 % interval.")}
    words |= {"y": _("Adjusted"), "missing": _("not supplied"), "line": _("as expected")}
    points = figures.over_time(cycle.bureau, place.code, rate, cycle.period)
    yield words["title"], trend.draw(points, words=words, line=shown.expected), words["description"]
    words = {
        "title": _("Map of the adjusted %(rate)s") % {"rate": name},
        "description": "",
        "legend": _("Adjusted"),
        **nothing,
    }
    words |= {"missing": _("no figure"), "below": _("below {value}"), "above": _("{value} and more")}
    words["between"] = _("{low} to {high}")
    yield words["title"], shaded.draw(figures.shaded_by(rows, place.code), words=words), ""


def _funnel(rate, rows, place, name, nothing):
    found = figures.cone(rows, rate, place.code)
    if found is None:
        return
    points, centre = found
    said = _("Inside the cone the differences are what chance alone would make.")
    words = {"title": _("Funnel of the %(rate)s") % {"rate": name}, "description": said, **nothing}
    words |= {"inner": "95 %", "outer": "99.8 %"}
    words["x"], words["y"] = (
        (_("Exposure"), _("Per 10,000")) if rate.kind == "count" else (_("Answers or checks"), name)
    )
    per = rate.per if rate.kind == "count" else 1
    svg = funnel.draw(points, centre=centre, per=per, shares=rate.kind == "share", words=words)
    yield words["title"], svg, said


def _row(one, rate):
    """The figures of a place as a table has them: the same that the charts draw."""
    figure = one.figure
    if figure is None or figure.crude is None:
        return {"place": one, "missing": True}
    share = rate.kind == "share"
    value = (lambda v: percent(v, 1)) if share else (lambda v: fixed(v, 2))
    return {
        "place": one,
        "raw": significant(figure.numerator, 5),
        "rate": percent(figure.crude, 1) if share else fixed(figure.crude, 1),
        "adjusted": value(figure.adjusted),
        "span": f"{value(figure.low)}–{value(figure.high)}",
        "points": fixed(figure.points, 2),
        "status": figure.status,
    }


def _ranks(user, officer, cycle):
    """SVG of possible ranks for whoever may see names; "" for others."""
    if not may_see_names(user, cycle):
        return ""
    rows = sorted(
        Score.objects.filter(computation=cycle.current_id).order_by("pk"),
        key=lambda r: (r.rank is None, r.rank or 0, r.officer),
    )
    mine = next((row for row in rows if officer and row.officer == officer.code), None)
    last = mine or next((row for row in reversed(rows) if row.rank is not None), None)
    alike = set(last.alike) if last else set()
    bars = [
        rank_bars.Standing(
            f"{row.officer} {row.name}", row.rank, row.rank_low, row.rank_high, fixed(row.score, 2),
            row.officer in alike, last is not None and row.officer == last.officer,
            "" if row.rank else str(STATUS.get(row.status, row.status)),
        )
        for row in rows
    ]  # fmt: skip
    words = {
        "title": _("Ranks that are possible (90 %, all at once)"),
        "description": "",
        "nothing": _("Nobody is ranked"),
    }
    words |= {"rank": _("Rank"), "score": _("Score")}
    found = {"svg": rank_bars.draw(bars, words=words), "chosen": last, "alike": len(alike)}
    opens = user.role in (*LEADING, Role.SUPERVISION)
    return found | {"files": list(dict.fromkeys((row.officer, row.name) for row in rows)) if opens else []}
