"""Awards (R-52): from an approved decision, suspended while there is doubt, cancelled when the decision falls."""

from datetime import date

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.quarter.decisions.models import Decision, Proposal
from linli.quarter.payments import actions, queries
from linli.quarter.payments.models import Promise


@pytest.fixture
def decide(cast, cycle):
    """``decide("O04", 100_000)``: an approved award of so many fen."""

    def decided(officer="O04", fen=100_000, outcome="approved", kind="award", rule="R-52"):
        proposal = Proposal.objects.create(
            cycle=cycle, computation=cycle.current, officer=cast.officer(officer), community=cast.community("C04"),
            kind=kind, rule=rule, reason="mean", facts={"amount_fen": fen, "mean": 84.2}, distinguishable=False,
            state="decided",
        )  # fmt: skip
        return Decision.objects.create(
            proposal=proposal, outcome=outcome, reason="r", decided_by="secretary", decided_at=clock.now()
        )

    return decided


@pytest.fixture
def money(cast):
    line = actions.set_budget(
        by=cast.user("personnel"), bureau=cast.bureau, year=2026, purpose="award", amount_fen=230_000
    )
    return actions.approve_budget(
        by=cast.user("secretary"), line=line, approval_number="12", approved_on=date(2026, 1, 20)
    )


def promise(cast, decision):
    return actions.promise_award(by=cast.user("personnel"), decision=decision)


def test_approved_award_is_promised_once_however_often_it_is_asked(cast, decide):
    decision = decide()
    first, second = promise(cast, decision), promise(cast, decision)
    assert first.pk == second.pk
    assert (first.reference, first.amount_fen, str(first.score)) == ("award:2026:O04", 100_000, "84.20")


@pytest.mark.parametrize("wrong", [{"outcome": "rejected"}, {"kind": "nomination"}])
def test_only_an_approved_award_is_promised(cast, decide, wrong):
    with pytest.raises(Refused):
        promise(cast, decide(**wrong))


def test_held_award_is_neither_approved_nor_paid(cast, decide, money, pay):
    line = promise(cast, decide())
    actions.hold(by=cast.user("supervision"), promise=line, why="督〔2026〕3號")
    with pytest.raises(Refused):
        actions.approve(by=cast.user("secretary"), promises=[line], document="31")
    actions.release(by=cast.user("supervision"), promise=line, why="結案")
    actions.approve(by=cast.user("secretary"), promises=[line], document="31")
    actions.hold(by=cast.user("supervision"), promise=line, why="督〔2026〕4號")
    with pytest.raises(Refused):
        pay(line)
    assert not queries.overdue(cast.bureau, date(2027, 6, 1)).exists(), "a held award is not late"


def test_suspended_or_doubtful_decision_pays_nothing(cast, decide, money):
    decision = decide()
    line = promise(cast, decision)
    Decision.objects.filter(pk=decision.pk).update(suspended_because="an answer is missing")
    with pytest.raises(Refused):
        actions.approve(by=cast.user("secretary"), promises=[line], document="31")
    Decision.objects.filter(pk=decision.pk).update(suspended_because="")
    Proposal.objects.filter(pk=decision.proposal_id).update(review_because="other facts")
    with pytest.raises(Refused):
        actions.approve(by=cast.user("secretary"), promises=[line], document="31")


def test_revoked_award_is_cancelled_and_a_paid_one_is_recorded(cast, cycle, decide, money, pay):
    first, second = decide("O04", 100_000), decide("O02", 80_000)
    lines = [promise(cast, first), promise(cast, second)]
    actions.approve(by=cast.user("secretary"), promises=lines, document="31")
    pay(lines[1])
    Decision.objects.update(outcome="revoked")
    changes = actions.recalculate(by=cast.user("personnel"), cycle=cycle)
    assert sorted(what for _, what in changes) == ["cancelled", "overpaid"]
    assert Promise.objects.get(payee="O04").state == "cancelled"
    assert Promise.objects.get(payee="O02").overpaid_fen == 80_000
    assert actions.recalculate(by=cast.user("personnel"), cycle=cycle) == []


def test_new_decision_of_another_amount_replaces_what_was_not_paid(cast, decide):
    promise(cast, decide("O04", 100_000))
    Decision.objects.update(outcome="revoked")
    again = promise(cast, decide("O04", 90_000, rule="R-52b"))
    assert (again.reference, again.amount_fen) == ("award:2026:O04:r2", 90_000)
    assert [line.state for line in Promise.objects.order_by("pk")] == ["cancelled", "promised"]
