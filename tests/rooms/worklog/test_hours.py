"""What counts: each hour once, due hours less leave and calls away, what a spot check takes out."""

from datetime import date, timedelta

import pytest

from linli.ground.officers.models import Leave, Post
from linli.ground.trail import clock, workdays
from linli.work.worklog import actions, evidence, queries
from linli.work.worklog.models import SpotCheck
from tests.rooms.worklog.conftest import at

PERIOD = "2026Q3"


def quarter(cast, code="C01"):
    return queries.of_quarter(cast.bureau, PERIOD)[code]


@pytest.fixture
def after():
    """The quarter is over."""
    with clock.at(date(2026, 10, 8)):
        yield


def figure(cast, code="C01"):
    return next((f for f in evidence.figures(cast.bureau, PERIOD) if f.community == code), None)


def test_hour_in_two_entries_counts_once(cast, record):
    record(at(7, 9), at(7, 12))
    record(at(7, 11), at(7, 13), kind="patrol")
    assert quarter(cast).counted == pytest.approx(4)
    assert [why for _w, _h, why in quarter(cast).works] == ["", "overlap"]


def test_evenings_and_weekends_count_alike(cast, record):
    record(at(5, 19), at(5, 22))  # a Saturday
    record(at(6, 22), at(7, 1))  # over midnight
    assert quarter(cast).counted == pytest.approx(6)


def test_forgotten_work_does_not_count_until_its_end_is_put_right(cast, officer, record):
    work = record(at(7, 9), at(8, 9))
    assert quarter(cast).counted == 0 and quarter(cast).works[0][2] == "too long"
    assert len(list(queries.items(officer.account, cast.bureau, clock.today()))) == 1
    actions.change(by=officer.account, work=work, version=1, ended_at=at(7, 12))
    assert quarter(cast).counted == pytest.approx(3)


def test_struck_and_running_works_do_not_count(cast, officer, beat, record):
    actions.strike(by=officer.account, work=record(at(7, 9), at(7, 12)), why="x")
    actions.start(by=officer.account, officer=officer, community=beat, kind="visit", at=at(9, 16))
    assert quarter(cast).counted == 0


def test_due_hours_are_twenty_a_week_over_the_days_of_the_post(cast, record, after):
    record(at(7, 9), at(7, 12))
    found = figure(cast)
    assert found.denominator == round(20 * 92 / 7, 1)
    assert (found.numerator, found.design_effect, found.provisional) == (3.0, 6.0, False)


def test_leave_takes_its_share_of_working_days_off(cast, officer, record, after):
    record(at(7, 9), at(7, 12))
    Leave.objects.create(officer=officer, first=date(2026, 8, 3), last=date(2026, 8, 9))
    working = sum(workdays.is_working(date(2026, 7, 1) + timedelta(days=i)) for i in range(92))
    whole = 20 * 92 / 7
    assert quarter(cast).due == pytest.approx(whole - whole * 5 / working)


def test_call_away_comes_off_what_is_due_and_out_of_what_is_counted(cast, officer, record, after):
    record(at(7, 9), at(7, 12))
    actions.call_away(by=cast.user("station"), officer=officer, kind="station duty", started_at=at(7, 11),
                      ended_at=at(7, 15), ordered_by="值班所長")  # fmt: skip
    found = quarter(cast)
    assert found.away == pytest.approx(4) and found.counted == pytest.approx(2)
    assert found.due == pytest.approx(20 * 92 / 7 - 4)


def test_night_on_duty_takes_one_working_day_off(cast, officer, after):
    actions.call_away(by="linli", officer=officer, kind="station duty", started_at=at(7, 0), ended_at=at(8, 0),
                      ordered_by="所")  # fmt: skip
    assert quarter(cast).away == pytest.approx(8)


def test_work_that_a_spot_check_did_not_find_is_taken_out(cast, officer, beat, record):
    with clock.at(at(8, 10)):
        actions.start(by=officer.account, officer=officer, community=beat, kind="patrol", at=at(8, 9))
        actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau, seed=1)
        check = SpotCheck.objects.get()
        actions.check(by=cast.user("supervision"), spot_check=check, found=False)
    with clock.at(at(8, 11)):
        actions.stop(by=officer.account, work=queries.days(officer, date(2026, 9, 8), date(2026, 9, 8))[0].works[0])
    record(at(7, 9), at(7, 12))
    found = quarter(cast)
    assert found.counted == pytest.approx(3) and found.left_out("not found") == 1
    assert "1" in figure(cast).source
    check.refresh_from_db()
    actions.lift_check(by=cast.user("supervision"), spot_check=check, why="去了隔壁樓")
    assert quarter(cast).counted == pytest.approx(5)


