"""Hours by community and quarter, and the works behind a figure: rows for whoever may read them, counts for others."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heng import periods
from heng.periods import span_of
from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import OFFICER
from linli.ground.officers.queries import officer_of
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.work.worklog import counts, queries, rights, shown
from linli.work.worklog.tables import week_table, work_rows
from linli.work.worklog.views.days import easy_points, figures_of
from linli.work.worklog.views.shared import READERS, crumbs_of, period_or_404, taken_along

HEADER = ("community", "name", "due", "leave", "called_away", "counted", "works", "not_counted_after_checks")
ROW_HEADER = ("officer", "started", "ended", "kind", "cell", "hours_counted", "why_not", "days_later", "version")


@page(*READERS)
def hours(request, bureau, period):
    """Every community of the reader: hours due and counted."""
    period = period_or_404(period)
    mine = set(_seen_by(request.user, period, Community.objects.filter(bureau=bureau)).values_list("code", flat=True))
    found = {code: one for code, one in queries.of_quarter(bureau, period).items() if code in mine}
    if request.GET.get("format") == "csv":
        taken_along(request.user, f"hours:{period}", bureau)
        return csv_answer(f"hours-{bureau.code}-{period}", HEADER, map(_row, found.values()))
    lines = [figures_of(one) for one in found.values()]
    if request.GET.get("sort") == "share":
        lines.sort(key=lambda line: line["quarter"].counted / line["quarter"].due if line["quarter"].due else 0)
    context = {"lines": lines, "running": clock.today() <= span_of(period)[1], "crumbs": crumbs_of(bureau)}
    context |= {"period": period, "earlier": periods.step(period, -1), "later": periods.step(period, 1)}
    return render(request, "worklog/hours.html", context)


def _seen_by(user, period, communities):
    return rights.seen_by(user, communities, *span_of(period))


def _row(one):
    place, said = one.community, shown.hours_said
    figures = (said(one.due), said(one.leave), said(one.away), said(one.counted))
    return (place.code, place.name, *figures, len(one.works), one.left_out("not found"))


@page(*READERS)
def community(request, bureau, period, community):
    """One community's quarter: how the figure is made, hours by kind and week, and the works themselves."""
    period, user = period_or_404(period), request.user
    place = get_object_or_404(Community, bureau=bureau, code=community)
    if not _seen_by(user, period, Community.objects.filter(pk=place.pk)).exists():
        raise PermissionDenied("community")
    holders = list(place.posts.values_list("officer", flat=True).distinct())
    found = queries.of_quarter(bureau, period, holders).get(place.code)
    rows = found.works if found else []
    seen = _seen(user, rows) if rights.reads_rows(user) else None
    if request.GET.get("format") == "csv" and seen is not None:
        taken_along(user, f"works:{period}:{place.code}", bureau)
        return csv_answer(f"works-{place.code}-{period}", ROW_HEADER, map(_work_row, seen))
    context = {"place": place, "period": period, "running": clock.today() <= span_of(period)[1], "seen": seen}
    context |= {"figures": figures_of(found) if found else None, "watch": easy_points(rows)}
    context["columns"], context["rows"], context["totals"] = week_table(rows)
    if seen is not None:
        if user.role != OFFICER:
            record(by=user, action="file.read", subject=f"works:{period}:{place.code}", bureau=bureau)
        context["page"] = page_of(request, seen[::-1], 100)
        context["work_columns"], context["work_rows"] = work_rows(context["page"].object_list, _link(user, bureau))
    back = (reverse("worklog:hours", args=[bureau.code, period]), _("Hours in the beat"))
    return render(request, "worklog/community.html", context | {"crumbs": crumbs_of(bureau, back)})


def _seen(user, rows):
    """An officer reads the own works; the others behind this door all of them, without their notes."""
    if user.role != OFFICER:
        return rows
    mine = officer_of(user)
    return [row for row in rows if row[0].officer_id == mine.pk]


def _link(user, bureau):
    if user.role != OFFICER:
        return None
    return lambda work: reverse("worklog:work", args=[bureau.code, work.client_key])


def _work_row(row):
    work, hours, why = row
    when = (minute(work.started_at), minute(work.ended_at))
    counted = (shown.hours_said(hours), why, counts.days_later(work), work.version)
    return (work.officer.code, *when, work.kind, work.cell, *counted)
