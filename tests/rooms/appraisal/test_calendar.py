"""The calendar of rules J on real Chinese working days."""

from datetime import date

import pytest

from linli.ground.trail import clock
from linli.quarter.appraisal.models import Cycle
from linli.quarter.appraisal.queries import calendar
from linli.quarter.appraisal.steps import announced, day_of


@pytest.mark.parametrize(
    "period, number, expected",
    [
        ("2026Q3", 1, date(2026, 10, 8)),  # 1 to 7 October are the National Day holiday
        ("2026Q3", 3, date(2026, 10, 10)),  # a Saturday made up for it
        ("2026Q3", 5, date(2026, 10, 13)),
        ("2025Q4", 1, date(2026, 1, 4)),  # a Sunday made up for the day after New Year
        ("2025Q4", 30, date(2026, 2, 12)),
        ("2025Q4", 32, date(2026, 2, 14)),  # the Saturday before the Spring Festival works
        ("2025Q4", 33, date(2026, 2, 24)),  # and then nobody for nine days
        ("2026Q1", 3, date(2026, 4, 3)),
        ("2026Q1", 4, date(2026, 4, 7)),  # the Tomb-Sweeping Day in between
    ],
)
def test_a_step_falls_on_a_working_day_of_the_state_council(period, number, expected):
    assert day_of(period, number) == expected


def test_every_step_of_the_rules_has_its_day(quarter):
    steps = {one.code: one for one in calendar(quarter.cycle, date(2026, 9, 1))}
    days = {code: one.last for code, one in steps.items()}
    assert days["supply"] == day_of("2026Q3", 3) and days["freeze"] == day_of("2026Q3", 5)
    assert (steps["notice"].first, steps["notice"].last) == (day_of("2026Q3", 8), day_of("2026Q3", 12))
    assert days["publication"] == day_of("2026Q3", 20) and days["review"] == day_of("2026Q3", 45)


def test_before_the_end_of_the_quarter_departments_supply_and_nothing_is_late(quarter):
    steps = calendar(quarter.cycle, date(2026, 9, 1))
    assert [one.state for one in steps] == ["ahead", "now", *["ahead"] * 9]


def test_what_should_have_been_done_is_late_and_says_by_how_many_working_days(quarter):
    steps = {one.code: one for one in calendar(quarter.cycle, date(2026, 10, 15))}
    assert (steps["freeze"].state, steps["freeze"].behind) == ("late", 2)
    assert (steps["supply"].state, steps["supply"].behind) == ("late", 4)
    assert steps["score"].state == "now"


def test_a_step_is_done_on_the_day_on_which_it_was_done(quarter):
    cycle = quarter.noticed()
    steps = {one.code: one for one in calendar(cycle, date(2026, 10, 20))}
    assert (steps["freeze"].state, steps["freeze"].on, steps["freeze"].behind) == ("done", date(2026, 10, 13), 0)
    assert steps["notice"].state == "now" and steps["answers"].state == "ahead"


def test_after_the_period_without_objections_the_answers_are_done(quarter):
    cycle = quarter.noticed()
    steps = {one.code: one.state for one in calendar(cycle, date(2026, 10, 27))}
    assert (steps["notice"], steps["answers"], steps["group"]) == ("done", "done", "now")


def test_an_objection_that_waits_keeps_the_answers_undone(quarter):
    quarter.noticed()
    quarter.objection()
    steps = {one.code: one.state for one in calendar(quarter.cycle, date(2026, 10, 30))}
    assert steps["answers"] == "late"


def test_steps_of_rooms_above_are_never_called_late_here(quarter):
    cycle = quarter.published()
    steps = {one.code: one.state for one in calendar(cycle, date(2026, 11, 11))}
    assert (steps["talks"], steps["payments"], steps["review"]) == ("elsewhere", "now", "ahead")
    told = {one.code: one.state for one in calendar(cycle, date(2027, 3, 1), done=("talks", "payments"))}
    assert (told["talks"], told["payments"], told["review"]) == ("done", "done", "elsewhere")


def test_a_year_that_is_not_announced_is_said_to_be_estimated(cast):
    assert announced(2026) and not announced(2077)
    cycle = Cycle(bureau=cast.bureau, period="2076Q4", scheme=cast.scheme, opened_at=clock.now())
    assert calendar(cycle, date(2077, 1, 10))[3].estimated
