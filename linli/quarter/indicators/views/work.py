"""A department's own work: what it owes, one rate's figures typed, another's looked at, a figure found false."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.listed import page_of
from linli.ground.trail.refusals import tried
from linli.quarter.indicators import actions, figures, owners, queries, typed, words
from linli.quarter.indicators.forms import FindingForm, ReasonForm
from linli.quarter.indicators.models import Entry
from linli.quarter.indicators.sheet import OWED_BY_VERIFIER
from linli.quarter.indicators.views.common import crumb, crumbs, quarter_or_404, said_period
from linli.quarter.indicators.views.frozen import READERS
from linli.quarter.indicators.views.sheet import WHOLE


@page(*owners.SUPPLIERS)
def own(request, bureau, period):
    """The rates that this account's office supplies or verifies, and what of them is still owed."""
    found, today = queries.sheet(bureau, quarter_or_404(period)), clock.today()
    supplied = {rate.id for rate in owners.supplied_by(request.user, found.rates)}
    verified = {rate.id for rate in found.rates if owners.verifies(request.user, rate)}
    mine = {"supply": supplied, "verify": verified}
    barred = owners.barred(request.user, bureau, period)
    places, rows = {p.pk for p in found.communities if owners.reaches(request.user, p)}, []
    for duty in found.duties:
        if duty.rate.id not in mine[duty.part]:
            continue
        owed = [c for c in duty.owed if c.community.pk in places - barred]
        rows.append({
            "rate": duty.rate.id, "name": queries.rate_name(duty.rate), "part": duty.part,
            "word": words.PARTS[duty.part], "due": duty.due, "owed": len(owed), "of": len(places),
            "late": bool(owed) and today > duty.due,
        })  # fmt: skip
    context = {"rows": rows, "sheet": found, "period": period, "said": said_period(period), "crumbs": crumbs(bureau)}
    context |= {"whole": request.user.role in WHOLE, "frozen": request.user.role in READERS}
    return render(request, "indicators/own.html", context)


@both(*owners.SUPPLIERS)
def supply(request, bureau, period, rate):
    """One rate for every community: typed and saved at once; a row that is wrong or stale holds up no other."""
    found, known = _of_rate(bureau, period, rate)
    if not owners.supplies(request.user, known):
        raise PermissionDenied(f"supplies {rate}")
    places = [place for place in found.communities if owners.reaches(request.user, place)]
    shown = page_of(request, places, typed.ROWS_A_PAGE)
    if request.POST.get("do") == "take":
        return _taken(request, bureau, found, rate, shown.object_list)
    saved, wrong, sent = None, {}, None
    source = request.POST.get("source", "") if request.method == "POST" else queries.last_source(bureau, period, rate)
    if request.method == "POST":
        rows, wrong = typed.read(request.POST, shown.object_list, source)
        saved = actions.supply_sheet(by=request.user, bureau=bureau, period=period, rate=rate, rows=rows)
        if not (wrong or saved.stale or saved.refused):
            messages.success(request, _saved(saved))
            return redirect(request.get_full_path())
        sent, found = request.POST, queries.sheet(bureau, period, rate)
        wrong |= {code: " ".join(filter(None, map(str, (r.message, r.remedy)))) for code, r in saved.refused.items()}
    rows = list(_supply_rows(request, bureau, found, known, shown.object_list, sent, wrong, saved))
    context = _rate_context(request, bureau, found, known) | {
        "page": shown, "sent": sent, "source": source, "saved": _saved(saved) if saved and saved.written else "",
        "rows": rows, "offers": [row for row in rows if row["take"]],
        "replaced": any(row["take"] == "replace" for row in rows),
        "mean": known.kind == "mean", "sample": known.sample, "spread": known.kind != "count",
        "troubled": len(wrong) + len(saved.stale if saved else ()),
    }  # fmt: skip
    return render(request, "indicators/supply.html", context)


