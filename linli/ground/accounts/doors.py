"""Doors: which role may open a page, and what a page that writes does about it. Every view of the house is behind one.

``@page(...)`` reads, ``@act(...)`` writes (POST alone). Both find the bureau in the address and refuse another
bureau's staff. A write is done once for each form: its token is spent in the same transaction, and a second click is
led where the first one went.
"""

import secrets
from functools import wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.http import Http404, HttpResponseNotAllowed
from django.shortcuts import redirect

from linli.ground.accounts.roles import Role
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.models import Once

DOORS = {}  # "room.view" -> (roles, methods): what the table of access is checked against


def page(*roles, public=False):
    """A view that reads. roles: who may open it (``Role``); public: nobody needs to log in."""
    return _door(roles, ("GET", "HEAD"), public)


def act(*roles, public=False):
    """A view that writes: POST, each form's token once; a public one sees to its own tokens."""
    return _door(roles, ("POST",), public)


def both(*roles, public=False):
    """A view that shows a form (GET) and takes it (POST)."""
    return _door(roles, ("GET", "HEAD", "POST"), public)


def _door(roles, methods, public):
    def hang(view):
        DOORS[f"{view.__module__}.{view.__name__}"] = (roles, methods)

        @wraps(view)
        def opened(request, *args, **kwargs):
            if not public and not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not public and request.user.role not in roles:
                raise PermissionDenied("role")
            if request.method not in methods:
                return HttpResponseNotAllowed(methods)
            if "bureau" in kwargs and not public:
                kwargs["bureau"] = request.bureau = bureau_of(request.user, kwargs["bureau"])
            once = request.method == "POST" and not public  # a stranger has no session in which to be told "again"
            answer = _once(view, request, args, kwargs) if once else view(request, *args, **kwargs)
            if not public:  # an office's computer is shared: nothing stays behind in its browser
                answer.headers.setdefault("Cache-Control", "private, no-store")
            return answer

        opened.roles, opened.methods, opened.public = roles, methods, public
        return opened

    return hang


def bureau_of(user, code):
    """The ``Bureau`` with that code if this user may enter it; 404 for one that is not, 403 for another's."""
    if user.bureau_id and user.bureau.code == code:
        return user.bureau  # the frame of the page asks for it anyway
    found = Bureau.objects.select_related("place").filter(code=code).first()
    if found is None:
        raise Http404
    if not may_enter(user, found):
        raise PermissionDenied("bureau")
    return found


def may_enter(user, bureau):
    """Whether an account may look into a bureau: its own, below its province, or all for those above bureaus."""
    if user.role == Role.PROVINCE:
        return user.scope_id is not None and _lies_in(bureau.place, user.scope)
    if user.role in (Role.ADMINISTRATOR, Role.AUDITOR) and user.bureau_id is None:
        return True
    return user.bureau_id == bureau.pk


def _lies_in(place, whole):
    """By the code's digits, two for a province, two more for a city, two for a county: 4310… is not below 431."""
    digits = {"province": 2, "city": 4, "county": 6}.get(whole.level, 99)
    return place.code[:digits] == whole.code[:digits]


def new_token():
    """A token for a form."""
    return secrets.token_urlsafe(18)


def _once(view, request, args, kwargs):
    token = request.POST.get("once", "").replace("\0", "")
    if not token:
        return view(request, *args, **kwargs)
    with transaction.atomic():
        try:
            with transaction.atomic():
                spent = Once.objects.create(token=token[:64], by=request.user.username, at=clock.now())
        except IntegrityError:
            return _again(request, token)
        answer = view(request, *args, **kwargs)
        if answer.status_code in (301, 302, 303):
            Once.objects.filter(pk=spent.pk).update(led_to=answer["Location"][:300])
        else:  # the form came back with something to mend: it may be sent again
            spent.delete()
    return answer


def _again(request, token):
    from django.utils.translation import gettext as _

    spent = Once.objects.get(token=token[:64])
    messages.info(request, _("This form had already been sent; nothing was done twice."))
    return redirect(spent.led_to or "/")
