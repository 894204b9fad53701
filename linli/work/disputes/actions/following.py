"""The look after sixty days: it holds, or it has flared up again."""

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.refusals import Refused
from linli.work.disputes.actions.moves import allowed, moved
from linli.work.disputes.models import Note
from linli.work.disputes.plain_words import confidential
from linli.work.disputes.rights import may_follow_up


@action
def follow_up(*, by, dispute, relapse, note="", on=None, version=None):
    """on: the day of the visit, or the day it flared up again; note: encrypted.

    That nothing happened can be said only when the sixty days are over; what flares up later is a new dispute.
    """
    allowed(by, dispute, may_follow_up)
    note = confidential(note, _("The note"), needed=False)
    today = clock.today()
    on = on or today
    _check(dispute, bool(relapse), on, today)
    said = {"followed_up_on": today, "followed_up_by": name_of(by), "relapsed_on": on if relapse else None}
    if relapse:
        moved(by, dispute, "follow_up", ["settled", "closed"], version, state="relapsed", **said)
    else:
        moved(by, dispute, "follow_up", ["settled"], version, state="closed", **said | {"followed_up_on": on})
    if note:
        Note.objects.create(dispute=dispute, text=note, by=name_of(by), at=clock.now())
    return dispute


def _check(dispute, relapse, on, today):
    if dispute.settled_on is None:
        raise Refused(_("Only what was settled is followed up."))
    if not dispute.settled_on <= on <= today:
        raise Refused(_("The day lies between the settlement and today."), _("Put the day right."))
    until = {"date": dispute.follow_up_due.isoformat()}
    if relapse and on > dispute.follow_up_due:
        raise Refused(
            _("The sixty days ended on %(date)s.") % until, _("What flares up later is taken in as a new dispute.")
        )
    if not relapse and on < dispute.follow_up_due:
        raise Refused(
            _("Whether it holds is known on %(date)s.") % until, _("Until then, write what you see in a note.")
        )
