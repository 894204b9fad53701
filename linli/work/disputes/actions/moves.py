"""How every action of this room moves a dispute on: from a state it may have, at the version that was read."""

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.disputes.kinds import STATES
from linli.work.disputes.models import Dispute
from linli.work.disputes.rights import kin_of_mediator, may_mediate


def allowed(by, dispute, right=may_mediate):
    """Refuses whoever may not mediate this dispute."""
    if right(by, dispute):
        return
    if kin_of_mediator(by, dispute):
        raise NotAllowed(
            _("You are related to the mediator of this matter."), _("Leave it to somebody who is not (R-61).")
        )
    raise NotAllowed(
        _("This is another mediator's matter."), _("Ask the mediator, or the mediation committee, to do it.")
    )


def moved(by, dispute, verb, states, version=None, rows=(), **values):
    """Writes ``values`` where the dispute is in one of ``states`` (and of that version), and leaves it in the trail.

    rows: (label, what was written, name of the column, its words) for whoever wrote
    second. The trail knows number and state.
    """
    where = Dispute.objects.filter(pk=dispute.pk, state__in=states)
    if version is not None:
        where = where.filter(version=version)
    if not where.update(version=F("version") + 1, changed_at=clock.now(), **values):
        _refuse(dispute, states, rows)
    dispute.refresh_from_db()
    noted(by, dispute, verb)
    return dispute


def within_limit(dispute):
    """What is left out of the rate is decided within the limit: nobody clears the ledger of what was left lying."""
    if clock.today() > dispute.due:
        raise Refused(
            _("The mediation limit ended on %(date)s.") % {"date": dispute.due.isoformat()},
            _("Enter the matter as not settled, and say why."),
        )


def noted(by, dispute, verb):
    """The trail's entry: the number and the state, and nothing that anybody said."""
    record(by=by, action=f"disputes.{verb}", subject=f"dispute:{dispute.number}", bureau=dispute.bureau,
           state=str(dispute.state))  # fmt: skip


def _refuse(dispute, states, rows):
    now = Dispute.objects.get(pk=dispute.pk)
    if now.state not in states:
        raise Refused(
            _("This does not go with the matter as it stands: %(state)s.") % {"state": STATES[now.state]},
            _("Look at the matter as it stands now."),
        )
    said = [(label, mine, word(getattr(now, name))) for label, mine, name, word in rows]
    said = said or [(_("State"), STATES[dispute.state], STATES[now.state])]
    raise Stale(_("Somebody else has just written about this matter."), said, now.version)
