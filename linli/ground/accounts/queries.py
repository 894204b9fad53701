"""Reading accounts: the administrator's list, and who is locked out for the moment."""

from allauth.mfa.models import Authenticator
from axes.attempts import get_cool_off
from axes.conf import settings as axes_settings
from axes.models import AccessAttempt
from django.db.models import Exists, OuterRef, Q, Sum
from django.utils import timezone

from linli.ground.accounts.models import User

SORTS = {"name": "username", "role": "role", "bureau": "bureau__code", "login": "last_login"}


def accounts(role="", bureau="", state="", text="", sort=""):
    """Accounts with what a list shows; every filter may be empty. state: "open" or "closed"."""
    found = User.objects.select_related("bureau", "office", "community", "scope").annotate(
        has_second_factor=Exists(
            Authenticator.objects.filter(user=OuterRef("pk")).exclude(type=Authenticator.Type.RECOVERY_CODES)
        )
    )
    found = found.filter(role=role) if role else found
    found = found.filter(bureau__code=bureau) if bureau else found
    found = found.filter(is_active=state == "open") if state in ("open", "closed") else found
    found = found.filter(Q(username__icontains=text) | Q(display_name__icontains=text)) if text else found
    falling, name = sort.startswith("-"), sort.lstrip("-")
    return found.order_by(("-" if falling else "") + SORTS.get(name, "username"), "username")


def locked_out():
    """Names of accounts that have failed too often from some address and must wait."""
    since = timezone.now() - get_cool_off()
    tries = AccessAttempt.objects.filter(attempt_time__gte=since).values("username", "ip_address")
    many = tries.annotate(failed=Sum("failures_since_start")).filter(failed__gte=axes_settings.AXES_FAILURE_LIMIT)
    return {row["username"] for row in many.order_by()}


def second_factors(user):
    """Kinds of second factor somebody has: "totp", "webauthn", "recovery_codes"."""
    return list(Authenticator.objects.filter(user=user).order_by("type").values_list("type", flat=True).distinct())
