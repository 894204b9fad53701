"""Hours a week due in the beat: who set which from when on."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import PERSONNEL
from linli.ground.places.queries import communities
from linli.ground.trail import clock
from linli.ground.trail.refusals import tried
from linli.work.worklog import actions
from linli.work.worklog.forms import DueForm, WhyForm
from linli.work.worklog.hours import HOURS_A_WEEK
from linli.work.worklog.models import DueHours
from linli.work.worklog.views.shared import READERS, crumbs_of, date_or_404, form_page


@page(*READERS)
def due(request, bureau):
    """What was said, the newest first; until something is said it is the default."""
    rows = DueHours.objects.filter(bureau=bureau).select_related("community").order_by("-since", "community__code")
    context = {
        "rows": rows, "default": f"{HOURS_A_WEEK:g}", "sets": request.user.role == PERSONNEL, "today": clock.today(),
        "crumbs": crumbs_of(bureau),
    }  # fmt: skip
    return render(request, "worklog/due.html", context)


def _back(bureau):
    return reverse("worklog:due", args=[bureau.code])


@both(PERSONNEL)
def set_due(request, bureau):
    """Hours from a quarter on, for the bureau or one community."""
    form, back = DueForm(request.POST or None, communities=communities(bureau)), _back(bureau)
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, actions.set_due, by=request.user, bureau=bureau, **form.cleaned_data):
        messages.success(request, _("The due hours are set."))
        return redirect(back)
    lede = _("Said before a quarter begins, so that everybody knows what is due; one that has begun keeps its hours.")
    return form_page(request, bureau, form, _("Set due hours"), back, lede=lede)


@both(PERSONNEL)
def withdraw_due(request, bureau, community, since):
    """Hours of a quarter to come are taken back."""
    place = {"community": None} if community == "bureau" else {"community__code": community}
    one = get_object_or_404(DueHours, bureau=bureau, since=date_or_404(since), **place)
    form, back = WhyForm(request.POST or None), _back(bureau)
    if request.method == "POST" and form.is_valid():
        actions.withdraw_due(by=request.user, due=one, **form.cleaned_data)
        messages.success(request, _("The entry is taken back."))
        return redirect(back)
    return form_page(request, bureau, form, _("Take these due hours back"), back, adverse=True)
