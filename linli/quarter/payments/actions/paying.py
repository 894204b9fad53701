"""From promised to due to paid: a leader approves, the personnel office pays, supervision may hold an award.

Rows are locked, all of them and in one order, before the first is changed: two who press at once do so one after the
other, and the second is told. A payment is one row to a promise, and the database lets no second one in.
"""

from collections import defaultdict
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.book.figures import yuan
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.payments.models import BudgetLine, Payment, Promise
from linli.quarter.payments.queries import budget_left, doubt_of, kin_of, said_state, subject_of, year_of

DAYS_TO_PAY = 30  # after approval


@action
def approve(*, by, promises, document, due_on=None):
    """Promised becomes due, for all of them or none; by a leader, with the document, against the year's budget.

    due_on: the last day to pay; by default the promise's own, or 30 days from today.
    """
    promises = _locked(promises)
    document = document.strip()
    if not document:
        raise Refused(_("The approving document is missing."), _("Enter the number of the document."))
    if due_on is not None and due_on < clock.today():
        raise Refused(_("The day to pay by has already passed."), _("Choose today or a later day."))
    _refuse_kin(by, promises)
    for promise in promises:
        _refuse_unless_promised(promise)
    lines = _covered(promises)
    approval = {"approved_at": clock.now(), "approved_by": by.username, "approving_document": document}
    for promise in promises:
        until = due_on or max(promise.due_on or clock.today(), clock.today() + timedelta(DAYS_TO_PAY))
        changed = {**approval, "budget": lines[promise.pk], "due_on": until, "state": Promise.State.DUE}
        _change(promise, **changed)
        facts = {"document": document, "due_on": until, "amount_fen": promise.amount_fen}
        record(by=by, action="payments.approve", subject=subject_of(promise), bureau=promise.bureau, **facts)
    return promises


@action
def pay(*, by, promise, voucher, paid_on, signed_by):
    """The one ``Payment`` of a due promise. Asked again, by whomever, it says by what it was paid and pays nothing."""
    (promise,) = _locked([promise])
    return _paid(by, [promise], voucher, paid_on, {promise.pk: signed_by})[0]


@action
def pay_all(*, by, promises, voucher, paid_on):
    """Payments of many promises by one voucher, each signed for by its payee; all of them or none."""
    promises = _locked(promises)
    return _paid(by, promises, voucher, paid_on, {promise.pk: promise.payee_name for promise in promises})


@action
def hold(*, by, promise, why):
    """An award waits while its payee is under investigation (R-54); supervision says why."""
    (promise,) = _locked([promise])
    _refuse_kin(by, [promise])
    if promise.kind != Promise.Kind.AWARD:
        raise Refused(_("Only an award is held."), _("Pay and allowances are not touched by an investigation."))
    if promise.state not in (Promise.State.PROMISED, Promise.State.DUE):
        raise Refused(_("This line is closed; there is nothing to hold."), "")
    if not why.strip():
        raise Refused(_("Say why the award is held."), _("The number of the case is enough."))
    _change(promise, held_because=why.strip()[:200])
    record(by=by, action="payments.hold", subject=subject_of(promise), bureau=promise.bureau)
    return promise


@action
def release(*, by, promise, why):
    """A held award goes on."""
    (promise,) = _locked([promise])
    _refuse_kin(by, [promise])
    if not promise.held_because:
        raise Refused(_("This award is not held."), "")
    _change(promise, held_because="")
    record(by=by, action="payments.release", subject=subject_of(promise), bureau=promise.bureau, why=why)
    return promise


def _locked(promises):
    """The promises as they stand now, locked until the end, of one bureau."""
    keys = [promise.pk for promise in promises]
    if not keys:
        raise Refused(_("No line was chosen."), _("Choose at least one line."))
    found = Promise.objects.select_for_update(of=("self",)).filter(pk__in=keys).order_by("pk")
    found = list(found.select_related("bureau", "decision__proposal"))
    if len(found) != len(set(keys)) or len({promise.bureau_id for promise in found}) != 1:
        raise Refused(_("These lines do not belong together."), _("Choose lines of one bureau."))
    return found


def _refuse_kin(by, promises):
    kin = kin_of(by, promises[0].bureau)
    for promise in promises:
        if promise.payee in kin and promise.kind != Promise.Kind.OTHER:
            raise NotAllowed(
                _("%(name)s is you or related to you.") % {"name": promise.payee_name},
                _("Somebody else has to do this (R-61)."),
            )


def _refuse_unless_promised(promise):
    if promise.state != Promise.State.PROMISED:
        raise Refused(
            _("%(name)s: this line is no longer waiting for approval; it is %(state)s.")
            % {"name": promise.payee_name, "state": said_state(promise)},
            _("Open the list again and choose among the lines that still wait."),
        )
    _refuse_held(promise)


