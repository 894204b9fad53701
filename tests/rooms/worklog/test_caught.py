"""A failed spot check stands until supervision sets it aside: not struck, not moved, not written anew beside it."""

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.work.worklog import actions, queries
from tests.rooms.worklog.conftest import at

PERIOD = "2026Q3"


def counted(cast):
    return queries.delivered(cast.bureau, PERIOD)["C01"]


@pytest.fixture
def running(cast, officer, beat):
    """A patrol since nine; at ten somebody looked and found nobody."""
    with clock.at(at(8, 10)):
        work = actions.start(by=officer.account, officer=officer, community=beat, kind="patrol", at=at(8, 9))
        by = cast.user("supervision")
        check = actions.draw_checks(by=by, bureau=cast.bureau, seed=1).checks.get()
        actions.check(by=by, spot_check=check, found=False)
    work.check = check
    return work


@pytest.fixture
def caught(running, officer):
    """The same, ended at noon."""
    with clock.at(at(8, 12)):
        stopped = actions.stop(by=officer.account, work=running)
    stopped.check = running.check
    return stopped


def test_hours_of_a_work_not_found_count_in_no_other_entry(cast, caught, record):
    record(at(8, 9), at(8, 9, 59))
    record(at(8, 10, 1), at(8, 13), kind="visit")
    assert counted(cast) == pytest.approx(1)  # from noon to one
    assert [why for _w, _h, why in queries.of_quarter(cast.bureau, PERIOD)["C01"].works] == [
        "not found", "checked", "checked"
    ]  # fmt: skip


def test_work_left_running_until_it_is_too_long_hides_nothing(cast, running, officer, record):
    record(at(8, 10, 1), at(8, 12))
    assert counted(cast) == 0
    actions.stop(by=officer.account, work=running, at=at(9, 10))
    record(at(9, 12), at(9, 13))
    assert counted(cast) == pytest.approx(1)


def test_work_not_found_is_neither_moved_nor_struck_but_its_note_may_be_written(cast, caught, officer):
    by, community = officer.account, cast.community("C02")
    for moved in ({"started_at": at(8, 10, 30)}, {"ended_at": at(8, 9, 30)}, {"ended_at": at(8, 11)}):
        with pytest.raises(Refused) as refused:
            actions.change(by=by, work=caught, version=caught.version, **moved)
    assert refused.value.args
    with pytest.raises(Refused):
        actions.change(by=by, work=caught, version=caught.version, community=community)
    with pytest.raises(Refused):
        actions.strike(by=by, work=caught, why="另記")
    caught.refresh_from_db()
    assert caught.struck_at is None
    changed = actions.change(by=by, work=caught, version=caught.version, note="在二樓調解")
    assert changed.note == "在二樓調解" and counted(cast) == 0


def test_running_work_is_not_ended_before_the_moment_at_which_it_was_looked_for(running, officer, beat):
    by = officer.account
    with pytest.raises(Refused):
        actions.stop(by=by, work=running, at=at(8, 9, 50))
    with pytest.raises(Refused):
        actions.start(by=by, officer=officer, community=beat, kind="visit", at=at(8, 9, 50))
    assert actions.stop(by=by, work=running, at=at(8, 11)).ended_at == at(8, 11)


def test_after_the_result_is_set_aside_the_entry_is_the_officers_again(cast, caught, officer):
    actions.lift_check(by=cast.user("supervision"), spot_check=caught.check, why="查錯了樓")
    assert counted(cast) == pytest.approx(3)
    changed = actions.change(by=officer.account, work=caught, version=caught.version, ended_at=at(8, 11))
    assert counted(cast) == pytest.approx(2)
    actions.strike(by=officer.account, work=changed, why="另記")
    assert counted(cast) == 0
