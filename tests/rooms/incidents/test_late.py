"""Late reporting: what months read again show, what may still come, and that it never touches a count."""

from datetime import datetime

import numpy as np
import pytest

from linli.work.incidents import counted, late
from tests.rooms.incidents.conftest import THIRD


def simulated(seed, months=24, mean=40.0, steps=(0.10, 0.04)):
    """Readings of months at ages 0, 1, 2 whose late reports are Poisson at known rates, and what was still to come."""
    rng = np.random.default_rng(seed)
    readings, still = {}, []
    for month in range(months):
        known = [int(rng.poisson(mean))]
        for rate in steps:
            known.append(known[-1] + int(rng.poisson(rate * known[-1])))
        seen = min(months - month, len(known))  # the newest months have been read less often
        readings[f"month {month}", "C01"] = dict(enumerate(known[:seen]))
        still.append((seen - 1, known[seen - 1], known[-1] - known[seen - 1]))
    return readings, still


def test_factor_is_what_came_over_what_was_known():
    found = late.steps({(f"2026-{m:02d}", "C01"): {0: 10, 1: 12, 2: 12} for m in range(1, 5)})
    assert [(step.age, step.months, step.before, step.after) for step in found] == [(0, 4, 40, 48), (1, 4, 48, 48)]
    assert (
        late.factor(found, 0) == pytest.approx(1.2) and late.factor(found, 1) == 1.0 and late.factor(found, 2) is None
    )


def test_a_month_read_at_ages_0_and_3_alone_grows_where_it_was_read():
    found = late.steps({("2026-01", "C01"): {0: 10, 3: 13}})
    assert [step.factor for step in found] == [1.0, 1.0, 1.3]


def test_too_few_months_say_nothing():
    two = late.steps({(f"2026-0{m}", "C01"): {0: 10, 1: 11} for m in (1, 2)})
    assert late.to_come(two, 0, 10) is None and late.factor(two, 0) is None
    assert late.to_come([], 0, 10) is None


def test_a_step_that_is_lacking_says_nothing():
    readings = {(f"2026-0{m}", "C01"): {1: 10, 2: 11} for m in (1, 2, 3)}
    assert late.to_come(late.steps(readings), 0, 10) is None


def test_nobody_knows_what_comes_to_a_month_older_than_any_that_was_read_again():
    found = late.steps({(f"2026-0{m}", "C01"): {0: 10, 1: 11} for m in (1, 2, 3)})
    assert late.to_come(found, 1, 50) is None and late.to_come(found, 0, 50).until == 1


def test_nothing_late_so_far_is_no_promise():
    found = late.steps({(f"2026-0{m}", "C01"): {0: 10, 1: 10} for m in (1, 2, 3)})
    come = late.to_come(found, 0, 100)
    assert come.low == 0 and come.high >= 1 and late.factor(found, 0) == 1.0


def test_cases_that_were_withdrawn_are_no_late_ones_below_zero():
    found = late.steps({(f"2026-0{m}", "C01"): {0: 10, 1: 9} for m in (1, 2, 3)})
    assert found[0].factor == 0.9 and late.to_come(found, 0, 10).low == 0


def test_nine_intervals_in_ten_hold_what_came():
    inside = total = 0
    for seed in range(300):
        readings, still = simulated(seed)
        found = late.steps(readings)
        for age, known, came in [read for read in still if read[0] < 2]:
            come = late.to_come(found, age, known)
            inside += come.low <= came <= come.high
            total += 1
    assert 0.88 <= inside / total <= 0.99  # whole cases cannot hold exactly nine in ten


def test_readings_of_the_room_give_the_steps_and_leave_the_counts_alone(cast, table):
    for month, read in zip(THIRD, (8, 9, 10), strict=True):
        table([(month, "C01", kind, 10) for kind in ("burglary", "vehicle", "robbery")], on=datetime(2026, read, 5, 9))
    for month, read in zip(THIRD, (9, 10, 11), strict=True):
        rows = [(month, "C01", "burglary", 12), (month, "C01", "vehicle", 10), (month, "C01", "robbery", 10)]
        table(rows, on=datetime(2026, read, 6, 9))
    steps = counted.late_steps(cast.bureau)
    assert [(s.age, s.months, s.before, s.after) for s in steps] == [(0, 3, 90, 96)]
    stands = counted.newest(cast.bureau, THIRD)
    assert counted.total(stands, "2026-09", "C01") == 32


def test_a_table_of_other_communities_is_no_second_reading(cast, table):
    for code, read in (("C01", 8), ("C02", 9)):
        table(
            [("2026-07", code, kind, 10) for kind in ("burglary", "vehicle", "robbery")], on=datetime(2026, read, 5, 9)
        )
    assert counted.late_steps(cast.bureau) == []


def test_a_kind_grows_only_where_it_was_read_again(cast, table):
    table([("2026-07", "C01", kind, 10) for kind in ("burglary", "vehicle", "robbery")], on=datetime(2026, 8, 5, 9))
    table([("2026-07", "C01", "burglary", 12)], on=datetime(2026, 9, 5, 9))
    assert [(s.age, s.before, s.after) for s in counted.late_steps(cast.bureau)] == [(0, 10, 12)]
    assert counted.last_whole_reading(counted.readings(cast.bureau), "2026-07", "C01").month == 8
    assert counted.last_whole_reading(counted.readings(cast.bureau), "2026-07", "C02") is None


def test_a_table_that_was_undone_is_no_reading(cast, table):
    from linli.work.incidents import actions

    table([("2026-07", "C01", "burglary", 10)], on=datetime(2026, 8, 5, 9))
    wrong = table([("2026-07", "C01", "burglary", 100)], on=datetime(2026, 9, 5, 9))
    actions.undo(by=cast.user("command"), table=wrong, why="弄錯")
    assert counted.late_steps(cast.bureau) == []
