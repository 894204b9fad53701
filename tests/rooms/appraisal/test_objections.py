"""R-70 to R-72: sent in time, answered in time, by somebody who did not score it."""

from datetime import date, datetime

import pytest

from linli.ground.accounts.models import User
from linli.ground.officers.models import Relation
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.appraisal import actions, queries
from linli.quarter.appraisal.independence import answerers, hindrance, may_read
from linli.quarter.appraisal.models import Objection
from tests.rooms.appraisal.conftest import LAST_DAY, Quarter

RIGHT = {("C08", "visibility"): {"numerator": 220.0, "denominator": 260.0}}


def _answer(quarter, sent, day=date(2026, 10, 22), by=None, **how):
    said = {"outcome": "rejected", "answer": "記錄與巡查相符。"} | how
    with clock.at(day):
        return actions.answer(by=by or quarter.reviewer, objection=sent, **said)


def test_an_objection_waits_five_working_days_for_its_answer(quarter):
    quarter.noticed()
    sent = quarter.objection(day=date(2026, 10, 20))
    assert (sent.reference, sent.state, sent.due_on) == ("2026Q3-O08-1", "waiting", date(2026, 10, 27))


def test_it_may_be_sent_to_the_last_minute_of_the_last_day_and_not_a_minute_later(quarter):
    quarter.noticed()
    officer = quarter.officer()
    said = {"by": officer.account, "cycle": quarter.cycle, "officer": officer, "kind": "objection", "text": "有誤"}
    with clock.at(datetime(2026, 10, 26, 23, 59)):
        actions.send_objection(**said)
    with clock.at(datetime(2026, 10, 27, 0, 0)), pytest.raises(Refused) as refused:
        actions.send_objection(**said | {"text": "又有誤"})
    assert "30 days" in str(refused.value.remedy) and "96" in str(refused.value.remedy)


def test_the_period_runs_over_the_national_day_holiday(full_cast):
    quarter = Quarter.__new__(Quarter)
    quarter.cast, quarter.bureau = full_cast, full_cast.bureau
    personnel = full_cast.user("personnel")
    with clock.at(date(2026, 9, 28)):
        cycle = actions.open_cycle(by=personnel, bureau=full_cast.bureau, period="2026Q2")
        actions.compute(by="linli", revision=actions.freeze(by=personnel, cycle=cycle))
        actions.give_notice(by=personnel, cycle=cycle)
    assert queries.cycles_of(full_cast.bureau).get().objections_until == date(2026, 10, 10)  # a Saturday made up


def test_the_period_runs_over_the_spring_festival_and_its_made_up_saturdays(full_cast):
    personnel = full_cast.user("personnel")
    with clock.at(date(2026, 2, 12)):
        cycle = actions.open_cycle(by=personnel, bureau=full_cast.bureau, period="2025Q4")
        actions.compute(by="linli", revision=actions.freeze(by=personnel, cycle=cycle))
        actions.give_notice(by=personnel, cycle=cycle)
    # the 13th, Saturday the 14th, then from the 24th; Saturday the 28th works too
    assert queries.cycles_of(full_cast.bureau).get().objections_until == date(2026, 2, 26)


def test_only_the_officer_objects_to_the_own_file(quarter):
    quarter.noticed()
    officer = quarter.officer("O08")
    for name in ("o07", "personnel", "secretary", "leader1"):
        with clock.at(date(2026, 10, 20)), pytest.raises(NotAllowed):
            actions.send_objection(
                by=quarter.cast.user(name), cycle=quarter.cycle, officer=officer, kind="objection", text="有誤"
            )


def test_before_the_notice_an_officer_asks_for_a_clarification(quarter):
    quarter.frozen()
    asked = quarter.objection(kind="clarification", day=date(2026, 10, 14))
    assert asked.due_on == date(2026, 10, 21)
    with pytest.raises(Refused, match="not been told"):
        quarter.objection(day=date(2026, 10, 14))


def test_before_the_freeze_there_is_nothing_to_object_to(quarter):
    with pytest.raises(Refused, match="not frozen"):
        quarter.objection(kind="clarification", day=date(2026, 9, 1))


def test_a_clarification_is_answered_and_may_become_an_objection(quarter):
    quarter.noticed()
    asked = quarter.objection(kind="clarification")
    asked = _answer(quarter, asked, outcome="answered", answer="見督察記錄。")
    grown = quarter.objection(day=date(2026, 10, 23), from_clarification=asked)
    assert (asked.state, grown.number, grown.from_clarification) == ("answered", 2, asked)


def test_a_waiting_clarification_goes_on_as_the_objection(quarter):
    quarter.noticed()
    asked = quarter.objection(kind="clarification")
    quarter.objection(day=date(2026, 10, 21), from_clarification=asked)
    asked.refresh_from_db()
    assert asked.state == "withdrawn" and queries.open_objections(quarter.cycle).count() == 1


