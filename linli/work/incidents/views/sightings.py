"""What residents say they have seen: number, place and kind, for the command centre; supervision reads along."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import SUPERVISION
from linli.ground.places.queries import communities
from linli.ground.trail.actions import record
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.work.incidents import actions, kinds, queries, who
from linli.work.incidents.forms import PassForm
from linli.work.incidents.models import Sighting
from linli.work.incidents.views.shared import Asking, asked_of, crumbs

HEADER = ("number", "received_at", "seen_at", "community", "kind", "place", "state", "lead")


def states():
    """State -> (sign, word)."""
    return {
        "new": ("now", _("new sighting")),
        "passed": ("done", _("became a lead")),
        "closed": ("", pgettext("sighting", "closed")),
    }


@page(*who.WORKERS, SUPERVISION)
def sightings(request, bureau):
    """The register, newest first."""
    asking = Asking(request.user, bureau)
    if request.user.role != SUPERVISION:
        asking.must(who.SIGHTINGS)
    asked = asked_of(request, "state", "kind")
    rows = queries.sightings(bureau, **asked)
    if request.GET.get("format") == "csv":
        record(by=request.user, action="incidents.export", subject="sightings", bureau=bureau)
        return csv_answer(f"sightings-{bureau.code}", HEADER, (_line(row) for row in rows.iterator(chunk_size=500)))
    shown, known = page_of(request, rows), states()
    places = list(communities(bureau))
    context = {
        "page": shown, "asked": asked, "kinds": kinds.SEEN.items(), "places": places, "crumbs": crumbs(bureau),
        "states": [(code, word) for code, (_sign, word) in known.items()], "works": asking.does(who.SIGHTINGS),
        "rows": [
            {"seen": row, "kind": kinds.SEEN[row.kind], "sign": known[row.state][0], "word": known[row.state][1],
             "lead": getattr(row, "lead", None)}
            for row in shown.object_list
        ],
    }  # fmt: skip
    return render(request, "incidents/sightings.html", context)


def _line(row):
    lead = getattr(row, "lead", None)
    return (
        row.number, minute(row.received_at), minute(row.seen_at), row.community.code if row.community else "", row.kind,
        row.place_note, row.state, lead.number if lead else "",
    )  # fmt: skip


def _found(request, bureau, number):
    Asking(request.user, bureau).must(who.SIGHTINGS)
    return get_object_or_404(Sighting.objects.select_related("community", "bureau"), bureau=bureau, number=number)


@act(*who.WORKERS)
def pass_on(request, bureau, number):
    """It becomes a lead, for the investigators to verify."""
    seen = _found(request, bureau, number)
    form = PassForm(request.POST, places=communities(bureau))
    place = form.cleaned_data["community"] if form.is_valid() else None
    lead = actions.pass_on(by=request.user, sighting=seen, community=place)
    messages.success(request, _("The lead is in the register as number %(number)s.") % {"number": lead.number})
    return redirect("incidents:sightings", bureau.code)


@act(*who.WORKERS)
def close(request, bureau, number):
    """Nothing follows from it."""
    actions.close_sighting(by=request.user, sighting=_found(request, bureau, number))
    messages.success(request, _("The sighting is closed."))
    return redirect("incidents:sightings", bureau.code)
