"""Both sides confirm the agreement: on paper, which the mediator notes, or each with a number of its own."""

from django.db.models import Q
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action
from linli.ground.trail.refusals import Refused
from linli.work.disputes.actions.moves import allowed, moved
from linli.work.disputes.codes import hashed, new_code
from linli.work.disputes.models import Side

CONFIRMED_IN = ("settled", "closed")
DENIED_BY_CODE = Q(confirmed=False, confirmed_how="code")


@action
def confirm(*, by, dispute, side, given=True, version=None):
    """A side has signed the agreement on paper before the mediator, or (given False) says that it does not hold.

    What a side denied with its own number, it alone takes back, with a number: nothing on paper stands over it, no
    second "no" either, for that would make it one of the mediator's.
    """
    allowed(by, dispute)
    moved(by, dispute, "confirm", CONFIRMED_IN, version)
    said = {"confirmed": bool(given), "confirmed_at": clock.now(), "confirmed_how": "paper", "code_hash": ""}
    asked = Side.objects.filter(dispute=dispute, letter=side)
    if asked.exclude(DENIED_BY_CODE).update(**said):
        return dispute
    if asked.exists():
        raise Refused(
            _("This side said with its own number that the agreement does not hold."),
            _("Only its own number changes that: give it a new one."),
        )
    raise Refused(_("There is no such side."))


@action
def give_code(*, by, dispute, side):
    """A new number with which one side confirms on the residents' page: told once, kept as a hash, used once."""
    allowed(by, dispute)
    moved(by, dispute, "give_code", CONFIRMED_IN)
    code = new_code()
    if not Side.objects.filter(dispute=dispute, letter=side).update(code_hash=hashed(code), code_at=clock.now()):
        raise Refused(_("There is no such side."))
    return code


@action
def confirm_by_code(*, bureau, code, yes, by="resident"):
    """What a side says with its own number. Gives the ``Side``, or None of a number that is unknown or was used."""
    mark = hashed(code)
    found = Side.objects.select_related("dispute__bureau", "dispute__community")
    side = found.filter(dispute__bureau=bureau, code_hash=mark, dispute__state__in=CONFIRMED_IN).first()
    if side is None:
        return None
    said = {"confirmed": bool(yes), "confirmed_at": clock.now(), "confirmed_how": "code", "code_hash": ""}
    if not Side.objects.filter(pk=side.pk, code_hash=mark).update(**said):
        return None
    moved("resident" if by is None else by, side.dispute, "confirm_by_code", CONFIRMED_IN)
    side.refresh_from_db()
    return side
