"""Figures without persons: what the communities' requests came to, and which issues are hot where."""

from datetime import timedelta

from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import CADRE, DEPARTMENT, LEADING, OFFICER, STATION
from linli.ground.places.queries import communities
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, day_of
from linli.work.requests import queries, terms
from linli.work.requests.counts import CommunityCounts
from linli.work.requests.kinds import KINDS, NO_ISSUE
from linli.work.requests.views.frame import tabs
from linli.work.requests.wording import CHANGES, kind_name

SHOWN_DAYS = 90
MOST_CELLS = 60
YEARS = range(1970, 2201)  # a day of another year was mistyped, and has no day before or after at the ends of time


@page(OFFICER, STATION, *LEADING)
def counts(request, bureau):
    """By community, in the order of their codes and no other: counts are not a table of who is best."""
    return counts_shown(request, bureau)


def counts_shown(request, bureau):
    """The counts of the days that were asked for, by default the last ninety."""
    last = _day(request, "last") or clock.today()
    first = _day(request, "first") or last - timedelta(days=SHOWN_DAYS - 1)
    rows = list(queries.by_community(bureau, first, last)) if first <= last else []
    if request.GET.get("format") == "csv":
        header = tuple(CommunityCounts.__annotations__)
        return csv_answer(f"request-counts-{bureau.code}", header, ([getattr(r, n) for n in header] for r in rows))
    context = {"rows": rows, "first": first, "last": last, "tabs": tabs(request.user)}
    return render(request, "requests/counts.html", context)


def _day(request, name):
    day = day_of(request.GET.get(name, ""))
    return day if day and day.year in YEARS else None


@page(OFFICER, STATION, DEPARTMENT, CADRE, *LEADING)
def hot(request, bureau):
    """Place by kind: four weeks against the four before. Small counts are withheld from a cadre, who is no staff."""
    by = "cell" if request.GET.get("by") == "cell" else "community"
    outside = request.user.role == CADRE
    cells = queries.hot(bureau, by=by, outside=outside)
    kinds = [code for code in KINDS if code not in NO_ISSUE]
    found = {(cell.place, cell.kind): cell for cell in cells}
    places = _places(bureau, cells, by)
    context = {
        "by": by, "kinds": [kind_name(code) for code in kinds], "hot": [_line(c) for c in cells if c.change == "up"],
        "table": [(name, [_figure(found.get((code, kind)), outside) for kind in kinds]) for code, name in places],
        "outside": outside, "small": terms.SMALL, "days": terms.HOT_DAYS, "tabs": tabs(request.user),
        "more": by == "cell" and len({cell.place for cell in cells}) > MOST_CELLS, "most": MOST_CELLS,
    }  # fmt: skip
    if request.GET.get("format") == "csv":
        header = ("place", "name", "kind", "now", "before", "change")
        return csv_answer(f"hot-{bureau.code}", header, ([getattr(c, n) for n in header] for c in cells))
    return render(request, "requests/hot.html", context)


def _places(bureau, cells, by):
    if by == "community":
        return [(community.code, community.name) for community in communities(bureau)]
    return [(place, place) for place in list(dict.fromkeys(cell.place for cell in cells))[:MOST_CELLS]]


def _line(cell):
    said, tag = CHANGES[cell.change]
    return {"place": cell.name, "kind": kind_name(cell.kind), "now": cell.now, "before": cell.before, "said": said,
            "tag": tag}  # fmt: skip


def _figure(cell, outside):
    """What one cell of the table shows: the count now, and the one before in small."""
    if cell is None:
        return {"now": "0", "before": "0", "mark": ""}
    small = f"<{terms.SMALL}"
    now, before = (small if count is None else str(count) for count in (cell.now, cell.before))
    mark = _("more than before") if cell.change == "up" else _("fewer than before") if cell.change == "down" else ""
    return {"now": now, "before": before, "mark": mark, "up": cell.change == "up"}
