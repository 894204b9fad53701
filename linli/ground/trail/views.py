"""The auditor's pages: the trail with its filters, one entry, and whether the chain holds."""

from itertools import islice

from django.shortcuts import get_object_or_404, render

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import AUDITOR
from linli.ground.trail import actions, chain, queries, verified
from linli.ground.trail.forms import Check, Filter
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.ground.trail.models import Entry

HEADER = ("number", "at", "by", "bureau", "action", "subject", "why", "facts", "previous", "hash")
CHECKED_HERE = 20_000  # entries; a longer chain is checked whole by `linli trail verify`
MOST_FAULTS = 200


@page(AUDITOR)
def index(request):
    """What was done, newest first; with ?format=csv as a file, which leaves an entry of its own."""
    form = Filter(request.GET)
    form.is_valid()
    asked = {name: form.cleaned_data.get(name) or "" for name in form.fields}
    found = queries.entries(**asked)
    if request.GET.get("format") == "csv":
        return _csv(request.user, asked, found)
    shown = page_of(request, found)
    return render(request, "trail/index.html", {"form": form, "page": shown, "entries": shown.object_list})


def _csv(user, asked, found):
    actions.note_export(by=user, filters={f"asked_{name}": str(value) for name, value in asked.items() if value})
    rows = ((e.number, minute(e.at), *(getattr(e, name) for name in HEADER[2:])) for e in found.iterator())
    return csv_answer("trail", HEADER, rows)


@page(AUDITOR)
def one(request, number):
    """One entry with its facts and whether its text agrees with its hash."""
    entry = get_object_or_404(Entry, number=number)
    facts = sorted(actions.facts_of(entry).items())
    whole = chain.hash_of(entry) == entry.hash
    last, _ = queries.head()
    return render(request, "trail/one.html", {"entry": entry, "facts": facts, "whole": whole, "last": last})


@both(AUDITOR)
def verify(request):
    """Does the chain hold? The newest part of it is checked here, and the answer is left in the trail."""
    form = Check(request.POST if request.method == "POST" else None)
    head = queries.head()
    since = max(1, head[0] - CHECKED_HERE + 1)
    context = {"form": form, "since": since, "head": head, "anchor": verified.anchor_text(head)}
    if request.method == "POST" and form.is_valid():
        kept = form.cleaned_data["anchor"]
        found = list(islice(queries.faults(min(since, kept[0]) if kept else since, kept), MOST_FAULTS))
        actions.note_check(by=request.user, since=since, head=head, faults=found)
        context |= {"checked": True, "lines": [(number, verified.line(number, what)) for number, what in found]}
    return render(request, "trail/verify.html", context)
