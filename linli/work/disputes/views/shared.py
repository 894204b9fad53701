"""What the pages of this room have in common: the way down, the dispute somebody asks for, one form page."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import LEADING
from linli.work.disputes import queries
from linli.work.disputes.rights import may_see


def crumbs(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("disputes:list", args=[bureau.code]), _("Disputes"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


def url_of(dispute, name="dispute", *more):
    """The address of a dispute's page."""
    return reverse(f"disputes:{name}", args=[dispute.bureau.code, dispute.number, *more])


def dispute_of(user, bureau, number):
    """The dispute with that number, if this user may see it."""
    dispute = get_object_or_404(queries.whole(bureau), number=number)
    if not may_see(user, dispute):
        raise PermissionDenied("dispute")
    return dispute


def places_for(user, bureau):
    """The communities this account works in; whoever works in none is refused."""
    places = list(queries.places_of(user, bureau))
    if not places and user.role not in LEADING:
        raise PermissionDenied("community")
    return places


def form_page(request, bureau, form, heading, back, **more):
    """One form on a page of its own. more: lede, submit, adverse, note, dispute."""
    context = {"form": form, "heading": heading, "cancel_url": back, "crumbs": crumbs(bureau), **more}
    return render(request, "disputes/form.html", context)
