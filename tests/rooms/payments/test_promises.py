"""Promised → due → paid: to the fen, never twice, never without a budget's approval (R-50 … R-54)."""

from datetime import date, datetime

import pytest

from linli.ground.officers.models import Relation
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.appraisal.models import Cycle
from linli.quarter.payments import actions, queries
from linli.quarter.payments.models import Payment, Promise
from tests.rooms import published


def test_promises_of_a_quarter_sum_to_its_pot_to_the_fen(promises):
    assert len(promises) == 11
    assert sum(promise.amount_fen for promise in promises) == round(50_000 * sum(p.months for p in promises))
    assert promises[0].reference == "allowance:2026Q3:O01"


def test_quarter_that_is_not_published_promises_nothing(cast):
    cycle = published.publish(cast, state=Cycle.State.NOTICED)
    with pytest.raises(Refused, match=r"2026Q3"):
        actions.promise_allowances(by=cast.user("personnel"), cycle=cycle)
    assert not Promise.objects.exists()


def test_promising_twice_promises_once(cast, cycle, promises):
    entries = Entry.objects.count()
    again = actions.promise_allowances(by=cast.user("personnel"), cycle=cycle)
    assert [promise.pk for promise in again] == [promise.pk for promise in promises]
    assert Entry.objects.count() == entries


def test_nothing_is_approved_before_the_budget_line_is_there_and_approved(cast, promises):
    leader, personnel = cast.user("leader1"), cast.user("personnel")
    with pytest.raises(Refused) as refusal:
        actions.approve(by=leader, promises=promises, document="31")
    assert "R-54" in refusal.value.remedy
    line = actions.set_budget(by=personnel, bureau=cast.bureau, year=2026, purpose="allowance", amount_fen=6_000_000)
    with pytest.raises(Refused):
        actions.approve(by=leader, promises=promises, document="31")
    actions.approve_budget(by=leader, line=line, approval_number="12", approved_on=date(2026, 1, 20))
    actions.approve(by=leader, promises=promises, document="31")
    assert set(Promise.objects.values_list("state", flat=True)) == {"due"}


def test_approved_line_is_due_thirty_days_later_and_says_by_what(due):
    line = Promise.objects.get(pk=due[0].pk)
    assert line.due_on == date(2026, 12, 6)
    assert (line.approved_by, line.approving_document) == ("secretary", "局黨委紀要〔2026〕31號")


def test_more_than_the_line_holds_is_refused_whole(cast, promises, budget):
    total = sum(promise.amount_fen for promise in promises)
    actions.set_budget(
        by=cast.user("personnel"), bureau=cast.bureau, year=2026, purpose="allowance", amount_fen=total - 1
    )
    budget.refresh_from_db()
    assert budget.approval_number == "", "a changed amount has to be approved anew"
    actions.approve_budget(by=cast.user("secretary"), line=budget, approval_number="13", approved_on=date(2026, 11, 1))
    with pytest.raises(Refused, match="left|剩"):
        actions.approve(by=cast.user("secretary"), promises=promises, document="31")
    assert set(Promise.objects.values_list("state", flat=True)) == {"promised"}
    actions.approve(by=cast.user("secretary"), promises=promises[1:], document="31")
    assert queries.budget_left(budget) == promises[0].amount_fen - 1


def test_paid_line_names_voucher_day_payer_and_signer(due, pay):
    paid = pay(due[0])
    assert (paid.amount_fen, paid.voucher, paid.paid_by) == (due[0].amount_fen, "記-0117", "personnel")
    assert paid.signed_by == due[0].payee_name
    assert Promise.objects.get(pk=due[0].pk).state == "paid"


def test_second_payment_is_told_of_the_first_and_nothing_is_paid(due, pay):
    pay(due[0])
    with pytest.raises(Refused, match="記-0117"):
        pay(due[0], voucher="記-0999")
    assert Payment.objects.count() == 1


def test_promised_line_cannot_be_paid(promises, budget, pay):
    with pytest.raises(Refused):
        pay(promises[0])


