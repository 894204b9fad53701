"""Value to points: rounding as people read it, straight lines, no cliff."""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heng import points

SATISFACTION = [[0.40, 0], [0.65, 60], [0.76, 80], [0.82, 85], [0.95, 100]]
INCIDENTS = [[2.50, 0], [1.60, 60], [1.15, 80], [1.00, 85], [0.55, 100]]  # fewer is better


@st.composite
def tables(draw):
    """Any table that may stand in a scheme: values strictly one way, points never turning."""
    steps = draw(st.lists(st.floats(0.001, 50), min_size=1, max_size=6))
    values = draw(st.floats(-100, 100)) + np.cumsum([0.0, *steps])
    earned = sorted(draw(st.lists(st.floats(0, 100), min_size=len(values), max_size=len(values))))
    return np.column_stack([values[:: draw(st.sampled_from([1, -1]))], earned])


@pytest.mark.parametrize(
    ("read", "published"),
    [(79.995, 80.0), (2.675, 2.68), (1.005, 1.01), (79.99499999999999, 79.99), (0.125, 0.13), (-2.675, -2.68)],
)
def test_halves_go_up_as_printed_not_as_stored(read, published):
    assert points.round_half_up(read) == published


def test_rounding_keeps_shape_and_what_is_missing():
    found = points.round_half_up(np.array([[1.005, np.nan], [2.0, 3.456]]))
    assert found.shape == (2, 2) and np.isnan(found[0, 1]) and found[1].tolist() == [2.0, 3.46]
    assert points.round_half_up([]).shape == (0,)
    assert np.isnan(points.round_half_up(float("nan")))


@given(
    st.one_of(st.floats(-1e17, 1e17), st.integers(-(10**9), 10**9).map(lambda k: k / 1000)),
    st.integers(0, 6),
)
def test_rounding_is_that_of_the_decimal_we_print(x, digits):
    by_decimal = float(Decimal(repr(x)).quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP))
    assert points.round_half_up(x, digits) == by_decimal


def test_nodes_earn_exactly_what_the_table_says_whichever_way_is_better():
    for table in (SATISFACTION, INCIDENTS):
        values, earned = np.transpose(table)
        assert points.of_values(values, table).tolist() == earned.tolist()


def test_between_nodes_the_line_is_straight_and_beyond_them_flat():
    assert points.of_values([0.525, 0.0, 1.0], SATISFACTION) == pytest.approx([30, 0, 100])
    assert points.of_values([2.05, 9.0, 0.0], INCIDENTS) == pytest.approx([30, 0, 100])


def test_what_is_not_known_earns_nothing_known():
    assert np.isnan(points.of_values([np.nan], SATISFACTION)).all()


def test_low_points_come_first_whichever_way_is_better():
    for table in (SATISFACTION, INCIDENTS):
        low, high = points.interval([0.7, 1.2], [0.8, 1.7], table)
        assert (low <= high).all()
    assert points.interval(1.15, 1.60, INCIDENTS) == (60.0, 80.0)


def test_one_fewer_incident_gains_and_one_more_loses():
    assert points.gain(1.00, 0.90, INCIDENTS) == 3.33
    assert points.gain(1.00, 1.15, INCIDENTS) == -5.0
    assert points.gain(0.50, 0.40, INCIDENTS) == 0.0


@given(tables(), st.floats(-1000, 1000))
def test_points_never_leave_0_to_100(table, value):
    assert 0 <= points.of_values(value, table) <= 100


@given(tables(), st.floats(-200, 500), st.floats(0, 1e-3))
def test_there_is_no_cliff(table, value, step):
    steepest = np.max(np.abs(np.diff(table[:, 1]) / np.diff(table[:, 0])))
    moved = np.abs(points.of_values(value + step, table) - points.of_values(value, table))
    assert moved <= steepest * (step + 1e-12) + 1e-9


@given(tables(), st.floats(-200, 500), st.floats(0, 100))
def test_a_better_value_never_earns_less(table, value, step):
    better = np.sign(table[-1, 0] - table[0, 0]) * np.sign(table[-1, 1] - table[0, 1])
    assert points.of_values(value + better * step, table) >= points.of_values(value, table)


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ([[0.4, 0]], "two or more"),
        ([1, 2, 3], "two or more"),
        ([[0.4, 0], [0.4, 50], [0.6, 100]], "table values do not run on in one direction: 0.4 then 0.4"),
        ([[0.4, 0], [0.7, 50], [0.6, 100]], "table values do not run on in one direction: 0.7 then 0.6"),
        ([[0.4, 0], [0.5, 60], [0.6, 50], [0.7, 100]], "table points turn back: 60 then 50"),
        ([[0.4, 0], [0.6, 101]], r"table points\[1\] = 101 is above 100"),
    ],
)
def test_a_table_with_a_cliff_or_a_turn_is_refused(table, message):
    with pytest.raises(ValueError, match=message):
        points.of_values(0.5, table)


def test_an_infinite_value_is_refused_by_name():
    with pytest.raises(ValueError, match=r"values\[1\] = inf"):
        points.of_values([0.5, np.inf], SATISFACTION)
