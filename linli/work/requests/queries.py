"""Reading requests: lists by who may read them, what the sender and the public see, what is near, what is overdue."""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import F, Q

from linli.ground.places.models import Office
from linli.ground.trail import clock
from linli.work.requests import codes, terms
from linli.work.requests.counts import by_community, hot  # noqa: F401  reads of this room worth a name
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Complaint, Request, Route, Update
from linli.work.requests.rights import readable
from linli.work.requests.states import OF_GROUP, OPEN, Group, State, group_of
from linli.work.requests.waiting import items  # noqa: F401
from linli.work.requests.where import metres

PUBLIC = ("public_id", "kind", "state", "opened_at", "promised_on", "due_on", "ended_at", "bureau", "community")
DUE_FIRST = F("due_on").asc(nulls_last=True)
ORDERS = {
    "due": (DUE_FIRST, "opened_at", "pk"),
    "opened": ("-opened_at", "-pk"),
    "kind": ("kind", DUE_FIRST, "pk"),
    "community": ("community__code", DUE_FIRST, "pk"),
    "state": ("state", DUE_FIRST, "pk"),
}


def worked_on(bureau):
    """Requests that somebody works on: what was brought in from another system's past is only counted."""
    return Request.objects.filter(bureau=bureau).exclude(channel=Request.Channel.IMPORT)


def visible(user, bureau):
    """Requests whose words this account may read, with what a list shows."""
    return worked_on(bureau).filter(readable(user)).select_related("bureau", "community", "office")


def listed(user, bureau, *, group="", state="", kind="", community="", overdue=False, order="due"):
    """``visible`` filtered and in order; group: open, closed or solved."""
    rows = visible(user, bureau)
    if group in OF_GROUP:
        rows = rows.filter(state__in=OF_GROUP[group])
    if state in State.values:
        rows = rows.filter(state=state)
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(community__code=community) if community else rows
    if overdue:
        rows = rows.filter(is_overdue(clock.today()))
    return rows.order_by(*ORDERS.get(order, ORDERS["due"]))


def is_overdue(today):
    """The condition: open, and the sender's deadline or the office's own is past (a day ends at its midnight)."""
    return Q(state__in=OPEN) & (Q(due_on__lt=today) | Q(office_due_on__lt=today, state=State.TAKEN))


def overdue(bureau, today):
    """Open requests of a bureau whose deadline is past, the oldest deadline first."""
    rows = worked_on(bureau).filter(is_overdue(today)).select_related("community", "office")
    return rows.order_by(DUE_FIRST, "opened_at", "pk")


def near(request, among=None):
    """Open or recently opened requests of the same kind, nearby or at the same place by its words: perhaps one matter.

    among: the rows that whoever asks may read; each found one has ``metres``, None where a position is missing.
    """
    around = timedelta(days=terms.NEAR_DAYS)
    rows = worked_on(request.bureau_id) if among is None else among
    rows = rows.filter(kind=request.kind, opened_at__range=(request.opened_at - around, request.opened_at + around))
    rows = rows.exclude(pk=request.pk).exclude(state=State.MERGED).filter(_perhaps_here(request))
    found = []
    for other in rows.select_related("community").order_by("-opened_at", "-pk")[:200]:
        other.metres = metres((request.lat, request.lon), (other.lat, other.lon))
        by_words = other.community_id == request.community_id and _same_words(other.place_note, request.place_note)
        if by_words or (other.metres is not None and other.metres <= terms.NEAR_METRES):
            found.append(other)
    return sorted(found, key=lambda other: (other.metres is None, other.metres or 0, other.pk))


def _perhaps_here(request):
    condition = Q(community=request.community_id) if request.community_id else Q(pk__in=[])
    if request.lat is not None and request.lon is not None:
        span = 2 * terms.NEAR_METRES / 111_320
        width = span * 3  # a degree of longitude is shorter away from the equator; the exact distance is asked after
        condition |= Q(lat__range=(request.lat - span, request.lat + span)) & Q(
            lon__range=(request.lon - width, request.lon + width)
        )
    return condition


def _same_words(one, other):
    plain = ["".join(sign for sign in text.lower() if sign.isalnum()) for text in (one, other)]
    return bool(plain[0]) and plain[0] == plain[1]


def route_for(request):
    """The ``Route`` suggested for a request: of its community, else of its kind anywhere; None."""
    routes = Route.objects.filter(bureau=request.bureau_id, kind=request.kind).select_related("office")
    routes = routes.filter(Q(community=request.community_id) | Q(community=None))
    return min(routes, key=lambda route: route.community_id is None, default=None)


def routes_of(bureau):
    """Every remembered route, by kind."""
    return Route.objects.filter(bureau=bureau).select_related("community", "office")


