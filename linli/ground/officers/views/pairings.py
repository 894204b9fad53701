"""Pairings: which leader and which office are bound to which community (R-40)."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import BUREAU, PERSONNEL
from linli.ground.officers import actions
from linli.ground.officers.forms import EndForm, PairingForm, WhyForm
from linli.ground.officers.gaps import gaps
from linli.ground.officers.models import Pairing
from linli.ground.officers.views.shared import crumbs_of, form_page
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import tried

HEADER = ("community", "leader", "office", "start", "end")


@page(*BUREAU)
def pairings(request, bureau):
    """Who is bound to which community, and where a leader or office is lacking."""
    asked = request.GET
    rows = Pairing.objects.filter(community__bureau=bureau).select_related("community", "leader", "office")
    if not asked.get("past"):
        rows = rows.filter(end=None) | rows.filter(end__gte=clock.today())
    rows = rows.order_by("-start" if asked.get("sort") == "start" else "community__code", "community__code", "pk")
    if asked.get("format") == "csv":
        lines = ((r.community.code, r.leader.code if r.leader else "", r.office.code, r.start, r.end) for r in rows)
        return csv_answer(f"pairings-{bureau.code}", HEADER, lines)
    found = [gap for gap in gaps(bureau, clock.today()) if gap.code in ("no_leader", "no_office")]
    context = {"page": page_of(request, rows), "gaps": found, "asked": asked, "crumbs": crumbs_of(bureau)}
    return render(request, "officers/pairings.html", {**context, "may_edit": request.user.role == PERSONNEL})


@both(PERSONNEL)
def pair(request, bureau):
    """A new pairing."""
    there = {name: request.GET.get(name) for name in ("community", "leader") if request.GET.get(name)}
    form = PairingForm(request.POST or None, bureau=bureau, initial={"start": clock.today(), **there})
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.pair, by=request.user, **form.cleaned_data)
        if made:
            messages.success(request, _("%(community)s is paired.") % {"community": made.community.name})
            return redirect("officers:pairings", bureau.code)
    return form_page(request, bureau, form, _("Pair a community"), reverse("officers:pairings", args=[bureau.code]))


@both(PERSONNEL)
def end_pairing(request, bureau, pk):
    """The last day of a pairing."""
    one, form = _found(bureau, pk), EndForm(request.POST or None, initial={"end": clock.today()})
    if request.method == "POST" and form.is_valid():
        ended = tried(form, actions.end_pairing, by=request.user, pairing=one, **form.cleaned_data)
        if ended:
            messages.success(request, _("The pairing of %(community)s ends.") % {"community": one.community.name})
            return redirect("officers:pairings", bureau.code)
    title = _("End the pairing of %(community)s") % {"community": one.community.name}
    return form_page(request, bureau, form, title, reverse("officers:pairings", args=[bureau.code]))


@both(PERSONNEL)
def remove_pairing(request, bureau, pk):
    """A pairing that was entered by mistake."""
    one, form = _found(bureau, pk), WhyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.remove_pairing(by=request.user, pairing=one, **form.cleaned_data)
        messages.success(request, _("The pairing of %(community)s is taken back.") % {"community": one.community.name})
        return redirect("officers:pairings", bureau.code)
    title = _("Take back the pairing of %(community)s") % {"community": one.community.name}
    return form_page(request, bureau, form, title, reverse("officers:pairings", args=[bureau.code]), adverse=True)


def _found(bureau, pk):
    pairings = Pairing.objects.select_related("community__bureau", "leader", "office")
    return get_object_or_404(pairings, pk=pk, community__bureau=bureau)
