"""A year's facts about every community: looked at by everybody, written and published by the personnel office."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.book import cells
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, EVERYBODY, PERSONNEL
from linli.ground.places import actions
from linli.ground.places.asked import covariates_on
from linli.ground.places.facts import fact_name, lacking
from linli.ground.places.models import FactSheet
from linli.ground.places.queries import communities, facts_of, names_of, rows_of
from linli.ground.places.views.communities import crumbs_of
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer
from linli.ground.trail.refusals import Refused, Stale

POPULATION = "population"


@page(*EVERYBODY)
def years(request, bureau):
    """The sheets there are: published ones, and for the bureau's staff the drafts."""
    sheets = FactSheet.objects.filter(bureau=bureau).order_by("-year")
    if request.user.role not in BUREAU:
        sheets = sheets.filter(published_at__isnull=False)
    next_year = clock.today().year + 1
    context = {"sheets": sheets, "next_year": next_year, "crumbs": crumbs_of(bureau)}
    context["may_edit"] = request.user.role == PERSONNEL
    context["in_force"] = facts_of(bureau, clock.today().year)
    return render(request, "places/years.html", context)


@page(*EVERYBODY)
def year(request, bureau, year):
    """One year's facts as a table, and what is still missing."""
    sheet = FactSheet.objects.filter(bureau=bureau, year=year).first()
    if sheet is None:
        raise Http404
    if not sheet.published_at and request.user.role not in BUREAU:
        raise PermissionDenied("draft")
    rows = rows_of(sheet)
    names = names_of(rows.values())
    if request.GET.get("format") == "csv":
        lines = ((code, row.community.name, row.population, *map(row.facts.get, names)) for code, row in rows.items())
        return csv_answer(f"facts-{bureau.code}-{year}", ("community", "name", POPULATION, *names), lines)
    lines = [(row.community, row.population, list(map(row.facts.get, names))) for row in rows.values()]
    context = {"sheet": sheet, "year": year, "names": names, "lines": lines, "missing": _missing(bureau, rows, year)}
    crumbs = crumbs_of(bureau, (reverse("places:years", args=[bureau.code]), _("Place facts")))
    may_edit = request.user.role == PERSONNEL and not sheet.published_at
    return render(request, "places/year.html", {**context, "crumbs": crumbs, "may_edit": may_edit})


def _missing(bureau, rows, year):
    """What the scheme in force asks for and the sheet lacks, by community."""
    codes = [one.code for one in communities(bureau)]
    return lacking(
        codes, rows, covariates_on(bureau, max(clock.today(), clock.today().replace(year=year, month=1, day=1)))
    )


@both(PERSONNEL)
def write(request, bureau, year):
    """The draft of a year as one table. Every row carries the version that was read."""
    sheet = FactSheet.objects.filter(bureau=bureau, year=year).first()
    if sheet and sheet.published_at:
        return redirect("places:year", bureau.code, year)
    places, rows = list(communities(bureau)), rows_of(sheet)
    if request.method == "POST":
        names = [name for name in request.POST.getlist("column") if name]
        answer = _save(request, bureau, year, places, rows, names)
        if answer is not None:
            return answer
    try:
        table = _table(request, bureau, year, places, rows)
    except Refused as refusal:
        messages.error(request, f"{refusal.message} {refusal.remedy}")
        return redirect("places:write", bureau.code, year)
    crumbs = crumbs_of(bureau, (reverse("places:years", args=[bureau.code]), _("Place facts")))
    return render(request, "places/write.html", {**table, "year": year, "crumbs": crumbs, "sheet": sheet})


