"""Who may do what in this room: a role of the bureau, and nobody who is related to the officer (R-61)."""

from django.utils.translation import gettext as _

from linli.ground.accounts.roles import Role
from linli.ground.officers import queries as officers
from linli.ground.trail.refusals import NotAllowed

SYSTEM = "linli"


def must_be(by, bureau, *roles, system=False):
    """Refuse whoever is not of one of these roles in this bureau; ``system``: Linli's own work may pass."""
    if by == SYSTEM:
        if not system:
            raise NotAllowed(_("Only a named person may do this."))
        return
    if not by.is_active or by.bureau_id != bureau.pk or by.role not in roles:
        wanted = ", ".join(str(Role(role).label) for role in roles)
        raise NotAllowed(_("This is not yours to do."), _("It is done by: %(roles)s.") % {"roles": wanted})


def must_be_unrelated(by, officer):
    """Refuse the officer himself and whoever is related to him (R-61)."""
    if by != SYSTEM and officers.related(by, officer):
        raise NotAllowed(
            _("You are related to %(officer)s.") % {"officer": officer.name},
            _("Let a colleague do it who is not related: this protects both of you (rule R-61)."),
        )


def is_own(user, officer):
    """Whether this account is the officer's own."""
    return officer.account_id is not None and officer.account_id == user.pk
