"""What can be checked in each community: its own plan, kept by the public-order brigade."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import SUPERVISION
from linli.ground.places.queries import communities
from linli.ground.trail.refusals import tried
from linli.work.incidents import actions, kinds, who
from linli.work.incidents.forms import PointForm, WhyForm
from linli.work.incidents.models import CheckPoint
from linli.work.incidents.views.shared import Asking, crumbs


def _asking(request, bureau):
    asking = Asking(request.user, bureau)
    return asking if request.user.role == SUPERVISION else asking.must(who.SITE)


@page(*who.WORKERS, SUPERVISION)
def plans(request, bureau):
    """How many points of each class every community's plan has."""
    _asking(request, bureau)
    open_ones = {
        code: Count("check_points", filter=Q(check_points__closed_on=None, check_points__weight_class=code))
        for code in kinds.CLASSES
    }
    places = communities(bureau).annotate(**open_ones)
    rows = [(place, [getattr(place, code) for code in kinds.CLASSES]) for place in places]
    context = {"rows": rows, "classes": kinds.CLASS_NAMES.values(), "crumbs": crumbs(bureau)}
    return render(request, "incidents/plans.html", context)


@both(*who.WORKERS, SUPERVISION)
def plan(request, bureau, community):
    """One community's plan, and the form for another point."""
    asking = _asking(request, bureau)
    place = get_object_or_404(bureau.communities, code=community)
    form = PointForm(request.POST or None) if asking.does(who.SITE) else None
    if request.method == "POST":
        asking.must(who.SITE)
        if form.is_valid() and tried(
            form, actions.add_check_point, by=request.user, community=place, **form.cleaned_data
        ):
            messages.success(request, _("The point stands on the plan."))
            return redirect("incidents:plan", bureau.code, community)
    points = CheckPoint.objects.filter(community=place, closed_on=None).order_by("code")
    rows = [(point, kinds.CLASS_NAMES[point.weight_class]) for point in points]
    context = {"place": place, "rows": rows, "form": form, "crumbs": crumbs(bureau, ("plans", _("Plans of checks")))}
    return render(request, "incidents/plan.html", context)


@act(*who.WORKERS)
def close_point(request, bureau, community, code):
    """A point leaves the plan."""
    Asking(request.user, bureau).must(who.SITE)
    points = CheckPoint.objects.select_related("community__bureau")
    point = get_object_or_404(points, community__bureau=bureau, community__code=community, code=code)
    form = WhyForm(request.POST)
    actions.close_check_point(by=request.user, point=point, why=form.cleaned_data["why"] if form.is_valid() else "")
    messages.success(request, _("The point has left the plan."))
    return redirect("incidents:plan", bureau.code, community)
