"""Clarifications and objections (異議): sent in time, answered in time by somebody who did not score it (R-71)."""

from django.db.models import Max
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import PERSONNEL, SUPERVISION
from linli.ground.officers.queries import related
from linli.ground.trail import clock, workdays
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.appraisal.actions.checks import locked, only, said
from linli.quarter.appraisal.actions.corrections import correct
from linli.quarter.appraisal.independence import communities, hindrance
from linli.quarter.appraisal.models import Cycle, Objection, Recusal
from linli.quarter.appraisal.queries import after_an_answer, posts_in
from linli.quarter.appraisal.wording import day
from linli.quarter.indicators.queries import parsed

ANSWER_DAYS = 5  # working days, and as many once more when extended
State, Kind = Objection.State, Objection.Kind


@action
def send_objection(*, by, cycle, officer, kind, text, rate="", from_clarification=None):
    """An officer's clarification or objection to the own file; text and answer are read by few."""
    if isinstance(by, str) or officer.account_id != by.pk:
        raise NotAllowed(_("Only the officer can object to the own file."))
    cycle = locked(cycle)
    if kind not in Kind.values:
        raise Refused(_("This is neither a clarification nor an objection."))
    text = said(text)
    if not posts_in(cycle, officer):
        raise Refused(_("You held no post in %(period)s.") % {"period": cycle.period})
    if rate and rate not in {one.id for one in parsed(cycle.scheme).rates}:
        raise Refused(_("The scheme has no rate %(rate)s.") % {"rate": rate}, _("Choose one of the rates shown."))
    if from_clarification is not None:
        _own_clarification(cycle, officer, kind, from_clarification)
    _in_time(cycle, kind, from_clarification)
    mine = Objection.objects.filter(cycle=cycle, officer=officer)
    for same in mine.filter(kind=kind, rate=rate, state=State.WAITING):
        if same.text == text:
            raise Refused(_("You have sent the same already."), _("It waits for an answer."))
    if from_clarification is not None:  # one that still waits goes on as the objection
        mine.filter(pk=from_clarification.pk, state=State.WAITING).update(state=State.WITHDRAWN)
    made = Objection.objects.create(
        cycle=cycle,
        officer=officer,
        number=(mine.aggregate(last=Max("number"))["last"] or 0) + 1,
        kind=kind,
        rate=rate,
        text=text,
        sent_at=clock.now(),
        due_on=workdays.after(_sent_on(cycle), ANSWER_DAYS),
        from_clarification=from_clarification,
    )
    record(by=by, action="appraisal.send_objection", subject=_subject(made), bureau=cycle.bureau, kind=kind, rate=rate)
    return made


def _own_clarification(cycle, officer, kind, clarification):
    same = (clarification.cycle_id, clarification.officer_id) == (cycle.pk, officer.pk)
    if not same or clarification.kind != Kind.CLARIFICATION or kind != Kind.OBJECTION:
        raise Refused(_("An objection can only grow out of the officer's own clarification of this quarter."))


def _in_time(cycle, kind, clarification):
    """R-70: clarifications from the freeze on; R-71: objections from the notice on; both to the last day's midnight."""
    today = clock.today()
    if cycle.state in (Cycle.State.OPEN, Cycle.State.PUBLISHED):
        raise _too_late(cycle) if cycle.state == Cycle.State.PUBLISHED else Refused(
            _("%(period)s is not frozen yet.") % {"period": cycle.period}, _("There is no file to object to before.")
        )  # fmt: skip
    if cycle.state != Cycle.State.NOTICED:
        if kind == Kind.OBJECTION:
            raise Refused(
                _("The officers have not been told their results yet."),
                _("Ask for a clarification; an objection can be sent from the notice on."),
            )
    elif today > cycle.objections_until and not _grown(clarification, today):
        raise _too_late(cycle)


def _grown(clarification, today):
    """Whether an objection may still grow out of a clarification although the period is over."""
    if clarification is None:
        return False
    if clarification.state == State.ANSWERED:
        return today <= after_an_answer(clarification.answered_at)
    return clarification.state == State.WAITING


def _too_late(cycle):
    remedies = _(
        "Where the result leads to a personnel decision named in article 95 of the Civil Servant Law, you may ask for "
        "a review within 30 days of knowing of the decision, and appeal within 15 days of the review's answer, or "
        "appeal directly within 30 days. Nobody may be treated worse for it (article 96)."
    )
    until = day(cycle.objections_until)
    return Refused(_("Objections to %(period)s ended on %(day)s.") % {"period": cycle.period, "day": until}, remedies)


def _sent_on(cycle):
    """The day a deadline is counted from; a clock that was set back shortens nobody's."""
    noticed = localtime(cycle.noticed_at).date() if cycle.noticed_at else clock.today()
    return max(clock.today(), noticed)


def _subject(objection):
    return f"objection:{objection.reference}"


