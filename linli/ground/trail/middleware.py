"""A refusal raised by an action becomes a page that says what to do; a stale form shows both texts."""

from django.shortcuts import render

from linli.ground.trail.actions import record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale


class Refusals:
    """Middleware: ``Refused`` is answered 409, ``NotAllowed`` 403, ``Stale`` 409 with the difference."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if "\x00" in request.path:  # no name holds it, and PostgreSQL refuses to look for one that does
            return render(request, "404.html", status=404)
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        if isinstance(exception, Stale):
            return render(request, "stale.html", {"stale": exception, "sent": request.POST}, status=409)
        if isinstance(exception, NotAllowed):
            record(by=request.user, action="door.refused", subject=request.path, why=str(exception.message))
            return render(request, "403.html", {"refusal": exception}, status=403)
        return render(request, "409.html", {"refusal": exception}, status=409)
