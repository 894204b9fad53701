"""How mediation ends: an agreement, none, or another way by law."""

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.refusals import Refused
from linli.work.disputes import days
from linli.work.disputes.actions.meeting import over
from linli.work.disputes.actions.moves import allowed, moved, within_limit
from linli.work.disputes.kinds import OPEN, TRANSFERS
from linli.work.disputes.models import Side
from linli.work.disputes.plain_words import confidential

AGREEMENT, WHY = 5000, 1000  # characters at most


@action
def settle(*, by, dispute, agreement, sides_confirm=(False, False), on=None, version=None):
    """An agreement was reached on a day; sides_confirm: which side signed it on paper before the mediator.

    A side that has not signed yet confirms afterwards, with its own number or on paper.
    """
    allowed(by, dispute)
    agreement = confidential(agreement, _("The agreement"), AGREEMENT)
    today = clock.today()
    on = on or today
    if not dispute.taken_in_on <= on <= today:
        raise Refused(_("The day lies between the intake and today."), _("Put the day right."))
    if (today - on).days > days.BACK:
        raise Refused(
            _("A settlement is entered within 30 days."), _("Enter today, and the day it was signed in a note.")
        )
    if Side.objects.filter(dispute=dispute).exclude(consented=True).exists():
        raise Refused(_("Both sides must agree to mediation first."), _("Enter what each side says."))
    moved(by, dispute, "settle", ["consented", "appointed", "not_settled"], version, state="settled",
          agreement=agreement, written_by=name_of(by), settled_on=on, ended_on=on, ended_because="",
          follow_up_due=days.watched_until(on),
          counts_on=days.counts_after_settling(dispute.counts_on, on, today))  # fmt: skip
    over(dispute)
    for letter, signed in zip("ab", sides_confirm, strict=True):
        if signed:
            said = {"confirmed": True, "confirmed_at": clock.now(), "confirmed_how": "paper", "code_hash": ""}
            Side.objects.filter(dispute=dispute, letter=letter).update(**said)
    return dispute


@action
def fail(*, by, dispute, why, version=None):
    """Mediation ended without an agreement; the sides are told where else they can go. why: encrypted."""
    allowed(by, dispute)
    why = confidential(why, _("Why"), WHY)
    moved(
        by,
        dispute,
        "fail",
        OPEN,
        version,
        state="not_settled",
        ended_because=why,
        written_by=name_of(by),
        ended_on=clock.today(),
    )
    over(dispute)
    return dispute


@action
def transfer(*, by, dispute, to, ground, version=None):
    """The matter must go elsewhere by law. to: one of ``kinds.TRANSFERS``; ground: the article, encrypted."""
    allowed(by, dispute)
    within_limit(dispute)
    if to not in TRANSFERS:
        raise Refused(_("“%(code)s” is not one of the choices.") % {"code": str(to)[:40]})
    ground = confidential(ground, _("Ground in law"), WHY)
    moved(by, dispute, "transfer", [*OPEN, "refused"], version, state="transferred", transferred_to=to,
          ended_because=ground, written_by=name_of(by), ended_on=clock.today())  # fmt: skip
    over(dispute)
    return dispute
