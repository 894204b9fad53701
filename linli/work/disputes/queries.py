"""Reading disputes: what an account sees, the week, what is to be followed up, what a quarter counts, what waits."""

from datetime import datetime, time, timedelta

from django.db.models import Count, Exists, OuterRef, Prefetch, Q
from django.utils.timezone import localtime, make_aware

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Post
from linli.ground.officers.queries import within
from linli.ground.places.models import Community
from linli.ground.places.queries import communities
from linli.ground.trail.queries import of_subject
from linli.work.disputes.codes import hashed
from linli.work.disputes.kinds import OPEN
from linli.work.disputes.models import CONFIDENTIAL, Appointment, Dispute, Side
from linli.work.disputes.rights import GOVERNANCE, MEDIATION, communities_of

NEAR = 5  # days before the limit
ORDERS = {
    "number": ("-year", "-serial"),
    "due": ("due", "year", "serial"),
    "community": ("community__code", "-year", "-serial"),
    "state": ("state", "due", "pk"),
    "follow_up": ("follow_up_due", "year", "serial"),
}
UNCONFIRMED = Exists(Side.objects.filter(dispute=OuterRef("pk")).exclude(confirmed=True))


def places_of(user, bureau):
    """Open communities in which this account works."""
    where = communities_of(user)
    return communities(bureau).filter(where) if where is not None else Community.objects.none()


def seen_by(user, bureau):
    """Disputes this account may see: of its communities, and those it mediates; newest first."""
    where = communities_of(user)
    mine = Q(mediator=user)
    if where is not None:
        mine |= Q(community__in=Community.objects.filter(where, bureau=bureau))
    found = Dispute.objects.filter(mine, bureau=bureau).select_related("community", "mediator", "bureau")
    found = found.defer(*CONFIDENTIAL)
    return found.order_by(*ORDERS["number"])


def narrowed(rows, user, today, *, state="", kind="", community="", what="", number="", order="number"):
    """A list as it was asked for. what: open, near, late, follow_up, unconfirmed, mine, free."""
    for name, value in (("state", state), ("kind", kind), ("community__code", community)):
        rows = rows.filter(**{name: value}) if value else rows
    rows = rows.filter(number__contains=number) if number else rows
    return rows.filter(_asked(what, user, today)).order_by(*ORDERS.get(order, ORDERS["number"]))


def _asked(what, user, today):
    conditions = {
        "open": Q(state__in=OPEN),
        "near": Q(state__in=OPEN, due__range=(today, today + timedelta(days=NEAR))),
        "late": Q(state__in=OPEN, due__lt=today),
        "follow_up": Q(state="settled", follow_up_due__lte=today),
        "unconfirmed": Q(UNCONFIRMED, state="settled"),
        "mine": Q(mediator=user),
        "free": Q(mediator=None, state__in=OPEN),
    }
    return conditions.get(what, Q())


def appointments(user, bureau, first, last):
    """Appointments from one day to another that were not given up, by their hour."""
    days = (make_aware(datetime.combine(first, time())), make_aware(datetime.combine(last, time.max)))
    found = Appointment.objects.filter(dispute__in=seen_by(user, bureau).order_by(), at__range=days)
    found = found.exclude(state=Appointment.State.MOVED)
    linked = ("dispute__community", "dispute__mediator", "dispute__bureau")
    found = list(found.select_related(*linked).order_by("at", "pk"))
    for meeting in found:
        meeting.on = localtime(meeting.at).date()
    return found


def appointments_of(where, bureau, day):
    """Appointments of one day that are still to be held, of disputes that meet a condition."""
    hours = (make_aware(datetime.combine(day, time())), make_aware(datetime.combine(day, time.max)))
    rows = Dispute.objects.filter(where, bureau=bureau).order_by()
    found = Appointment.objects.filter(dispute__in=rows, at__range=hours, state=Appointment.State.PLANNED)
    return list(found.order_by("at", "pk"))


def follow_ups(user, bureau):
    """Settled disputes whose sixty days run or are over, the soonest first."""
    return seen_by(user, bureau).filter(state="settled").prefetch_related("sides").order_by(*ORDERS["follow_up"])


