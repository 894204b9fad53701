"""Rates and schemes: what is counted and why, and how a scheme comes to be."""

import difflib

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.book.scheme import default_text
from linli.book.scheme_lint import findings
from linli.book.words import Words
from linli.ground.accounts.doors import act, both, page
from linli.ground.accounts.roles import BUREAU, CADRE, PERSONNEL
from linli.ground.trail import clock
from linli.ground.trail.language import reader
from linli.ground.trail.listed import csv_answer, page_of
from linli.ground.trail.refusals import Stale, tried
from linli.quarter.indicators import actions, queries, words
from linli.quarter.indicators.figures import said
from linli.quarter.indicators.forms import LANGUAGES, PARTS, DefinitionForm, ReasonForm, SchemeForm
from linli.quarter.indicators.models import SchemeVersion
from linli.quarter.indicators.views.common import crumb, plain

State = SchemeVersion.State


@page(*BUREAU, CADRE)
def rates(request, bureau):
    """The rates of the scheme in force: why, what over what, which way is better, whose they are."""
    version = queries.scheme_on(bureau, clock.today())
    rows = explained(version) if version else []
    if request.GET.get("format") == "csv":
        header = ("rate", "name", "weight", "kind", "better", "numerator", "denominator", "supplier", "verifier")
        lines = ([row["id"], *(row[name] for name in header[1:])] for row in rows)
        return csv_answer(f"rates-{bureau.code}", header, lines)
    context = {"version": version, "rows": rows, "today": clock.today()}
    return render(request, "indicators/rates.html", context | {"schemes": request.user.role in BUREAU})


def explained(version):
    """Each rate of a scheme as its reader reads it."""
    meant, lang = {one.rate: one for one in version.definitions.all()}, reader()
    for rate in queries.parsed(version).rates:
        one = meant.get(rate.id)
        yield {
            "id": rate.id,
            "name": queries.rate_name(rate),
            "weight": said(rate.weight),
            "kind": words.KINDS[rate.kind],
            "better": words.BETTER[rate.better],
            "adjust": rate.adjust,
            "named": rate.named_in_report,
            "pooled": rate.pool_quarters if rate.pool_quarters > 1 else None,
            "points": [(said(value), said(points)) for value, points in rate.points.tolist()],
            "ratio": rate.adjust and rate.kind == "count",
            "supplier": queries.office_name(rate.supplier),
            "verifier": queries.office_name(rate.verifier),
            "next_review": one.next_review if one else None,
            **queries.texts_of(one, lang),
        }


@page(*BUREAU)
def schemes(request, bureau):
    """Every version of a scheme, newest first."""
    found = SchemeVersion.objects.filter(bureau=bureau).defer("text", "pool_text").order_by("-in_force_from", "-pk")
    if request.GET.get("state") in words.SCHEME_STATES:
        found = found.filter(state=request.GET["state"])
    if request.GET.get("format") == "csv":
        header = ("name", "version", "state", "in_force_from", "approved_by", "minute_number")
        return csv_answer(f"schemes-{bureau.code}", header, ([getattr(one, n) for n in header] for one in found))
    shown, current = page_of(request, found), queries.scheme_on(bureau, clock.today())
    rows = [(one, words.SCHEME_STATES[one.state], words.SCHEME_SIGNS[one.state]) for one in shown.object_list]
    context = {"rows": rows, "page": shown, "current": current, "states": words.SCHEME_STATES.items()}
    context |= {"asked": request.GET, "may_edit": request.user.role == PERSONNEL, "crumbs": _way(bureau)[:1]}
    return render(request, "indicators/schemes.html", context)


@page(*BUREAU)
def scheme(request, bureau, name, version):
    """One version: its findings, its rates, its text, and what it changes."""
    found = _scheme(bureau, name, version)
    read, before = queries.parsed(found), _before(found)
    said_in = Words(reader())
    context = {
        "version": found,
        "state": words.SCHEME_STATES[found.state],
        "sign": words.SCHEME_SIGNS[found.state],
        "findings": [said_in(f"scheme.{one.code}", **one.facts) for one in findings(read)],
        "rows": list(explained(found)),
        "before": before,
        "difference": list(lines_between(before.text, found.text)) if before else [],
        "pool_difference": list(lines_between(before.pool_text, found.pool_text)) if before else [],
        "may_edit": request.user.role == PERSONNEL,
        "reason": ReasonForm(auto_id="id_drop_%s"),
        "today": clock.today(),
        "crumbs": _way(bureau),
    }
    return render(request, "indicators/scheme.html", context)


def lines_between(before, after):
    """(kind, line) of a difference of two texts: kind "del", "ins", "at" or ""."""
    for line in list(difflib.unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm=""))[2:]:
        kind = {"-": "del", "+": "ins", "@": "at"}.get(line[:1], "")
        yield kind, line if kind == "at" else line[1:]