def _refuse_held(promise):
    if promise.held_because:
        raise Refused(
            _("%(name)s: the award is held while the payee is under investigation.") % {"name": promise.payee_name},
            _("Supervision releases it when the case is closed."),
        )
    why = doubt_of(promise)
    if why:
        raise Refused(f"{promise.payee_name}: {why}", _("Look at the decision first; then come back to the money."))


def _covered(promises):
    """pk -> budget line, each approved and with enough left for all that is asked of it together (R-54)."""
    asked = defaultdict(list)
    for promise in promises:
        asked[year_of(promise), promise.kind].append(promise)
    lines = {}
    for (year, purpose), wanted in sorted(asked.items()):
        line = _approved_line(promises[0].bureau, year, purpose)
        needed, left = sum(promise.amount_fen for promise in wanted), budget_left(line)
        if needed > left:
            facts = {"needed": yuan(needed), "left": yuan(left), "year": year}
            raise Refused(
                _("%(needed)s yuan are asked of the budget of %(year)s, %(left)s yuan are left.") % facts,
                _("Approve fewer lines, or have the budget line raised and approved."),
            )
        lines |= {promise.pk: line for promise in wanted}
    return lines


def _approved_line(bureau, year, purpose):
    line = BudgetLine.objects.select_for_update().filter(bureau=bureau, year=year, purpose=purpose).first()
    if line is None or not line.approval_number:
        raise Refused(
            _("The money of %(year)s for this purpose has no funding approval number yet.") % {"year": year},
            _("An agency may not change pay on its own: enter the approval on the budget page first (R-54)."),
        )
    return line


def _paid(by, promises, voucher, paid_on, signers):
    voucher = voucher.strip()
    if not voucher:
        raise Refused(_("The voucher number is missing."), _("Enter the number of the payment voucher."))
    if paid_on > clock.today():
        raise Refused(_("The day of payment has not come yet."), _("Enter the day on which the money was paid."))
    _refuse_kin(by, promises)
    for promise in promises:
        _refuse_unless_payable(by, promise, paid_on)
        if not signers[promise.pk].strip():
            raise Refused(_("Nobody has signed for the money."), _("Enter who signed."))
    for line in BudgetLine.objects.filter(pk__in={promise.budget_id for promise in promises}):
        _approved_line(line.bureau, line.year, line.purpose)
    made = [_pay_one(by, promise, voucher, paid_on, signers[promise.pk].strip()) for promise in promises]
    for promise in promises:
        facts = {"voucher": voucher, "paid_on": paid_on, "amount_fen": promise.amount_fen}
        record(by=by, action="payments.pay", subject=subject_of(promise), bureau=promise.bureau, **facts)
    return made


def _refuse_unless_payable(by, promise, paid_on):
    if promise.state == Promise.State.PAID:
        raise _already(promise)
    if promise.state != Promise.State.DUE:
        facts = {"name": promise.payee_name, "state": said_state(promise)}
        raise Refused(
            _("%(name)s: this line cannot be paid; it is %(state)s.") % facts,
            _("A promised line is paid after a leader has approved it against an approved budget line."),
        )
    _refuse_held(promise)
    if by.username == promise.approved_by:
        raise NotAllowed(
            _("Whoever approved a payment does not pay it."), _("Somebody else of the personnel office pays.")
        )
    if paid_on < localdate(promise.approved_at):
        raise Refused(
            _("%(name)s: the day of payment lies before the approval.") % {"name": promise.payee_name},
            _("Enter the day on which the money was paid."),
        )


def _already(promise):
    paid = promise.payment
    facts = {"name": promise.payee_name, "amount": yuan(paid.amount_fen), "voucher": paid.voucher, "by": paid.paid_by}
    facts["day"] = date_format(paid.paid_on, "DATE_FORMAT")
    return Refused(
        _("%(name)s: already paid, %(amount)s yuan on %(day)s by %(by)s, voucher %(voucher)s.") % facts,
        _("Nothing was paid a second time."),
    )


def _pay_one(by, promise, voucher, paid_on, signed_by):
    _change(promise, state=Promise.State.PAID)
    made = {"voucher": voucher[:80], "paid_on": paid_on, "paid_by": by.username, "signed_by": signed_by[:80]}
    try:
        with transaction.atomic():
            return Payment.objects.create(promise=promise, amount_fen=promise.amount_fen, at=clock.now(), **made)
    except IntegrityError:
        raise _already(Promise.objects.get(pk=promise.pk)) from None


def _change(promise, **values):
    """Changes the row while it still stands as it was read; one row or a refusal."""
    stands = {"pk": promise.pk, "state": promise.state, "version": promise.version}
    if Promise.objects.filter(**stands).update(**values, version=F("version") + 1) != 1:
        raise Refused(
            _("%(name)s: somebody else has changed this line in the meantime.") % {"name": promise.payee_name},
            _("Open the list again and look at it as it is now."),
        )
    for name, value in values.items():
        setattr(promise, name, value)
    promise.version += 1