def test_numerator_is_never_above_the_denominator(cast, record):
    for day in range(1, 10):
        for week in (7, 8):
            record(at(day, 8, month=week), at(day, 19, month=week))
    with clock.at(at(20, 12, month=7)):
        found = figure(cast)
    assert found.numerator == found.denominator and found.provisional


def test_community_without_a_single_work_gives_no_figure(cast, record):
    record(at(7, 9), at(7, 12))
    assert [found.community for found in evidence.figures(cast.bureau, PERIOD)] == ["C01"]


def test_several_officers_of_one_community_add_up(cast, officer, beat, record, after):
    other = cast.officer("O02")
    Post.objects.create(officer=other, community=beat, start=date(2026, 7, 1))
    record(at(7, 9), at(7, 12))
    actions.record(by=other.account, officer=other, community=beat, kind="visit", started_at=at(7, 9),
                   ended_at=at(7, 11))  # fmt: skip
    found = quarter(cast)
    assert found.counted == pytest.approx(5)
    # the second officer holds two communities and owes each half
    assert found.base == pytest.approx(1.5 * 20 * 92 / 7)


def test_due_hours_of_a_quarter_to_come_are_set_and_those_of_a_begun_one_stand(cast):
    from linli.ground.trail.refusals import Refused

    by = cast.user("personnel")
    actions.set_due(by=by, bureau=cast.bureau, hours_per_week=24, period="2026Q4")
    actions.set_due(by=by, bureau=cast.bureau, hours_per_week=30, period="2026Q4", community=cast.community("C02"))
    with pytest.raises(Refused):
        actions.set_due(by=by, bureau=cast.bureau, hours_per_week=10, period="2026Q3")
    with clock.at(date(2027, 1, 10)):
        due = queries.due_hours(cast.bureau, "2026Q4")
    assert due["C01"] == pytest.approx(24 * 92 / 7) and due["C02"] == pytest.approx(30 * 92 / 7)


def test_queries_of_a_quarter_do_not_grow_with_its_works(cast, record, django_assert_max_num_queries):
    record(at(7, 9), at(7, 12))
    with django_assert_max_num_queries(8):
        queries.of_quarter(cast.bureau, PERIOD)
    for day in range(1, 9):
        record(at(day, 13), at(day, 14))
    with django_assert_max_num_queries(8):
        queries.of_quarter(cast.bureau, PERIOD)


def test_figure_leads_to_its_records_and_no_other_rate_does(cast):
    assert evidence.path(cast.bureau, PERIOD, "C01", "visibility") == "/worklog/linjiang/hours/2026Q3/C01/"
    assert evidence.path(cast.bureau, PERIOD, "C01", "leads") == ""


def test_night_on_duty_over_midnight_takes_one_working_day_off_and_three_days_three(cast, officer, after):
    def away(first, last):
        actions.call_away(by="linli", officer=officer, kind="station duty", started_at=first, ended_at=last,
                          ordered_by="所")  # fmt: skip
        return quarter(cast).away

    assert away(at(7, 20), at(8, 8)) == pytest.approx(8)
    assert away(at(8, 8), at(8, 12)) == pytest.approx(8)  # goes on: still the same duty
    assert away(at(14, 9), at(17, 9)) == pytest.approx(8 + 24)


def test_hours_outside_the_days_of_the_post_do_not_count_and_posts_in_a_row_are_one(cast, officer, beat, record, after):
    record(at(7, 22), at(8, 2))
    record(at(9, 9), at(9, 12))
    post = Post.objects.filter(officer=officer, community=beat)
    post.update(end=date(2026, 9, 7))
    found = quarter(cast)
    assert found.counted == pytest.approx(2) and [why for _w, _h, why in found.works] == ["post", "post"]
    Post.objects.create(officer=officer, community=beat, start=date(2026, 9, 8), end=date(2026, 9, 8))
    assert quarter(cast).counted == pytest.approx(4)


def test_struck_or_running_taps_alone_give_no_figure(cast, officer, beat, record):
    actions.strike(by=officer.account, work=record(at(7, 9), at(7, 12)), why="x")
    actions.start(by=officer.account, officer=officer, community=beat, kind="visit", at=at(9, 16))
    assert figure(cast) is None
    record(at(7, 9), at(7, 12))
    assert figure(cast).numerator == 3.0


def test_share_of_hours_filled_in_late_stands_beside_the_figure(cast, officer, record):
    with clock.at(at(1, 18)):
        stub = record(at(1, 9), at(1, 10))
    record(at(8, 9), at(8, 10))
    assert quarter(cast).late == 0
    actions.change(by=officer.account, work=stub, version=1, ended_at=at(1, 12))
    assert quarter(cast).late == pytest.approx(3)
    assert [text for _label, text in figure(cast).shown][3] == "75 %"