def _before(version):
    found = SchemeVersion.objects.filter(
        bureau=version.bureau, state=State.IN_FORCE, in_force_from__lte=version.in_force_from
    )
    return found.exclude(pk=version.pk).order_by("-in_force_from", "-approved_at").first()


@both(PERSONNEL)
def draft(request, bureau):
    """A new draft, begun from the scheme in force."""
    current = queries.scheme_on(bureau, clock.today())
    initial = {"text": current.text if current else default_text(), "pool_text": current.pool_text if current else ""}
    form = SchemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.draft_scheme, by=request.user, bureau=bureau, **_texts(form))
        if made:
            messages.success(request, _("The draft %(scheme)s is there.") % {"scheme": made})
            return redirect("indicators:scheme", bureau.code, made.name, made.version)
    context = {"form": form, "heading": _("Draft a scheme"), "crumbs": _way(bureau)}
    return render(
        request, "indicators/draft.html", context | {"back": reverse("indicators:schemes", args=[bureau.code])}
    )


@both(PERSONNEL)
def edit(request, bureau, name, version):
    """A draft's text; of two editors the second is shown what the first has written."""
    found = _scheme(bureau, name, version)
    if found.state != State.DRAFT:
        raise Http404
    initial = {"text": found.text, "pool_text": found.pool_text, "edition": found.edition}
    form = SchemeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            edition = form.cleaned_data["edition"] or 0
            saved = tried(form, actions.save_draft, by=request.user, scheme=found, edition=edition, **_texts(form))
        except Stale as stale:
            return _stale(request, bureau, found, form, stale)
        if saved:
            messages.success(request, _("The draft is saved."))
            return redirect("indicators:scheme", bureau.code, saved.name, saved.version)
    return _editor(request, bureau, found, form)


def _editor(request, bureau, found, form, **more):
    context = {"form": form, "heading": _("Edit %(scheme)s") % {"scheme": found}, "crumbs": _way(bureau)}
    back = reverse("indicators:scheme", args=[bureau.code, found.name, found.version])
    return render(request, "indicators/draft.html", context | {"back": back} | more, status=409 if more else 200)


def _stale(request, bureau, found, form, stale):
    """The editor again with what was typed; sent once more it stands, over what somebody else wrote."""
    standing = SchemeVersion.objects.get(pk=found.pk)
    again = SchemeForm(initial={**_texts(form), "edition": stale.version})
    mine = form.cleaned_data["text"].replace("\r\n", "\n")
    return _editor(request, bureau, standing, again, stale=stale, difference=list(lines_between(standing.text, mine)))


def _texts(form):
    return {name: form.cleaned_data[name] for name in ("text", "pool_text")}


@both(PERSONNEL)
def define(request, bureau, name, version, rate):
    """What one rate of a draft means."""
    found = _scheme(bureau, name, version)
    meant = get_object_or_404(found.definitions, rate=rate)
    there = {f"{part}_{lang}": getattr(meant, part).get(lang, "") for part in PARTS for lang in LANGUAGES}
    form = DefinitionForm(request.POST or None, initial={"next_review": meant.next_review, **there})
    if request.method == "POST" and form.is_valid():
        texts = {part: form.texts(part) for part in PARTS}
        review = form.cleaned_data["next_review"]
        if tried(form, actions.define, by=request.user, scheme=found, rate=rate, next_review=review, **texts):
            messages.success(request, _("What the rate means is saved."))
            return redirect("indicators:scheme", bureau.code, name, version)
    known = next(one for one in queries.parsed(found).rates if one.id == rate)
    context = {"form": form, "name": queries.rate_name(known), "version": found, "crumbs": _way(bureau)}
    return render(request, "indicators/define.html", context)


@act(PERSONNEL)
def consult(request, bureau, name, version):
    """A draft goes to the officers."""
    found = _scheme(bureau, name, version)
    actions.open_consultation(by=request.user, scheme=found)
    messages.success(request, _("%(scheme)s is before the officers.") % {"scheme": found})
    return redirect("indicators:scheme", bureau.code, name, version)


@act(PERSONNEL)
def take_back(request, bureau, name, version):
    """A scheme before the officers becomes a draft again."""
    return _ended(request, bureau, name, version, actions.take_back, _("The scheme is a draft again."))


@act(PERSONNEL)
def drop(request, bureau, name, version):
    """A draft that is not to be."""
    return _ended(request, bureau, name, version, actions.drop_scheme, _("The draft is dropped."))


def _ended(request, bureau, name, version, action, said_done):
    found = _scheme(bureau, name, version)
    action(by=request.user, scheme=found, why=plain(request.POST.get("why", ""), 300))
    messages.success(request, said_done)
    return redirect("indicators:scheme", bureau.code, name, version)


def _scheme(bureau, name, version):
    found = SchemeVersion.objects.select_related("bureau").prefetch_related("definitions")
    return get_object_or_404(found, bureau=bureau, name=name, version=version)


def _way(bureau):
    return [crumb("rates", _("Rates"), bureau.code), crumb("schemes", _("Schemes"), bureau.code)]
