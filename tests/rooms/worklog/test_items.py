"""What waits, for whom, until when."""

import pytest

from linli.ground.trail import clock, workdays
from linli.work.worklog import actions, queries
from tests.rooms.worklog.conftest import at


def waits(cast, name):
    return list(queries.items(cast.user(name), cast.bureau, clock.today()))


@pytest.fixture
def call(officer):
    return actions.call_away(by=officer.account, officer=officer, kind="case", started_at=at(8, 9),
                             ended_at=at(8, 12), ordered_by="副所長")  # fmt: skip


def test_call_that_the_officer_entered_waits_for_the_station_five_working_days(cast, call):
    (item,) = waits(cast, "station")
    assert item.count == 1 and item.due == workdays.after(clock.today(), 5)
    assert "state=silent" in item.url
    assert not any("calls" in item.url for name in ("supervision", "personnel", "o01") for item in waits(cast, name))


def test_disputed_call_waits_for_the_third_person_and_the_officer_reads_of_it(cast, officer, call):
    actions.answer_call(by=cast.user("station"), call=call, confirms=False, note="只有一小時")
    assert not waits(cast, "station")
    for name in ("personnel", "supervision", "o01"):
        assert any("/calls/" in item.url for item in waits(cast, name)), name
    actions.decide_call(by=cast.user("supervision"), call=call, counts=True, why="值班表為證")
    assert not any("/calls/" in item.url for item in waits(cast, "o01"))


def test_drawn_check_waits_for_those_who_look_and_never_shows_to_the_officer(cast, officer, beat):
    actions.start(by=officer.account, officer=officer, community=beat, kind="patrol", at=at(9, 16))
    draw = actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau, seed=3)
    assert waits(cast, "supervision")[0].count == 1 and waits(cast, "station")[0].count == 1
    assert waits(cast, "o01") == []
    actions.check(by=cast.user("supervision"), spot_check=draw.checks.get(), found=False)
    (item,) = waits(cast, "o01")
    assert item.url.endswith("/checks/1/")


def test_personnel_is_asked_for_due_hours_until_some_are_set(cast):
    assert [item.url for item in waits(cast, "personnel")] == ["/worklog/linjiang/due/"]
    actions.set_due(by=cast.user("personnel"), bureau=cast.bureau, hours_per_week=20, period="2026Q3")
    assert waits(cast, "personnel") == []


@pytest.mark.parametrize("name", ["leader1", "secretary", "cadre", "command", "province", "administrator", "auditor"])
def test_nothing_waits_here_for_those_who_do_nothing_here(cast, call, name):
    assert waits(cast, name) == []


def test_number_of_queries_does_not_grow(cast, officer, beat, record, django_assert_max_num_queries):
    for hour in range(1, 9):
        actions.call_away(by=officer.account, officer=officer, kind="case", started_at=at(8, hour),
                          ended_at=at(8, hour, 30), ordered_by="所")  # fmt: skip
        record(at(2, hour), at(3, hour))
    for name in ("o01", "station", "supervision", "personnel"):
        user = cast.user(name)
        with django_assert_max_num_queries(5):
            list(queries.items(user, cast.bureau, clock.today()))


def test_officer_reads_of_a_call_that_the_station_entered_while_it_may_be_taken_back(cast, officer):
    actions.call_away(by=cast.user("station"), officer=officer, kind="case", started_at=at(8, 9), ended_at=at(8, 12),
                      ordered_by="副所長")  # fmt: skip
    (item,) = waits(cast, "o01")
    assert item.count == 1 and item.url.endswith("/calls/")
    with clock.at(at(17, 9)):
        assert waits(cast, "o01") == []
