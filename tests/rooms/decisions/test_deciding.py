"""A named person decides, and only when nothing stands in the way (R-34, R-52, R-54, R-61, R-71)."""

from datetime import timedelta

import pytest

from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.appraisal.models import Objection
from linli.quarter.decisions import actions, queries
from linli.quarter.decisions.models import Decision, PoolMember, Proposal
from tests.rooms.quarters import AT, LATER, UNTIL, corrected, laid, proposing


@pytest.fixture
def waiting(cast):
    """The county's quarter, told to its officers; kind -> proposal of O08, last three times and below 80."""
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    return {one.kind: one for one in Proposal.objects.filter(cycle=cycle)}


@pytest.fixture
def later():
    with clock.at(LATER):
        yield


def codes(proposal, day=LATER):
    proposal.refresh_from_db()
    return [code for code, _ in queries.blocks(proposal, day)]


def objects(cast, proposal, due_on=LATER + timedelta(days=5), state="waiting"):
    return Objection.objects.create(
        cycle=proposal.cycle, officer=proposal.officer, number=1, kind="objection", text="數據有誤", sent_at=AT,
        due_on=due_on, state=state,
    )  # fmt: skip


def approve(cast, proposal, **more):
    return actions.decide(by=cast.user("secretary"), proposal=proposal, outcome="approved", reason="同意", **more)


def test_transfer_review_stays_blocked_until_everything_that_is_asked_is_there(cast, waiting):
    transfer, personnel, secretary = waiting["transfer_review"], cast.user("personnel"), cast.user("secretary")
    assert codes(transfer, UNTIL) == ["objection_period", "statement", "law_check", "minute_number"]

    objection = objects(cast, transfer)
    remedy = actions.open_remedy(
        by=personnel, cycle=transfer.cycle, officer=transfer.officer, kind="review", reference="復核〔2026〕1號"
    )
    with clock.at(LATER):
        actions.ask_statement(by=personnel, proposal=transfer)
    assert codes(transfer) == ["objection_open", "review_open", "statement", "law_check", "minute_number"]
    with clock.at(LATER), pytest.raises(Refused, match="waits for its answer"):
        approve(cast, transfer, minute_number="2026-41")

    Objection.objects.filter(pk=objection.pk).update(state="rejected")
    assert "objection_open" not in codes(transfer)
    actions.close_remedy(by=personnel, remedy=remedy, outcome="維持")
    assert codes(transfer) == ["statement", "law_check", "minute_number"]
    actions.state(by=cast.user("o08"), proposal=transfer, text="新城社區出租房屋多，請考慮。")
    assert codes(transfer) == ["law_check", "minute_number"]
    actions.check_law(by=personnel, proposal=transfer, text="第七十四條，無迴避情形")
    assert codes(transfer) == ["minute_number"]

    with clock.at(LATER):
        with pytest.raises(Refused, match="minute number is missing"):
            approve(cast, transfer)
        made = approve(cast, transfer, minute_number="2026-41")
    assert (made.outcome, made.decided_by, made.minute_number) == ("approved", secretary.username, "2026-41")
    assert codes(transfer) == []
    done = Entry.objects.get(action="decisions.decide")
    assert (done.by, done.subject, done.why) == ("secretary", "officer:O08", "同意") and "2026-41" in done.facts


def test_silence_after_the_day_is_taken_for_no_statement(cast, waiting):
    transfer = waiting["transfer_review"]
    with clock.at(LATER):
        with pytest.raises(Refused, match="too near"):
            actions.ask_statement(by=cast.user("personnel"), proposal=transfer, due_on=LATER)
        actions.ask_statement(by=cast.user("personnel"), proposal=transfer)
    assert "statement" in codes(transfer, transfer.statement_due_on)
    assert "statement" not in codes(transfer, transfer.statement_due_on + timedelta(days=1))


