"""Intervals of shares and rates against published tables."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson

from heng import shares
from tests.core.reference import reference_rows

# Newcombe, Statistics in Medicine 17 (1998), table I: yes, asked, Wilson's limits without continuity correction.
NEWCOMBE = [(81, 263, 0.2553, 0.3662), (15, 148, 0.0624, 0.1605), (0, 20, 0.0, 0.1611), (1, 29, 0.0061, 0.1718)]


@pytest.mark.parametrize(("yes", "asked", "low", "high"), NEWCOMBE)
def test_wilson_as_newcombe_printed_it(yes, asked, low, high):
    assert shares.wilson(yes, asked) == pytest.approx((low, high), abs=5e-5)


def test_wilson_on_the_reference_table():
    for row in reference_rows("newcombe1998_intervals.csv"):
        limits = shares.wilson(float(row["x"]), float(row["n"]))
        assert limits == pytest.approx((float(row["wilson_lo"]), float(row["wilson_hi"])), abs=5e-5)


def test_wilson_and_byar_as_the_english_health_agency_has_them():
    compared = 0
    for row in reference_rows("phe_Byars_Wilson__testdata_B_W.csv"):
        x, confidence = float(row["x"]), float(row["confidence"].rstrip("%")) / 100
        if row["method"] == "Byars" and x < 10:
            continue  # Byar's formula itself; below 10 events ours are the exact limits
        found = shares.wilson(x, float(row["n"]), confidence) if row["n"] else shares.byar(x, 1, confidence)
        assert found == pytest.approx((float(row["lowercl"]), float(row["uppercl"])), rel=1e-8)
        compared += 1
    assert compared >= 10


@pytest.mark.parametrize(
    ("name", "method"),
    [("phe_Proportion__testdata_Prop", shares.wilson), ("phe_Rate__testdata_Rate", shares.byar)],
)
def test_areas_and_their_groups_as_the_english_health_agency_has_them(name, method):
    limits = {0.95: ("lower95_0cl", "upper95_0cl"), 0.998: ("lower99_8cl", "upper99_8cl")}
    compared = [compare(row, limits, method) for row in reference_rows(f"{name}.csv")]
    groups = {0.95: ("lowercl", "uppercl")}
    compared += [compare(row, groups, method) for row in reference_rows(f"{name}_g.csv") if row["confidence"] == "95%"]
    assert sum(compared) >= 20


def compare(row, limits, method):
    """Check one published row at each of its confidences; how many of them it held."""
    per = float(row["multiplier"])
    found = 0
    for confidence, columns in limits.items():
        printed = [row[column] for column in columns]
        if row["Numerator"] in ("", "NA") or "NA" in printed or "" in printed:
            continue
        counts = float(row["Numerator"]), float(row["Denominator"])
        ours = shares.byar(*counts, confidence, per) if method is shares.byar else method(*counts, confidence)
        ours = np.array(ours) * (1 if method is shares.byar else per)
        assert ours == pytest.approx([float(limit) for limit in printed], rel=1e-8, abs=1e-12)
        found += 1
    return found


def test_share_of_nobody_asked_is_unknown_not_zero():
    assert np.isnan(shares.wilson([0], [0])).all()


def test_rate_of_nobody_exposed_is_unknown_not_zero():
    assert np.isnan(shares.byar([0, 3], [0, 0])).all()


def test_nobody_yes_and_everybody_yes_reach_the_ends():
    low, high = shares.wilson([0, 20], [20, 20])
    assert low[0] == 0 and high[1] == 1


def test_no_event_still_leaves_a_rate_possible():
    low, high = shares.byar(0, 1000, per=1000)
    assert low == 0 and high == pytest.approx(-np.log(0.025))  # P(0 events) = exp(-high)


@given(st.integers(0, 9), st.floats(0.5, 0.999))
def test_below_ten_events_the_limits_are_exact(count, confidence):
    low, high = shares.byar(count, 1, confidence)
    tail = (1 - confidence) / 2
    assert poisson.cdf(count, high) == pytest.approx(tail)
    assert poisson.sf(count - 1, low) == pytest.approx(tail if count else 1)


@given(st.integers(1, 10**6), st.floats(0, 1), st.floats(0.5, 0.999))
def test_the_interval_holds_the_share_and_mirrors_when_yes_and_no_change_places(asked, share, confidence):
    yes = round(share * asked)
    low, high = shares.wilson(yes, asked, confidence)
    assert 0 <= low <= yes / asked <= high <= 1
    mirrored = shares.wilson(asked - yes, asked, confidence)
    assert mirrored == pytest.approx((1 - high, 1 - low), abs=1e-12)


def test_the_order_of_rows_changes_nothing():
    yes, asked = np.array([3, 0, 40, 7.5]), np.array([10, 0, 41, 30])
    order = [2, 0, 3, 1]
    for straight, turned in zip(shares.wilson(yes, asked), shares.wilson(yes[order], asked[order]), strict=True):
        assert np.array_equal(straight[order], turned, equal_nan=True)


def test_an_empty_table_gives_empty_limits():
    assert [limit.shape for limit in shares.wilson([], []) + shares.byar([], [])] == [(0,)] * 4


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shares.wilson([5, 31], [30, 30]), r"yes\[1\] = 31 is above asked\[1\] = 30"),
        (lambda: shares.wilson([-1], [30]), r"yes\[0\] = -1 is below 0"),
        (lambda: shares.wilson([1], [np.nan]), r"asked\[0\] = nan"),
        (lambda: shares.wilson([1], [2], confidence=95), "confidence = 95 is not between 0 and 1"),
        (lambda: shares.byar([1.5], [30]), r"count\[0\] = 1.5 is not a whole number"),
        (lambda: shares.byar([1], [-1]), r"exposure\[0\] = -1 is below 0"),
        (lambda: shares.byar([1], [1], confidence=1), "confidence = 1 is not between 0 and 1"),
        (lambda: shares.byar([1, 2], [1, 2, 3]), "count has 2 values, exposure has 3"),
    ],
)
def test_bad_counts_are_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()
