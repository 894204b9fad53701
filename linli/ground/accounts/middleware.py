"""Before anything else: a password of one's own, and where the installation asks for it a second factor."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

_OPEN = ("/accounts/", "/i18n/", "/static/", "/health")
_FACTORS = ["totp", "webauthn"]  # recovery codes stand in for one of these and are none by themselves


class SecondFactor:
    """Middleware: leads to the page that is lacking until it has been filled in."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        lacking = self._lacking(request)
        return redirect(lacking) if lacking else self.get_response(request)

    def _lacking(self, request):
        if request.path.startswith(_OPEN) or not request.user.is_authenticated:
            return None
        if request.user.password_handed:
            return "account_change_password"
        if settings.SECOND_FACTOR and not is_mfa_enabled(request.user, types=_FACTORS):
            return "mfa_index"
        return None
