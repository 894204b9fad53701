"""Leaving the reserve talent pool; entering it is a decision."""

from django.utils.translation import gettext as _

from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.quarter.decisions.models import PoolMember
from linli.quarter.decisions.rights import must_be, must_be_unrelated


@action
def leave_pool(*, by, member, why):
    """Somebody leaves the pool: promoted, moved, or for another reason, which is kept."""
    must_be(by, member.officer.bureau, PERSONNEL, SECRETARY)
    must_be_unrelated(by, member.officer)
    why = (why or "").strip()
    if not why:
        raise Refused(_("The reason is blank."), _("Write why, in a sentence."))
    if not PoolMember.objects.filter(pk=member.pk, left_on=None).update(left_on=clock.today(), left_because=why[:200]):
        raise Refused(_("This officer has left the pool already."), _("Look at the list again."))
    member.refresh_from_db()
    record(
        by=by, action="decisions.leave_pool", subject=f"officer:{member.officer.code}", why=why,
        bureau=member.officer.bureau,
    )  # fmt: skip
