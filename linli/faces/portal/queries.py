"""Reading for the residents' pages: who works where, what is posted, and who may post."""

from django.db.models import Q

from linli.faces.portal.models import Bulletin
from linli.ground.accounts.roles import CADRE, OFFICER, PERSONNEL
from linli.ground.officers.models import Post
from linli.ground.officers.queries import officer_of, within
from linli.ground.trail import clock
from linli.ground.trail.language import reader, told

WRITERS = (OFFICER, CADRE, PERSONNEL)
PARTS = ("title", "asked", "did", "text")


def may_write(user, bureau):
    """Whether an account writes bulletins in this bureau at all."""
    return user.bureau_id == bureau.pk and user.role in WRITERS


def speaks_for(user, community):
    """Whether an account writes for a community (None: for the whole bureau)."""
    if user.role == PERSONNEL:
        return community is None or community.bureau_id == user.bureau_id
    return community is not None and community.pk in own_communities(user)


def own_communities(user):
    """Primary keys of the communities an officer holds today, or a cadre works in."""
    if user.role == CADRE:
        return {user.community_id} - {None}
    officer = officer_of(user)
    if user.role != OFFICER or officer is None:
        return set()
    today = clock.today()
    return set(within(Post.objects.filter(officer=officer), today, today).values_list("community_id", flat=True))


def of_writer(user, bureau):
    """Bulletins that an account may change, newest first."""
    rows = Bulletin.objects.filter(bureau=bureau).select_related("community")
    return rows if user.role == PERSONNEL else rows.filter(community__in=own_communities(user))


def posted(bureau, community=None):
    """Bulletins that residents see today, newest first: a community's and the bureau's, or the bureau's alone."""
    here = Q(community=None) | Q(community=community) if community else Q(community=None)
    still = Q(until=None) | Q(until__gte=clock.today())
    rows = Bulletin.objects.filter(here, still, bureau=bureau, withdrawn_at=None)
    return rows.select_related("community")


def worded(bulletins):
    """Bulletins with their texts in the reader's language, as title, asked, did and text."""
    lang = reader()
    return [
        {part: told(getattr(one, part), lang) for part in PARTS}
        | {"number": one.number, "at": one.published_at, "community": one.community}
        for one in bulletins
    ]


def on_duty(community):
    """Officers who hold a community today, each with ``card`` (or None)."""
    today = clock.today()
    posts = Post.objects.filter(community=community).select_related("officer", "officer__card")
    found = [post.officer for post in within(posts, today, today).order_by("start", "officer__code")]
    for officer in found:
        officer.shown = getattr(officer, "card", None)
    return found
