"""Reading officers: who held what when, who is bound to a community, who must keep away from whose case."""

from django.db.models import Q

from linli.ground.officers.models import LeaderDay, Officer, Pairing, Post, Relation


def officer_of(user):
    """The ``Officer`` behind an account, or None; asked once for each account that is looked at."""
    return getattr(user, "officer", None) if user.pk else None


def leader_of(user):
    """The ``Leader`` behind an account, or None; asked once for each account that is looked at."""
    return getattr(user, "leader", None) if user.pk else None


def related(user, officer):
    """Whether an account must keep away from an officer's case: its own, or a relative's, said from either side."""
    if officer.account_id is not None and officer.account_id == user.pk:
        return True
    said = Q(officer=officer, relative=user)
    if officer.account_id is not None:
        said |= Q(officer__account=user, relative=officer.account_id)
    return Relation.objects.filter(said).exists()


def relatives_of(user):
    """Primary keys of every officer that ``related`` says of this account: one query for a whole list."""
    own = Q(account=user) | Q(relations__relative=user) | Q(account__relations__officer__account=user)
    return set(Officer.objects.filter(own).values_list("pk", flat=True))


def within(rows, first, last):
    """Rows with ``start`` and ``end`` that touch the days from first to last."""
    return rows.filter(Q(end=None) | Q(end__gte=first), start__lte=last)


def holders(bureau, first, last):
    """Posts held on any day from first to last, by community, start and officer."""
    posts = Post.objects.filter(community__bureau=bureau).select_related("officer", "community")
    return within(posts, first, last).order_by("community__code", "start", "officer__code")


def holders_of(community, first, last):
    """Posts of one community held on any day from first to last."""
    posts = Post.objects.filter(community=community).select_related("officer", "officer__account")
    return within(posts, first, last).order_by("start", "officer__code")


def pairings_in(bureau, first, last):
    """Pairings that hold on any day from first to last, by community and start."""
    pairings = Pairing.objects.filter(community__bureau=bureau).select_related("community", "leader", "office")
    return within(pairings, first, last).order_by("community__code", "start", "pk")


def pairings_on(community, day):
    """Pairings of one community that hold on a day."""
    pairings = Pairing.objects.filter(community=community).select_related("leader", "office", "leader__account")
    return within(pairings, day, day).order_by("start", "pk")


def days_of(leader, first, last):
    """A leader's days from first to last, by date."""
    days = LeaderDay.objects.filter(leader=leader, date__gte=first, date__lte=last).select_related("community")
    return days.order_by("date", "pk")


def unsigned(bureau):
    """Leader days of a bureau that nobody has counter-signed or refused yet, oldest first."""
    days = LeaderDay.objects.filter(community__bureau=bureau, countersigned_by="", refused_because="")
    return days.select_related("leader", "leader__account", "community").order_by("date", "pk")


def to_countersign(user):
    """Leader days that wait for this person: an officer's own communities, a cadre's own community."""
    if user.bureau_id is None:
        return LeaderDay.objects.none()
    waiting = unsigned(user.bureau)
    if user.role == "cadre":
        return waiting.filter(community=user.community_id) if user.community_id else waiting.none()
    officer = officer_of(user)
    if officer is None:
        return waiting.none()
    held = [
        Q(community=p.community_id, date__gte=p.start, date__lte=p.end or "9999-12-31") for p in officer.posts.all()
    ]
    return waiting.filter(_any(held)) if held else waiting.none()


def _any(conditions):
    found = conditions[0]
    for condition in conditions[1:]:
        found |= condition
    return found
