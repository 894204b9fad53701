"""Who may do what with a dispute. ``by`` may be a word ("linli", "resident"): the program asks nobody.

A dispute is seen by those of its community, mediated by its mediator or the mediation committee, and what was said in
confidence is read by these two alone.
"""

from django.db.models import Q

from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Post
from linli.ground.officers.queries import officer_of, related, within
from linli.ground.trail import clock

MEDIATION, GOVERNANCE = "mediation committee", "governance centre"  # as the scheme names them
TAKERS = (Role.OFFICER, Role.CADRE, Role.DEPARTMENT)
VIEWERS = (*TAKERS, Role.STATION)
COUNTERS = (*VIEWERS, Role.PERSONNEL, Role.LEADER, Role.SECRETARY)


def is_committee(user):
    """Whether this is an account of the people's mediation committee."""
    return _office(user) == MEDIATION


def is_governance(user):
    """Whether this is an account of the governance centre, which verifies the rate."""
    return _office(user) == GOVERNANCE


def _office(user):
    return user.office.known_as if user.role == Role.DEPARTMENT and user.office_id else ""


def held_today(user):
    """Primary keys of the communities whose post an officer's account holds today."""
    today = clock.today()
    return set(within(Post.objects.filter(officer__account=user), today, today).values_list("community_id", flat=True))


def communities_of(user):
    """A ``Q`` over ``Community`` for what this account works in; None when it works in none."""
    if user.role == Role.OFFICER:
        return Q(pk__in=held_today(user))
    if user.role == Role.CADRE:
        return Q(pk=user.community_id or 0)
    if user.role == Role.STATION:
        return Q(station=user.office_id or 0)
    return Q() if is_committee(user) or is_governance(user) else None


def works_in(user, community):
    """Whether this account takes in or sees disputes of a community."""
    if isinstance(user, str):
        return True
    if user.bureau_id != community.bureau_id:
        return False
    if user.role == Role.OFFICER:
        return community.pk in held_today(user)
    if user.role == Role.CADRE:
        return user.community_id == community.pk
    if user.role == Role.STATION:
        return user.office_id is not None and community.station_id == user.office_id
    return is_committee(user) or is_governance(user)


def may_see(user, dispute):
    """Whether this account may open the dispute's page: those of its community, and whoever mediates it."""
    return dispute.mediator_id == user.pk or works_in(user, dispute.community)


def may_take_in(user, community):
    """Stations look on, and the governance centre verifies; everybody else of the community takes disputes in."""
    if isinstance(user, str):
        return True
    return user.role in TAKERS and not is_governance(user) and works_in(user, community)


def kin(one, other):
    """Whether two accounts must keep away from each other's matters (R-61), said of either as an officer."""
    sides = ((one, officer_of(other)), (other, officer_of(one)))
    return any(officer is not None and related(user, officer) for user, officer in sides)


def kin_of_mediator(user, dispute):
    """Whether this account is a relative of the matter's mediator, whose own account never is."""
    mediator = dispute.mediator
    return not isinstance(user, str) and mediator is not None and mediator.pk != user.pk and kin(user, mediator)


def may_mediate(user, dispute):
    """The mediator, the mediation committee unless his kin; as long as there is no mediator, the community's people."""
    if isinstance(user, str):
        return True
    if is_governance(user):
        return False  # who verifies the rate makes none of it, whatever the account was before
    if dispute.mediator_id == user.pk:
        return True
    if user.bureau_id != dispute.bureau_id:
        return False
    if is_committee(user):
        return not kin_of_mediator(user, dispute)
    free = dispute.mediator_id is None and user.role in (Role.OFFICER, Role.CADRE)
    return free and works_in(user, dispute.community)


def may_read(user, dispute):
    """Notes, agreement and what the sides are called: the mediator, and the mediation committee (unless his kin)."""
    if isinstance(user, str) or is_governance(user):
        return False
    return dispute.mediator_id == user.pk or (is_committee(user) and may_mediate(user, dispute))


def may_follow_up(user, dispute):
    """Whoever mediates, and the governance centre, which had no part in the settlement; nobody's kin (R-61)."""
    if may_mediate(user, dispute):
        return True
    theirs = is_governance(user) and user.bureau_id == dispute.bureau_id
    return theirs and dispute.mediator_id != user.pk and not kin_of_mediator(user, dispute)
