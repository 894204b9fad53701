"""The door of Open311: methods, faults and formats. Nobody logs in, so there is no session that a form could misuse."""

from functools import wraps

from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import override
from django.views.decorators.csrf import csrf_exempt

from linli.faces.api.open311.asked import language
from linli.faces.api.open311.faults import Fault, said
from linli.faces.api.open311.formats import answered
from linli.ground.accounts.doors import DOORS
from linli.ground.trail.refusals import Refused

MOST_SENT = 14 * 2**20  # bytes of a whole form: a picture of 12 MB and what stands beside it
_UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError)


def door(*methods):
    """A view that gives (name, value) of a shape; faults are answered in the format that was asked for."""

    def hang(view):
        DOORS[f"{view.__module__}.{view.__name__}"] = ((), methods)

        @csrf_exempt
        @wraps(view)
        def opened(request, form, **kwargs):
            with override(language(request)):
                return _answer(request, form, kwargs)

        def _answer(request, form, kwargs):
            try:
                if request.method not in methods:
                    raise Fault(405, f"this address answers {', '.join(methods)}")
                if _size(request) > MOST_SENT:
                    raise Fault(413, f"the form has more than {MOST_SENT // 2**20} MB")
                return answered(form, *view(request, **kwargs))
            except Fault as fault:
                return said(form, fault, methods)
            except Refused as refusal:
                return said(form, Fault(400, f"{refusal.message} {refusal.remedy}".strip()), methods)
            except _UNREADABLE:
                return said(form, Fault(400, "the form that was sent cannot be read, or is too large"), methods)

        opened.roles, opened.methods, opened.public = (), methods, True
        return opened

    return hang


def _size(request):
    said = request.META.get("CONTENT_LENGTH") or ""
    return int(said) if said.isascii() and said.isdigit() else 0
