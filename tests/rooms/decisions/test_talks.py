"""The record of a talk (R-35): who holds it, who writes it down, both signatures, the follow-up, who reads it."""

from datetime import timedelta

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.decisions import actions, queries
from linli.quarter.decisions.models import Proposal
from linli.quarter.decisions.talk_form import docx
from tests.rooms.quarters import LATER, laid


@pytest.fixture
def talk(cast):
    """An approved reminder talk; the clock stands on the day after."""
    actions.propose(by="linli", cycle=laid(cast))
    with clock.at(LATER):
        decision = actions.decide(
            by=cast.user("secretary"), proposal=Proposal.objects.get(kind="talk"), outcome="approved", reason="同意",
            talk="reminder",
        )  # fmt: skip
    with clock.at(LATER + timedelta(days=1)):
        yield decision


def recorded(cast, decision, **more):
    facts = {
        "by": cast.user("personnel"), "date": LATER, "place": "局談話室", "talker": cast.user("leader1"),
        "recorder": "王小明", "headings": "新城社區發案情況", "plan": "每週入戶兩次",
    }  # fmt: skip
    return actions.record_talk(**{"decision": decision, **facts, **more})


def test_record_keeps_what_was_said_encrypted_and_is_followed_up_after_thirty_days(cast, talk):
    record = recorded(cast, talk)
    assert record.follow_up_on == LATER + timedelta(days=30)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT headings, plan FROM decisions_talkrecord")
        assert "新城社區" not in str(cursor.fetchall())


def test_talk_has_one_record(cast, talk):
    recorded(cast, talk)
    with pytest.raises(Refused, match="record already"):
        recorded(cast, talk)


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({"date": LATER + timedelta(days=9)}, "future"),
        ({"date": LATER - timedelta(days=1)}, "before its decision"),
        ({"recorder": "  "}, "blank"),
        ({"recorder": "廖小芳"}, "third person"),
        ({"headings": ""}, "blank"),
        ({"follow_up_on": LATER}, "before the talk"),
    ],
)
def test_record_that_cannot_be_true_is_refused(cast, talk, more, said):
    with pytest.raises(Refused) as refused:
        recorded(cast, talk, **more)
    assert said in refused.value.message + refused.value.remedy


def test_talker_is_a_leader_who_is_not_related(cast, talk):
    with pytest.raises(Refused, match="held by a leader"):
        recorded(cast, talk, talker=cast.user("o07"))
    cast.officer("O08").relations.create(relative=cast.user("leader1"))
    with pytest.raises(Refused, match="related"):
        recorded(cast, talk)


def test_record_is_written_by_who_held_the_talk_or_by_the_personnel_office(cast, talk):
    with pytest.raises(NotAllowed):
        recorded(cast, talk, by=cast.user("leader2"))
    assert recorded(cast, talk, by=cast.user("leader1")).talker == cast.user("leader1")


def test_both_sign_once_and_the_officer_adds_his_view(cast, talk):
    record = recorded(cast, talk)
    actions.sign_talk(by=cast.user("o08"), record=record, view="接受提醒，但出租房屋太多。")
    actions.sign_talk(by=cast.user("leader1"), record=record)
    assert record.officer_view == "接受提醒，但出租房屋太多。" and record.signed_by_talker_at
    with pytest.raises(Refused, match="signed already"):
        actions.sign_talk(by=cast.user("o08"), record=record, view="改一下")
    with pytest.raises(NotAllowed):
        actions.sign_talk(by=cast.user("personnel"), record=record)


def test_what_was_signed_is_not_changed(cast, talk):
    record, personnel = recorded(cast, talk), cast.user("personnel")
    texts = {"place": "派出所", "headings": "發案", "plan": "每週三次"}
    actions.amend_talk(by=personnel, record=record, version=1, **texts)
    with pytest.raises(Stale):
        actions.amend_talk(by=personnel, record=record, version=1, **texts)
    actions.sign_talk(by=cast.user("o08"), record=record)
    with pytest.raises(Refused, match="signed"):
        actions.amend_talk(by=personnel, record=record, version=2, **texts)


def test_follow_up_is_entered_once_after_the_day_of_the_talk(cast, talk):
    record = recorded(cast, talk)
    actions.follow_up(by=cast.user("leader1"), record=record, found="已入戶八次")
    with pytest.raises(Refused, match="already"):
        actions.follow_up(by=cast.user("personnel"), record=record)


def test_suspended_talk_is_not_held(cast, talk):
    actions.suspend(by=cast.user("personnel"), decision=talk, why="在調查中")
    with pytest.raises(Refused, match="在調查中"):
        recorded(cast, talk)


def test_only_officer_talker_and_personnel_office_read_it(cast, talk):
    record = recorded(cast, talk)
    readers = {name for name in ("o08", "o07", "leader1", "leader2", "personnel", "secretary", "supervision", "auditor")
               if queries.may_see_talk(cast.user(name), talk, record)}  # fmt: skip
    assert readers == {"o08", "leader1", "personnel"}


def test_document_has_a_place_for_both_signatures(cast, talk):
    import io

    from docx import Document

    found = Document(io.BytesIO(docx(recorded(cast, talk))))
    cells = [cell.text for table in found.tables for row in table.rows for cell in row.cells]
    for text in ("談話對象簽名", "談話人簽名", "王小明", "新城社區發案情況", "局談話室"):
        assert text in cells
    assert docx(recorded_again(talk)) == docx(recorded_again(talk))


def recorded_again(decision):
    decision.refresh_from_db()
    return decision.talk_record
