"""The doors of the residents' pages: no account, no cookie, no session; the language stands in the address.

Whatever goes wrong is said on a page of this face: the staff's pages for errors carry a form, and with it a cookie.
"""

from functools import wraps

from django.conf import settings
from django.core.exceptions import BadRequest, SuspiciousOperation
from django.http import Http404
from django.http.multipartparser import MultiPartParserError
from django.shortcuts import render
from django.utils.translation import get_language, override
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from linli.ground.accounts.doors import both, page
from linli.ground.places.models import Bureau
from linli.ground.trail.refusals import Refused

MOST_SENT = 14 * 2**20  # bytes of a whole form: a picture of 12 MB and what stands beside it
_UNREADABLE = (BadRequest, SuspiciousOperation, MultiPartParserError)
_CODES = dict(settings.LANGUAGES)


def shown(view):
    """A page that anybody may read."""
    return page(public=True)(_framed(view))


def taken(view):
    """A form that anybody may send; its own token stands for the one that would need a cookie."""
    return csrf_exempt(both(public=True)(_framed(view)))


def language_of(request):
    """The language asked for in the address, else the one the staff's switch has set, else Traditional Chinese."""
    asked = request.GET.get("lang", "")
    return asked if asked in _CODES else get_language() or settings.LANGUAGE_CODE


def said(request, status, heading, text):
    """A page that says what is wrong and leads back."""
    return render(request, "portal/said.html", {"heading": heading, "text": text}, status=status)


def _framed(view):
    @wraps(view)
    def framed(request, bureau=None, **kwargs):
        language = language_of(request)
        with override(language):
            answer = _answer(view, request, bureau, kwargs)
        answer.headers["Content-Language"] = language
        answer.headers["Referrer-Policy"] = "no-referrer"  # an address may hold the letters of a survey's card
        kept = "no-store" if request.method == "POST" or answer.status_code != 200 else "no-cache"
        answer.headers.setdefault("Cache-Control", kept)
        return answer

    return framed


def _answer(view, request, code, kwargs):
    try:
        if _size(request) > MOST_SENT:
            text = _("A picture may have at most 12 MB. Go back and choose a smaller one, or send the words alone.")
            return said(request, 413, _("What was sent is too large"), text)
        if code is None:
            return view(request, **kwargs)
        request.bureau = Bureau.objects.filter(code=code).first()
        if request.bureau is None:
            raise Http404
        return view(request, request.bureau, **kwargs)
    except Http404:
        text = _("The address may be mistyped, or what stood here is no longer shown.")
        return said(request, 404, _("There is no such page"), text)
    except Refused as refusal:
        return said(request, 409, refusal.message, refusal.remedy)
    except _UNREADABLE:
        text = _("Go back, and send the form once more.")
        return said(request, 400, _("What was sent cannot be read"), text)


def _size(request):
    try:
        return int(request.META.get("CONTENT_LENGTH") or 0)
    except ValueError:
        return 0
