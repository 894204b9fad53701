"""Calls away: two sides, both kept, a third where they differ, and silence that harms no officer."""

from datetime import date

import pytest

from linli.ground.officers.models import Relation
from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.worklog import actions, counts
from linli.work.worklog.models import CallAway
from tests.rooms.worklog.conftest import at


@pytest.fixture
def entered(officer):
    """``entered(by)``: a call of three hours."""

    def made(by, **more):
        asked = {"officer": officer, "kind": "case", "started_at": at(8, 9), "ended_at": at(8, 12), "ordered_by": "所"}
        return actions.call_away(by=by, **asked | more)

    return made


def test_officers_word_waits_for_the_station_and_then_counts(cast, officer, entered):
    call = entered(officer.account)
    assert not counts.is_counted(call, clock.today())
    actions.answer_call(by=cast.user("station"), call=call, confirms=True)
    assert counts.is_counted(call, clock.today())


def test_silence_of_the_station_lets_the_officers_word_stand(officer, entered):
    call = entered(officer.account)
    assert not counts.is_counted(call, counts.answer_due(call))
    assert counts.is_counted(call, date(2026, 9, 17))


def test_what_the_station_enters_stands_at_once(cast, entered):
    assert counts.is_counted(entered(cast.user("station")), clock.today())


def test_disputed_call_counts_only_when_a_third_person_says_so(cast, officer, entered):
    call = entered(officer.account)
    with pytest.raises(Refused):
        actions.answer_call(by=cast.user("station"), call=call, confirms=False)
    actions.answer_call(by=cast.user("station"), call=call, confirms=False, note="沒有")
    assert not counts.is_counted(call, date(2026, 12, 1))
    actions.decide_call(by=cast.user("personnel"), call=call, counts=True, why="值班表為證")
    assert counts.is_counted(call, clock.today())
    with pytest.raises(Refused):
        actions.decide_call(by=cast.user("supervision"), call=call, counts=False, why="x")
    assert (call.station_note, call.decided_because) == ("沒有", "值班表為證")


def test_nobody_decides_on_a_relative_and_no_side_decides_at_all(cast, officer, entered):
    call = entered(officer.account)
    actions.answer_call(by=cast.user("station"), call=call, confirms=False, note="沒有")
    Relation.objects.create(officer=officer, relative=cast.user("personnel"))
    for name in ("personnel", "station", "o01", "leader1"):
        with pytest.raises(NotAllowed):
            actions.decide_call(by=cast.user(name), call=call, counts=True, why="x")


def test_only_the_officer_or_the_own_station_enters_and_only_the_station_answers(cast, officer, entered):
    for name in ("o02", "personnel", "supervision"):
        with pytest.raises(NotAllowed):
            entered(cast.user(name))
    call = entered(officer.account)
    for name in ("o01", "supervision"):
        with pytest.raises(NotAllowed):
            actions.answer_call(by=cast.user(name), call=call, confirms=True)


def test_same_key_is_one_call_and_two_answers_are_one(cast, officer, entered):
    first = entered(officer.account, client_key="k")
    assert entered(officer.account, client_key="k").pk == first.pk
    assert CallAway.objects.count() == 1
    actions.answer_call(by=cast.user("station"), call=first, confirms=True)
    with pytest.raises(Refused):
        actions.answer_call(by=cast.user("station"), call=first, confirms=False, note="x")


def test_call_is_withdrawn_by_who_entered_it_until_somebody_has_answered(cast, officer, entered):
    call = entered(officer.account)
    with pytest.raises(NotAllowed):
        actions.withdraw_call(by=cast.user("station"), call=call, why="x")
    actions.withdraw_call(by=officer.account, call=call, why="記錯")
    assert not counts.is_counted(call, date(2026, 12, 1))
    answered = entered(officer.account)
    actions.answer_call(by=cast.user("station"), call=answered, confirms=True)
    with pytest.raises(Refused):
        actions.withdraw_call(by=officer.account, call=answered, why="x")


@pytest.mark.parametrize(
    "wrong", [{"kind": "holiday"}, {"ordered_by": " "}, {"ended_at": at(8, 9)}, {"why": "長" * 2001}]
)
def test_wrong_call_is_refused(officer, entered, wrong):
    with pytest.raises(Refused):
        entered(officer.account, **wrong)


def test_after_five_working_days_the_station_confirms_but_disputes_no_more(cast, officer, entered):
    call = entered(officer.account)
    with clock.at(date(2026, 9, 17)):
        with pytest.raises(Refused):
            actions.answer_call(by=cast.user("station"), call=call, confirms=False, note="沒有")
        assert counts.is_counted(call, clock.today())
        assert actions.answer_call(by=cast.user("station"), call=call, confirms=True).station_says == "confirms"


def test_station_takes_back_what_it_entered_only_within_five_working_days(cast, officer, entered, logged_in):
    station, call, other = cast.user("station"), *(entered(cast.user("station")) for _ in range(2))
    page = f"/worklog/linjiang/calls/O01/{call.client_key}/"
    assert "withdraw" in logged_in(station).get(page).content.decode()
    actions.withdraw_call(by=station, call=other, why="錄錯人")
    with clock.at(date(2026, 9, 17)):
        with pytest.raises(Refused):
            actions.withdraw_call(by=station, call=call, why="x")
        assert "withdraw" not in logged_in(station).get(page).content.decode()
        assert counts.is_counted(call, clock.today())