def whole(bureau):
    """Disputes with what one page shows of them."""
    newest = Prefetch("appointments", Appointment.objects.order_by("-at", "-pk"))
    linked = ("community", "mediator", "mediator__office", "bureau")
    return Dispute.objects.filter(bureau=bureau).select_related(*linked).prefetch_related("sides", newest, "notes")


def history(dispute):
    """What was done to a dispute, oldest first, in one query."""
    return of_subject(f"dispute:{dispute.number}").filter(bureau=dispute.bureau.code).order_by("number")


def mediators(dispute, today):
    """Accounts that may mediate a dispute: officers of its community today, its cadres, the mediation committee."""
    officers = within(Post.objects.filter(community=dispute.community), today, today).values("officer__account")
    may = Q(role=Role.OFFICER, pk__in=officers) | Q(role=Role.CADRE, community=dispute.community)
    may |= Q(role=Role.DEPARTMENT, office__known_as=MEDIATION)
    return User.objects.filter(may, bureau=dispute.bureau, is_active=True).order_by("role", "username")


def by_code(bureau, code):
    """The ``Side`` that a number belongs to, or None: the same one query whether it exists or not."""
    found = Side.objects.select_related("dispute__bureau", "dispute__community")
    return found.filter(
        dispute__bureau=bureau, code_hash=hashed(code), dispute__state__in=("settled", "closed")
    ).first()


def held_in(user, community, first, last):
    """Whether an officer's account held the community on any day from first to last."""
    return within(Post.objects.filter(officer__account=user, community=community), first, last).exists()


def counts(bureau, first, last):
    """By community, from first to last: taken in, ended, settled, and what was open and late at the end."""
    among = (first, last)
    still = Q(disputes__taken_in_on__lte=last) & (Q(disputes__ended_on=None) | Q(disputes__ended_on__gt=last))
    still &= ~Q(disputes__state="struck")
    kept = ~Q(disputes__state="struck")
    return communities(bureau, on=first).annotate(
        taken_in=Count("disputes", kept & Q(disputes__taken_in_on__range=among)),
        ended=Count("disputes", kept & Q(disputes__ended_on__range=among)),
        settled=Count("disputes", kept & Q(disputes__settled_on__range=among)),
        left=Count("disputes", still),
        late=Count("disputes", still & Q(disputes__due__lt=last)),
        relapsed=Count("disputes", Q(disputes__relapsed_on__range=among)),
    )


def kinds_in(bureau, first, last):
    """(kind, how many were taken in) from first to last, the most frequent first."""
    rows = Dispute.objects.filter(bureau=bureau, taken_in_on__range=(first, last)).exclude(state="struck").order_by()
    return rows.values_list("kind").annotate(n=Count("pk")).order_by("-n", "kind")


def prominent(bureau, first, last):
    """Disputes of many people, or that may turn violent, that were open on any of the days."""
    there = Q(ended_on=None) | Q(ended_on__gte=first)
    grave = Q(scale__in=("many", "mass")) | Q(urgency="now")
    rows = Dispute.objects.filter(there & grave, bureau=bureau, taken_in_on__lte=last).exclude(state="struck")
    return rows.select_related("community", "mediator").defer(*CONFIDENTIAL).order_by("year", "serial")


def concerns(user):
    """A ``Q`` over disputes that wait for this account; None when none do. The governance centre follows up alone."""
    known_as = user.office.known_as if user.role == Role.DEPARTMENT and user.office_id else ""
    if known_as == MEDIATION:
        return Q()
    if known_as == GOVERNANCE:
        return Q(state="settled")
    where = communities_of(user) if user.role in (Role.OFFICER, Role.CADRE) else None
    if where is None:
        return None
    free = Q(mediator=None, community__in=Community.objects.filter(where, bureau=user.bureau_id))
    return Q(mediator=user) | free


def items(user, bureau, today):
    """What waits for this account: today's appointments, limits, follow-ups, confirmations. Three queries at most."""
    from linli.work.disputes.waiting import waiting  # which itself reads by this module

    return waiting(user, bureau, today) if user.role in (Role.OFFICER, Role.CADRE, Role.DEPARTMENT) else []
