"""What every write of the room asks first: is it this bureau, this office, this quarter, and not too late."""

from django.utils.translation import gettext as _

from heng import periods
from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.indicators import owners, queries
from linli.quarter.indicators.models import Revision


def is_system(by):
    """Whether Linli itself acts, and not a person."""
    return isinstance(by, str)


def of_bureau(by, bureau, *roles):
    """``NotAllowed`` unless the account is of this bureau and has one of the roles."""
    if not is_system(by) and (by.bureau_id != bureau.pk or by.role not in roles):
        raise NotAllowed(_("This is not for your account to do."), _("Ask the office whose work it is."))


def quarter(period):
    """The period, ``Refused`` when it is none."""
    try:
        periods.parse(period)
    except ValueError as wrong:
        raise Refused(_("%(period)s is not a quarter such as 2026Q3.") % {"period": period}) from wrong
    return period


def rate_of(bureau, period, rate):
    """The rate of the scheme in force in that quarter."""
    scheme = queries.scheme_for(bureau, quarter(period))
    if scheme is None:
        raise Refused(
            _("No scheme is in force for %(period)s.") % {"period": period},
            _("The personnel office drafts one; it is in force once the Party committee has decided."),
        )
    try:
        return queries.parsed(scheme).rate(rate)
    except KeyError as unknown:
        raise Refused(
            _("The scheme in force for %(period)s has no rate “%(rate)s”.") % {"period": period, "rate": rate}
        ) from unknown


def not_frozen(bureau, period):
    """``Refused`` once the quarter is frozen (R-74)."""
    if Revision.objects.filter(bureau=bureau, period=period).exists():
        raise Refused(
            _("%(period)s is frozen: its figures no longer change.") % {"period": period},
            _("A wrong figure is put right by a correction, which makes a new revision with its reason."),
        )


def begun(period):
    """``Refused`` for a quarter that has not begun."""
    if clock.today() < periods.first_day(period).item():
        raise Refused(_("%(period)s has not begun.") % {"period": period})


def ended(period):
    """``Refused`` for a quarter that still has days to come."""
    if clock.today() <= periods.last_day(period).item():
        raise Refused(
            _("%(period)s is not over: a quarter is frozen after its last day.") % {"period": period},
        )


def supplier(by, rate):
    """``NotAllowed`` unless the account's office supplies the rate (R-80)."""
    if not is_system(by) and not owners.supplies(by, rate):
        raise NotAllowed(
            _("%(rate)s is supplied by %(office)s, and by nobody else (R-80).")
            % {"rate": queries.rate_name(rate), "office": queries.office_name(rate.supplier)}
        )


def verifier(by, rate):
    """``NotAllowed`` unless the account's office verifies the rate and does not supply it (R-80)."""
    if not is_system(by) and not owners.verifies(by, rate):
        raise NotAllowed(
            _("%(rate)s is verified by %(office)s, and by nobody else (R-80).")
            % {"rate": queries.rate_name(rate), "office": queries.office_name(rate.verifier)}
        )


def community_in_reach(by, community, barred):
    """``NotAllowed`` for a relative's community (R-61), and for one the account has nothing to do with."""
    if is_system(by):
        return
    if community.pk in barred:
        raise NotAllowed(
            _("Somebody related to you, or you yourself, held %(community)s in this quarter (R-61).")
            % {"community": community.name},
            _("A colleague of your office enters or verifies this figure."),
        )
    if not owners.reaches(by, community):
        raise NotAllowed(_("%(community)s is not yours to report on.") % {"community": community.name})
