"""Pages on which the personnel office opens and closes clients of the API."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.faces.api import actions
from linli.faces.api.actions import A_MINUTE
from linli.faces.api.forms import ClientForm, CloseForm
from linli.faces.api.models import Client
from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import PERSONNEL
from linli.ground.trail.refusals import Refused


@page(PERSONNEL)
def clients(request, bureau):
    """The bureau's clients, the open ones first."""
    found = Client.objects.filter(bureau=bureau).order_by("closed_at", "name", "pk")
    ordered = sorted(found, key=lambda client: client.closed_at is not None)
    return render(request, "api/clients.html", {"clients": ordered, "a_minute": A_MINUTE})


@both(PERSONNEL)
def open_client(request, bureau):
    """A form, then the token: shown on this one page and never again."""
    form = ClientForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            client, token = actions.open_client(by=request.user, bureau=bureau, **form.cleaned_data)
        except Refused as refusal:
            form.add_error("name", f"{refusal.message} {refusal.remedy}")
        else:
            answer = render(request, "api/token.html", {"client": client, "token": token, "crumbs": _crumbs(bureau)})
            answer["Cache-Control"] = "no-store"
            return answer
    return render(request, "api/open.html", {"form": form, "crumbs": _crumbs(bureau)})


@both(PERSONNEL)
def close_client(request, bureau, number):
    """Asks why, then closes."""
    client = get_object_or_404(Client, bureau=bureau, pk=number)
    form = CloseForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.close_client(by=request.user, client=client, **form.cleaned_data)
        messages.success(request, _("%(name)s is closed; its token opens nothing.") % {"name": client.name})
        return redirect("api:clients", bureau=bureau.code)
    return render(request, "api/close.html", {"form": form, "client": client, "crumbs": _crumbs(bureau)})


def _crumbs(bureau):
    return [{"url": reverse("api:clients", args=[bureau.code]), "label": _("Programs that read")}]