def test_a_clarification_answered_at_the_end_leaves_two_working_days_to_object(quarter):
    quarter.noticed()
    asked = quarter.objection(kind="clarification", day=LAST_DAY)
    asked = _answer(quarter, asked, day=date(2026, 10, 29), outcome="answered", answer="如上。")
    assert queries.objections_end(quarter.cycle) == date(2026, 11, 2)
    with clock.at(date(2026, 11, 2)), pytest.raises(Refused, match="until"):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="2026-41")
    with pytest.raises(Refused, match="ended"):
        quarter.objection(day=date(2026, 10, 30))
    assert quarter.objection(day=date(2026, 11, 2), from_clarification=asked).state == "waiting"


def test_somebody_elses_clarification_cannot_become_ones_objection(quarter):
    quarter.noticed()
    asked = quarter.objection("O07", kind="clarification")
    with pytest.raises(Refused, match="own clarification"):
        quarter.objection("O08", from_clarification=asked)


def test_the_same_sent_twice_is_refused(quarter):
    quarter.noticed()
    quarter.objection()
    with pytest.raises(Refused, match="same already"):
        quarter.objection()


@pytest.mark.parametrize("text", ["", "  \n ", "長" * 10_001])
def test_blank_and_endless_texts_are_refused(quarter, text):
    quarter.noticed()
    with pytest.raises(Refused):
        quarter.objection(text=text)


def test_a_rate_that_the_scheme_has_not_is_refused(quarter):
    quarter.noticed()
    with pytest.raises(Refused, match="no rate"):
        quarter.objection(rate="arrests")


def test_the_text_stands_encrypted_and_not_in_the_trail(quarter):
    from django.db import connection

    quarter.noticed()
    quarter.objection(text="秘密的話")
    with connection.cursor() as cursor:
        cursor.execute("SELECT text FROM appraisal_objection")
        assert "秘密" not in cursor.fetchone()[0]
    assert not Entry.objects.filter(facts__contains="秘密").exists() and not Entry.objects.filter(why__contains="秘密")


def test_an_upheld_objection_corrects_and_names_its_revision(quarter):
    quarter.noticed()
    before = quarter.cycle.current
    sent = _answer(quarter, quarter.objection(), outcome="upheld", answer="更正。", changes=RIGHT)
    after = quarter.read().current
    assert (sent.state, sent.correction, after.revision.number) == ("upheld", after.revision, 2)
    assert after.revision.approved_by == "reviewer" and sent.reference in after.revision.reason
    moved = queries.diff(before, after)
    assert ("C08", "visibility") in {one.key for one in moved.figures} and "O08" in moved.officers()


def test_upheld_without_a_correction_and_rejected_with_one_are_refused(quarter):
    quarter.noticed()
    sent = quarter.objection()
    with pytest.raises(Refused, match="corrects something"):
        _answer(quarter, sent, outcome="upheld")
    with pytest.raises(Refused, match="that is upheld corrects figures"):
        _answer(quarter, sent, changes=RIGHT)
    with pytest.raises(Refused, match="does not fit"):
        _answer(quarter, sent, outcome="answered")
    assert Objection.objects.get().state == "waiting"


def test_a_rejection_needs_its_reasons(quarter):
    quarter.noticed()
    with pytest.raises(Refused):
        _answer(quarter, quarter.objection(), answer="   ")


def test_an_answer_corrects_the_officers_own_community_alone(quarter):
    quarter.noticed()
    with pytest.raises(Refused, match="not the officer's community"):
        _answer(quarter, quarter.objection(), outcome="upheld", changes={("C07", "visibility"): {"numerator": 1.0}})


def test_a_correction_that_cannot_be_leaves_the_objection_waiting(quarter):
    quarter.noticed()
    sent = quarter.objection()
    with pytest.raises(Refused):
        _answer(quarter, sent, outcome="upheld", changes={("C08", "visibility"): {"numerator": 999.0}})
    assert Objection.objects.get().state == "waiting" and quarter.read().current.revision.number == 1


@pytest.mark.parametrize(
    "name, why",
    [
        ("personnel", "supplied"),
        ("supervision", "verified"),
        ("o08", "personnel office or by supervision"),
        ("leader1", "personnel office or by supervision"),
        ("secretary", "personnel office or by supervision"),
        ("stranger", "personnel office or by supervision"),
    ],
)
def test_whoever_scored_it_cannot_answer(quarter, name, why):
    quarter.noticed()
    sent = quarter.objection()
    assert why in hindrance(quarter.cast.user(name), sent)
    with pytest.raises(NotAllowed):
        _answer(quarter, sent, by=quarter.cast.user(name))


def test_whoever_froze_the_quarter_or_had_a_part_in_a_correction_cannot_answer(quarter):
    with clock.at(date(2026, 10, 13)):
        revision = actions.freeze(by=quarter.second, cycle=quarter.cycle)
        actions.compute(by="linli", revision=revision)
        actions.give_notice(by=quarter.personnel, cycle=quarter.cycle)
    sent = quarter.objection(day=date(2026, 10, 14))
    assert "froze" in hindrance(quarter.second, sent) and not hindrance(quarter.reviewer, sent)
    with clock.at(date(2026, 10, 14)):
        actions.correct(by=quarter.personnel, cycle=quarter.cycle, changes=RIGHT, reason="漏計", approved_by="reviewer")
    assert "correction" in hindrance(quarter.reviewer, sent)


