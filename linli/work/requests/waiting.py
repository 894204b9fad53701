"""What waits for somebody in this room: one line for each kind of thing, with the earliest day it is due."""

from django.db.models import Count, Min, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.items import Item
from linli.ground.accounts.roles import CADRE, DEPARTMENT, OFFICER, STATION, SUPERVISION
from linli.work.requests.models import Complaint, Request
from linli.work.requests.rights import held
from linli.work.requests.states import OPEN, State


def items(user, bureau, today):
    """``Item``s of this account; three queries at most."""
    if user.role == SUPERVISION:
        return _complaints(bureau, today)
    if user.role == OFFICER:
        return _lines(_of(bureau).filter(community__in=held(user)), bureau, today)
    if user.role == STATION and user.office_id:
        here = Q(community__station=user.office_id) | Q(community=None)
        rows = _of(bureau).filter(here | Q(office=user.office_id))
        return _lines(rows, bureau, today, own=Q(office=user.office_id), here=here, station=True)
    if user.role == DEPARTMENT and user.office_id:
        return _lines(_of(bureau).filter(office=user.office_id), bureau, today, own=Q(), here=Q(pk__in=[]))
    if user.role == CADRE:
        return _entered(_of(bureau).filter(entered_by=user.username), bureau)
    return []


def _of(bureau):
    return Request.objects.filter(bureau=bureau, state__in=OPEN).exclude(channel=Request.Channel.IMPORT)


def _lines(rows, bureau, today, own=None, here=None, station=False):
    here, own = Q() if here is None else here, Q(pk__in=[]) if own is None else own
    away = here & Q(state=State.HANDED_ON, arrive_by__lt=today)
    parts = {
        "reopened": here & Q(state=State.REOPENED),
        "fresh": here & Q(state=State.RECEIVED),
        "away": away,
        "in_hand": here & Q(state=State.ACKNOWLEDGED),
        "to_take": own & Q(state=State.HANDED_ON),
        "taken": own & Q(state=State.TAKEN),
        "unplaced": here & Q(community=None) if station else Q(pk__in=[]),
    }
    asked = {}
    for name, condition in parts.items():
        due = {"away": "arrive_by", "to_take": "arrive_by", "taken": "office_due_on"}.get(name, "due_on")
        asked[name] = Count("pk", filter=condition)
        asked[f"{name}_due"] = Min(due, filter=condition)
    found = rows.aggregate(**asked)
    most = rows.filter(parts["reopened"]).order_by("-reopened").values_list("reopened", flat=True).first()
    list_url = reverse("requests:list", args=[bureau.code])
    said = {
        "reopened": (_("Requests whose senders say they are not solved"), "reopened"),
        "fresh": (_("Requests that nobody has answered"), "received"),
        "away": (_("Requests handed on that have not arrived"), "handed_on"),
        "in_hand": (_("Requests to be handled"), "acknowledged"),
        "to_take": (_("Requests handed to this office: take them"), "handed_on"),
        "taken": (_("Requests this office has taken"), "taken"),
        "unplaced": (_("Requests without a community"), ""),
    }
    return [
        Item(
            text=text, url=f"{list_url}?state={state}" if state else f"{list_url}?group=open", due=found[f"{name}_due"],
            note=_("most often reopened: %(times)s") % {"times": most} if name == "reopened" and most else "",
            count=found[name],
        )
        for name, (text, state) in said.items()
        if found[name]
    ]  # fmt: skip


def _entered(rows, bureau):
    count = rows.count()
    url = reverse("requests:list", args=[bureau.code]) + "?group=open"
    return [Item(text=_("Paper slips you entered that are open"), url=url, count=count)] if count else []


def _complaints(bureau, today):
    State = Complaint.State
    rows = Complaint.objects.filter(bureau=bureau)
    fresh, unanswered = Q(state=State.RECEIVED), Q(state__in=(State.RECEIVED, State.TAKEN_UP))
    found = rows.aggregate(
        fresh=Count("pk", filter=fresh), fresh_due=Min("acknowledge_by", filter=fresh),
        waiting=Count("pk", filter=unanswered), waiting_due=Min("answer_by", filter=unanswered),
    )  # fmt: skip
    url = reverse("requests:complaints", args=[bureau.code])
    said = {"fresh": _("Complaints that nobody has read"), "waiting": _("Complaints to be answered")}
    return [
        Item(text=text, url=url, due=found[f"{name}_due"], count=found[name])
        for name, text in said.items()
        if found[name]
    ]
