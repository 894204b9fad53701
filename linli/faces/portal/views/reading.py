"""What residents read: the bureau's first page, their community with its officer, the card to print, bulletins."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import Resolver404, resolve, reverse

from linli.book import qr
from linli.faces.portal import figures, outcomes
from linli.faces.portal.doors import shown
from linli.faces.portal.models import OfficerCard
from linli.faces.portal.queries import on_duty, posted, worded
from linli.ground.places.models import Bureau, Community
from linli.ground.places.queries import communities
from linli.work.requests import terms

ON_FIRST_PAGE, ON_COMMUNITY, ON_PAGE = 3, 5, 30
A_DAY = "public, max-age=86400"


@shown
def bureaus(request):
    """Which bureau; where there is one alone, its first page."""
    found = list(Bureau.objects.order_by("code")[:500])
    if len(found) == 1:
        return redirect("portal:home", found[0].code)
    return render(request, "portal/bureaus.html", {"bureaus": found})


@shown
def home(request, bureau):
    """What one can do here, and the communities."""
    bulletins = worded(posted(bureau)[:ON_FIRST_PAGE])
    context = {"communities": communities(bureau), "bulletins": bulletins, "here": "home"}
    return render(request, "portal/home.html", context)


@shown
def choose(request, bureau):
    """The community picked from the list, without a script."""
    if not request.GET.get("c"):
        return redirect("portal:home", bureau.code)
    found = _open(bureau, request.GET["c"])
    query = request.GET.copy()
    query.pop("c", None)
    address = reverse("portal:community", args=[bureau.code, found.code])
    return redirect(f"{address}?{query.urlencode()}" if query else address)


@shown
def community(request, bureau, community):
    """My community: who works here, what was asked and what came of it, its public figures."""
    found = _open(bureau, community)
    quarter, rates = figures.of_community(found)
    bulletins = worded(posted(bureau, found)[:ON_COMMUNITY])
    context = {
        "community": found, "officers": on_duty(found), "quarter": quarter, "rates": rates, "bulletins": bulletins,
        "came": outcomes.of_community(found), "least": terms.SMALL,
    }  # fmt: skip
    return render(request, "portal/community.html", context)


@shown
def card(request, bureau, community):
    """The officer's card to print, with the code that leads to the community's page."""
    found = _open(bureau, community)
    context = {"community": found, "officers": on_duty(found), "address": _address(request, bureau, found)}
    return render(request, "portal/card.html", context)


@shown
def card_code(request, bureau, community, ending):
    """The code alone, as a drawing or a picture."""
    found = _open(bureau, community)
    address = _address(request, bureau, found)
    if ending == "svg":
        answer = HttpResponse(qr.svg(address, found.name), content_type="image/svg+xml")
    else:
        answer = HttpResponse(qr.png(address), content_type="image/png")
    answer["Content-Disposition"] = f'attachment; filename="{bureau.code}-{_plain(found.code)}.{ending}"'
    return answer


@shown
def photo(request, bureau, name):
    """An officer's photo, as the officer has put it on the own card."""
    found = get_object_or_404(OfficerCard, officer__bureau=bureau, photo_name=name)
    if not found.photo:
        raise Http404
    answer = HttpResponse(bytes(found.photo), content_type="image/jpeg")
    answer["Cache-Control"] = A_DAY  # another photo has another name
    return answer


@shown
def bulletins(request, bureau):
    """What is posted for the whole bureau and its communities."""
    where = request.GET.get("c", "")
    found = _open(bureau, where) if where else None
    context = {"bulletins": worded(posted(bureau, found)[:ON_PAGE]), "community": found, "here": "bulletins"}
    return render(request, "portal/bulletins.html", context)


@shown
def privacy(request, bureau):
    """What is kept of what residents say, for how long, and who reads it."""
    return render(request, "portal/privacy.html", {"terms": terms, "here": "privacy"})


@shown
def lost(request, rest=""):
    """No such page; with its stroke at the end there may be one."""
    try:
        there = resolve(f"{request.path}/").url_name != "lost" and not request.path.endswith("/")
    except Resolver404:
        there = False
    if there:
        return redirect(f"{request.path}/")
    raise Http404


def _open(bureau, code):
    if "\0" in code:  # PostgreSQL refuses to look for it
        raise Http404
    return get_object_or_404(Community, bureau=bureau, code=code, closed_on=None)


def _address(request, bureau, community):
    """What the code leads to; "via" says that somebody came by a card and nothing else."""
    return request.build_absolute_uri(reverse("portal:community", args=[bureau.code, community.code])) + "?via=qr"


def _plain(code):
    return "".join(sign for sign in code if sign.isascii() and sign.isalnum()) or "card"
