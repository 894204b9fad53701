"""The cycle of a quarter: open, frozen, computed, noticed, published. Each step is taken once, by one person."""

from django.utils.translation import gettext as _

from heng.periods import last_day, parse, period_of
from linli.book.frozen import dumps, sha256
from linli.ground.accounts.roles import PERSONNEL, SECRETARY
from linli.ground.jobs.actions import ask
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused
from linli.quarter.appraisal import computing
from linli.quarter.appraisal.actions.checks import locked, moved, not_before, only
from linli.quarter.appraisal.models import Computation, Cycle, Figure, Objection, PublishedScore, Score
from linli.quarter.appraisal.queries import history_of, objections_end, published_rows
from linli.quarter.appraisal.wording import day
from linli.quarter.indicators import actions as indicators
from linli.quarter.indicators.queries import latest, scheme_for

OBJECTION_DAYS = 5  # working days
State = Cycle.State


@action
def open_cycle(*, by, bureau, period):
    """Opens the quarter's sheet under the scheme that was in force on its first day."""
    only(by, bureau, PERSONNEL)
    _begun(period)
    scheme = scheme_for(bureau, period)
    if scheme is None:
        raise Refused(
            _("No scheme was in force on the first day of %(period)s.") % {"period": period},
            _("Put a scheme in force first."),
        )
    if PublishedScore.objects.filter(bureau=bureau, period=period).exists():
        raise Refused(
            _("%(period)s is already published, from before Linli.") % {"period": period}, _("Open a later quarter.")
        )
    made = {"scheme": scheme, "opened_at": clock.now()}
    cycle, new = Cycle.objects.get_or_create(bureau=bureau, period=period, defaults=made)
    if not new:
        raise Refused(_("%(period)s is open already.") % {"period": period}, _("Go on in it."))
    record(by=by, action="appraisal.open_cycle", subject=f"cycle:{period}", bureau=bureau, scheme=str(scheme))
    return cycle


def _begun(period):
    try:
        parse(period)
    except ValueError as fault:
        raise Refused(
            _("%(period)s is no quarter.") % {"period": period}, _("Write it as year and quarter: 2026Q3.")
        ) from fault
    today = clock.today()
    if period > period_of(today):
        raise Refused(_("%(period)s has not begun.") % {"period": period}, _("Open it when its first day has come."))


@action
def freeze(*, by, cycle):
    """Freezes everything the quarter is computed from, and asks for the computation. From now on nothing moves."""
    only(by, cycle.bureau, PERSONNEL)
    cycle, now = locked(cycle), clock.now()
    if clock.today() <= last_day(cycle.period).item():
        raise Refused(_("%(period)s is not over yet.") % {"period": cycle.period}, _("Freeze it after its last day."))
    not_before(cycle.opened_at)
    moved(cycle, State.OPEN, State.FROZEN, frozen_at=now)
    history = history_of(cycle.bureau, before=cycle.period)
    revision = indicators.freeze(by=by, bureau=cycle.bureau, period=cycle.period, scheme=cycle.scheme, history=history)
    if not revision.values.exists():
        raise Refused(
            _("Nobody has supplied a figure for %(period)s.") % {"period": cycle.period},
            _("Freeze it when the departments have filled their sheets."),
        )
    _asked(by, revision)
    record(
        by=by,
        action="appraisal.freeze",
        subject=f"cycle:{cycle.period}",
        bureau=cycle.bureau,
        revision=revision.number,
        sha256=revision.sha256,
    )
    return revision


@action
def ask_again(*, by, cycle):
    """Asks once more for a computation that stopped; one that waits or runs is left alone."""
    only(by, cycle.bureau, PERSONNEL)
    cycle = locked(cycle)
    if cycle.state != State.FROZEN:
        raise Refused(_("%(period)s does not wait for its computation.") % {"period": cycle.period})
    job = _asked(by, latest(cycle.bureau, cycle.period))
    record(by=by, action="appraisal.ask_again", subject=f"cycle:{cycle.period}", bureau=cycle.bureau)
    return job


def _asked(by, revision):
    key = job_key(revision)
    return ask(by=by, kind="appraisal.compute", key=key, bureau=revision.bureau, revision=revision.pk)


