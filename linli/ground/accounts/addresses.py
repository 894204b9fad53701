"""Where somebody logs in or knocks from, also when a proxy stands before the application."""

from django.conf import settings


def of(request):
    """The address of whoever asks: as the one proxy saw it where there is one, else as this server sees it."""
    trusted = getattr(settings, "AXES_CLIENT_IP_CALLABLE", "")
    return behind_proxy(request) if trusted else request.META.get("REMOTE_ADDR", "")


def behind_proxy(request):
    """The address that the one proxy saw: the last in ``X-Forwarded-For``; what stands before it anybody can write."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return forwarded[-1].strip() or request.META.get("REMOTE_ADDR", "")
