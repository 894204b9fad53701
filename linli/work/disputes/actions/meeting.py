"""Consent of both sides, the appointment, what was said there, and who mediates."""

from datetime import timedelta

from django.utils.timezone import is_naive, localtime, make_aware
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.refusals import Refused
from linli.work.disputes.actions.moves import allowed, moved, noted
from linli.work.disputes.kinds import GROUNDS, OPEN
from linli.work.disputes.models import Appointment, Dispute, Note, Side
from linli.work.disputes.plain_words import checked, confidential
from linli.work.disputes.rights import kin, may_follow_up, may_take_in

PLACE, NOTE = 120, 5000  # characters at most
AHEAD = timedelta(days=90)  # how far ahead an appointment may be made


@action
def consent(*, by, dispute, side, given, version=None):
    """A side agrees to mediation, or does not. Both must agree (People's Mediation Act, article 17).

    Who declines within the limit and before an appointment was made has refused: the dispute is left out of the rate.
    Who leaves later has been mediated with: the dispute is not settled, and counts.
    """
    allowed(by, dispute)
    if side not in Side.Letter.values:
        raise Refused(_("There is no such side."))
    given = bool(given)
    Dispute.objects.select_for_update(no_key=True).get(pk=dispute.pk)
    dispute.refresh_from_db(fields=["state", "ended_on"])
    today = clock.today()
    other = Side.objects.filter(dispute=dispute).exclude(letter=side).get()
    state = _after(dispute, given, other.consented, today)
    ended = {"ended_on": (dispute.ended_on or today) if state in ("refused", "not_settled") else None}
    moved(by, dispute, "consent", [*OPEN, "refused", "not_settled"], version, state=state, **ended)
    Side.objects.filter(dispute=dispute, letter=side).update(consented=given, consent_at=clock.now())
    if state in ("refused", "not_settled"):
        over(dispute)
    return dispute


def _after(dispute, given, other, today):
    """The state once a side has said so, the other having said ``other`` (None: not asked yet)."""
    if not given:
        late = dispute.state in ("appointed", "not_settled") or today > dispute.due
        return "refused" if dispute.state == "refused" or not late else "not_settled"
    if dispute.state == "not_settled" or other is False:  # mediated with already, or the other side still declines
        return dispute.state if other is not True else "appointed"
    if dispute.state == "appointed":
        return "appointed"
    return "consented" if other else "taken_in"


@action
def appoint(*, by, dispute, at, place, version=None):
    """When and where both sides meet; an earlier appointment that is still to come is given up."""
    allowed(by, dispute)
    place = checked(place, _("Place"), PLACE)
    at = make_aware(at) if is_naive(at) else at
    now = clock.now()
    if not dispute.taken_in_on <= localtime(at).date() or at > now + AHEAD:
        raise Refused(_("An appointment lies between the day of intake and 90 days from now."), _("Put the day right."))
    if Side.objects.filter(dispute=dispute).exclude(consented=True).exists():
        raise Refused(
            _("Both sides must agree to mediation first."), _("Enter what each side says; nobody is made to come.")
        )
    moved(by, dispute, "appoint", ["consented", "appointed"], version, state="appointed")
    over(dispute)
    Appointment.objects.create(dispute=dispute, at=at, place=place, made_by=name_of(by))
    return dispute


def over(dispute):
    """Appointments that have passed were held; what is still to come is given up."""
    planned = Appointment.objects.filter(dispute=dispute, state=Appointment.State.PLANNED)
    planned.filter(at__lte=clock.now()).update(state=Appointment.State.HELD)
    planned.filter(at__gt=clock.now()).update(state=Appointment.State.MOVED)


@action
def note(*, by, dispute, text):
    """Something said in confidence: encrypted, read by the mediator and the mediation committee alone."""
    allowed(by, dispute, may_follow_up)
    text = confidential(text, _("The note"), NOTE)
    written = Note.objects.create(dispute=dispute, text=text, by=name_of(by), at=clock.now())
    noted(by, dispute, "note")
    return written


@action
def change_mediator(*, by, dispute, to, ground, version=None):
    """Another mediator: handed over, refused by a side, or out of kinship (whose own kin may not follow, R-61)."""
    allowed(by, dispute)
    if ground not in GROUNDS:
        raise Refused(_("“%(code)s” is not one of the choices.") % {"code": str(ground)[:40]})
    if not may_take_in(to, dispute.community) or not to.is_active:
        raise Refused(
            _("%(name)s does not mediate in %(community)s.")
            % {"name": to.get_full_name(), "community": dispute.community.name},
            _("Choose its officer, its cadre or the mediation committee."),
        )
    if dispute.mediator_id == to.pk:
        raise Refused(_("%(name)s mediates already.") % {"name": to.get_full_name()})
    if ground in ("kin", "refused") and dispute.mediator and kin(to, dispute.mediator):
        raise Refused(
            _("%(name)s is related to the mediator who steps back.") % {"name": to.get_full_name()},
            _("Choose somebody who is not (R-61)."),
        )
    return moved(by, dispute, "change_mediator", [*OPEN, "settled", "not_settled", "refused"], version, mediator=to)
