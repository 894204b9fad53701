"""Who may read and who may do what with a request. Complaints are not here: their doors let supervision in alone.

A resident's words are read by the officer who holds the community today, by the community's station, by the office it
was handed to, and by the cadre who entered the slip. Everybody else sees counts.
"""

from django.db.models import Q

from linli.ground.accounts.roles import CADRE, DEPARTMENT, OFFICER, STATION
from linli.ground.officers.models import Post
from linli.ground.officers.queries import within
from linli.ground.trail import clock

LOCAL = (OFFICER, STATION)
ALL_STEPS = {
    *("acknowledge", "visit", "place", "hand_on", "take_back", "solve", "decline", "close", "merge", "reopen"),
}
OF_OFFICE = {"visit", "solve", "decline", "hand_on"}  # what an office does with what it has taken


def held(user):
    """Primary keys of the communities that an officer holds today; asked once for each account object and day."""
    today = clock.today()
    kept = getattr(user, "_held_communities", None)
    if kept is None or kept[0] != today:
        posts = within(Post.objects.filter(officer__account=user), today, today)
        kept = user._held_communities = (today, frozenset(posts.order_by().values_list("community_id", flat=True)))
    return kept[1]


def readable(user):
    """The condition on requests whose words this account may read; one query at most."""
    if user.role == OFFICER:
        return Q(bureau=user.bureau_id, community__in=held(user))
    if user.role == STATION and user.office_id:
        return Q(bureau=user.bureau_id) & (
            Q(community__station=user.office_id) | Q(community=None) | Q(office=user.office_id)
        )
    if user.role == DEPARTMENT and user.office_id:
        return Q(bureau=user.bureau_id, office=user.office_id)
    if user.role == CADRE:
        return Q(bureau=user.bureau_id, entered_by=user.username)
    return Q(pk__in=[])


def may_read(user, request):
    """The same of one request that is at hand, with its community."""
    if user.bureau_id != request.bureau_id:
        return False
    if user.role == CADRE:
        return request.entered_by == user.username
    return is_local(user, request) or _is_of_office(user, request)


def is_local(user, request):
    """The community's officer or station; what lies nowhere yet belongs to every station of the bureau."""
    if user.bureau_id != request.bureau_id:
        return False
    if user.role == OFFICER:
        return request.community_id is not None and request.community_id in held(user)
    if user.role == STATION and user.office_id:
        return request.community_id is None or request.community.station_id == user.office_id
    return False


def _is_of_office(user, request):
    return user.role in (DEPARTMENT, STATION) and user.office_id is not None and request.office_id == user.office_id


def may_do(user, request, step):
    """Whether this account may take a step, as far as who it is goes; whether the state allows it is the step's."""
    if request.channel == "import":
        return False
    if step == "take":
        return user.bureau_id == request.bureau_id and _is_of_office(user, request)
    if is_local(user, request):
        return step in ALL_STEPS
    return step in OF_OFFICE and request.state == "taken" and _is_of_office(user, request)


def may_read_contact(user, request):
    """Who answers the sender: the community's officer and station, and the office while it has the matter."""
    return is_local(user, request) or (_is_of_office(user, request) and request.state == "taken")
