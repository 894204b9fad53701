"""The officer's own plan of a day, line by line or as a round whose order is drawn."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both
from linli.ground.accounts.roles import OFFICER
from linli.ground.trail.refusals import tried
from linli.work.worklog import actions, shown
from linli.work.worklog.forms import PlanForm, RoundForm
from linli.work.worklog.models import Plan
from linli.work.worklog.views.shared import beats, crumbs_of, date_or_404, form_page, own_officer

LINES = 5  # of a plan that is not yet written


@both(OFFICER)
def plan(request, bureau, date):
    """A day's plan: any hours of any day."""
    officer, date = own_officer(request, bureau), date_or_404(date)
    stands = Plan.objects.filter(officer=officer, day=date).first()
    there = [_there(entry) for entry in stands.entries.select_related("community")] if stands else []
    beat = beats(officer, date)
    if not beat:  # whoever holds no community that day has nothing to plan
        return render(request, "worklog/plan.html", {"said": shown.day_said(date), "crumbs": crumbs_of(bureau)})
    blank = [{}] * max(LINES - len(there), 2)
    sent = request.POST if request.method == "POST" else None
    lines = PlanForm(sent, initial=there + blank, form_kwargs={"communities": beat})
    problems = []
    if sent is not None and lines.is_valid():
        entries = [line.cleaned_data for line in lines if line.cleaned_data.get("kind")]
        for entry in entries:
            entry["community"] = entry.get("community") or beat.first()
        version = sent.get("version", "")
        version = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else None
        problems = _laid(request, officer, date, entries, version)
        if not problems:
            messages.success(request, _("The plan is written down."))
            return redirect("worklog:day", bureau.code, date.isoformat())
    context = {
        "lines": lines, "date": date, "said": shown.day_said(date), "version": stands.version if stands else 0,
        "problems": problems, "crumbs": crumbs_of(bureau), "beats": beat,
    }  # fmt: skip
    return render(request, "worklog/plan.html", context)


def _laid(request, officer, date, entries, version):
    form = PlanProblems()
    asked = {"by": request.user, "officer": officer, "day": date, "entries": entries, "version": version}
    tried(form, actions.plan, **asked)
    return form.said


class PlanProblems:
    """Takes what a refusal says, as a form would."""

    def __init__(self):
        self.said = []

    def add_error(self, _field, text):
        """One more line of what is wrong."""
        self.said.append(text)


def _there(entry):
    return {
        "kind": entry.kind, "community": entry.community.code, "cell": entry.cell, "starts": entry.starts,
        "minutes": entry.minutes, "place": entry.place,
    }  # fmt: skip


@both(OFFICER)
def draw_round(request, bureau, date):
    """A round: the places are chosen, their order and times are drawn."""
    officer, date = own_officer(request, bureau), date_or_404(date)
    stands = Plan.objects.filter(officer=officer, day=date).first()
    beat = beats(officer, date)
    there = {"kind": "patrol", "begins": "18:00", "ends": "21:00", "version": stands.version if stands else 0}
    form = RoundForm(request.POST or None, communities=beat, initial=there)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        asked = {name: said[name] for name in ("begins", "ends", "kind", "version")}
        asked["places"] = [(said["community"], cell) for cell in said["cells"]]
        if tried(form, actions.draw_round, by=request.user, officer=officer, day=date, **asked):
            messages.success(request, _("The round is drawn; its order is written into the plan."))
            return redirect("worklog:day", bureau.code, date.isoformat())
    back = reverse("worklog:day", args=[bureau.code, date.isoformat()])
    lede = _("The order and the times are drawn at random, so that nobody learns the rhythm. It replaces the plan.")
    return form_page(request, bureau, form, _("Draw a round"), back, lede=lede)
