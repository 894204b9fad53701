"""The register of leads: entered in the community, verified by the investigators, checked by the command centre."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import OFFICER, SUPERVISION
from linli.ground.places.queries import communities
from linli.ground.trail import clock
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.ground.trail.refusals import tried
from linli.work.incidents import actions, kinds, queries, who
from linli.work.incidents.forms import CheckForm, LeadForm, MergeForm, VerifyForm
from linli.work.incidents.models import Lead
from linli.work.incidents.views.shared import Asking, asked_of, crumbs

SEES = (OFFICER, *who.WORKERS, SUPERVISION)
HEADER = (
    *("number", "received_on", "source", "community", "cell", "place", "kind", "verified", "result", "verified_at"),
    *("checked_at", "merged_into"),
)
SIGNS = {"open": "now", "useful": "done", "not": ""}


def _asking(request, bureau):
    """Who sees leads: the two offices and supervision all of them, an officer those he entered."""
    asking = Asking(request.user, bureau)
    if request.user.role not in (OFFICER, SUPERVISION):
        asking.must(who.LEADS, who.CHECKS_LEADS, who.SIGHTINGS)
    return asking


def _mine(request):
    return request.user.username if request.user.role == OFFICER else ""


@page(*SEES)
def leads(request, bureau):
    """The register, newest first; filtered, leafed through, as .csv."""
    asking = _asking(request, bureau)
    asked = asked_of(request, "verified", "kind", "source", "community", "checked")
    rows = queries.leads(bureau, **asked, entered_by=_mine(request))
    if request.GET.get("format") == "csv":
        record(by=request.user, action="incidents.export", subject="leads", bureau=bureau)
        return csv_answer(f"leads-{bureau.code}", HEADER, (_line(row) for row in rows.iterator(chunk_size=500)))
    shown = page_of(request, rows)
    context = {
        "page": shown, "rows": [_row(row) for row in shown.object_list], "asked": asked,
        "verified": [*kinds.VERIFIED.items(), ("merged", _("duplicates"))], "kinds": kinds.LEAD_KINDS.items(),
        "sources": kinds.SOURCES.items(), "places": communities(bureau), "own": request.user.role == OFFICER,
        "enters": request.user.role == OFFICER or asking.does(who.LEADS, who.SIGHTINGS), "crumbs": crumbs(bureau),
    }  # fmt: skip
    return render(request, "incidents/leads.html", context)


def _row(lead):
    return {
        "lead": lead, "kind": kinds.LEAD_KINDS[lead.kind], "source": kinds.SOURCES[lead.source],
        "verified": kinds.VERIFIED[lead.verified], "sign": SIGNS[lead.verified], "result": kinds.RESULTS[lead.result],
    }  # fmt: skip


def _line(lead):
    return (
        lead.number, lead.received_on, lead.source, lead.community.code, lead.cell, lead.place_note, lead.kind,
        lead.verified, lead.result, minute(lead.verified_at), minute(lead.checked_at),
        lead.merged_into.number if lead.merged_into else "",
    )  # fmt: skip


@both(OFFICER, *who.WORKERS)
def enter(request, bureau):
    """A lead enters the register: an officer's of the communities held today."""
    asking = Asking(request.user, bureau)
    places = communities(bureau)
    if request.user.role == OFFICER:
        places = places.filter(pk__in=who.held(request.user, clock.today()))
    else:
        asking.must(who.LEADS, who.SIGHTINGS)
    if not places.exists():
        raise PermissionDenied("no community")
    first = {"received_on": clock.today(), "source": "officer"}
    only = list(places[:2])
    first |= {"community": only[0].code} if len(only) == 1 else {}
    form = LeadForm(request.POST or None, places=places, initial=first)
    if request.method == "POST" and form.is_valid():
        lead = tried(form, actions.receive_lead, by=request.user, bureau=bureau, **form.cleaned_data)
        if lead:
            messages.success(request, _("The lead is in the register as number %(number)s.") % {"number": lead.number})
            return redirect("incidents:lead", bureau.code, lead.number)
    context = {"form": form, "submit": _("Enter the lead"), "crumbs": crumbs(bureau, ("leads", _("Leads")))}
    return render(request, "incidents/lead_form.html", context)


def _found(request, bureau, number):
    lead = get_object_or_404(
        Lead.objects.select_related("community", "bureau", "merged_into", "sighting"), bureau=bureau, number=number
    )
    if request.user.role == OFFICER and lead.entered_by != request.user.username:
        raise PermissionDenied("lead")
    return lead


@page(*SEES)
def lead(request, bureau, number):
    """One lead with what was said of it."""
    asking = _asking(request, bureau)
    return _shown(request, bureau, asking, _found(request, bureau, number))


def _shown(request, bureau, asking, found, **forms):
    first = {"version": found.version}
    works = found.merged_into is None
    offered = {
        "verify_form": (who.LEADS, works and found.entered_by != request.user.username, VerifyForm),
        "check_form": (who.CHECKS_LEADS, works and found.verified != "open" and not found.checked_by, CheckForm),
        "merge_form": (who.LEADS, works, MergeForm),
    }
    context = {
        name: forms.get(name) or (kind(initial=first) if asking.does(duty) and may else None)
        for name, (duty, may, kind) in offered.items()
    }
    context |= _row(found) | {"duplicates": found.duplicates.all(), "crumbs": crumbs(bureau, ("leads", _("Leads")))}
    context["returned"] = found.returned_because
    return render(request, "incidents/lead.html", context)


def _written(request, bureau, number, duty, name, kind, done, said):
    """One of the three forms of a lead, sent: the page again with what is wrong, or on to the lead."""
    asking = Asking(request.user, bureau).must(duty)
    found = _found(request, bureau, number)
    form = kind(request.POST)
    if form.is_valid() and done(form, found) is not None:
        messages.success(request, said)
        return redirect("incidents:lead", bureau.code, number)
    return _shown(request, bureau, asking, found, **{name: form})


@act(*who.WORKERS)
def verify(request, bureau, number):
    """The investigators say whether it was useful."""

    def done(form, found):
        return tried(form, actions.verify_lead, by=request.user, lead=found, **form.cleaned_data)

    said = _("The verification is entered.")
    return _written(request, bureau, number, who.LEADS, "verify_form", VerifyForm, done, said)


@act(*who.WORKERS)
def check(request, bureau, number):
    """The command centre says whether the verification stands."""

    def done(form, found):
        return tried(form, actions.check_lead, by=request.user, lead=found, **form.cleaned_data)

    said = _("The check is entered.")
    return _written(request, bureau, number, who.CHECKS_LEADS, "check_form", CheckForm, done, said)


@act(*who.WORKERS)
def merge(request, bureau, number):
    """The same thing twice counts once."""

    def done(form, found):
        into = Lead.objects.filter(bureau=bureau, number=form.cleaned_data["into"]).first()
        if into is None:
            form.add_error("into", _("There is no lead of this number."))
            return None
        return tried(
            form, actions.merge_lead, by=request.user, lead=found, into=into, version=form.cleaned_data["version"]
        )

    said = _("The lead is merged; it counts once.")
    return _written(request, bureau, number, who.LEADS, "merge_form", MergeForm, done, said)
