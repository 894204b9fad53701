"""Calling again: contacts drawn at random, shown to the office that asked, erased with the outcome."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import DEPARTMENT, PERSONNEL
from linli.work.surveys import actions, queries
from linli.work.surveys.models import Contact
from linli.work.surveys.views.shared import of_wave, run_by
from linli.work.surveys.wording import OUTCOMES


@page(PERSONNEL, DEPARTMENT)
def calls(request, bureau, code):
    """Who is to be called, with what to say; the trail keeps that it was read."""
    wave = run_by(request.user, bureau, code)
    context = {
        "wave": wave, "contacts": actions.read_contacts(by=request.user, wave=wave), "outcomes": OUTCOMES.items(),
        "left": queries.contacts_left(wave), "crumbs": of_wave(wave),
    }  # fmt: skip
    return render(request, "surveys/calls.html", context)


@act(PERSONNEL, DEPARTMENT)
def draw(request, bureau, code):
    """Draws one in ten."""
    wave = run_by(request.user, bureau, code)
    number = actions.draw_calls(by=request.user, wave=wave)
    messages.success(request, _("%(count)s are to be called.") % {"count": number})
    return redirect("surveys:calls", bureau.code, wave.code)


@act(PERSONNEL, DEPARTMENT)
def called(request, bureau, code, number):
    """What came of one call."""
    wave = run_by(request.user, bureau, code)
    contact = get_object_or_404(Contact, pk=number, wave=wave, drawn=True)
    actions.record_call(by=request.user, wave=wave, contact=contact, outcome=request.POST.get("outcome", ""))
    messages.success(request, _("It is counted, and the contact is erased."))
    return redirect("surveys:calls", bureau.code, wave.code)
