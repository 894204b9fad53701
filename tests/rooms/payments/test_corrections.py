"""After a correction (R-55): unpaid lines are replaced, what is missing is paid beside, nothing is reclaimed."""

import pytest

from linli.quarter.payments import actions
from linli.quarter.payments.models import Promise
from tests.rooms import published


@pytest.fixture
def correct(cast, cycle):
    """``correct()``: C07 had more incidents than was said, so the others share more."""

    def corrected(number=2, incidents=200.0):
        published.revise(cast, cycle, number, incidents)
        return actions.recalculate(by=cast.user("personnel"), cycle=cycle)

    return corrected


def standing(officer):
    """What counts for one officer: (reference without its head, state, fen)."""
    lines = Promise.objects.filter(payee=officer).exclude(state="cancelled").order_by("pk")
    return [(line.reference.partition(officer)[2], line.state, line.amount_fen) for line in lines]


def target(officer, incidents=200.0):
    from linli.book import frozen

    lines = frozen.loads(published.computed(incidents=incidents)[1]).allowance
    return dict(zip(lines.officer, lines.amount_fen.tolist(), strict=True))[officer]


def test_unpaid_lines_are_replaced_and_still_sum_to_the_pot(promises, correct):
    pot = sum(promise.amount_fen for promise in promises)
    correct()
    assert standing("O07") == [(":r2", "promised", target("O07"))]
    counted = Promise.objects.exclude(state="cancelled")
    assert sum(line.amount_fen for line in counted) == pot
    assert Promise.objects.get(reference="allowance:2026Q3:O07").state == "cancelled"
    assert Promise.objects.get(reference="allowance:2026Q3:O07:r2").corrects.reference == "allowance:2026Q3:O07"


def test_underpaid_officer_gets_what_is_missing_beside(promises, due, pay, correct):
    line = next(line for line in due if line.payee == "O01")
    pay(line)
    correct()
    first, second = standing("O01")
    assert first == ("", "paid", line.amount_fen)
    assert second == (":r2", "promised", target("O01") - line.amount_fen)
    assert second[2] > 0


def test_overpaid_officer_keeps_the_money_and_it_is_recorded(due, pay, correct):
    line = next(line for line in due if line.payee == "O07")
    pay(line)
    correct()
    line.refresh_from_db()
    assert standing("O07") == [("", "paid", line.amount_fen)]
    assert line.overpaid_fen == line.amount_fen - target("O07") > 0


def test_recalculating_again_changes_nothing(cast, cycle, due, pay, correct):
    pay(due[0])
    assert correct()
    assert actions.recalculate(by=cast.user("personnel"), cycle=cycle) == []


def test_correction_of_a_correction_counts_everything_paid_before(due, pay, correct):
    line = next(line for line in due if line.payee == "O01")
    pay(line)
    correct()
    correct(3, None)
    assert standing("O01") == [("", "paid", line.amount_fen)]
    assert line.payment.amount_fen == target("O01", None)


def test_quarter_that_promised_nothing_has_nothing_to_set_right(correct):
    assert correct() == []
    assert not Promise.objects.exists()
