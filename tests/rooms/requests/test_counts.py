"""Counts: what is hot is told from chance, small cells are withheld, nobody is ranked by one matter."""

from datetime import datetime, timedelta

import pytest
from scipy.stats import binomtest

from linli.ground.trail import clock
from linli.work.requests import actions, counts, queries
from tests.rooms.requests.conftest import THE_DAY


def send_many(send, count, days_ago, **given):
    with clock.at(THE_DAY - timedelta(days=days_ago)):
        return [send(**given) for _ in range(count)]


@pytest.mark.parametrize("now", range(0, 25, 3))
@pytest.mark.parametrize("before", range(0, 25, 4))
def test_change_is_the_exact_test_of_two_poisson_counts(now, before):
    every = now + before
    p = binomtest(now, every, 0.5).pvalue if every else 1
    assert (counts.changed(now, before) == "same") == (p >= counts.DOUBT)


def test_nine_against_four_cannot_be_told_apart_and_fifteen_against_two_can(cast, send):
    send_many(send, 4, 40, kind="noise")
    send_many(send, 9, 3, kind="noise")
    send_many(send, 2, 40, kind="hazard")
    send_many(send, 15, 3, kind="hazard")
    found = {cell.kind: (cell.now, cell.before, cell.change) for cell in queries.hot(cast.bureau)}
    assert found == {"noise": (9, 4, "same"), "hazard": (15, 2, "up")}


def test_windows_are_four_whole_weeks_and_older_is_left_out(cast, send):
    send_many(send, 1, 27, kind="noise")
    send_many(send, 1, 28, kind="noise")
    send_many(send, 1, 55, kind="noise")
    send_many(send, 1, 56, kind="noise")
    (cell,) = queries.hot(cast.bureau)
    assert (cell.now, cell.before) == (1, 2)


def test_praise_is_no_issue(cast, send):
    send(kind="praise")
    assert queries.hot(cast.bureau) == []


def test_small_cells_are_withheld_from_outside_with_what_would_betray_them(cast, send):
    send_many(send, 3, 40, kind="noise")
    send_many(send, 20, 3, kind="noise")
    (cell,) = queries.hot(cast.bureau, outside=True)
    assert (cell.now, cell.before, cell.change) == (20, None, None)


def test_squares_of_the_grid_are_counted_too(cast, send):
    send(position=(0.0512, 0.0533))
    (cell,) = queries.hot(cast.bureau, by="cell")
    assert (cell.place, cell.now) == ("0.050,0.050", 1)


def test_community_with_one_quick_matter_leads_no_table(cast, send, officer):
    actions.solve(by=officer, request=send(), what_was_done="立刻")
    rows = list(queries.by_community(cast.bureau, THE_DAY.date(), THE_DAY.date()))
    assert [row.code for row in rows] == sorted(row.code for row in rows)
    (row,) = [row for row in rows if row.code == "C01"]
    assert (row.opened, row.solved, row.ended, row.days) == (1, 1, 1, None)


def test_median_is_shown_with_how_many_it_is_of(cast, send, officer):
    sent = send_many(send, 5, 2)
    for request in sent:
        actions.solve(by=officer, request=request, what_was_done="好")
    (row,) = [r for r in queries.by_community(cast.bureau, THE_DAY.date() - timedelta(days=9), THE_DAY.date())
              if r.code == "C01"]  # fmt: skip
    assert (row.days, row.ended, row.timely, row.dated) == (2.0, 5, 5, 5)


def test_open_matter_counts_as_not_timely_only_once_its_deadline_is_past(cast, send):
    send(kind="noise")
    for day, expected in ((datetime(2026, 7, 10, 23), (0, 0)), (datetime(2026, 7, 11, 1), (0, 1))):
        with clock.at(day):
            (row,) = [r for r in queries.by_community(cast.bureau, THE_DAY.date(), day.date()) if r.code == "C01"]
        assert (row.timely, row.dated) == expected


def test_counting_costs_the_same_queries_however_many_there_are(cast, send, django_assert_max_num_queries):
    send_many(send, 30, 1)
    with django_assert_max_num_queries(3):
        list(queries.by_community(cast.bureau, THE_DAY.date() - timedelta(days=9), THE_DAY.date()))
    with django_assert_max_num_queries(1):
        queries.hot(cast.bureau)
