"""Proposals are taken over once, carried over a correction, and never told after the fact."""

import pytest

from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed
from linli.quarter.decisions import actions
from linli.quarter.decisions.models import Proposal
from tests.rooms.quarters import LATER, corrected, laid, proposing

KINDS = ["notice", "talk", "transfer_review"]


def standing(cycle):
    found = Proposal.objects.filter(cycle=cycle).exclude(state="superseded")
    return sorted((one.officer.code, one.kind, one.rule) for one in found)


def nobody(quarter):
    return proposing(lambda row: False)(quarter)


def o07_instead(quarter):
    """The same proposals, of O07 in C07."""
    return proposing(officer=lambda row: "O07", community=lambda row: "C07")(quarter)


def test_what_the_rules_propose_is_taken_over_with_its_arithmetic_and_doubt(cast):
    cycle = laid(cast)
    actions.propose(by=cast.user("personnel"), cycle=cycle)
    assert standing(cycle) == [("O08", "notice", "R-32"), ("O08", "talk", "R-32"), ("O08", "transfer_review", "R-31")]
    notice = Proposal.objects.get(kind="notice")
    assert notice.facts["score"] == 74.39 and notice.facts["run"][-1] == ["2026Q3", 74.39]
    assert (notice.distinguishable, notice.leaders, notice.offices) == (False, [], ["後勤股"])
    assert 0 < notice.p < 1 and notice.blocked_by == ["objection_period"]


def test_taking_over_twice_changes_nothing(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    before, entries = list(Proposal.objects.values()), Entry.objects.count()
    actions.propose(by="linli", cycle=cycle)
    assert (list(Proposal.objects.values()), Entry.objects.count()) == (before, entries)


def test_only_the_personnel_office_of_the_bureau_takes_over(cast):
    cycle = laid(cast)
    for name in ("secretary", "o08", "stranger", "auditor"):
        with pytest.raises(NotAllowed):
            actions.propose(by=cast.user(name), cycle=cycle)


def test_a_correction_that_lifts_the_officer_off_the_bottom_ends_what_waited(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    corrected(cycle, nobody)
    actions.propose(by="linli", cycle=cycle)
    assert standing(cycle) == []
    assert set(Proposal.objects.values_list("superseded_because", flat=True)) == {"corrected"}


def test_what_still_holds_is_carried_over_with_its_file(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    transfer = Proposal.objects.get(kind="transfer_review")
    actions.ask_statement(by=cast.user("personnel"), proposal=transfer)
    actions.state(by=cast.user("o08"), proposal=transfer, text="我不同意。")
    actions.check_law(by=cast.user("personnel"), proposal=transfer, text="第七十四條，無迴避情形")
    corrected(cycle)
    actions.propose(by="linli", cycle=cycle)
    renewed = Proposal.objects.get(kind="transfer_review", state="waiting")
    assert renewed.computation_id == cycle.current_id
    assert renewed.officer_statement == "我不同意。" and "第七十四條" in renewed.law_check
    transfer.refresh_from_db()
    assert (transfer.state, transfer.superseded_because) == ("superseded", "renewed")


def test_whoever_a_correction_moves_to_the_bottom_before_publication_gets_days_of_his_own(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    corrected(cycle, o07_instead)
    actions.propose(by="linli", cycle=cycle)
    assert {row[0] for row in standing(cycle)} == {"O07"}
    assert {str(one.own_objections_until) for one in Proposal.objects.filter(state="waiting")} == {"2026-10-23"}


def test_after_publication_the_next_one_gets_no_retroactive_notice_however_often_it_is_corrected(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    cycle.published_at = cycle.noticed_at
    for _ in range(2):
        corrected(cycle, o07_instead)
        actions.propose(by="linli", cycle=cycle)
        assert standing(cycle) == []
    recorded = Proposal.objects.filter(officer__code="O07")
    assert set(recorded.values_list("superseded_because", flat=True)) == {"no retroactive notice"}


def test_a_decided_one_that_no_longer_holds_stays_decided_and_is_marked(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    talk = Proposal.objects.get(kind="talk")
    decision = decided(cast, talk)
    corrected(cycle, nobody)
    actions.propose(by="linli", cycle=cycle)
    talk.refresh_from_db()
    assert (talk.state, talk.review_because) == ("decided", "no longer holds")
    actions.keep(by=cast.user("secretary"), decision=decision, why="談話已經舉行")
    actions.propose(by="linli", cycle=cycle)
    talk.refresh_from_db()
    assert talk.review_because == ""


def test_a_revoked_one_comes_back_only_when_a_later_correction_proposes_it(cast):
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    decision = decided(cast, Proposal.objects.get(kind="talk"))
    corrected(cycle, proposing(facts=lambda row: {**row.facts, "score": 75.0}))
    actions.propose(by="linli", cycle=cycle)
    assert Proposal.objects.get(kind="talk").review_because == "other facts"
    decision.refresh_from_db()
    actions.revoke(by=cast.user("secretary"), decision=decision, why="分數已更正")
    actions.propose(by="linli", cycle=cycle)
    assert Proposal.objects.filter(kind="talk").count() == 1
    corrected(cycle)
    actions.propose(by="linli", cycle=cycle)
    assert Proposal.objects.filter(kind="talk", state="waiting").count() == 1


def decided(cast, proposal):
    with clock.at(LATER):
        return actions.decide(
            by=cast.user("secretary"), proposal=proposal, outcome="approved", reason="同意", talk="reminder"
        )
