"""Complaints about police: pages for supervision, and for nobody else."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.listed import page_of
from linli.ground.trail.refusals import tried
from linli.work.requests import actions, forms, queries
from linli.work.requests.actions.complaints import STATES
from linli.work.requests.models import Complaint
from linli.work.requests.views.frame import short
from linli.work.requests.wording import day

State = Complaint.State
WAITING = (State.RECEIVED, State.TAKEN_UP)
TAGS = {State.RECEIVED: "now", State.TAKEN_UP: "wait", State.ANSWERED: "done", State.CLOSED: "ahead"}
STEPS = {  # step -> (form, action, states in which it is offered, what its button says)
    "take_up": (forms.TakeUpForm, actions.take_up, (State.RECEIVED,), gettext_lazy("Take up")),
    "answer": (forms.AnswerForm, actions.answer, (*WAITING, State.ANSWERED), gettext_lazy("Answer")),
    "close": (forms.ComplaintForm, actions.close_complaint, (State.ANSWERED,), gettext_lazy("Close the complaint")),
}


def _crumbs(bureau):
    return [{"url": reverse("requests:complaints", args=[bureau.code]), "label": _("Complaints")}]


@page(SUPERVISION)
def complaints(request, bureau):
    """What waits first, by its deadline. There is no .csv: nothing of this leaves the page."""
    today = clock.today()
    shown = page_of(request, queries.complaints(bureau))
    rows = [{"cells": _cells(complaint, bureau, today)} for complaint in shown.object_list]
    heads = (_("Number"), _("State"), _("Received"), _("To be read by"), _("To be answered by"))
    context = {"columns": [{"label": label} for label in heads], "rows": rows, "page": shown}
    return render(request, "requests/complaints.html", context)


def _cells(complaint, bureau, today):
    return [
        {"text": short(complaint.number), "url": reverse("requests:complaint", args=[bureau.code, complaint.number])},
        state_cell(complaint, today),
        day(complaint.opened_at),
        day(complaint.acknowledge_by),
        day(complaint.answer_by),
    ]


def state_cell(complaint, today):
    """The state as a tag: late when it should have been read or answered."""
    unread = complaint.state == State.RECEIVED and complaint.acknowledge_by < today
    unanswered = complaint.state in WAITING and complaint.answer_by < today
    late = {"tag": "late", "note": _("overdue")} if unread or unanswered else {"tag": TAGS[complaint.state]}
    return late | {"text": STATES[complaint.state]}


def _complaint_of(bureau, number):
    return get_object_or_404(Complaint.objects.select_related("bureau"), bureau=bureau, number=number)


@page(SUPERVISION)
def complaint(request, bureau, number):
    """One complaint; that somebody read it stays in the trail, by its number."""
    found = _complaint_of(bureau, number)
    actions.note_complaint_read(by=request.user, complaint=found)
    return _shown(request, bureau, found)


def _shown(request, bureau, found, bound=None):
    shown = []
    for name, (form_class, _action, states, label) in STEPS.items():
        if found.state in states:
            initial = {"version": found.version, "text": found.answer}
            form = (bound or {}).get(name) or form_class(initial=initial, auto_id=f"{name}_%s")
            url = reverse("requests:complaint_step", args=[bureau.code, found.number, name])
            shown.append({"name": name, "label": label, "form": form, "url": url, "open": name in (bound or {})})
    context = {"row": found, "number": short(found.number), "state": state_cell(found, clock.today()), "forms": shown}
    return render(request, "requests/complaint.html", context | {"crumbs": _crumbs(bureau)})


@act(SUPERVISION)
def step(request, bureau, number, step):
    """Takes up, answers, closes."""
    if step not in STEPS:
        raise Http404
    form_class, done, _states, _label = STEPS[step]
    found = _complaint_of(bureau, number)
    form = form_class(request.POST, auto_id=f"{step}_%s")
    if not form.is_valid() or tried(form, done, by=request.user, complaint=found, **form.cleaned_data) is None:
        found.refresh_from_db()
        return _shown(request, bureau, found, {step: form})
    messages.success(request, _("Done: %(step)s.") % {"step": STATES[found.state]})
    return redirect("requests:complaint", bureau=bureau.code, number=found.number)