def job_key(revision):
    """The key under which a revision's computation stands among the jobs."""
    return f"compute:{revision.bureau.code}:{revision.period}:{revision.number}"


@action
def compute(*, by, revision, quarter=None):
    """The ``Computation`` of a revision, made once however often it is asked for; the cycle moves on with it.

    quarter: the revision already worked out, by a job that did so before it began to write; None works it out here.
    """
    cycle = locked(Cycle.objects.get(bureau=revision.bureau_id, period=revision.period))
    found = Computation.objects.filter(revision=revision).first()
    if found is None:
        found = _kept(by, revision, computing.worked_out(revision) if quarter is None else quarter)
    _made_current(cycle, revision, found)
    return found


def _kept(by, revision, quarter):
    text = dumps(quarter)
    whole = {"seed": quarter.seed, "draws": quarter.draws, "quarter": text, "sha256": sha256(text)}
    made = Computation.objects.create(revision=revision, made_at=clock.now(), version=computing.VERSION, **whole)
    Score.objects.bulk_create(computing.score_rows(made, quarter))
    Figure.objects.bulk_create(computing.figure_rows(made, quarter))
    record(
        by=by,
        action="appraisal.compute",
        subject=f"cycle:{revision.period}",
        bureau=revision.bureau,
        revision=revision.number,
        sha256=made.sha256,
    )
    return made


def _made_current(cycle, revision, computation):
    """A later revision's computation takes the earlier's place, never the other way round."""
    older = Computation.objects.filter(pk=cycle.current_id, revision__number__gte=revision.number)
    if cycle.current_id and older.exists():
        return
    Cycle.objects.filter(pk=cycle.pk).update(current=computation)
    Cycle.objects.filter(pk=cycle.pk, state=State.FROZEN).update(state=State.COMPUTED, computed_at=clock.now())


@action
def give_notice(*, by, cycle):
    """Tells the officers that the result stands in their file: the five working days for objections begin (R-71)."""
    only(by, cycle.bureau, PERSONNEL)
    cycle = locked(cycle)
    not_before(cycle.computed_at)
    until = workdays.after(clock.today(), OBJECTION_DAYS)
    moved(cycle, State.COMPUTED, State.NOTICED, noticed_at=clock.now(), objections_until=until)
    record(by=by, action="appraisal.give_notice", subject=f"cycle:{cycle.period}", bureau=cycle.bureau, until=until)
    return cycle


@action
def publish(*, by, cycle, minute_number):
    """Publishes the quarter as the leading group approved it: scores become history, names become visible."""
    only(by, cycle.bureau, PERSONNEL, SECRETARY)
    cycle, minute_number = locked(cycle), minute_number.strip()
    if not minute_number or len(minute_number) > 80:
        raise Refused(_("The number of the minute is missing."), _("Enter the minute by which the group approved it."))
    not_before(cycle.noticed_at)
    if cycle.state == State.NOTICED:
        _nothing_waits(cycle)
    now, who = clock.now(), name_of(by)
    moved(cycle, State.NOTICED, State.PUBLISHED, published_at=now, published_by=who[:150], minute_number=minute_number)
    rows = published_rows(cycle, cycle.current)
    PublishedScore.objects.bulk_create(rows)
    record(
        by=by,
        action="appraisal.publish",
        subject=f"cycle:{cycle.period}",
        bureau=cycle.bureau,
        minute_number=minute_number,
        sha256=cycle.current.sha256,
        officers=len(rows),
    )
    return cycle


def _nothing_waits(cycle):
    end, today = objections_end(cycle), clock.today()
    if today <= end:
        raise Refused(
            _("Objections may be sent until %(day)s.") % {"day": day(end)}, _("Publish on the day after, or later.")
        )
    waiting = list(cycle.objections.filter(state=Objection.State.WAITING).select_related("cycle", "officer"))
    late = [one.reference for one in waiting if one.due_on < today]
    if late:
        raise Refused(
            _("These answers are overdue: %(objections)s.") % {"objections": ", ".join(late)},
            _("They have to be answered first; what follows from the quarter is suspended meanwhile."),
        )
    if waiting:
        named = ", ".join(one.reference for one in waiting)
        raise Refused(
            _("These still wait for an answer: %(objections)s.") % {"objections": named}, _("Have them answered first.")
        )
