"""Calls away from the beat: both sides' words, the ledger, and the third person's."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.ground.accounts.doors import both, page
from linli.ground.accounts.roles import OFFICER, PERSONNEL, STATION, SUPERVISION
from linli.ground.trail import clock
from linli.ground.trail.listed import csv_answer, minute, page_of
from linli.ground.trail.refusals import tried
from linli.work.worklog import actions, counts, queries, rights, shown
from linli.work.worklog.forms import AnswerForm, CallForm, DecideForm, WhyForm
from linli.work.worklog.intervals import hours
from linli.work.worklog.kinds import AWAY
from linli.work.worklog.models import CallAway
from linli.work.worklog.views.shared import crumbs_of, form_page, own_officer, taken_along

LOOK = (OFFICER, STATION, PERSONNEL, SUPERVISION)
HEADER = (
    *("officer", "name", "started", "ended", "hours", "kind", "ordered_by", "entered_by", "station_says"),
    *("decided", "withdrawn", "counts"),
)
STATES = ("silent", "confirms", "disputes")


@page(*LOOK)
def calls(request, bureau):
    """The ledger: who was called away, by whom, for how long, and whether it is taken off."""
    rows, state = queries.calls_for(request.user, bureau), request.GET.get("state", "")
    rows = rows.filter(station_says=state) if state in STATES else rows
    rows = rows.order_by("officer__code", "-started_at") if request.GET.get("sort") == "officer" else rows
    today = clock.today()
    if request.GET.get("format") == "csv":
        taken_along(request.user, "calls", bureau)
        return csv_answer(f"calls-away-{bureau.code}", HEADER, (_row(call, today) for call in rows.iterator(500)))
    listed = page_of(request, rows)
    context = {
        "page": listed, "lines": [_line(call, today) for call in listed.object_list], "state": state,
        "states": [(key, said_state(key)) for key in STATES], "crumbs": crumbs_of(bureau),
        "enters": request.user.role in (OFFICER, STATION),
    }  # fmt: skip
    return render(request, "worklog/calls.html", context)


def said_state(state):
    """What the station says, in a word."""
    words = {
        "silent": pgettext("station", "not answered"), "confirms": pgettext("station", "confirmed"),
        "disputes": pgettext("station", "disputed"),
    }  # fmt: skip
    return words[state]


def _line(call, today):
    return {
        "call": call, "kind": AWAY[call.kind], "started": shown.moment_said(call.started_at),
        "ended": shown.moment_said(call.ended_at), "hours": shown.hours_said(hours([(call.started_at, call.ended_at)])),
        "state": said_state(call.station_says), "counts": counts.is_counted(call, today),
        "due": counts.answer_due(call) if call.station_says == "silent" else None,
    }  # fmt: skip


def _row(call, today):
    length = shown.hours_said(hours([(call.started_at, call.ended_at)]))
    decided = {None: "", True: 1, False: 0}[call.decided]
    who = (call.officer.code, call.officer.name, minute(call.started_at), minute(call.ended_at), length, call.kind)
    said = (call.ordered_by, call.entered_by, call.station_says, decided)
    return (*who, *said, int(call.withdrawn_at is not None), int(counts.is_counted(call, today)))


@both(OFFICER, STATION)
def enter(request, bureau):
    """Hours away from the beat, by the officer or by the station itself."""
    mine = request.user.role == OFFICER
    officers = None if mine else rights.officers_of(request.user, bureau, clock.today(), clock.today())
    form = CallForm(request.POST or None, officers=officers, initial={"day": clock.today()})
    if request.method == "POST" and form.is_valid():
        officer = own_officer(request, bureau) if mine else form.cleaned_data["officer"]
        made = tried(form, actions.call_away, by=request.user, officer=officer, **form.asked())
        if made:
            messages.success(request, _("Entered; the station has its say.") if mine else _("Entered."))
            return redirect("worklog:calls", bureau.code)
    lede = _("Station duty and cases are not a community officer's work: hours so taken come off what is due (R-03).")
    return form_page(request, bureau, form, _("Enter a call away"), reverse("worklog:calls", args=[bureau.code]),
                     lede=lede)  # fmt: skip


def _found(request, bureau, officer, key):
    rows = queries.calls_for(request.user, bureau)
    call = get_object_or_404(CallAway.objects.select_related("officer__bureau", "bureau"), bureau=bureau,
                             officer__code=officer, client_key=key)  # fmt: skip
    if not rows.filter(pk=call.pk).exists():
        raise PermissionDenied("call")
    return call


@page(*LOOK)
def call(request, bureau, officer, key):
    """One call with both sides' words and what may be done about it now."""
    one = _found(request, bureau, officer, key)
    user, is_open = request.user, one.withdrawn_at is None and one.decided is None
    silent = one.station_says == CallAway.Station.SILENT
    context = {
        "line": _line(one, clock.today()), "call": one, "crumbs": crumbs_of(
            bureau, (reverse("worklog:calls", args=[bureau.code]), _("Calls away"))),
        "answers": is_open and silent and user.role == STATION,
        "decides": is_open and one.station_says == CallAway.Station.DISPUTES and queries.may_decide(user, one),
        "withdraws": is_open and one.entered_by == user.username and (silent or _takes_back(user, one)),
    }  # fmt: skip
    return render(request, "worklog/call.html", context)


def _takes_back(user, one):
    return user.role == STATION and not counts.is_too_late_to_answer(one)


@both(STATION)
def answer(request, bureau, officer, key):
    """It was so, or it was not."""
    one = _found(request, bureau, officer, key)
    form = AnswerForm(request.POST or None, initial={"version": one.version})
    return _asked(request, bureau, one, form, actions.answer_call, _("Answer this call away"))


@both(PERSONNEL, SUPERVISION)
def decide(request, bureau, officer, key):
    """Whether a disputed call is taken off."""
    one = _found(request, bureau, officer, key)
    form = DecideForm(request.POST or None, initial={"version": one.version})
    return _asked(request, bureau, one, form, actions.decide_call, _("Decide this call away"))


@both(OFFICER, STATION)
def withdraw(request, bureau, officer, key):
    """Entered by mistake."""
    one = _found(request, bureau, officer, key)
    form = WhyForm(request.POST or None)
    return _asked(request, bureau, one, form, actions.withdraw_call, _("Withdraw this call away"), adverse=True)


def _asked(request, bureau, one, form, action, heading, **more):
    back = reverse("worklog:call", args=[bureau.code, one.officer.code, one.client_key])
    sent = request.method == "POST" and form.is_valid()
    if sent and tried(form, action, by=request.user, call=one, **form.cleaned_data):
        messages.success(request, _("Written down."))
        return redirect(back)
    return form_page(request, bureau, form, heading, back, **more)
