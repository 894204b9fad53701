"""A refusal raised by an action becomes a page that says what to do; a stale form shows both texts."""

from django.shortcuts import render

from linli.ground.trail.refusals import NotAllowed, Refused, Stale


class Refusals:
    """Middleware: ``Refused`` is answered 409, ``NotAllowed`` 403, ``Stale`` 409 with the difference."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_exception(self, request, exception):
        if not isinstance(exception, Refused):
            return None
        if isinstance(exception, Stale):
            return render(request, "stale.html", {"stale": exception, "sent": request.POST}, status=409)
        status, template = (403, "403.html") if isinstance(exception, NotAllowed) else (409, "409.html")
        return render(request, template, {"refusal": exception}, status=status)
