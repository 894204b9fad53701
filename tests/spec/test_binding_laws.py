"""What holds for every pairing and every leader's log."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heng.binding import joint_names, leader_months, refuse_unnamed
from heng.evidence import LeaderDays, Pairings, days, numbers, text
from heng.periods import first_day, last_day
from heng.scheme import LeaderDayRule

PERIOD = "2026Q3"
FIRST, LAST = first_day(PERIOD), last_day(PERIOD)

a_day = st.integers(0, 91).map(lambda n: FIRST + n)
a_pairing = st.tuples(
    st.sampled_from(["甲", "乙", ""]), st.sampled_from(["政工室", "戶政股"]), a_day, st.none() | a_day
)
some_pairings = st.lists(a_pairing, min_size=1, max_size=4)
a_visit = st.tuples(a_day, st.sampled_from([1.0, 2.5, 3.0, 6.0, 24.0]), st.sampled_from(["O01", "committee", "甲", ""]))
some_visits = st.lists(a_visit, max_size=12)


def pairings(rows):
    leader, office, start, end = zip(*rows, strict=True)
    return Pairings(text(["C01"] * len(rows)), text(leader), text(office), days(start), days(end))


def log(rows):
    date, hours, signed_by = zip(*rows, strict=True) if rows else ((), (), ())
    who = text(["甲"] * len(rows)), text(["C01"] * len(rows))
    return LeaderDays(*who, days(date), numbers(hours), text(signed_by))


@settings(max_examples=60, deadline=None)
@given(some_pairings, st.sets(st.sampled_from(["甲", "乙"])), st.sets(st.sampled_from(["政工室", "戶政股"])))
def test_circular_is_refused_exactly_when_somebody_is_left_out(rows, leaders, offices):
    due_leaders, due_offices = joint_names(pairings(rows), "C01", FIRST, LAST)
    complete = set(due_leaders) <= leaders and set(due_offices) <= offices and offices
    circular = (tuple(leaders), tuple(offices), pairings(rows), "C01", FIRST, LAST)
    if complete:
        refuse_unnamed(*circular)
    else:
        with pytest.raises(ValueError, match="of a notice about C01"):
            refuse_unnamed(*circular)


@settings(max_examples=60, deadline=None)
@given(some_pairings)
def test_named_are_those_paired_on_half_the_days_when_there_are_any(rows):
    leaders, offices = joint_names(pairings(rows), "C01", FIRST, LAST)
    for named, column in ((leaders, 0), (offices, 1)):
        held = {
            row[column]: {day for row2 in rows if row2[column] == row[column] for day in _span(row2)} for row in rows
        }
        half = {name for name, on in held.items() if name and 2 * len(on) >= 92}
        assert half <= set(named) and (not half or half == set(named))


def _span(row):
    return range(int((row[2] - FIRST).astype(int)), int(((LAST if row[3] is None else row[3]) - FIRST).astype(int)) + 1)


@settings(max_examples=60, deadline=None)
@given(some_visits)
def test_leader_has_at_most_one_day_for_each_counter_signed_date(rows):
    found = leader_months(log(rows), pairings([("甲", "政工室", FIRST, None)]), PERIOD, LeaderDayRule())
    signed = {date for date, _, by in rows if by not in ("", "甲")}
    for month, counted, uncounted in zip(found.month, found.days, found.uncounted, strict=True):
        assert counted <= sum(str(date).startswith(month) for date in signed)
        assert uncounted == sum(str(date).startswith(month) for date in {row[0] for row in rows} - signed)


@settings(max_examples=60, deadline=None)
@given(some_visits, some_pairings)
def test_order_of_the_log_changes_no_leader_day(rows, paired):
    one, other = (leader_months(log(r), pairings(paired), PERIOD, LeaderDayRule()) for r in (rows, rows[::-1]))
    assert one.days.tolist() == other.days.tolist() and one.leader.tolist() == other.leader.tolist()


def test_every_month_of_a_pairing_has_its_row_even_without_a_visit():
    found = leader_months(LeaderDays(), pairings([("甲", "政工室", FIRST, None)]), PERIOD, LeaderDayRule())
    assert found.month.tolist() == ["2026-07", "2026-08", "2026-09"]
    assert found.days.tolist() == [0, 0, 0] and found.due.tolist() == [2, 2, 2]


def test_leader_days_of_a_book_without_leaders_are_an_empty_table():
    found = leader_months(LeaderDays(), pairings([("", "政工室", FIRST, None)]), PERIOD, LeaderDayRule())
    assert len(found) == 0 and found.uncounted.dtype == np.dtype(int)
