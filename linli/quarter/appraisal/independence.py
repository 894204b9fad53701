"""Who may answer an objection: somebody who did not score it and is no relation of the officer (R-71, R-61)."""

from django.utils.translation import gettext as _

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import PERSONNEL, SUPERVISION
from linli.ground.officers.queries import related
from linli.quarter.appraisal.models import Objection
from linli.quarter.appraisal.queries import posts_in
from linli.quarter.indicators.models import Entry, Revision

ANSWERING = (PERSONNEL, SUPERVISION)


def hindrance(user, objection, rates=()):
    """Why this user may not answer the objection, in words; "" when nothing stands in the way.

    rates: rates whose figures the answer would correct, besides the contested one.
    """
    if user.role not in ANSWERING or user.bureau_id != objection.cycle.bureau_id or not user.is_active:
        return _("Objections are answered by the personnel office or by supervision.")
    if related(user, objection.officer):
        return _("You are related to the officer.")
    if objection.recusals.filter(by=user.username).exists():
        return _("You have stepped back from this objection.")
    return scorers(objection, rates).get(user.username, "")


def scorers(objection, rates=()):
    """user name -> what they did towards the contested score, in words: they cannot answer."""
    cycle, found = objection.cycle, {}
    of_quarter = Revision.objects.filter(bureau=cycle.bureau_id, period=cycle.period)
    for number, made_by, approved_by in of_quarter.values_list("number", "made_by", "approved_by"):
        did = _("You froze this quarter.") if number == 1 else _("You had a part in a correction of this quarter.")
        found |= {made_by: did, approved_by: did}
    places, rates = communities(objection), {objection.rate, *rates} if objection.rate else None
    figures = Entry.objects.filter(bureau=cycle.bureau_id, period=cycle.period, community__code__in=places)
    for rate, supplied_by, verified_by in figures.values_list("rate", "supplied_by", "verified_by"):
        if rates is None or rate in rates:
            found[verified_by] = _("You verified a figure that is contested.")
            found[supplied_by] = _("You supplied a figure that is contested.")
    found.pop("", None)
    return found


def communities(objection):
    """Codes of the communities whose figures the objection may be about."""
    return {post.community.code for post in posts_in(objection.cycle, objection.officer)}


def answerers(objection):
    """Accounts that may answer it, in order of their names."""
    staff = User.objects.filter(bureau=objection.cycle.bureau_id, role__in=ANSWERING, is_active=True)
    return [user for user in staff.order_by("username") if not hindrance(user, objection)]


def may_read(user, objection):
    """Whether this user may read the text and its answer: the officer, who may answer or has, the secretary."""
    if user.bureau_id != objection.cycle.bureau_id:
        return False
    own = objection.officer.account_id == user.pk
    if own or user.role == "secretary" or objection.answered_by == user.username:
        return True
    return objection.state == Objection.State.WAITING and not hindrance(user, objection)
