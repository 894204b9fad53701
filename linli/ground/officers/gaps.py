"""What is missing or doubtful about posts and pairings on a day: said on the lists, never held against an officer."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext as _

from linli.ground.officers.actions.posts import FAMILY
from linli.ground.officers.models import Post
from linli.ground.officers.queries import holders, pairings_in
from linli.ground.places.queries import communities


@dataclass(frozen=True)
class Gap:
    """One thing to look at: code, the community, and words."""

    code: str  # vacant | no_leader | no_office | approval | closed
    rule: str
    community: object
    text: str


def gaps(bureau, day):
    """Every ``Gap`` of a bureau on a day: vacancies, communities without leader or office, approvals not entered."""
    places = list(communities(bureau, on=day))
    posts, paired = defaultdict(list), defaultdict(list)
    for post in holders(bureau, day, day):
        posts[post.community_id].append(post)
    for pairing in pairings_in(bureau, day, day):
        paired[pairing.community_id].append(pairing)
    ended = _last_ends(bureau, day)
    for place in places:
        yield from _of_place(place, posts[place.pk], paired[place.pk], ended.get(place.pk))
    open_ones = {place.pk for place in places}
    for held in posts.values():
        if held and held[0].community_id not in open_ones:
            text = _("The community is closed, and somebody still holds it.")
            yield Gap("closed", "R-01", held[0].community, text)


def _last_ends(bureau, day):
    found = {}
    ends = Post.objects.filter(community__bureau=bureau, end__lt=day).values_list("community_id", "end")
    for community, end in ends:
        found[community] = max(end, found.get(community, end))
    return found


def _of_place(place, posts, pairings, ended):
    if not posts:
        since = ended + timedelta(days=1) if ended else None
        text = _("Vacant since %(since)s.") % {"since": since.isoformat()} if since else _("Nobody has held it yet.")
        yield Gap("vacant", "R-01", place, text)
    family = [post for post in posts if post.staffing in FAMILY]
    if len(family) > 1 and not any(post.law_approval for post in family):
        text = _("Two related sworn officers, and no approval of the provincial authority is entered.")
        yield Gap("approval", "R-61", place, text)
    if not any(pairing.leader_id for pairing in pairings):
        yield Gap("no_leader", "R-40", place, _("No leader is paired with it."))
    if not pairings:
        yield Gap("no_office", "R-40", place, _("No office is paired with it."))