def test_officer_may_decline_and_nobody_else_speaks_for_him(cast, waiting):
    transfer = waiting["transfer_review"]
    for name in ("personnel", "secretary", "o07"):
        with pytest.raises(NotAllowed):
            actions.state(by=cast.user(name), proposal=transfer, text="我同意調離")
    actions.decline_statement(by=cast.user("o08"), proposal=transfer)
    assert "statement" not in codes(transfer)


def test_statement_of_an_officer_without_an_open_account_is_copied_by_the_personnel_office(cast, waiting):
    account = cast.user("o08")
    account.is_active = False
    account.save()
    actions.state(by=cast.user("personnel"), proposal=waiting["transfer_review"], text="書面陳述：……")
    assert "statement" not in codes(waiting["transfer_review"])


def test_nothing_adverse_before_the_officers_were_told(cast):
    cycle = laid(cast, told=False)
    actions.propose(by="linli", cycle=cycle)
    assert codes(Proposal.objects.get(kind="notice")) == ["objection_period"]


def test_last_day_of_the_period_still_blocks_and_the_day_after_does_not(waiting):
    assert codes(waiting["notice"], UNTIL) == ["objection_period"]
    assert codes(waiting["notice"], UNTIL + timedelta(days=1)) == []


def test_missed_answer_suspends_the_consequence_until_it_is_given(cast, waiting, later):
    objects(cast, waiting["talk"], due_on=LATER - timedelta(days=1))
    assert codes(waiting["talk"]) == ["answer_overdue"]
    with pytest.raises(Refused, match="2026Q3-O08-1"):
        approve(cast, waiting["talk"], talk="reminder")


def test_decision_is_suspended_by_an_answer_that_comes_too_late_and_resumed_after_it(cast, waiting, later):
    decision = approve(cast, waiting["talk"], talk="reminder")
    assert queries.suspension(decision) == ""
    late = objects(cast, waiting["talk"], due_on=LATER - timedelta(days=1))
    assert "2026Q3-O08-1" in queries.suspension(decision)
    actions.suspend(by="linli", decision=decision, why=queries.suspension(decision))
    with pytest.raises(Refused, match="missing"):
        actions.resume(by=cast.user("secretary"), decision=decision, why="繼續")
    Objection.objects.filter(pk=late.pk).update(state="rejected")
    actions.resume(by=cast.user("secretary"), decision=decision, why="已答覆")
    assert queries.suspension(decision) == ""


def test_only_the_secretary_decides_what_is_adverse(cast, waiting, later):
    for name in ("personnel", "leader1", "supervision", "o08", "stranger", "administrator"):
        for kind in ("notice", "transfer_review"):
            with pytest.raises(NotAllowed):
                actions.decide(by=cast.user(name), proposal=waiting[kind], outcome="approved", reason="同意")
    with pytest.raises(NotAllowed):
        actions.decide(by="linli", proposal=waiting["notice"], outcome="approved", reason="同意")


def test_personnel_office_may_hold_a_reminder_and_never_an_admonition(cast, waiting, later):
    by, talk = cast.user("personnel"), waiting["talk"]
    for more in ({"talk": "admonition", "minute_number": "2026-41"}, {"outcome": "rejected"}):
        with pytest.raises(NotAllowed):
            actions.decide(**{"by": by, "proposal": talk, "outcome": "approved", "reason": "同意", **more})
    assert actions.decide(by=by, proposal=talk, outcome="approved", reason="提醒", talk="reminder").talk == "reminder"


def test_talk_is_chosen_and_an_admonition_needs_a_minute(cast, waiting, later):
    with pytest.raises(Refused, match="Choose which talk"):
        approve(cast, waiting["talk"])
    with pytest.raises(Refused, match="minute number is missing"):
        approve(cast, waiting["talk"], talk="admonition")
    assert approve(cast, waiting["talk"], talk="admonition", minute_number="2026-41").talk == "admonition"


def test_related_secretary_is_refused(cast, waiting, later):
    cast.officer("O08").relations.create(relative=cast.user("secretary"), kind="sibling")
    with pytest.raises(NotAllowed, match="related"):
        approve(cast, waiting["notice"])


