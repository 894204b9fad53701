"""Money: every fen of the pot, and nobody's fen twice."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from heng import allowance

# ten officers, a month's pot of 5,000.00 yuan; amounts in yuan.
R50 = {
    92: 546.32,
    90: 534.44,
    88: 522.57,
    86: 510.69,
    85: 504.75,
    84: 498.81,
    83: 492.87,
    81: 481.00,
    79: 469.12,
    74: 439.43,
}
people = st.lists(
    st.tuples(st.integers(0, 10000).map(lambda k: k / 100), st.integers(0, 300).map(lambda k: k / 100)),
    min_size=1,
    max_size=12,
)
pots = st.integers(0, 10**9)


def columns(rows):
    return [row[0] for row in rows], [row[1] for row in rows]


def day(text):
    return np.array([text], dtype="datetime64[D]")


def test_the_table_of_r50_to_the_fen():
    assert allowance.split(list(R50), [1] * 10, 500000).tolist() == [round(100 * yuan) for yuan in R50.values()]


def test_a_quarter_of_ten_whole_posts_pays_fifteen_thousand_yuan():
    assert allowance.pot(50000, [3] * 10) == 1500000


def test_one_officer_for_half_the_quarter_shrinks_the_pot():
    assert allowance.pot(50000, [3] * 9 + [1.5]) == 1425000


def test_half_a_fen_in_the_pot_goes_up():
    assert allowance.pot(50, [0.01]) == 1
    assert allowance.pot(49, [0.01]) == 0
    assert allowance.pot(50000, []) == 0


def test_fen_left_over_go_to_whoever_stands_first():
    assert allowance.split([80, 80, 80], [3, 3, 3], 100).tolist() == [34, 33, 33]


def test_when_all_score_0_months_decide():
    assert allowance.split([0, 0], [3, 1], 400).tolist() == [300, 100]


def test_who_did_not_serve_gets_nothing():
    assert allowance.split([90, 80], [0, 3], 101).tolist() == [0, 101]


def test_nobody_shares_an_empty_pot():
    found = allowance.split([], [], 0)
    assert found.shape == (0,) and found.dtype == np.int64


@pytest.mark.parametrize(
    ("rows", "pot", "message"),
    [
        ([(90, 3), (float("nan"), 3)], 100, r"scores\[1\] = nan"),
        ([(90, 3), (80, -1)], 100, r"months\[1\] = -1 is below 0"),
        ([(90, 3)], -1, r"pot_fen\[0\] = -1 is below 0"),
        ([(90, 3)], 0.5, r"pot_fen\[0\] = 0.5 is not a whole number"),
        ([(90, 0)], 100, r"pot_fen\[0\] = 100, but months hold nobody"),
        ([], 100, r"pot_fen\[0\] = 100, but months hold nobody"),
    ],
)
def test_what_cannot_be_shared_is_refused(rows, pot, message):
    with pytest.raises(ValueError, match=message):
        allowance.split(*columns(rows), pot)


def test_scores_and_months_must_be_of_the_same_people():
    with pytest.raises(ValueError, match="scores has 2 values, months has 1"):
        allowance.split([90, 80], [3], 100)


@given(people, pots)
def test_the_shares_are_the_pot_to_the_fen(rows, pot):
    assume(any(month for _, month in rows))
    paid = allowance.split(*columns(rows), pot)
    assert paid.sum() == pot and (paid >= 0).all()


@given(people, pots)
def test_nobody_is_a_whole_fen_from_the_exact_share(rows, pot):
    claims = [Fraction(repr(float(score))) * Fraction(repr(float(month))) for score, month in rows]
    assume(sum(claims))
    paid = allowance.split(*columns(rows), pot).tolist()
    assert all(abs(got - pot * claim / sum(claims)) < 1 for got, claim in zip(paid, claims, strict=True))


@given(people, pots, st.randoms(use_true_random=False))
def test_the_order_of_rows_moves_at_most_a_tied_fen(rows, pot, random):
    claims = [Fraction(repr(float(score))) * Fraction(repr(float(month))) for score, month in rows]
    assume(sum(claims))
    order = random.sample(range(len(rows)), len(rows))
    paid = allowance.split(*columns(rows), pot)
    again = allowance.split(*columns([rows[i] for i in order]), pot)
    left = [pot * claim / sum(claims) % 1 for claim in claims]
    moved = np.abs(paid[order] - again)
    assert moved.max() <= 1
    if len(set(left)) == len(left):
        assert moved.max() == 0


@pytest.mark.parametrize(
    ("start", "end", "months"),
    [
        ("2020-01-01", "NaT", 3.0),
        ("2026-07-01", "2026-09-30", 3.0),
        ("2026-07-17", "NaT", 2.48),  # 15/31 + 1 + 1
        ("2026-08-16", "NaT", 1.52),  # 16/31 + 1
        ("2026-09-16", "2026-09-30", 0.5),
        ("2026-07-31", "2026-08-01", 0.06),  # 1/31 + 1/31 = 0.0645
        ("2026-10-01", "NaT", 0.0),
        ("2020-01-01", "2026-06-30", 0.0),
    ],
)
def test_months_served_count_each_months_own_days(start, end, months):
    assert allowance.months_served(day(start), day(end), "2026Q3").tolist() == [months]


def test_february_of_a_leap_year_has_29_days():
    assert allowance.months_served(day("2028-02-15"), day("2028-02-29"), "2028Q1").tolist() == [0.52]
    assert allowance.months_served(day("2026-02-15"), day("2026-02-28"), "2026Q1").tolist() == [0.5]


@given(st.integers(-60, 150), st.integers(0, 150))
def test_months_served_are_the_exact_fractions_rounded_half_up(from_day, days_in_post):
    start = np.datetime64("2026-01-01") + from_day
    served = [np.datetime64(start + d, "M") for d in range(days_in_post + 1)]
    length = {np.datetime64("2026-01"): 31, np.datetime64("2026-02"): 28, np.datetime64("2026-03"): 31}
    exact = sum(Fraction(1, length[month]) for month in served if month in length)
    found = allowance.months_served(np.array([start]), np.array([start + days_in_post]), "2026Q1")
    assert found.tolist() == [int(exact * 100 + Fraction(1, 2)) / 100]


@pytest.mark.parametrize(
    ("start", "end", "message"),
    [("NaT", "NaT", r"start\[0\] = NaT"), ("2026-07-02", "2026-07-01", r"end\[0\] = 2026-07-01 is before start\[0\]")],
)
def test_a_post_that_ends_before_it_starts_is_refused(start, end, message):
    with pytest.raises(ValueError, match=message):
        allowance.months_served(day(start), day(end), "2026Q3")
