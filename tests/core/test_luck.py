"""What luck alone does: exact where it can be, simulated elsewhere, and the two agreeing."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from heng import luck, points
from heng.scheme import Bottom
from tests.core.simulated import rates, scheme


def alike(looking_back):
    return scheme(rates=tuple(replace(rate, pool_quarters=looking_back) for rate in rates()))


def test_ten_equal_officers_see_somebody_last_twice_in_27_of_100_years():
    assert luck.somebody_last_twice() == pytest.approx(0.271)
    assert luck.somebody_last_twice(year_before=True) == pytest.approx(0.3439)


@given(officers=st.integers(1, 30), quarters=st.integers(1, 8))
def test_chance_is_a_probability_that_falls_with_more_officers(officers, quarters):
    chance = luck.somebody_last_twice(officers, quarters)
    assert 0 <= chance <= 1
    assert luck.somebody_last_twice(officers + 1, quarters) <= chance
    assert luck.somebody_last_twice(officers, quarters, year_before=True) >= chance


def test_drawing_the_last_by_lot_gives_the_same_chance():
    lots = np.random.default_rng(5).integers(0, 6, (40_000, 4))
    drawn = (lots[:, 1:] == lots[:, :-1]).any(axis=1).mean()
    assert luck.somebody_last_twice(6) == pytest.approx(drawn, abs=0.01)


def test_a_scheme_without_windows_has_the_exact_chance():
    assert luck.last_twice(alike(1)) == luck.somebody_last_twice()


def test_windows_make_luck_last():
    chances = [luck.last_twice(alike(window)) for window in (1, 2, 4)]
    assert chances[0] < chances[1] - 0.1 and chances[1] < chances[2] - 0.1
    assert luck.last_twice(alike(4)) == chances[2]


def test_one_looking_back_rate_of_little_weight_changes_little():
    little = (replace(rates()[0], weight=2, pool_quarters=4), replace(rates()[1], weight=98))
    assert luck.last_twice(scheme(rates=little)) == pytest.approx(0.271, abs=0.02)


def test_one_rate_alone_puts_the_line_where_its_table_says():
    """80 points are the 20th percentile of one rate: the worst of n is below with chance 1 − 0.8ⁿ."""
    alone = scheme(rates=(replace(rates()[0], weight=100),))
    for officers in (1, 5):
        chance = luck.worst_below(alone, officers, draws=40_000)
        assert chance == pytest.approx(1 - (1 - norm.cdf(-0.8416)) ** officers, abs=0.01)


def test_a_score_of_several_rates_spreads_less_than_one_rate():
    alone = scheme(rates=(replace(rates()[0], weight=100),))
    assert luck.worst_below(scheme()) < luck.worst_below(alone)


def test_the_worst_of_more_officers_is_below_more_often():
    chances = [luck.worst_below(scheme(), officers) for officers in (1, 5, 10, 20)]
    assert chances == sorted(chances) and chances[0] < 0.25 < chances[3]


def test_a_lower_line_protects_more():
    low = scheme(bottom=Bottom(below=60.0))
    assert luck.worst_below(low) < luck.worst_below(scheme()) / 2


@pytest.mark.parametrize("rate", rates(), ids=lambda rate: rate.id)
def test_true_values_stand_where_the_table_has_them(rate):
    values = luck.true_values(rate, np.array([-1.96, -0.8416, 0.0, 1.96]))
    assert points.of_values(values, rate.points) == pytest.approx([60, 80, 85, 100], abs=1e-6)
    further = luck.true_values(rate, np.array([-8.0, 8.0]))
    assert points.of_values(further, rate.points) == pytest.approx([0, 100], abs=1e-6)


def test_a_table_that_names_no_spread_is_refused():
    flat = replace(rates()[0], points=np.array([[2.0, 10], [1.0, 50]]))
    with pytest.raises(ValueError, match="incidents"):
        luck.worst_below(scheme(rates=(flat,)))


@pytest.mark.parametrize("officers", [0, -3, 2.5])
def test_a_county_has_a_whole_number_of_officers(officers):
    with pytest.raises(ValueError, match="officers"):
        luck.worst_below(scheme(), officers)


@st.composite
def tables(draw):
    """Any table a scheme's reader would take: values in one direction, points that never turn."""
    size = draw(st.integers(2, 6))
    values = draw(st.lists(st.floats(0, 1).map(lambda v: round(v, 4)), min_size=size, max_size=size, unique=True))
    earned = sorted(draw(st.lists(st.integers(0, 100), min_size=size, max_size=size)))
    return np.column_stack([sorted(values, reverse=draw(st.booleans())), earned])


@given(table=tables(), kind=st.sampled_from(["share", "count", "mean"]))
def test_any_table_a_scheme_may_hold_has_a_chance_or_is_refused_by_name(table, kind):
    any_scheme = scheme(rates=(replace(rates()[0], kind=kind, points=table),))
    try:
        chance = luck.worst_below(any_scheme, draws=50)
    except ValueError as refused:
        assert "incidents" in str(refused)
    else:
        assert 0 <= chance <= 1
