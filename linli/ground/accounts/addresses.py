"""Where somebody logs in from, when a proxy stands before the application."""


def behind_proxy(request):
    """The address that the one proxy saw: the last in ``X-Forwarded-For``; what stands before it anybody can write."""
    forwarded = request.META.get("HTTP_X_FORWARDED_FOR", "").split(",")
    return forwarded[-1].strip() or request.META.get("REMOTE_ADDR", "")