def offices_of(bureau):
    """Offices that a request may be handed on to, with ``can_take``: somebody there has an account for it."""
    takes = Q(accounts__role__in=("department", "station"), accounts__is_active=True)
    offices = list(Office.objects.filter(bureau=bureau).order_by("code"))
    able = set(Office.objects.filter(takes, bureau=bureau).values_list("pk", flat=True))
    for office in offices:
        office.can_take = office.pk in able
    return offices


@dataclass(frozen=True)
class Step:
    """One thing that was done, as the sender reads it."""

    step: str
    at: object
    text: str


@dataclass(frozen=True)
class Seen:
    """What a receipt shows: no words, no place, no contact; whoever finds the slip learns nothing of its sender."""

    public_id: str
    kind: str
    state: str
    group: str
    community: str
    opened_at: object
    promised_on: object
    ended_at: object
    steps: tuple
    merged: bool
    reopened: int
    asked: bool
    may_say: bool
    sender_said: str


def by_code(bureau, code):
    """``Seen`` of the request with that receipt code, or None. A wrong code costs the same queries as a right one."""
    rows = Request.objects.select_related("community", "merged_into")
    mine = rows.filter(bureau=bureau, code_hash=codes.hash_of(code)).first()
    stands = (mine.merged_into if mine.merged_into_id else mine) if mine else None
    keys = {mine.pk, stands.pk} if mine else {0}
    updates = list(Update.objects.filter(request__in=keys).select_related("said").order_by("at", "pk"))
    return _seen(mine, stands, updates) if mine else None


def _seen(mine, stands, updates):
    answered = stands.group != Group.OPEN
    return Seen(
        public_id=mine.public_id, kind=mine.kind, state=stands.state, group=group_of(stands.state),
        community=mine.community.name if mine.community else "", opened_at=mine.opened_at,
        promised_on=mine.promised_on, ended_at=stands.ended_at, merged=mine.pk != stands.pk, reopened=stands.reopened,
        steps=tuple(_step(update) for update in updates if update.step not in ("merged_here", "place")),
        asked=stands.asked_at is not None and not stands.sender_said,
        may_say=answered and stands.erased_at is None, sender_said=stands.sender_said,
    )  # fmt: skip


def _step(update):
    said = getattr(update, "said", None)
    return Step(update.step, update.at, said.text if said and said.to_sender else "")


def public(bureau, *, public_ids=(), kinds=(), group="", communities=(), since=None, until=None, updated_since=None):
    """Requests as anybody may list them, newest first: number, kind, state, days, community, and no other column.

    ``group``: "open", "closed" or "solved"; "done" for what is no longer open. Words and points are not even read.
    """
    rows = Request.objects.filter(bureau=bureau).select_related("community")
    rows = rows.only(*PUBLIC, "community__code", "community__name")
    if public_ids:
        rows = rows.filter(public_id__in=[str(number)[:20] for number in public_ids])
    if kinds:
        rows = rows.filter(kind__in=[kind for kind in kinds if kind in KINDS])
    if group == "done":
        rows = rows.exclude(state__in=OPEN)
    elif group:
        rows = rows.filter(state__in=OF_GROUP.get(group, ()))
    rows = rows.filter(community__code__in=communities) if communities else rows
    rows = rows.filter(opened_at__gte=since) if since else rows
    rows = rows.filter(opened_at__lte=until) if until else rows
    if updated_since:
        rows = rows.filter(Q(ended_at__gte=updated_since) | Q(opened_at__gte=updated_since))
    return rows.order_by("-opened_at", "-pk")


def steps_of(request):
    """What was done to a request and said with it, oldest first; one query."""
    return Update.objects.filter(request=request).select_related("said", "office").order_by("at", "pk")


def merged_into(request):
    """What was merged into a request, oldest first."""
    return Request.objects.filter(merged_into=request).select_related("community").order_by("opened_at", "pk")


def complaints(bureau):
    """A bureau's complaints for supervision's list: what waits for an answer first, by its deadline."""
    waits = Q(state__in=(Complaint.State.RECEIVED, Complaint.State.TAKEN_UP))
    return Complaint.objects.filter(bureau=bureau).annotate(waits=waits).order_by("-waits", "answer_by", "pk")


@dataclass(frozen=True)
class SeenComplaint:
    """What the sender of a complaint sees by its code."""

    number: str
    state: str
    opened_at: object
    acknowledge_by: object
    answer_by: object
    taken_up_at: object
    answered_at: object
    answer: str


def complaint_by_code(bureau, code):
    """``SeenComplaint`` of the complaint with that receipt code, or None; the same one query either way."""
    found = Complaint.objects.filter(bureau=bureau, code_hash=codes.hash_of(code, "complaint")).first()
    return SeenComplaint(**{name: getattr(found, name) for name in SeenComplaint.__annotations__}) if found else None
