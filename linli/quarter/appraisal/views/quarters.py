"""The bureau's quarters, and one quarter's cycle with its steps and buttons."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from heng.periods import step
from linli.ground.accounts.doors import act, page
from linli.ground.accounts.roles import BUREAU, LEADING, PERSONNEL, PROVINCE, SECRETARY
from linli.ground.jobs.models import Job
from linli.ground.trail import clock
from linli.quarter.appraisal import actions
from linli.quarter.appraisal.actions.cycle import job_key
from linli.quarter.appraisal.forms import Open, Publish
from linli.quarter.appraisal.queries import calendar, cycles_of, open_objections
from linli.quarter.appraisal.views.around import Column, as_csv, crumbs, cycle_of, quarter_cell, table
from linli.quarter.appraisal.views.schemes import CONSULTED
from linli.quarter.appraisal.wording import STATE_TAGS, STATES, day, period_name
from linli.quarter.indicators.queries import late, latest, office_name, rate_name


@page(*BUREAU, PROVINCE)
def quarters(request, bureau):
    """Every quarter of the bureau, newest first: its state, its next step, what is late."""
    cycles = list(cycles_of(bureau))
    for cycle in cycles:
        cycle.steps = calendar(cycle)
        cycle.next = next((one for one in cycle.steps if one.state in ("late", "now")), None)
    columns = (
        Column("period", _("Quarter"), lambda c: quarter_cell(c.period, url=_url("cycle", c)), _period),
        Column("state", _("State"), lambda c: {"text": STATES[c.state], "tag": STATE_TAGS[c.state]}, lambda c: c.state),
        Column("next", _("Next step"), lambda c: str(c.next.label) if c.next else "—"),
        Column("due", _("By"), lambda c: day(c.next.last) if c.next else "—"),
        Column("late", _("Working days late"), _late, lambda c: c.next.behind if c.next else 0, number=True),
        Column("waiting", _("Objections waiting"), lambda c: str(c.waiting), lambda c: c.waiting, number=True),
    )
    shown = table(request, columns, cycles)
    if request.GET.get("format") == "csv":
        return as_csv(f"quarters-{bureau.code}", shown)
    following = step(cycles[0].period, 1) if cycles else ""
    form = Open(initial={"period": following}) if request.user.role == PERSONNEL else None
    context = {"bureau": bureau, "table": shown, "form": form, "url": reverse("appraisal:open", args=[bureau.code])}
    context["consulted"] = CONSULTED
    return render(request, "appraisal/quarters.html", context)


def _period(cycle):
    return cycle.period


def _late(cycle):
    return str(cycle.next.behind) if cycle.next and cycle.next.behind else "—"


def _url(name, cycle):
    return reverse(f"appraisal:{name}", args=[cycle.bureau.code, cycle.period])


@act(PERSONNEL)
def open_quarter(request, bureau):
    """Opens a quarter."""
    form = Open(request.POST)
    if not form.is_valid():
        context = {"bureau": bureau, "form": form, "crumbs": crumbs(bureau), "url": request.path}
        return render(request, "appraisal/open.html", context, status=422)
    cycle = actions.open_cycle(by=request.user, bureau=bureau, period=form.cleaned_data["period"])
    messages.success(request, _("The quarter is open."))
    return redirect(_url("cycle", cycle))


@page(*BUREAU, PROVINCE)
def cycle(request, bureau, period):
    """One quarter: how far it is, who is late, what comes next."""
    cycle, user = cycle_of(bureau, period), request.user
    steps = calendar(cycle)
    context = {
        "cycle": cycle,
        "bureau": bureau,
        "crumbs": crumbs(bureau),
        "name": period_name(period),
        "state": STATES[cycle.state],
        "state_tag": STATE_TAGS[cycle.state],
        "steps": [_step(one) for one in steps],
        "estimated": any(one.estimated for one in steps),
        "runs": user.role == PERSONNEL,
        "sees_names": user.role in LEADING,
        "publishes": user.role in (PERSONNEL, SECRETARY) and cycle.state == "noticed",
        "publish": Publish(),
    }
    context["until"] = day(cycle.objections_until)
    if user.role != PROVINCE:
        context["late"] = _who_is_late(cycle) if cycle.state == "open" else []
    if cycle.state in ("open", "frozen"):
        context |= _job(cycle)
    if cycle.state == "noticed":
        context["waiting"] = cycle.waiting
        today = clock.today()
        context["overdue"] = [one for one in open_objections(cycle) if one.due_on < today]
    return render(request, "appraisal/cycle.html", context)


def _step(one):
    note = _("see there") if one.state == "elsewhere" else ""
    if one.state == "late":
        note = _("%(days)s working days late") % {"days": one.behind}
    elif one.state == "done" and one.on and one.on != one.last:
        note = _("done %(day)s") % {"day": day(one.on)}
    return {"label": one.label, "state": one.state, "date": day(one.last), "note": note}


def _who_is_late(cycle):
    found = []
    for duty in late(cycle.bureau, cycle.period, clock.today()):
        found.append(
            {
                "office": duty.office.name if duty.office else office_name(duty.written),
                "rate": rate_name(duty.rate),
                "part": _("to supply") if duty.part == "supply" else _("to verify"),
                "count": len(duty.owed),
                "due": day(duty.due),
            }
        )
    return found


def _job(cycle):
    """Context of parts/progress.html for the computation that was asked for; empty before the freeze."""
    revision = latest(cycle.bureau, cycle.period)
    job = Job.objects.filter(key=job_key(revision)).first() if revision else None
    return {
        "job": job,
        "url": _url("progress", cycle),
        "label": _("The quarter is being computed"),
        "next_url": _url("cycle", cycle),
        "next_label": _("Look at the quarter"),
    }


@page(*BUREAU)
def progress(request, bureau, period):
    """How far the computation is: the part that asks again each second."""
    return render(request, "parts/progress.html", _job(cycle_of(bureau, period)))


@act(PERSONNEL)
def freeze(request, bureau, period):
    """Freezes the quarter and asks for its computation."""
    cycle = cycle_of(bureau, period)
    actions.freeze(by=request.user, cycle=cycle)
    messages.success(request, _("Frozen. Nothing moves any more; the score is being computed."))
    return redirect(_url("cycle", cycle))


@act(PERSONNEL)
def again(request, bureau, period):
    """Asks for a computation that stopped once more."""
    cycle = cycle_of(bureau, period)
    actions.ask_again(by=request.user, cycle=cycle)
    messages.success(request, _("The computation has been asked for again."))
    return redirect(_url("cycle", cycle))


@act(PERSONNEL)
def notice(request, bureau, period):
    """Tells the officers."""
    cycle = actions.give_notice(by=request.user, cycle=cycle_of(bureau, period))
    told = {"day": day(cycle.objections_until)}
    messages.success(request, _("The officers have been told. Objections may be sent until %(day)s.") % told)
    return redirect(_url("cycle", cycle))


@act(PERSONNEL, SECRETARY)
def publish(request, bureau, period):
    """Publishes the quarter."""
    cycle, form = cycle_of(bureau, period), Publish(request.POST)
    if not form.is_valid():
        context = {"bureau": bureau, "cycle": cycle, "form": form, "crumbs": crumbs(bureau, cycle)}
        return render(request, "appraisal/publish.html", context | {"url": request.path}, status=422)
    actions.publish(by=request.user, cycle=cycle, minute_number=form.cleaned_data["minute_number"])
    messages.success(request, _("Published."))
    return redirect(_url("results", cycle))
