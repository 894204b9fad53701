"""Spot checks: drawn, made, answered; an officer reads of a check when it is done."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from heng.periods import period_of, span_of
from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import OFFICER, PERSONNEL, STATION, SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.ground.trail.refusals import tried
from linli.work.worklog import actions, queries, shown
from linli.work.worklog.forms import CheckForm, DrawForm, TextForm, WhyForm
from linli.work.worklog.models import SpotCheck
from linli.work.worklog.spans import moments
from linli.work.worklog.views.shared import crumbs_of, form_page, period_or_404, taken_along

LOOK = (OFFICER, STATION, PERSONNEL, SUPERVISION)
HEADER = ("number", "draw", "seed", "officer", "community", "cell", "from", "until", "result", "looked_at", "set_aside")
TAGS = {"waiting": "wait", "found": "done", "not found": "adverse", "could not": "ahead"}


def said_result(result):
    """A result in a word."""
    words = {
        "waiting": pgettext("spot check", "waiting"), "found": pgettext("spot check", "found"),
        "not found": pgettext("spot check", "not found"), "could not": pgettext("spot check", "could not look"),
    }  # fmt: skip
    return words[result]


@page(*LOOK)
def checks(request, bureau):
    """A quarter's checks, with the share found and what it is worth."""
    period = period_or_404(request.GET.get("period") or period_of(clock.today()))
    start, end = moments(*span_of(period))
    rows = queries.checks_for(request.user, bureau).filter(look_from__gte=start, look_from__lt=end)
    result = request.GET.get("result", "")
    together = list(rows.defer("note", "officer_says"))
    rows = rows.filter(result=result) if result in TAGS else rows
    rows = rows.order_by("look_from", "number") if request.GET.get("sort") == "time" else rows
    if request.GET.get("format") == "csv":
        taken_along(request.user, f"checks:{period}", bureau)
        return csv_answer(f"spot-checks-{bureau.code}-{period}", HEADER, map(_row, rows.iterator(500)))
    listed = page_of(request, rows)
    context = {
        "page": listed, "lines": [line_of(one) for one in listed.object_list], "period": period, "result": result,
        "together": shown.checks_said(together), "drawn": shown.drawn_said(together),
        "results": [(key, said_result(key)) for key in TAGS],
        "crumbs": crumbs_of(bureau),
        "draws": request.user.role in (STATION, SUPERVISION),
    }  # fmt: skip
    return render(request, "worklog/checks.html", context)


def line_of(one):
    """What lists say of a check."""
    return {
        "check": one, "kind": shown.kind_said(one.kind), "result": said_result(one.result), "tag": TAGS[one.result],
        "from": shown.moment_said(one.look_from), "until": shown.clock_said(one.look_until),
        "looked": shown.moment_said(one.looked_at),
    }  # fmt: skip


def _row(one):
    where = (one.officer.code, one.community.code, one.cell, minute(one.look_from), minute(one.look_until))
    return (one.number, one.draw.number, one.draw.seed, *where, one.result, minute(one.looked_at), one.lifted_because)


@both(STATION, SUPERVISION)
def draw(request, bureau):
    """Where to look is drawn, not chosen."""
    form, back = DrawForm(request.POST or None), reverse("worklog:checks", args=[bureau.code])
    if request.method == "POST" and form.is_valid():
        made = tried(form, actions.draw_checks, by=request.user, bureau=bureau, **form.cleaned_data)
        if made:
            said = ngettext("%(n)d check is drawn.", "%(n)d checks are drawn.", made.size) % {"n": made.size}
            messages.success(request, said)
            return redirect(f"{back}?result=waiting")
    lede = _("Drawn at random among works that run now and planned lines of the coming week; the officers learn of it "
             "afterwards. The seed and what was drawn from are kept.")  # fmt: skip
    return form_page(request, bureau, form, _("Draw spot checks"), back, lede=lede)


def _found(request, bureau, number):
    return get_object_or_404(queries.checks_for(request.user, bureau), number=number)


@page(*LOOK)
def check(request, bureau, number):
    """One check: what was drawn, what was seen, what the officer says."""
    one, role = _found(request, bureau, number), request.user.role
    waiting = one.result == SpotCheck.Result.WAITING
    context = {
        "line": line_of(one), "check": one, "mine": role == OFFICER and not waiting,
        "looks": waiting and role in (STATION, SUPERVISION),
        "lifts": role == SUPERVISION and not waiting and not one.lifted_because,
        "crumbs": crumbs_of(bureau, (reverse("worklog:checks", args=[bureau.code]), _("Spot checks"))),
    }  # fmt: skip
    return render(request, "worklog/check.html", context)


@both(STATION, SUPERVISION)
def look(request, bureau, number):
    """What was seen."""
    now = localtime(clock.now())
    form = CheckForm(request.POST or None, initial={"day": now.date(), "at": now.time()})
    asked = form.asked() if request.method == "POST" and form.is_valid() else {}
    return _asked(request, bureau, number, form, actions.check, _("Enter what was seen"), asked)


@both(OFFICER)
def answer(request, bureau, number):
    """The officer's word."""
    one = _found(request, bureau, number)
    form = TextForm(request.POST or None, initial={"text": one.officer_says})
    asked = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    return _asked(request, bureau, number, form, actions.answer_check, _("Answer this check"), asked)


@both(SUPERVISION)
def lift(request, bureau, number):
    """A result is set aside."""
    form = WhyForm(request.POST or None)
    asked = form.cleaned_data if request.method == "POST" and form.is_valid() else {}
    return _asked(request, bureau, number, form, actions.lift_check, _("Set this result aside"), asked, adverse=True)


def _asked(request, bureau, number, form, action, heading, asked, **more):
    one, back = _found(request, bureau, number), reverse("worklog:check", args=[bureau.code, number])
    if asked and tried(form, action, by=request.user, spot_check=one, **asked):
        messages.success(request, _("Written down."))
        return redirect(back)
    return form_page(request, bureau, form, heading, back, **more)
