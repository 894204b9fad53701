"""Staff without a second factor are led to set one up before anything else, where the installation asks for it."""

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.shortcuts import redirect

_OPEN = ("/accounts/", "/i18n/", "/static/", "/health")


class SecondFactor:
    """Middleware; does nothing unless ``SECOND_FACTOR`` is set."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if settings.SECOND_FACTOR and self._lacking(request):
            return redirect("mfa_index")
        return self.get_response(request)

    def _lacking(self, request):
        if not request.user.is_authenticated or request.path.startswith(_OPEN):
            return False
        return not is_mfa_enabled(request.user)
