"""The list of what lies with whoever looks: filtered, sorted, as .csv without a word of residents."""

from django.shortcuts import render
from django.urls import reverse
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import page
from linli.ground.accounts.roles import CADRE, DEPARTMENT, LEADING, OFFICER, STATION
from linli.ground.places.queries import communities
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.work.requests import queries
from linli.work.requests.forms import kind_choices
from linli.work.requests.rights import held
from linli.work.requests.states import Group, State
from linli.work.requests.views.figures import counts_shown
from linli.work.requests.views.frame import READERS, short, tabs
from linli.work.requests.wording import day, is_late, kind_name, state_cell, times_reopened

HEADER = (
    *("number", "kind", "state", "community", "channel", "opened_at", "due_on", "overdue", "ended_at", "reopened"),
    *("office", "sender_said"),
)
EXCERPT = 40  # signs of the words, for those who may read them all
_ASKED = ("group", "state", "kind", "community")


@page(*READERS, *LEADING)
def listed(request, bureau):
    """Requests whose words this reader may read; without a filter those that are open. Who leads is shown counts."""
    if request.user.role in LEADING:
        return counts_shown(request, bureau)
    asked = {name: request.GET.get(name, "")[:40].replace("\0", "") for name in _ASKED}
    late = request.GET.get("overdue") == "1"
    if not request.GET:
        asked["group"] = Group.OPEN
    order = request.GET.get("sort", "due")
    rows = queries.listed(request.user, bureau, **asked, overdue=late, order=order)
    if request.GET.get("format") == "csv":
        record(by=request.user, action="requests.export", subject="requests", bureau=bureau)
        today = clock.today()
        return csv_answer(f"requests-{bureau.code}", HEADER, (_row(r, today) for r in rows.iterator(chunk_size=500)))
    context = {"page": page_of(request, rows), "asked": asked, "late": late, "order": order}
    context |= {"groups": Group.choices, "states": State.choices, "kinds": kind_choices()}
    context["places"] = [(place.code, place.name) for place in _places(request.user, bureau)]
    context["columns"], context["rows"] = _table(request, context["page"].object_list, bureau, order)
    context |= {"enters": request.user.role != DEPARTMENT, "tabs": tabs(request.user)}
    context["filtered"] = bool(request.GET)
    return render(request, "requests/list.html", context)


def _places(user, bureau):
    rows = communities(bureau)
    if user.role == OFFICER:
        return rows.filter(pk__in=held(user))
    if user.role == STATION:
        return rows.filter(station=user.office_id)
    return rows.filter(pk=user.community_id) if user.role == CADRE else rows


def _table(request, rows, bureau, order):
    heads = (
        ("kind", _("Kind"), ""), ("community", _("Community"), ""), ("state", _("State"), ""),
        ("opened", _("Received"), "descending"), ("due", _("Answer due"), ""),
        ("", _("Number"), ""),
    )  # fmt: skip
    columns = [
        {"label": label, "sort_url": _sorted_url(request, key) if key else "",
         "sorted": (falling or "ascending") if key and key == order else ""}
        for key, label, falling in heads
    ]  # fmt: skip
    today = clock.today()
    return columns, [{"cells": _cells(row, bureau, today)} for row in rows]


def _sorted_url(request, key):
    asked = request.GET.copy()
    asked["sort"] = key
    asked.pop("page", None)
    if not request.GET:
        asked["group"] = Group.OPEN
    return f"?{asked.urlencode()}"


def _cells(row, bureau, today):
    state = state_cell(row, today)
    notes = [state.get("note", ""), times_reopened(row), str(row.office) if row.office else ""]
    url = reverse("requests:one", args=[bureau.code, row.public_id])
    return [
        {"text": kind_name(row.kind), "url": url, "note": Truncator(row.words).chars(EXCERPT)},
        row.community.name if row.community else "—",
        state | {"note": " · ".join(note for note in notes if note)},
        day(row.opened_at),
        day(row.due_on),
        short(row.public_id),
    ]


def _row(row, today):
    return (
        row.public_id, row.kind, row.state, row.community.code if row.community else "", row.channel,
        minute(row.opened_at), row.due_on, "1" if is_late(row, today) else "", minute(row.ended_at), row.reopened,
        row.office.code if row.office else "", row.sender_said,
    )  # fmt: skip