def test_rejecting_needs_a_reason_and_no_waiting(cast, waiting):
    secretary = cast.user("secretary")
    with pytest.raises(Refused, match="reason is blank"):
        actions.decide(by=secretary, proposal=waiting["notice"], outcome="rejected", reason="  ")
    made = actions.decide(by=secretary, proposal=waiting["notice"], outcome="rejected", reason="難以區分")
    assert made.outcome == "rejected"


def test_second_person_to_decide_is_shown_what_the_first_decided(cast, waiting, later):
    approve(cast, waiting["notice"])
    with pytest.raises(Stale) as refused:
        actions.decide(by=cast.user("secretary"), proposal=waiting["notice"], outcome="rejected", reason="不同意")
    assert ("不同意", "同意") in [row[1:] for row in refused.value.rows]
    assert Decision.objects.count() == 1


def test_decision_on_a_file_that_has_changed_since_is_stale(cast, waiting, later):
    seen = waiting["notice"].version
    actions.state(by=cast.user("o08"), proposal=waiting["notice"], text="我有話說。")
    with pytest.raises(Stale) as refused:
        approve(cast, waiting["notice"], version=seen)
    assert "我有話說。" in [row[2] for row in refused.value.rows]


def test_proposal_of_older_figures_waits_for_the_new_ones(cast, waiting, later):
    corrected(waiting["notice"].cycle)
    assert codes(waiting["notice"]) == ["recomputed"]
    with pytest.raises(Refused, match="computed anew"):
        approve(cast, waiting["notice"])


def test_evidence_gate_and_law_check_of_relatives_hold_a_notice_up(cast):
    blocked = proposing(blocked_by=lambda row: ("objection_period", "law_check", "evidence"))
    cycle = laid(cast, change=blocked)
    actions.propose(by="linli", cycle=cycle)
    notice = Proposal.objects.get(kind="notice")
    assert codes(notice) == ["evidence", "law_check"]
    actions.check_law(by=cast.user("personnel"), proposal=notice, text="已核")
    assert codes(notice) == ["evidence"]


def test_award_waits_for_the_money_and_the_nomination_for_law_and_minute(cast, later):
    cycle = laid(cast, "2025Q4")
    actions.propose(by="linli", cycle=cycle)
    award, nomination = (Proposal.objects.filter(kind=kind).first() for kind in ("award", "nomination"))
    assert codes(award) == ["funding_approval"] and codes(nomination) == ["law_check", "minute_number"]
    actions.enter_funding(by=cast.user("personnel"), proposal=award, number="臨財〔2026〕3號")
    assert codes(award) == [] and approve(cast, award).outcome == "approved"


def test_talent_pool_is_entered_by_a_decision_and_left_with_a_reason(cast, later):
    cycle = laid(cast, "2025Q4")
    actions.propose(by="linli", cycle=cycle)
    pool = Proposal.objects.filter(kind="talent_pool").first()
    approve(cast, pool, minute_number="2026-5")
    member = PoolMember.objects.get()
    assert member.officer == pool.officer
    actions.leave_pool(by=cast.user("personnel"), member=member, why="已提任")
    assert (member.left_because, member.left_on) == ("已提任", LATER)
    with pytest.raises(Refused, match="left the pool already"):
        actions.leave_pool(by=cast.user("personnel"), member=member, why="已提任")


def test_revoking_ends_the_membership_too(cast, later):
    cycle = laid(cast, "2025Q4")
    actions.propose(by="linli", cycle=cycle)
    decision = approve(cast, Proposal.objects.filter(kind="talent_pool").first(), minute_number="2026-5")
    actions.revoke(by=cast.user("secretary"), decision=decision, why="分數更正")
    assert PoolMember.objects.get().left_because == "分數更正"


def test_every_block_says_what_is_missing_why_and_what_to_do(waiting):
    for block in queries.full_blocks([waiting["transfer_review"]], UNTIL)[waiting["transfer_review"].pk]:
        assert all(text and text[-1] in ".!" for text in (block.what, block.why, block.remedy)), block
