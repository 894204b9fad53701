"""Where kinds of matter were handed on to, so that the next one is suggested the same way."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import OFFICER, STATION
from linli.work.requests import actions, queries
from linli.work.requests.kinds import KINDS
from linli.work.requests.views.frame import tabs
from linli.work.requests.wording import kind_name


@page(OFFICER, STATION)
def routes(request, bureau):
    """Every remembered way, and the kinds that are not the police's and have none yet."""
    rows = list(queries.routes_of(bureau))
    for row in rows:
        row.kind_name = kind_name(row.kind)
    known = {row.kind for row in rows}
    bare = [kind.name() for kind in KINDS.values() if not kind.police and kind.code not in known]
    context = {"rows": rows, "bare": bare, "forgets": request.user.role == STATION, "tabs": tabs(request.user)}
    return render(request, "requests/routes.html", context)


@act(STATION)
def forget(request, bureau):
    """Suggests a way no longer."""
    asked = {"kind": request.POST.get("kind", "")[:20].replace("\0", "")}
    place = request.POST.get("community", "")[:40].replace("\0", "")
    asked |= {"community__code": place} if place else {"community": None}
    for route in queries.routes_of(bureau).filter(**asked)[:1]:
        actions.forget_route(by=request.user, route=route)
    messages.success(request, _("This way is no longer suggested."))
    return redirect("requests:routes", bureau=bureau.code)
