"""What is owed becomes a promise: allowances of a published quarter, awards, what working rooms owe; and corrections.

Every promise has a reference made from what it is for, so that the same thing is never promised twice. After a
correction ``_settle`` sets right what was promised for a reference: unpaid lines are replaced, what was paid too little
is promised beside, what was paid too much is recorded and not reclaimed (R-55).
"""

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.quarter.appraisal.models import Cycle
from linli.quarter.payments.dues import all_owed
from linli.quarter.payments.models import Promise
from linli.quarter.payments.owed import Owed, allowances, award, base_of
from linli.quarter.payments.queries import OPEN, subject_of


@action
def promise_allowances(*, by, cycle):
    """A promise for every line of the published quarter's allowance that is not there yet; all of them (R-50, R-51)."""
    cycle = _published(cycle)
    there = _by_base(Promise.objects.filter(bureau=cycle.bureau, period=cycle.period, kind=Promise.Kind.ALLOWANCE))
    for owed in allowances(cycle.bureau, cycle.current):
        if owed.base not in there and owed.amount_fen:
            _promise(by, cycle.bureau, owed, owed.base, owed.amount_fen)
    return list(Promise.objects.filter(bureau=cycle.bureau, period=cycle.period, kind=Promise.Kind.ALLOWANCE))


@action
def promise_award(*, by, decision):
    """The promise of the money that an approved award brings (R-52); once, however often it is asked."""
    proposal = decision.proposal
    if proposal.kind != "award" or decision.outcome != "approved":
        raise Refused(_("This decision brings no money."), _("Only an approved award is promised."))
    if decision.suspended_because:
        raise Refused(_("The decision is suspended."), _("Wait until it is resumed."))
    cycle = _published(proposal.cycle)
    owed = award(decision)
    _settle(by, cycle.bureau, owed, _lines_of(cycle.bureau, owed.base))
    return _lines_of(cycle.bureau, owed.base)[-1]


@action
def recalculate(*, by, cycle):
    """Sets right what the cycle's corrections changed; gives (promise, what) of each change, [] if nothing (R-55).

    what: "promised", "cancelled", "overpaid". Asked twice, the second time changes nothing.
    """
    cycle = _published(cycle)
    bureau, period = cycle.bureau, cycle.period
    locked = Promise.objects.select_for_update(of=("self",)).filter(bureau=bureau, period=period).order_by("pk")
    locked = list(locked.select_related("bureau", "decision__proposal"))
    of_allowance = _by_base(line for line in locked if line.kind == Promise.Kind.ALLOWANCE)
    if not of_allowance:
        return _recalled(by, cycle, locked)
    changes, owed_now = [], {owed.base: owed for owed in allowances(bureau, cycle.current)}
    for base in sorted({*of_allowance, *owed_now}):
        lines = of_allowance.get(base, [])
        owed = owed_now.get(base) or Owed.from_promise(lines[0], 0)
        changes += _settle(by, bureau, owed, lines)
    return changes + _recalled(by, cycle, locked)


def _recalled(by, cycle, locked):
    """Awards whose decision was revoked after a correction: nothing of them is owed any more."""
    changes = []
    for found in _by_base(line for line in locked if line.kind == Promise.Kind.AWARD).values():
        if not any(_stands(line.decision) for line in found if line.state != Promise.State.CANCELLED):
            changes += _settle(by, cycle.bureau, Owed.from_promise(found[-1], 0), found)
    return changes


def _stands(decision):
    return decision is None or decision.outcome == "approved" and decision.proposal.state != "superseded"


@action
def gather_dues(*, by, bureau):
    """Promises what the working rooms say is owed (their ``dues`` doors); those already promised are let alone."""
    # two clerks who gather at once do so one after the other
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)
    made = []
    for owed in all_owed(bureau):
        lines = _lines_of(bureau, owed.base)
        if not lines and owed.amount_fen > 0:
            made.append(_promise(by, bureau, owed, owed.base, owed.amount_fen))
    return made


def _published(cycle):
    """The cycle, locked: two clerks who promise or recalculate at once do so one after the other."""
    cycle = Cycle.objects.select_for_update().get(pk=cycle.pk)
    if cycle.state != Cycle.State.PUBLISHED or cycle.current is None:
        raise Refused(
            _("The quarter %(period)s is not published yet.") % {"period": cycle.period},
            _("Money is promised by published scores; publish the quarter first."),
        )
    return cycle


def _by_base(promises):
    found = {}
    for promise in promises:
        found.setdefault(base_of(promise.reference), []).append(promise)
    return found


def _lines_of(bureau, base):
    near = Promise.objects.select_for_update(of=("self",)).filter(bureau=bureau, reference__startswith=base)
    near = near.select_related("bureau").order_by("pk")
    return [line for line in near if base_of(line.reference) == base]


def _settle(by, bureau, owed, lines):
    """Makes what is promised and paid for one reference come to what is owed; [(promise, what changed)]."""
    paid = [line for line in lines if line.state == Promise.State.PAID]
    unpaid = [line for line in lines if line.state in OPEN]
    missing = owed.amount_fen - sum(line.amount_fen for line in paid)
    changes = _record_overpaid(by, paid[-1], max(-missing, 0)) if paid else []
    if sum(line.amount_fen for line in unpaid) == max(missing, 0) and _same_decision(unpaid, owed):
        return changes
    changes += [(_cancel(by, line), "cancelled") for line in unpaid]
    if missing > 0:
        reference = f"{owed.base}:r{len(lines) + 1}" if lines else owed.base
        corrects = (paid or unpaid or lines or [None])[-1]
        changes.append((_promise(by, bureau, owed, reference, missing, corrects), "promised"))
    return changes


def _same_decision(unpaid, owed):
    return all(line.decision_id == owed.decision_id for line in unpaid)


def _record_overpaid(by, line, fen):
    if line.overpaid_fen == fen:
        return []
    Promise.objects.filter(pk=line.pk).update(overpaid_fen=fen, version=F("version") + 1)
    line.overpaid_fen, line.version = fen, line.version + 1
    record(by=by, action="payments.overpaid", subject=subject_of(line), bureau=line.bureau, overpaid_fen=fen)
    return [(line, "overpaid")]


def _cancel(by, line):
    line.state, line.version = Promise.State.CANCELLED, line.version + 1
    Promise.objects.filter(pk=line.pk, state__in=OPEN).update(state=line.state, version=line.version)
    record(by=by, action="payments.cancel", subject=subject_of(line), bureau=line.bureau, amount_fen=line.amount_fen)
    return line


def _promise(by, bureau, owed, reference, amount_fen, corrects=None):
    made = Promise.objects.create(
        bureau=bureau,
        reference=reference,
        amount_fen=amount_fen,
        corrects=corrects,
        promised_at=clock.now(),
        **owed.columns(),
    )
    facts = {"amount_fen": amount_fen, "payee": owed.payee} | ({"corrects": corrects.reference} if corrects else {})
    record(by=by, action="payments.promise", subject=subject_of(made), bureau=bureau, **facts)
    return made
