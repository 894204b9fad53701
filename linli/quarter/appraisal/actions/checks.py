"""What several actions of this room ask before they write."""

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.appraisal.models import Cycle
from linli.quarter.indicators.turns import take_turn

LONGEST = 10_000


def only(by, bureau, *roles):
    """Lets through the program itself ("linli") and accounts of this bureau with one of these roles."""
    if isinstance(by, str):
        return
    if by.role not in roles or by.bureau_id != bureau.pk:
        raise NotAllowed(_("This step belongs to another role."), _("Ask the political and personnel office."))


def locked(cycle):
    """The cycle as it stands now; nobody else changes it before this transaction ends.

    The turn comes first: every action of the house ends in the trail, and who waited for the trail while holding a
    cycle could wait for somebody who holds the trail and wants the cycle.
    """
    take_turn()
    rows = Cycle.objects.select_for_update(of=("self",)).select_related("bureau", "scheme")
    return rows.defer("current__quarter").get(pk=cycle.pk)


def moved(cycle, before, after, **more):
    """The cycle one state on; refused when it no longer stands where the step begins."""
    found = Cycle.objects.filter(pk=cycle.pk, state=before)
    if found.update(state=after, **more) != 1:
        raise Refused(
            _("The quarter %(period)s is no longer at this step.") % {"period": cycle.period},
            _("Somebody else may have taken it already: look at the quarter again."),
        )
    cycle.refresh_from_db()
    return cycle


def not_before(moment):
    """Refused while the installation's clock stands before something that has already happened."""
    if moment and clock.now() < moment:
        raise Refused(
            _("The installation's clock stands before the quarter's last step."),
            _("The administrator has to put the clock right; then do this again."),
        )


def said(text, remedy=""):
    """The text without blanks around it; refused when nothing is left, or far too much."""
    text = text.strip()
    if not text:
        raise Refused(_("Nothing was written."), remedy or _("Write in your own words what is to be said."))
    if len(text) > LONGEST:
        longest = {"longest": LONGEST}
        raise Refused(
            _("The text is longer than %(longest)s characters.") % longest, _("Shorten it; papers can be handed in.")
        )
    return text