def test_payment_stops_when_the_budget_has_to_be_approved_anew(cast, due, pay):
    actions.set_budget(
        by=cast.user("personnel"), bureau=cast.bureau, year=2026, purpose="allowance", amount_fen=7_000_000
    )
    with pytest.raises(Refused) as refusal:
        pay(due[0])
    assert "R-54" in refusal.value.remedy


def test_who_approved_does_not_pay(cast, due, pay):
    with pytest.raises(NotAllowed):
        pay(due[0], by=cast.user("secretary"))


def test_who_entered_the_budget_does_not_approve_it(cast):
    personnel = cast.user("personnel")
    line = actions.set_budget(by=personnel, bureau=cast.bureau, year=2026, purpose="award", amount_fen=230_000)
    with pytest.raises(NotAllowed):
        actions.approve_budget(by=personnel, line=line, approval_number="12", approved_on=date(2026, 1, 20))


@pytest.mark.parametrize("wrong", [{"voucher": "  "}, {"signed_by": ""}, {"paid_on": date(2026, 11, 7)},
                                   {"paid_on": date(2026, 11, 5)}])  # fmt: skip
def test_payment_without_voucher_or_signer_or_on_a_wrong_day_is_refused(due, pay, wrong):
    with pytest.raises(Refused):
        pay(due[0], **wrong)
    assert not Payment.objects.exists()


def test_relative_neither_approves_nor_pays(cast, promises, budget, pay):
    Relation.objects.create(officer=cast.officer("O03"), relative=cast.user("secretary"), kind="sibling")
    Relation.objects.create(officer=cast.officer("O04"), relative=cast.user("personnel"), kind="spouse")
    with pytest.raises(NotAllowed, match="蔣國強"):
        actions.approve(by=cast.user("secretary"), promises=promises, document="31")
    due = actions.approve(by=cast.user("leader1"), promises=promises, document="31")
    with pytest.raises(NotAllowed, match="唐敏"):
        actions.pay_all(by=cast.user("personnel"), promises=due, voucher="1", paid_on=date(2026, 11, 6))
    assert not Payment.objects.exists()


def test_bulk_payment_is_all_or_nothing(cast, due, pay):
    personnel, day = cast.user("personnel"), date(2026, 11, 6)
    pay(due[3])
    with pytest.raises(Refused, match=due[3].payee_name):
        actions.pay_all(by=personnel, promises=due, voucher="記-0118", paid_on=day)
    assert Payment.objects.count() == 1
    rest = [promise for promise in due if promise != due[3]]
    made = actions.pay_all(by=personnel, promises=rest, voucher="記-0118", paid_on=day)
    assert {payment.voucher for payment in made} == {"記-0118"}
    assert made[0].signed_by == rest[0].payee_name


def test_line_is_overdue_from_the_midnight_after_its_last_day(cast, due):
    assert not queries.overdue(cast.bureau, date(2026, 12, 6)).exists()
    assert queries.overdue(cast.bureau, date(2026, 12, 7)).count() == 11


def test_paid_line_is_not_overdue(cast, due, pay):
    with clock.at(datetime(2026, 12, 20, 10)):
        pay(due[0], paid_on=date(2026, 12, 20))
    assert due[0] not in queries.overdue(cast.bureau, date(2026, 12, 20))


def test_every_step_of_a_promise_stands_in_the_trail(due, pay):
    pay(due[0])
    steps = [entry.action for entry in queries.history(due[0])]
    assert steps == ["payments.pay", "payments.approve", "payments.promise"]


def test_lines_of_two_bureaus_are_never_approved_together(cast, promises, budget):
    other = Promise.objects.create(
        bureau=cast.other_bureau, reference="x", kind="other", payee="x", payee_name="x", amount_fen=1,
        promised_at=clock.now(),
    )  # fmt: skip
    with pytest.raises(Refused):
        actions.approve(by=cast.user("secretary"), promises=[*promises, other], document="31")


def test_what_blocks_a_line_is_said_in_words(cast, promises):
    found = queries.blocks(promises)
    assert [code for code, _ in found[promises[0].pk]] == ["no_budget"]
