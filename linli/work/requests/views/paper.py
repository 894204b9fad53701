"""A paper slip is entered; its sender is given a page with the receipt code, which is shown this once."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both
from linli.ground.accounts.roles import CADRE, OFFICER, STATION
from linli.ground.trail.refusals import tried
from linli.work.requests import actions
from linli.work.requests.forms import PaperForm
from linli.work.requests.views.frame import crumbs, short
from linli.work.requests.wording import kind_name


@both(CADRE, OFFICER, STATION)
def paper(request, bureau):
    """Enters a slip. The answer is the slip to print, not a way to another page: the code is kept nowhere."""
    posted = request.POST if request.method == "POST" else None
    form = PaperForm(posted, user=request.user, bureau=bureau)
    if posted is not None and form.is_valid():
        key = f"paper:{posted.get('once', '')[:60]}" if posted.get("once") else ""
        made = tried(
            form, actions.receive, by=request.user, bureau=bureau, channel="paper", client_key=key, **form.cleaned_data
        )
        if made is not None:
            context = {"row": made, "kind": kind_name(made.kind), "number": short(made.public_id)}
            return render(request, "requests/slip.html", context | {"crumbs": crumbs(bureau)})
    return render(request, "requests/paper.html", {"form": form, "crumbs": crumbs(bureau), "submit": _("Enter")})
