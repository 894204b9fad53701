"""The ledger as a list, the week's appointments, and what is to be looked at again."""

from datetime import timedelta

from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import LEADING
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, day_of, page_of
from linli.work.disputes import queries
from linli.work.disputes.kinds import KINDS, STATES
from linli.work.disputes.rights import TAKERS, VIEWERS, is_committee, is_governance
from linli.work.disputes.views.shared import crumbs, places_for, url_of
from linli.work.disputes.wording import day, kind_of, scale_of, state_cell

HEADER = (
    *("number", "community", "kind", "scale", "taken_in_on", "due", "state", "ended_on"),
    *("settled_on", "follow_up_due", "followed_up_on", "relapsed_on", "counts_on"),
)
_ASKED = ("state", "kind", "community", "what", "number")


def whats():
    """What a list may be narrowed to."""
    return [
        ("open", _("still to be mediated")), ("near", _("limit within 5 days")), ("late", _("limit passed")),
        ("follow_up", _("follow-up due")), ("unconfirmed", _("confirmation missing")), ("mine", _("I mediate")),
        ("free", _("without a mediator")),
    ]  # fmt: skip


@page(*VIEWERS, *LEADING)
def ledger(request, bureau):
    """Disputes of one's communities; filtered, sorted, as .csv without anybody's words. Leaders see the counts."""
    if request.user.role in LEADING:
        return redirect("disputes:counts_now", bureau=bureau.code)
    places = places_for(request.user, bureau)
    asked = {name: request.GET.get(name, "")[:40].replace("\0", "") for name in _ASKED}
    order = request.GET.get("sort", "number")
    rows = queries.narrowed(queries.seen_by(request.user, bureau), request.user, clock.today(), **asked, order=order)
    if request.GET.get("format") == "csv":
        record(by=request.user, action="disputes.export", subject="list", bureau=bureau)
        return csv_answer(f"disputes-{bureau.code}", HEADER, map(_row, rows.iterator(chunk_size=500)))
    context = {
        "page": page_of(request, rows), "asked": asked, "places": places, "whats": whats(), "today": clock.today(),
        "states": STATES.items(), "kinds": KINDS.items(), "sort": order,
        "takes_in": request.user.role in TAKERS and not is_governance(request.user),
        "exports": request.user.role in TAKERS, "reads_in": is_committee(request.user),
    }  # fmt: skip
    context["columns"], context["rows"] = _table(request, context["page"].object_list, order)
    return render(request, "disputes/index.html", context)


def _row(dispute):
    named = ("kind", "scale", "taken_in_on", "due", "state", "ended_on", "settled_on")
    after = ("follow_up_due", "followed_up_on", "relapsed_on", "counts_on")
    return (dispute.number, dispute.community.code, *(getattr(dispute, name) for name in (*named, *after)))


def _table(request, rows, order):
    heads = (
        ("number", _("Number")), ("", _("What the dispute is about")), ("community", _("Community")),
        ("", _("Mediator")), ("due", _("Limit")), ("state", _("State")),
    )  # fmt: skip
    columns = [
        {"label": label, "number": False, "sort_url": _sorted(request, key) if key else "",
         "sorted": ("descending" if key == "number" else "ascending") if key == order else ""}
        for key, label in heads
    ]  # fmt: skip
    today = clock.today()
    return columns, [{"cells": _cells(dispute, today), "own": dispute.mediator == request.user} for dispute in rows]


def _sorted(request, key):
    asked = request.GET.copy()
    asked["sort"] = key
    asked.pop("page", None)
    return f"?{asked.urlencode()}"


def _cells(dispute, today):
    return [
        {"text": dispute.number, "url": url_of(dispute)},
        {"text": dispute.title, "note": f"{kind_of(dispute)} · {scale_of(dispute)}"},
        dispute.community.name,
        dispute.mediator.get_full_name() if dispute.mediator else _("nobody yet"),
        day(dispute.due),
        state_cell(dispute, today),
    ]


@page(*VIEWERS)
def week(request, bureau):
    """Seven days of appointments from a Monday on; ?from= another week."""
    places_for(request.user, bureau)
    today = clock.today()
    asked = day_of(request.GET.get("from", "")) or today
    asked = asked if abs((asked - today).days) < 5000 else today
    first = asked - timedelta(days=asked.weekday())
    found = list(queries.appointments(request.user, bureau, first, first + timedelta(days=6)))
    days = [(first + timedelta(days=step), []) for step in range(7)]
    for meeting in found:
        days[(meeting.on - first).days][1].append(meeting)
    where = reverse("disputes:week", args=[bureau.code])
    around = [f"{where}?from={first + timedelta(days=step)}" for step in (-7, 7)]
    context = {"days": days, "today": today, "crumbs": crumbs(bureau), "earlier": around[0], "later": around[1]}
    context |= {"first": first, "last": first + timedelta(days=6), "some": bool(found)}
    return render(request, "disputes/week.html", context)


@page(*TAKERS)
def follow_ups(request, bureau):
    """Settled disputes whose sixty days run or are over, the soonest first."""
    places_for(request.user, bureau)
    shown = page_of(request, queries.follow_ups(request.user, bureau))
    today = clock.today()
    columns = [_("Number"), _("Community"), _("Settled on"), _("Follow-up due"), _("Confirmed"), _("State")]
    rows = [{"cells": _followed(dispute, today), "own": dispute.mediator == request.user} for dispute in shown]
    context = {"page": shown, "columns": [{"label": label} for label in columns], "rows": rows}
    context |= {"crumbs": crumbs(bureau), "governs": is_governance(request.user)}
    return render(request, "disputes/follow_ups.html", context)


def _followed(dispute, today):
    confirmed = sum(side.confirmed is True for side in dispute.sides.all())
    return [
        {"text": dispute.number, "url": url_of(dispute)},
        dispute.community.name,
        day(dispute.settled_on),
        day(dispute.follow_up_due),
        {"text": f"{confirmed} / 2", "tag": "done" if confirmed == 2 else "wait"},
        state_cell(dispute, today),
    ]
