"""Budget lines: a year's money for one purpose, and the number of the document that approves it (R-54)."""

from django.db import IntegrityError, transaction
from django.db.models import F
from django.utils.translation import gettext as _

from linli.book.figures import yuan
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.payments.models import BudgetLine
from linli.quarter.payments.queries import budget_left

LARGEST_FEN = 10**13  # a hundred thousand million yuan: whatever is above is a slip of the finger


@action
def set_budget(*, by, bureau, year, purpose, amount_fen, source="", version=None):
    """The ``BudgetLine`` of that year and purpose with this amount. Changing an approved one takes its approval away.

    version: of the line that the writer saw (0: there was none); None asks no question.
    """
    _check_amount(year, purpose, amount_fen)
    line = BudgetLine.objects.select_for_update().filter(bureau=bureau, year=year, purpose=purpose).first()
    if line is None:
        line = _first(by, bureau, year, purpose, amount_fen, source)
    else:
        _change(by, line, amount_fen, source, version)
    facts = {"year": year, "purpose": purpose, "amount_fen": amount_fen, "source": source}
    record(by=by, action="payments.set_budget", subject=f"budget:{year}:{purpose}", bureau=bureau, **facts)
    return line


def _check_amount(year, purpose, amount_fen):
    if purpose not in BudgetLine.Purpose.values:
        raise Refused(_("There is no such purpose."), _("Choose allowance, award or other."))
    if not 2000 <= year <= 2999:
        raise Refused(_("That is no year of a budget."), _("Write the year in four digits."))
    if isinstance(amount_fen, bool) or not isinstance(amount_fen, int) or not 0 < amount_fen <= LARGEST_FEN:
        raise Refused(_("The amount is not a sum above zero."), _("Write yuan with at most two decimals."))


def _first(by, bureau, year, purpose, amount_fen, source):
    made = {"amount_fen": amount_fen, "source": source, "entered_by": name_of(by)}
    try:
        with transaction.atomic():
            return BudgetLine.objects.create(bureau=bureau, year=year, purpose=purpose, **made)
    except IntegrityError:
        stands = BudgetLine.objects.get(bureau=bureau, year=year, purpose=purpose)
        raise _stale(stands, amount_fen, source) from None


def _change(by, line, amount_fen, source, version):
    if version is not None and version != line.version:
        raise _stale(line, amount_fen, source)
    taken = line.amount_fen - budget_left(line)
    if amount_fen < taken:
        raise Refused(
            _("%(taken)s yuan of this line are already approved or paid.") % {"taken": yuan(taken)},
            _("Enter at least that amount."),
        )
    same = (line.amount_fen, line.source) == (amount_fen, source)
    line.amount_fen, line.source = amount_fen, source
    if not same:
        line.approval_number, line.approved_on = "", None
        line.entered_by = name_of(by)
    line.version += 1
    line.save()


def _stale(line, amount_fen, source):
    rows = [
        (_("Amount in yuan"), yuan(amount_fen).replace(",", ""), yuan(line.amount_fen).replace(",", ""), "amount"),
        (_("Source of the money"), source, line.source, "source"),
    ]
    return Stale(_("Somebody else has changed this budget line."), rows, line.version)


@action
def approve_budget(*, by, line, approval_number, approved_on):
    """Enters the document that approves a line's money; by somebody other than who entered the amount."""
    line = BudgetLine.objects.select_for_update().get(pk=line.pk)
    approval_number = approval_number.strip()
    if not approval_number:
        raise Refused(_("The approval has no number."), _("Enter the number that stands on the document."))
    if approved_on > clock.today():
        raise Refused(_("The approval's day has not come yet."), _("Enter the day that stands on the document."))
    if line.approval_number:
        raise Refused(
            _("This line is already approved by %(number)s.") % {"number": line.approval_number},
            _("To change it, the personnel office changes the amount; then it is approved anew."),
        )
    if by.username == line.entered_by:
        raise NotAllowed(_("Whoever entered an amount does not approve it."), _("Ask a leader to enter the approval."))
    approval = {"approval_number": approval_number, "approved_on": approved_on}
    BudgetLine.objects.filter(pk=line.pk).update(**approval, version=F("version") + 1)
    line.refresh_from_db()
    subject = f"budget:{line.year}:{line.purpose}"
    record(by=by, action="payments.approve_budget", subject=subject, bureau=line.bureau, **approval)
    return line
