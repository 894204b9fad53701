"""A bureau's communities and offices: lists, one community, and the personnel office's changes."""

from django.contrib import messages
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, EVERYBODY, PERSONNEL
from linli.ground.places import actions
from linli.ground.places.forms import (
    KINDS,
    OFFICES,
    BoundariesForm,
    CloseForm,
    CommunityForm,
    NewCommunityForm,
    OfficeForm,
)
from linli.ground.places.models import Community, CommunityFacts
from linli.ground.places.queries import facts_of, names_of
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import tried

SORTS = {"code": "code", "name": "name", "kind": "kind", "station": "station__name"}
HEADER = ("community", "name", "kind", "complex", "station", "place", "population", "closed_on")


def crumbs_of(bureau, *more):
    """The way down to a page of this bureau."""
    top = [(reverse("places:tree"), _("Places")), (reverse("places:communities", args=[bureau.code]), bureau.name)]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


@page(*EVERYBODY)
def communities(request, bureau):
    """Every community of a bureau; filtered, sorted, as .csv."""
    rows = Community.objects.filter(bureau=bureau).select_related("station", "place").defer("place__boundary")
    asked = request.GET
    if asked.get("kind") in dict(KINDS):
        rows = rows.filter(kind=asked["kind"])
    if asked.get("q"):
        rows = rows.filter(Q(name__icontains=asked["q"][:80]) | Q(code__icontains=asked["q"][:80]))
    if not asked.get("closed"):
        rows = rows.filter(Q(closed_on=None) | Q(closed_on__gt=clock.today()))
    rows = rows.order_by(SORTS.get(asked.get("sort"), "code"), "code")
    sheet = facts_of(bureau, clock.today().year)
    population = dict(CommunityFacts.objects.filter(sheet=sheet).values_list("community_id", "population"))
    if asked.get("format") == "csv":
        return csv_answer(f"communities-{bureau.code}", HEADER, (_row(one, population) for one in rows))
    shown = page_of(request, rows)
    for one in shown.object_list:
        one.population, one.called = population.get(one.pk), dict(KINDS)[one.kind]
    context = {"page": shown, "kinds": KINDS, "sheet": sheet, "crumbs": crumbs_of(bureau)[:1], "asked": asked}
    return render(request, "places/communities.html", {**context, "may_edit": request.user.role == PERSONNEL})


def _row(one, population):
    place = one.place.code if one.place else None
    there = (one.code, one.name, one.kind, int(one.complex), one.station, place)
    return (*there, population.get(one.pk), one.closed_on)


@page(*EVERYBODY)
def community(request, bureau, code):
    """One community: what it is, and its facts year by year."""
    one = get_object_or_404(Community.objects.select_related("station", "place"), bureau=bureau, code=code)
    rows = CommunityFacts.objects.filter(community=one).select_related("sheet").order_by("sheet__year")
    if request.user.role not in BUREAU:
        rows = rows.filter(sheet__published_at__isnull=False)
    rows, names = list(rows), names_of(rows)
    lines = [(name, [row.facts.get(name) for row in rows]) for name in names]
    context = {"community": one, "called": dict(KINDS)[one.kind], "rows": rows, "lines": lines}
    context |= {"crumbs": crumbs_of(bureau), "may_edit": request.user.role == PERSONNEL and not one.closed_on}
    return render(request, "places/community.html", {**context, "close_form": CloseForm()})


@both(PERSONNEL)
def add_community(request, bureau):
    """A new community."""
    form = NewCommunityForm(request.POST or None, bureau=bureau)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.add_community, by=request.user, bureau=bureau, **form.cleaned_data)
        if made:
            messages.success(request, _("%(community)s is there.") % {"community": made.name})
            return redirect("places:community", bureau.code, made.code)
    return _form(request, bureau, form, _("Add a community"), reverse("places:communities", args=[bureau.code]))


@both(PERSONNEL)
def edit_community(request, bureau, code):
    """Other words for a community."""
    one = get_object_or_404(Community.objects.select_related("place", "station"), bureau=bureau, code=code)
    there = {"name": one.name, "kind": one.kind, "complex": one.complex, "station": one.station_id}
    form = CommunityForm(
        request.POST or None, bureau=bureau, initial={**there, "place": one.place.code if one.place else ""}
    )
    if request.method == "POST" and form.is_valid():
        version = request.POST.get("version", "")
        read = int(version) if version.isdigit() else 0
        if tried(form, actions.edit_community, by=request.user, community=one, version=read, **form.cleaned_data):
            messages.success(request, _("%(community)s is changed.") % {"community": form.cleaned_data["name"]})
            return redirect("places:community", bureau.code, code)
    back = reverse("places:community", args=[bureau.code, code])
    return _form(request, bureau, form, _("Change %(community)s") % {"community": one.name}, back, version=one.version)


@act(PERSONNEL)
def close_community(request, bureau, code):
    """A community that is appraised no longer."""
    one = get_object_or_404(Community, bureau=bureau, code=code)
    form = CloseForm(request.POST)
    if form.is_valid():
        actions.close_community(by=request.user, community=one, **form.cleaned_data)
        messages.success(request, _("%(community)s is closed.") % {"community": one.name})
        return redirect("places:community", bureau.code, code)
    back = reverse("places:community", args=[bureau.code, code])
    return _form(request, bureau, form, _("Close %(community)s") % {"community": one.name}, back)


@both(PERSONNEL)
def boundaries(request, bureau):
    """A GeoJSON file with the communities' boundaries."""
    form = BoundariesForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        content = form.cleaned_data["boundaries"]
        drawn = tried(form, actions.import_boundaries, by=request.user, bureau=bureau, content=content)
        if drawn:
            messages.success(request, _("%(count)s boundaries are set.") % {"count": len(drawn)})
            return redirect("places:communities", bureau.code)
    return _form(request, bureau, form, _("Boundaries"), reverse("places:communities", args=[bureau.code]))


@page(*EVERYBODY)
def offices(request, bureau):
    """Sections, brigades, stations, committees, and what schemes call them."""
    rows = bureau.offices.order_by("kind", "code")
    if request.GET.get("kind") in dict(OFFICES):
        rows = rows.filter(kind=request.GET["kind"])
    if request.GET.get("format") == "csv":
        lines = ((one.code, one.name, one.kind, one.known_as) for one in rows)
        return csv_answer(f"offices-{bureau.code}", ("office", "name", "kind", "known_as"), lines)
    shown = page_of(request, rows)
    for one in shown.object_list:
        one.called = dict(OFFICES)[one.kind]
    context = {"page": shown, "kinds": OFFICES, "asked": request.GET, "crumbs": crumbs_of(bureau)}
    return render(request, "places/offices.html", {**context, "may_edit": request.user.role == PERSONNEL})


@both(PERSONNEL)
def add_office(request, bureau):
    """A new unit."""
    form = OfficeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.add_office, by=request.user, bureau=bureau, **form.cleaned_data)
        if made:
            messages.success(request, _("%(office)s is there.") % {"office": made.name})
            return redirect("places:offices", bureau.code)
    return _form(request, bureau, form, _("Add an office"), reverse("places:offices", args=[bureau.code]))


def _form(request, bureau, form, title, back, version=None):
    context = {"form": form, "page_title": title, "crumbs": crumbs_of(bureau), "cancel_url": back, "version": version}
    return render(request, "places/form.html", context)
