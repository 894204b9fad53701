"""A wave's page: opened, drawn, counted, closed; and the questions that can be put right while it is open."""

from django.contrib import messages
from django.db import transaction
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from heng.sampling import size
from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import DEPARTMENT, LEADER, PERSONNEL, SECRETARY, SUPERVISION
from linli.ground.trail.language import reader, told
from linli.ground.trail.refusals import Refused, tried
from linli.work.surveys import actions, queries, tables
from linli.work.surveys.forms import MissedForm, TableForm, WaveForm
from linli.work.surveys.models import Wave
from linli.work.surveys.questions import MARGINS
from linli.work.surveys.views.shared import crumbs, form_page, found, of_wave, readable, run_by, runs
from linli.work.surveys.wording import MODES, SAMPLINGS, STATES, percent


@both(PERSONNEL, DEPARTMENT)
def new(request, bureau):
    """Opens a wave: which words, whom, who asks."""
    form = WaveForm(
        request.POST or None, bureau=bureau, user=request.user, questionnaires=queries.published(bureau),
        initial={"office": request.user.office_id},
    )  # fmt: skip
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.open_wave, by=request.user, bureau=bureau, **form.asked())
        if made:
            messages.success(request, _("The wave %(wave)s is open.") % {"wave": made.code})
            return redirect("surveys:wave", bureau.code, made.code)
    back = reverse("surveys:index", args=[bureau.code])
    lede = _("Of a sample everybody has a known chance to be asked. Only a sample has margins and counts in a rate.")
    return form_page(request, form, _("Open a wave"), crumbs(bureau), back, lede=lede)


@page(PERSONNEL, DEPARTMENT, LEADER, SECRETARY, SUPERVISION)
def wave(request, bureau, code):
    """Who was drawn and what became of them. There are no figures before the wave is closed."""
    wave = found(bureau, code)
    readable(request.user, wave)
    rows = queries.tallies(wave)
    for tally in rows:
        tally.out = max(tally.drawn - tally.answered - tally.refused - tally.unreached - tally.ineligible, 0)
        tally.rate = percent(queries.response_rate(tally) if wave.probability else None)
    text, kind = STATES[wave.state]
    context = {
        "wave": wave, "tallies": rows, "tag_text": text, "tag_kind": kind, "how": SAMPLINGS[wave.sampling],
        "runs": runs(request.user, wave), "modes": [MODES[mode] for mode in wave.modes],
        "planned": size(wave.half_width, design_effect=wave.cluster_effect).answers,
        "half_width": percent(wave.half_width), "weighs": queries.asks_to_weigh(wave.questionnaire),
        "steps": _steps(wave, rows),
        "title": told(wave.questionnaire.title, reader()), "crumbs": crumbs(bureau),
        "closed": wave.state == Wave.State.CLOSED,
    }  # fmt: skip
    return render(request, "surveys/wave.html", context)


def _steps(wave, rows):
    drawn = bool(wave.frame_hash) or wave.sampling == Wave.Sampling.OPEN
    answered, closed = sum(row.answered for row in rows), wave.state == Wave.State.CLOSED
    marks = [("done" if drawn or closed else "now"), ("done" if closed else "now" if drawn else "ahead")]
    labels = (pgettext("survey", "Opened"), _("Drawn"), pgettext("survey", "Asked"), pgettext("survey", "Closed"))
    states = ("done", *marks, "done" if closed else "ahead")
    notes = ("", "", str(answered) if answered else "", "")
    dates = (wave.opened_on, None, None, wave.closed_on)
    return [
        {"label": label, "state": state, "note": note, "date": date}
        for label, state, note, date in zip(labels, states, notes, dates, strict=True)
    ]


@both(PERSONNEL, DEPARTMENT)
def missed(request, bureau, code):
    """Adds those who refused, were not reached, or were not to be asked."""
    wave = run_by(request.user, bureau, code)
    rows = queries.tallies(wave)
    form = MissedForm(request.POST or None, tallies=rows)
    if request.method == "POST" and form.is_valid() and _counted(request, wave, form):
        messages.success(request, _("It is counted."))
        return redirect("surveys:wave", bureau.code, wave.code)
    context = {"form": form, "rows": list(form.rows()), "wave": wave, "crumbs": of_wave(wave)}
    return render(request, "surveys/missed.html", context)


def _counted(request, wave, form):
    try:
        with transaction.atomic():
            for community, numbers in form.wanted():
                actions.count_missed(by=request.user, wave=wave, community=community, **numbers)
    except Refused as refusal:
        form.add_error(None, f"{refusal.message} {refusal.remedy}")
        return False
    return True


@both(PERSONNEL, DEPARTMENT)
def margins(request, bureau, code):
    """People by sex and age, to weigh the answers by; a new table takes the place of the old one."""
    wave = run_by(request.user, bureau, code)
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = tried(form, _read_margins, wave=wave, user=request.user, content=form.content())
        if said is not None:
            messages.success(request, _("The answers will be weighed by it."))
            return redirect("surveys:wave", bureau.code, wave.code)
    example = [("*", kind, group, 1000) for kind in MARGINS for group in MARGINS[kind]]
    context = {"form": form, "wave": wave, "crumbs": of_wave(wave), "example": example}
    return render(request, "surveys/margins.html", context)


def _read_margins(wave, user, content):
    rows = tables.rows_of(*content, needed=("dimension", "group", "people"))
    return actions.set_margins(by=user, wave=wave, margins=tables.margins_of(rows))


@both(PERSONNEL, DEPARTMENT)
def close(request, bureau, code):
    """Closes a wave: what is still out stays out, and what could lead back to anybody is destroyed."""
    wave = run_by(request.user, bureau, code)
    if request.method == "POST":
        actions.close_wave(by=request.user, wave=wave)
        messages.success(request, _("The wave is closed; its cards and the marks of devices are destroyed."))
        return redirect("surveys:results", bureau.code, wave.code)
    rows = queries.tallies(wave)
    out = sum(max(t.drawn - t.answered - t.refused - t.unreached - t.ineligible, 0) for t in rows)
    context = {"wave": wave, "crumbs": of_wave(wave), "out": out, "answered": sum(t.answered for t in rows)}
    return render(request, "surveys/close.html", context)