def _taken(request, bureau, found, rate, places):
    """What the working rooms counted becomes the supplier's figures, in the page's rows that were blank or counted and
    in those ticked; the rest of the sheet stays as it was."""
    asked = {place.code for place in places if f"take-{place.code}" in request.POST}
    versions = {code: typed.version_of(request.POST, code) for code in asked}
    where = {"by": request.user, "bureau": bureau, "period": found.period, "rate": rate}
    saved = actions.take_counted(**where, communities=asked, versions=versions)
    messages.success(request, _saved(saved))
    for code, refusal in {**saved.refused, **saved.stale}.items():
        messages.warning(request, f"{code}: {refusal.message}")
    return redirect(request.get_full_path())


def _supply_rows(request, bureau, found, rate, places, sent, wrong, saved):
    barred = owners.barred(request.user, bureau, found.period)
    earlier, offered = queries.before(bureau, found.period, rate.id), queries.offered(bureau, found.period, rate.id)
    stale, seen = saved.stale if saved else {}, _records(bureau, found, rate)
    for place in places:
        cell, code = found.cells[place.code, rate.id], place.code
        troubled = code in wrong or code in stale
        counted = offered.get((code, rate.id))
        closed = found.revision is not None or place.pk in barred or cell.state == "false"
        yield {
            "place": place,
            "value": typed.as_sent(sent, code) if sent and troubled else typed.shown(cell.value),
            "was": typed.was(typed.shown(cell.value)),
            "version": cell.value.version if hasattr(cell.value, "version") else 0,
            "word": words.STATES[cell.state],
            "sign": words.sign_of(cell, found, clock.today()),
            "returned": getattr(cell.value, "returned_because", ""),
            "closed": closed,
            "barred": place.pk in barred,
            "before": words.figure(earlier.get(code)),
            "origin": words.origin(cell.value),
            "records": seen.get((code, rate.id), ""),
            "offered": words.figure(counted) if counted and not _taken_over(cell.value, counted) else "",
            "take": "" if closed else _take(cell.value, counted),
            "stands": words.figure(cell.value),
            "shown": counted.shown if counted else (),
            "wrong": wrong.get(code, ""),
            "stale": stale.get(code),
        }


def _taken_over(value, counted):
    """Whether a room still counts what stands there."""
    return value is not None and figures.of_counted(counted).stands_in(value)


def _take(value, counted):
    """What taking over would do to a cell: "fill" it, "renew" what was counted, take it "out", or "replace" what was
    typed, which is done only where it is ticked; "" = nothing."""
    if counted is None:
        return "out" if value is not None and value.room else ""
    if value is None:
        return "fill"
    if _taken_over(value, counted):
        return ""
    return "renew" if value.room else "replace"


def _records(bureau, found, rate):
    values = [(cell.community.code, rate.id, cell.value.room) for cell in found.of_rate(rate) if cell.value]
    return queries.records_of(bureau, found.period, values)


def _saved(saved):
    said = ngettext("%(count)d figure saved.", "%(count)d figures saved.", len(saved.written))
    return said % {"count": len(saved.written)} if saved.written else _("Nothing has changed.")


@both(*owners.VERIFIERS)
def verify(request, bureau, period, rate):
    """One rate's figures, looked at by the second office: right, or back with a reason."""
    found, known = _of_rate(bureau, period, rate)
    if not owners.verifies(request.user, known):
        raise PermissionDenied(f"verifies {rate}")
    shown = page_of(request, list(found.communities), typed.ROWS_A_PAGE)
    saved, form = None, ReasonForm(request.POST if request.POST.get("do") == "return" else None)
    if request.method == "POST" and found.revision is None:
        saved = _looked_at(request, bureau, found, known, shown.object_list, form)
        if saved and not (saved.stale or saved.refused):
            return redirect(request.get_full_path())
        found = queries.sheet(bureau, period, rate)
    names = queries.called(cell.value.supplied_by for cell in found.of_rate(known) if cell.value)
    refused = {**saved.stale, **saved.refused} if saved else {}
    barred, earlier = owners.barred(request.user, bureau, period), queries.before(bureau, period, rate)
    seen = _records(bureau, found, known)
    offered = queries.offered(bureau, period, rate) if found.revision is None else None
    rows = [
        {
            "place": place, "cell": (cell := found.cells[place.code, rate]), "figure": words.figure(cell.value),
            "word": words.STATES[cell.state], "sign": words.sign_of(cell, found, clock.today()),
            "barred": place.pk in barred, "before": words.figure(earlier.get(place.code)),
            "now": words.now(cell.value, offered.get((place.code, rate))) if offered is not None else "",
            "origin": words.origin(cell.value), "records": seen.get((place.code, rate), ""),
            "open": found.revision is None and place.pk not in barred and cell.state in (*OWED_BY_VERIFIER, "verified"),
            "refusal": refused.get(place.code),
            "source": queries.office_name(cell.value.source) if cell.value else "",
            "supplied_by": names.get(cell.value.supplied_by, cell.value.supplied_by) if cell.value else "",
            "ticked": "all" in request.GET and cell.state in OWED_BY_VERIFIER,
        }
        for place in shown.object_list
    ]  # fmt: skip
    context = _rate_context(request, bureau, found, known) | {"rows": rows, "page": shown, "form": form}
    return render(request, "indicators/verify.html", context | {"troubled": len(refused)})