def test_a_relative_of_the_officer_cannot_answer_extend_nor_read(quarter):
    quarter.noticed()
    sent = quarter.objection()
    Relation.objects.create(officer=quarter.officer("O08"), relative=quarter.reviewer, kind="sibling")
    assert "related" in hindrance(quarter.reviewer, sent) and not may_read(quarter.reviewer, sent)
    with pytest.raises(NotAllowed):
        _answer(quarter, sent)
    with clock.at(date(2026, 10, 21)), pytest.raises(NotAllowed):
        actions.extend(by=quarter.reviewer, objection=sent, why="忙")
    assert [user.username for user in answerers(sent)] == ["personnel2"]


def test_stepping_back_is_recorded_with_its_reason_and_somebody_else_answers(quarter):
    quarter.noticed()
    sent = quarter.objection()
    with clock.at(date(2026, 10, 21)):
        actions.recuse(by=quarter.reviewer, objection=sent, why="曾與其共事")
        actions.recuse(by=quarter.reviewer, objection=sent, why="曾與其共事")
    assert sent.recusals.get().why == "曾與其共事"
    assert Entry.objects.filter(action="appraisal.recuse", by="reviewer").count() == 1
    with pytest.raises(NotAllowed):
        _answer(quarter, sent)
    assert _answer(quarter, sent, by=quarter.second).answered_by == "personnel2"


def test_the_deadline_is_extended_once_by_five_working_days(quarter):
    quarter.noticed()
    sent = quarter.objection()
    with clock.at(date(2026, 10, 26)):
        sent = actions.extend(by=quarter.reviewer, objection=sent, why="等候錄像")
        assert sent.due_on == date(2026, 11, 3)
        with pytest.raises(Refused, match="once already"):
            actions.extend(by=quarter.reviewer, objection=sent, why="再等")


def test_a_deadline_that_is_over_is_not_extended(quarter):
    quarter.noticed()
    with clock.at(date(2026, 10, 28)), pytest.raises(Refused, match="was due"):
        actions.extend(by=quarter.reviewer, objection=quarter.objection(), why="忙")


def test_an_answer_that_was_missed_is_seen_from_the_day_after(quarter):
    quarter.noticed()
    sent = quarter.objection()
    assert not queries.overdue_answers(quarter.bureau, date(2026, 10, 27))
    assert list(queries.overdue_answers(quarter.bureau, date(2026, 10, 28))) == [sent]
    _answer(quarter, sent, day=date(2026, 10, 30))
    assert not queries.overdue_answers(quarter.bureau, date(2026, 10, 30))
    assert '"late":true' in Entry.objects.filter(action="appraisal.answer").get().facts


def test_two_who_answer_at_once_the_second_is_shown_the_first(quarter):
    quarter.noticed()
    sent = quarter.objection()
    same = Objection.objects.get(pk=sent.pk)
    _answer(quarter, sent)
    with pytest.raises(Stale) as stale:
        _answer(quarter, same, by=quarter.second, answer="另一答覆")
    assert stale.value.rows[1][1:] == ("另一答覆", "記錄與巡查相符。")


def test_an_objection_is_taken_back_by_the_officer_alone_and_leaves_no_mark_on_the_score(quarter):
    quarter.noticed()
    sent, before = quarter.objection(), quarter.cycle.current_id
    with clock.at(date(2026, 10, 21)):
        with pytest.raises(NotAllowed):
            actions.withdraw_objection(by=quarter.personnel, objection=sent)
        actions.withdraw_objection(by=quarter.officer().account, objection=sent)
        with pytest.raises(Refused):
            actions.withdraw_objection(by=quarter.officer().account, objection=sent)
    assert quarter.read().current_id == before and not queries.open_objections(quarter.cycle)


def test_a_clock_set_back_shortens_no_deadline(quarter):
    quarter.noticed()
    sent = quarter.objection(day=date(2026, 9, 1))
    assert sent.due_on == date(2026, 10, 26)  # counted from the notice
    assert '"clock_back":true' in Entry.objects.get(action="appraisal.send_objection").facts


def test_the_text_is_read_by_the_officer_whoever_may_answer_and_the_secretary(quarter):
    quarter.noticed()
    sent = quarter.objection()
    names = ("o08", "o07", "reviewer", "personnel2", "personnel", "supervision", "secretary", "leader1", "stranger")
    readers = {n for n in names if may_read(User.objects.get(username=n), sent)}
    assert readers == {"o08", "reviewer", "personnel2", "secretary"}
    sent = _answer(quarter, sent)
    readers = {n for n in names if may_read(User.objects.get(username=n), sent)}
    assert readers == {"o08", "reviewer", "secretary"}
