"""What is counted: a month by community for those who lead, and the records behind a quarter's rate."""

from datetime import date, timedelta

from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from heng.periods import span_of
from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import LEADING, OFFICER, SUPERVISION
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer
from linli.work.disputes import queries
from linli.work.disputes.counting import due_in, is_settled, is_timely
from linli.work.disputes.kinds import KINDS, LEFT_OUT, STATES
from linli.work.disputes.rights import COUNTERS, VIEWERS, works_in
from linli.work.disputes.views.shared import crumbs, places_for, url_of
from linli.work.disputes.wording import day, kind_of, period_name, state_cell

COUNTED = ("taken_in", "ended", "settled", "relapsed", "left", "late")


def month_of(text):
    """First and last day of a month such as 2026-10; 404 for what is no month."""
    try:
        first = date.fromisoformat(f"{text}-01")
    except ValueError:
        raise Http404 from None
    if not 2000 <= first.year <= 2998:
        raise Http404
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)


@page(*COUNTERS)
def counts_now(request, bureau):
    """This month's counts."""
    return redirect("disputes:counts", bureau=bureau.code, month=clock.today().strftime("%Y-%m"))


@page(*COUNTERS)
def counts(request, bureau, month):
    """By community: taken in, ended, settled, relapsed, open and late at the month's end. No matter, no words."""
    first, last = month_of(month)
    rows = counted_for(request.user, bureau, first, last)
    if request.GET.get("format") == "csv":
        cells = ((row.code, row.name, *(getattr(row, name) for name in COUNTED)) for row in rows)
        return csv_answer(f"disputes-{bureau.code}-{month}", ("community", "name", *COUNTED), cells)
    labels = [
        _("Community"),
        _("Taken in"),
        _("Ended"),
        _("Settled"),
        _("Relapsed"),
        _("Still open"),
        _("Limit passed"),
    ]
    context = {
        "columns": [{"label": label, "number": place > 0} for place, label in enumerate(labels)],
        "rows": [{"cells": [row.name, *(str(getattr(row, name)) for name in COUNTED)]} for row in rows],
        "totals": [_("Total"), *(str(sum(getattr(row, name) for row in rows)) for name in COUNTED)],
        "kinds": [(KINDS.get(kind, kind), n) for kind, n in queries.kinds_in(bureau, first, last)],
        "month": month, "crumbs": crumbs(bureau), "whole": request.user.role in LEADING,
        "earlier": (first - timedelta(days=1)).strftime("%Y-%m"), "later": (last + timedelta(days=1)).strftime("%Y-%m"),
    }  # fmt: skip
    return render(request, "disputes/counts.html", context)


def counted_for(user, bureau, first, last):
    """The counts of the communities this account works in; of all of them for those who lead."""
    rows = queries.counts(bureau, first, min(last, clock.today()) if first <= clock.today() else last)
    if user.role in LEADING:
        return list(rows)
    return list(rows.filter(pk__in=[place.pk for place in places_for(user, bureau)]))


@page(*VIEWERS, *LEADING, SUPERVISION)
def quarter(request, bureau, period, community):
    """The records that a community's rate of a quarter counts: number, kind and state, nothing that anybody said."""
    place = get_object_or_404(Community, bureau=bureau, code=community)
    if not 2000 <= int(period[:4]) <= 2998:
        raise Http404
    first, last = span_of(period)
    if not _may_look(request.user, place, first, last):
        raise PermissionDenied("community")
    found = list(due_in(bureau, period).filter(community=place).order_by("counts_on", "pk"))
    counted = [dispute for dispute in found if dispute.state not in LEFT_OUT]
    seen = works_in(request.user, place)
    context = {
        "place": place, "period": period, "period_name": period_name(period),
        "crumbs": [] if request.user.role == SUPERVISION else crumbs(bureau),  # supervision keeps no ledger
        "denominator": len(counted), "numerator": sum(map(is_settled, counted)),
        "timely": sum(map(is_timely, counted)), "left_out": len(found) - len(counted),
        "columns": [{"label": label} for label in _labels()],
        "rows": [{"cells": _cells(dispute, seen)} for dispute in found],
    }  # fmt: skip
    if request.GET.get("format") == "csv":
        header = ("number", "kind", "state", "counts_on", "counted", "settled", "in_time")
        return csv_answer(f"disputes-{place.code}-{period}", header, map(_row, found))
    return render(request, "disputes/quarter.html", context)


def _may_look(user, place, first, last):
    if user.role in (*LEADING, SUPERVISION):
        return True
    held_then = user.role == OFFICER and queries.held_in(user, place, first, last)
    return held_then or works_in(user, place)


def _labels():
    return [_("Number"), _("Kind"), _("State"), _("Counted on"), _("Counts as"), _("Handled in time")]


def _counts_as(dispute):
    if dispute.state in LEFT_OUT:
        return {"text": _("left out"), "tag": "ahead", "note": str(STATES[dispute.state])}
    if is_settled(dispute):
        return {"text": _("settled"), "tag": "done"}
    if dispute.counts_on > clock.today():
        return {"text": _("its day has not come"), "tag": "wait"}
    return {"text": _("due, not in the numerator"), "tag": "adverse", "note": str(_missing(dispute))}


def _missing(dispute):
    """What keeps a dispute that is due out of the numerator."""
    if dispute.state == "settled":
        return _("follow-up missing")
    return _("confirmation missing") if dispute.state == "closed" else STATES[dispute.state]


def _cells(dispute, seen):
    number = {"text": dispute.number, "url": url_of(dispute)} if seen else dispute.number
    timely = _("yes") if is_timely(dispute) else _("no")
    return [
        number, str(kind_of(dispute)), state_cell(dispute, clock.today()), day(dispute.counts_on), _counts_as(dispute),
        timely,
    ]  # fmt: skip


def _row(dispute):
    out = dispute.state in LEFT_OUT
    return (dispute.number, dispute.kind, dispute.state, dispute.counts_on, int(not out),
            int(not out and is_settled(dispute)), int(is_timely(dispute)))  # fmt: skip