def _looked_at(request, bureau, found, rate, places, form):
    """``Saved`` of the ticked rows; None when nothing was ticked or the reason is missing."""
    versions, returning = {}, request.POST.get("do") == "return"
    for place in places:
        value = found.cells[place.code, rate.id].value
        read = typed.version_of(request.POST, place.code)
        if value is not None and f"tick-{place.code}" in request.POST and read:
            versions[value.pk] = read
    if not versions:
        messages.warning(request, _("Tick the figures that are meant."))
        return None
    where = {"by": request.user, "bureau": bureau, "period": found.period, "rate": rate.id, "versions": versions}
    if not returning:
        saved = actions.verify_rows(**where)
        said = ngettext("%(count)d figure verified.", "%(count)d figures verified.", len(saved.written))
    elif form.is_valid():
        saved = actions.return_rows(**where, why=form.cleaned_data["why"])
        said = ngettext("%(count)d figure returned.", "%(count)d figures returned.", len(saved.written))
    else:
        return None
    messages.success(request, said % {"count": len(saved.written)})
    return saved


def _of_rate(bureau, period, rate):
    found = queries.sheet(bureau, quarter_or_404(period), rate)
    known = next((one for one in found.rates if one.id == rate), None)
    if known is None:
        raise Http404
    return found, known


def _rate_context(request, bureau, found, rate):
    way = crumb("own", said_period(found.period), bureau.code, found.period)
    return {
        "sheet": found, "rate": rate, "name": queries.rate_name(rate), "period": found.period,
        "said": said_period(found.period), "supplier": queries.office_name(rate.supplier),
        "verifier": queries.office_name(rate.verifier), "crumbs": crumbs(bureau, way),
        "meaning": queries.meaning(found.version, rate.id), "whole": request.user.role in WHOLE,
    }  # fmt: skip


@both(SUPERVISION)
def mark_false(request, bureau, period, community, rate):
    """A figure found false by supervision (R-15), or that finding taken back."""
    entry = get_object_or_404(
        Entry.objects.select_related("community", "bureau"),
        bureau=bureau, period=quarter_or_404(period), community__code=community, rate=rate,
    )  # fmt: skip
    form = FindingForm(request.POST or None)
    lifting = entry.status == Entry.Status.FALSE
    if request.method == "POST" and form.is_valid():
        done = actions.lift_false if lifting else actions.mark_false
        if tried(form, done, by=request.user, entry=entry, why=form.cleaned_data["why"]):
            messages.success(request, _("The finding is taken back.") if lifting else _("The figure is found false."))
            return redirect("indicators:sheet", bureau.code, period)
    _found, known = _of_rate(bureau, period, rate)
    context = {"entry": entry, "form": form, "name": queries.rate_name(known), "figure": words.figure(entry)}
    way = crumb("sheet", said_period(period), bureau.code, period)
    context |= {"lifting": lifting, "period": period, "crumbs": crumbs(bureau, way)}
    return render(request, "indicators/false.html", context)
