"""The officer's own day, week and quarter."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from heng import periods
from heng.periods import period_of, span_of
from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import OFFICER
from linli.ground.trail import clock
from linli.work.worklog import counts, queries, shown
from linli.work.worklog.forms import CELLS, StopForm
from linli.work.worklog.kinds import AWAY, WORKS
from linli.work.worklog.loaded import quarters
from linli.work.worklog.spans import is_too_long
from linli.work.worklog.tables import week_table
from linli.work.worklog.views.shared import READERS, beats, crumbs_of, date_or_404, own_officer, period_or_404

MUCH_OF_ONE = 0.6  # of the hours: said on the page as a thing to look at, and never a deduction


@page(*READERS)
def home(request, bureau):
    """Where each begins: an officer with the day, everybody else with the quarter's hours."""
    if request.user.role == OFFICER:
        return redirect("worklog:today", bureau.code)
    return redirect("worklog:hours", bureau.code, period_of(clock.today()))


@page(OFFICER)
def today(request, bureau):
    """Two taps: what runs, what may be started, what is planned, what is done."""
    return _day(request, bureau, clock.today())


@page(OFFICER)
def day(request, bureau, date):
    """Another day: what was planned and done."""
    return _day(request, bureau, date_or_404(date))


def _day(request, bureau, date):
    officer = own_officer(request, bureau)
    found, is_today = queries.day(officer, date), date == clock.today()
    running = found.running if is_today else None
    context = {
        "day": found,
        "is_today": is_today,
        "said": shown.day_said(date),
        "hours": shown.hours_said(found.hours),
        "works": [line_of(work) for work in found.works if work is not running],
        "entries": [_planned(entry) for entry in found.entries],
        "calls": [(call, AWAY[call.kind], shown.clock_said(call.started_at)) for call in found.calls],
        "beats": list(beats(officer, date)),
        "kinds": WORKS.items(),
        "cells": CELLS,
        "earlier": date - timedelta(days=1),
        "later": date + timedelta(days=1),
        "crumbs": [] if is_today else crumbs_of(bureau),
    }
    if running:
        context |= {"running": line_of(running), "stop_form": StopForm(initial={"version": running.version})}
    return render(request, "worklog/day.html", context)


def line_of(work):
    """What a list says of a work."""
    why = counts.left_out(work, ())
    return {
        "work": work,
        "kind": shown.kind_said(work.kind),
        "since": shown.clock_said(work.started_at),
        "until": shown.clock_said(work.ended_at),
        "forgotten": is_too_long(work.started_at, work.ended_at) and work.struck_at is None,
        "why": counts.REASONS[why] if why else "",
        "reason": why,
        "minutes": round((work.ended_at - work.started_at).total_seconds() / 60) if work.ended_at else None,
    }


def _planned(entry):
    return {"entry": entry, "kind": shown.kind_said(entry.kind)}


@page(OFFICER)
def week(request, bureau, date):
    """Seven days: hours by day, evenings and weekends alike."""
    officer, asked = own_officer(request, bureau), date_or_404(date)
    first = asked - timedelta(days=asked.weekday())
    found = queries.days(officer, first, first + timedelta(days=6))
    context = {
        "days": [(one, shown.day_said(one.date), shown.hours_said(one.hours), _kinds(one.works)) for one in found],
        "total": shown.hours_said(sum(one.hours for one in found)),
        "first": first,
        "earlier": first - timedelta(days=7),
        "later": first + timedelta(days=7),
        "today": clock.today(),
        "crumbs": crumbs_of(bureau),
    }
    return render(request, "worklog/week.html", context)


def _kinds(works):
    done = [work.kind for work in works if work.struck_at is None]
    return " · ".join(f"{WORKS[kind]} {done.count(kind)}" for kind in WORKS if kind in done)


@page(OFFICER)
def mine(request, bureau, period):
    """The officer's own quarter: hours due and counted in each community, by kind and week, and what counts not."""
    officer, period = own_officer(request, bureau), period_or_404(period)
    first, last = span_of(period)
    now = clock.today()
    found = quarters(bureau, first, min(last, now), now, [officer.pk]) if first <= now else {}
    rows = [row for quarter in found.values() for row in quarter.works]
    columns, lines, totals = week_table(rows)
    context = {
        "period": period, "earlier": periods.step(period, -1), "later": periods.step(period, 1),
        "quarters": [figures_of(quarter) for quarter in found.values()],
        "columns": columns, "rows": lines, "totals": totals,
        "open": [line_of(work) | {"day": shown.moment_said(work.started_at)} for work, _h, why in rows
                 if why in ("too long", "not found")],
        "watch": easy_points(rows),
        "running": first <= now <= last,
        "crumbs": crumbs_of(bureau),
    }  # fmt: skip
    return render(request, "worklog/mine.html", context)


def figures_of(quarter):
    """What pages say of a community's quarter."""
    return {
        "quarter": quarter,
        "community": quarter.community,
        "due": shown.hours_said(quarter.due),
        "base": shown.hours_said(quarter.base),
        "leave": shown.hours_said(quarter.leave),
        "away": shown.hours_said(quarter.away),
        "counted": shown.hours_said(quarter.counted),
        "share": shown.share_said(min(quarter.counted, quarter.due), quarter.due) if quarter.is_written else "—",
        "checks": shown.checks_said(quarter.checks),
    }


def easy_points(rows):
    """A sentence when most of the hours went into one kind of work; "" otherwise. A reason to look, no deduction."""
    hours = {kind: sum(h for work, h, _why in rows if work.kind == kind) for kind in WORKS}
    total = sum(hours.values())
    kind = max(hours, key=hours.get)
    if total <= 0 or hours[kind] <= MUCH_OF_ONE * total:
        return ""
    facts = {"share": shown.share_said(hours[kind], total), "kind": WORKS[kind]}
    return _("%(share)s of the hours went into one kind of work: %(kind)s. A reason to talk, not a deduction.") % facts
