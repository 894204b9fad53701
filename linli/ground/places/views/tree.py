"""The tree of places, province to community, one place and two levels below it at a time."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import ADMINISTRATOR, EVERYBODY
from linli.ground.places import actions
from linli.ground.places.forms import LEVELS, BureauForm, PlaceForm
from linli.ground.places.models import Bureau, Place
from linli.ground.places.queries import path_of
from linli.ground.trail.refusals import Refused

SHOWN = 2_000  # places on one page


@page(*EVERYBODY)
def tree(request):
    """The provinces, or whatever else lies under nothing."""
    return _tree(request, None)


@page(*EVERYBODY)
def place(request, code):
    """One place, what lies in it, and what lies in that."""
    return _tree(request, get_object_or_404(Place.objects.select_related("parent__parent__parent__parent"), code=code))


def _tree(request, here):
    below = list(Place.objects.filter(parent=here).defer("boundary").order_by("code")[:SHOWN])
    further = Place.objects.filter(parent__in=below).defer("boundary").order_by("code")[:SHOWN]
    children = {}
    for child in further:
        children.setdefault(child.parent_id, []).append(child)
    bureaus = {}
    places = [*below, *(child for found in children.values() for child in found), *([here] if here else [])]
    for bureau in Bureau.objects.filter(place__in=places):
        bureaus.setdefault(bureau.place_id, []).append(bureau)
    for one in places:
        one.below, one.theirs = children.get(one.pk, []), bureaus.get(one.pk, [])
        one.called = dict(LEVELS)[one.level]
    path = path_of(here)[:-1]
    crumbs = [{"url": reverse("places:tree"), "label": _("Places")}] if here else []
    crumbs += [{"url": reverse("places:place", args=[one.code]), "label": one.name} for one in path]
    shown = {"here": here, "below": below, "crumbs": crumbs, "whole": len(below) < SHOWN}
    return render(request, "places/tree.html", {**shown, "may_add": request.user.role == ADMINISTRATOR})


@both(ADMINISTRATOR)
def add_place(request):
    """A new node of the tree."""
    form = PlaceForm(request.POST or None, initial={"parent": request.GET.get("parent", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_place(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
        else:
            messages.success(request, _("%(place)s stands in the tree.") % {"place": made.name})
            return redirect("places:place", made.code)
    return _form(request, form, _("Add a place"))


@both(ADMINISTRATOR)
def add_bureau(request):
    """A new bureau."""
    form = BureauForm(request.POST or None, initial={"place": request.GET.get("place", "")})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.add_bureau(by=request.user, **form.cleaned_data)
        except Refused as refusal:
            form.add_error(None, f"{refusal.message} {refusal.remedy}")
        else:
            messages.success(request, _("%(bureau)s is there; open an account for its personnel office next.") %
                             {"bureau": made.name})  # fmt: skip
            return redirect("places:communities", made.code)
    return _form(request, form, _("Add a bureau"))


def _form(request, form, title):
    crumbs = [{"url": reverse("places:tree"), "label": _("Places")}]
    cancel = reverse("places:tree")
    return render(
        request, "places/form.html", {"form": form, "page_title": title, "crumbs": crumbs, "cancel_url": cancel}
    )