@action
def withdraw_objection(*, by, objection):
    """The officer takes it back; nothing follows from that either way."""
    if isinstance(by, str) or objection.officer.account_id != by.pk:
        raise NotAllowed(_("Only the officer can take the own objection back."))
    _still_waiting(objection, state=State.WITHDRAWN)
    record(by=by, action="appraisal.withdraw_objection", subject=_subject(objection), bureau=objection.cycle.bureau)
    return objection


@action
def extend(*, by, objection, why):
    """Five working days more for the answer, once, before the first deadline is over, with a reason."""
    only(by, objection.cycle.bureau, PERSONNEL, SUPERVISION)
    if not isinstance(by, str) and related(by, objection.officer):
        raise NotAllowed(_("You are related to the officer."))
    why = said(why, _("Say why the answer takes longer."))
    if clock.today() > objection.due_on:
        raise Refused(
            _("The answer was due on %(day)s.") % {"day": day(objection.due_on)},
            _("Answer it; it cannot be extended now."),
        )
    if objection.extended:
        raise Refused(_("This deadline has been extended once already."), _("Answer it by its day."))
    due_on = workdays.after(objection.due_on, ANSWER_DAYS)
    _still_waiting(objection, due_on=due_on, extended=True)
    record(by=by, action="appraisal.extend", subject=_subject(objection), why=why, bureau=objection.cycle.bureau,
           due_on=due_on)  # fmt: skip
    return objection


@action
def recuse(*, by, objection, why):
    """Somebody who could answer steps back, with the reason; somebody else answers."""
    only(by, objection.cycle.bureau, PERSONNEL, SUPERVISION)
    why = said(why, _("Say why you step back."))
    if objection.state != State.WAITING:
        raise Refused(_("This has been answered or taken back."))
    made, new = Recusal.objects.get_or_create(
        objection=objection, by=by.username, defaults={"why": why, "at": clock.now()}
    )
    if new:
        record(by=by, action="appraisal.recuse", subject=_subject(objection), bureau=objection.cycle.bureau)
    return made


def _still_waiting(objection, **changes):
    extended = {"extended": False} if changes.get("extended") else {}
    if Objection.objects.filter(pk=objection.pk, state=State.WAITING, **extended).update(**changes) != 1:
        raise Refused(_("This has been answered, extended or taken back meanwhile."), _("Look at it again."))
    objection.refresh_from_db()


@action
def answer(*, by, objection, outcome, answer, changes=None, approved_by=None):
    """The reasoned answer. Upheld: ``changes`` to the figures of the officer's community are a correction at once,
    asked for by the officer and approved by whoever answers (or by ``approved_by``)."""
    cycle = locked(objection.cycle)
    changes = dict(changes or {})
    stands_in_the_way = isinstance(by, str) or hindrance(by, objection, {rate for _place, rate in changes})
    if stands_in_the_way:
        raise NotAllowed(_("You cannot answer this objection."), "" if isinstance(by, str) else stands_in_the_way)
    _fitting(objection, outcome, changes)
    text = said(answer, _("An answer gives its reasons."))
    _answered(by, objection, outcome, text)
    if changes:
        computation = correct(
            by="linli" if approved_by is None else by,
            cycle=cycle,
            changes=changes,
            reason=_("Objection %(reference)s upheld.") % {"reference": objection.reference},
            approved_by=approved_by or by,
            objection=objection,
        )
        Objection.objects.filter(pk=objection.pk).update(correction=computation.revision)
    record(
        by=by,
        action="appraisal.answer",
        subject=_subject(objection),
        bureau=cycle.bureau,
        outcome=outcome,
        late=clock.today() > objection.due_on,
    )
    objection.refresh_from_db()
    return objection


def _fitting(objection, outcome, changes):
    allowed = (State.UPHELD, State.REJECTED) if objection.kind == Kind.OBJECTION else (State.ANSWERED,)
    if outcome not in allowed:
        raise Refused(_("This outcome does not fit."), _("Uphold or reject an objection; answer a clarification."))
    if outcome == State.UPHELD and not changes:
        raise Refused(_("An objection that is upheld corrects something."), _("Enter the figures as they have to be."))
    if outcome != State.UPHELD and changes:
        raise Refused(
            _("Only an objection that is upheld corrects figures."), _("Uphold it, or leave them as they are.")
        )
    strange = {place for place, _rate in changes} - communities(objection)
    if strange:
        raise Refused(
            _("%(places)s is not the officer's community.") % {"places": ", ".join(sorted(strange))},
            _("Other communities are corrected by the personnel office, with their own reason."),
        )


def _answered(by, objection, outcome, text):
    done = {"state": outcome, "answer": text, "answered_by": by.username, "answered_at": clock.now()}
    if Objection.objects.filter(pk=objection.pk, state=State.WAITING).update(**done) != 1:
        now = Objection.objects.get(pk=objection.pk)
        rows = ((_("outcome"), outcome, now.state), (_("answer"), text, now.answer))
        raise Stale(_("Somebody else has answered this meanwhile."), rows, version=now.state)
