"""The administrator's page of jobs: what waits, what runs, what failed and may be tried again."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import ADMINISTRATOR
from linli.ground.jobs import actions, queries
from linli.ground.jobs.models import Job
from linli.ground.trail.listed import csv_answer, minute, page_of

STATES = {
    "waiting": (pgettext_lazy("job", "waiting"), "wait"),
    "running": (pgettext_lazy("job", "running"), "now"),
    "done": (pgettext_lazy("job", "done"), "done"),
    "failed": (pgettext_lazy("job", "failed"), "adverse"),
}
HEADER = (
    "number",
    "kind",
    "key",
    "bureau",
    "state",
    "done",
    "total",
    "tries",
    "asked_by",
    "asked_at",
    "ended_at",
    "note",
)


@page(ADMINISTRATOR)
def index(request):
    """Jobs, newest first; with ?format=csv as a file."""
    asked = {name: request.GET.get(name, "")[:80] for name in ("state", "bureau", "kind")}
    found = queries.jobs(**asked)
    if request.GET.get("format") == "csv":
        return csv_answer("jobs", HEADER, map(_row, found.iterator()))
    shown = page_of(request, found)
    known = actions.kinds()
    rows = [(job, *STATES[job.state], queries.stuck(job), job.kind in known) for job in shown.object_list]
    counts = [(state, STATES[state][0], number) for state, number in queries.states().items()]
    kinds = sorted(set(known) | {asked["kind"]} - {""})
    return render(
        request, "jobs/index.html", {"page": shown, "rows": rows, "asked": asked, "counts": counts, "kinds": kinds}
    )


def _row(job):
    return (
        *(job.pk, job.kind, job.key, job.bureau, job.state, job.done, job.total, job.tries, job.asked_by),
        *(minute(job.asked_at), minute(job.ended_at), job.note),
    )


@act(ADMINISTRATOR)
def try_again(request, number):
    """A failed job waits for a worker again."""
    job = get_object_or_404(Job, pk=number)
    actions.try_again(by=request.user, job=job)
    messages.success(request, _("%(job)s waits for a worker again.") % {"job": job.key})
    return redirect("jobs:index")