def _table(request, bureau, year, places, rows):
    """Columns and cells: what was sent, else what stands there, else the year before as a proposal."""
    before = rows_of(facts_of(bureau, year - 1))
    asked = covariates_on(bureau, clock.today())
    names = request.POST.getlist("column") or names_of([*rows.values(), *before.values()])
    added = [fact_name(name) for name in request.GET.getlist("add") if name.strip()]
    names = list(dict.fromkeys([*names, *asked, *added]))
    lines = []
    for place in places:
        row = rows.get(place.code) or before.get(place.code)
        there = {POPULATION: row.population, **row.facts} if row else {}
        values = []
        for column, name in enumerate([POPULATION, *names]):
            field = f"{column}-{place.code}"
            known = there.get(name)
            values.append((field, name, request.POST.get(field, "" if known is None else f"{known:.12g}")))
        lines.append((place, rows[place.code].version if place.code in rows else 0, values))
    return {"names": names, "lines": lines, "missing": _missing(bureau, rows, year), "proposed": not rows and before}


def _save(request, bureau, year, places, rows, names):
    """Saves every row that was changed, or none; None when the form comes back with faults."""
    try:
        wanted = {place: _read(request.POST, place, names) for place in places}
    except Refused as refusal:
        messages.error(request, f"{refusal.message} {refusal.remedy}")
        return None
    try:
        changed = _write_all(request.user, bureau, year, wanted, rows, request.POST)
    except _Nothing as nothing:
        return _shown_stale(request, nothing.stale, names)
    except Refused as refusal:
        messages.error(request, f"{refusal.message} {refusal.remedy}")
        return None
    messages.success(request, _("%(count)s communities are saved.") % {"count": changed})
    return redirect("places:year", bureau.code, year) if changed or rows else redirect("places:years", bureau.code)


class _Nothing(Exception):
    """Nothing was saved: somebody else wrote these rows first."""

    def __init__(self, stale):
        super().__init__()
        self.stale = stale


@transaction.atomic
def _write_all(by, bureau, year, wanted, rows, sent):
    stale, changed = [], 0
    for place, values in wanted.items():
        version = sent.get(f"version-{place.code}", "")
        version = int(version) if version.isdecimal() else 0
        if values is None or _same(rows.get(place.code), values, version):
            continue
        try:
            actions.write_facts(by=by, bureau=bureau, year=year, community=place, version=version, **values)
            changed += 1
        except Stale as found:
            stale.append((place, found))
    if stale:
        raise _Nothing(stale)
    return changed


def _same(row, values, version):
    return row is not None and row.version == version and (row.population, row.facts) == tuple(values.values())


def _read(sent, place, names):
    """One row as it was sent: population and facts; None when all of it is blank."""
    values = [sent.get(f"{column}-{place.code}", "").strip() for column in range(len(names) + 1)]
    if not any(values):
        return None
    try:
        population = cells.whole(low=0)(values[0])
        facts = {name: cells.fact(value) for name, value in zip(names, values[1:], strict=True) if value}
    except cells.Unreadable as unreadable:
        raise Refused(
            _("%(community)s: one of the figures is not a number, or the population is blank.") % {"community": place},
            _("Leave a fact blank where it is not known; blank is not zero."),
        ) from unreadable
    return {POPULATION: int(population), "facts": facts}


def _shown_stale(request, stale, names):
    """Both texts side by side, line by line, for every row that somebody else wrote first."""
    sent, rows = request.POST.copy(), []
    for place, found in stale:
        sent[f"version-{place.code}"] = str(found.version)
        for label, mine, theirs, key in found.rows:
            name = key.removeprefix(f"{place.code}-")
            column = 0 if name == POPULATION else names.index(name) + 1 if name in names else None
            field = f"{column}-{place.code}" if column is not None else ""
            rows.append((label, _plain(mine), _plain(theirs), field))
    whole = Stale(stale[0][1].message, rows=rows, version="")
    return render(
        request, "stale.html", {"stale": whole, "sent": sent, "back_url": request.get_full_path()}, status=409
    )


def _plain(value):
    return "" if value is None else f"{value:.12g}"


@act(PERSONNEL)
def publish(request, bureau, year):
    """Fixes a year's facts for good."""
    sheet = actions.publish_facts(by=request.user, bureau=bureau, year=year)
    text = _("The facts of %(year)s are published and stay as they are.") % {"year": year}
    if sheet.late:
        text += " " + _("They are the bureau's first and came after the year had begun; the sheet says so.")
    messages.success(request, text)
    return redirect("places:year", bureau.code, year)
