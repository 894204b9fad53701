"""Small counts stay hidden: beside the flow stand a linear program and plain enumeration that know nothing of it."""

import time
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from heng.disclosure import LEAST, ranges, with_totals, withheld

COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 60))
TABLES = st.tuples(st.integers(1, 5), st.integers(1, 5)).flatmap(
    lambda shape: st.lists(st.lists(COUNTS, min_size=shape[1], max_size=shape[1]), min_size=shape[0], max_size=shape[0])
)
LISTS = st.lists(COUNTS, min_size=1, max_size=8)


def equations(shape):
    """Rows of coefficients over a table with its totals: each line less its total is nothing."""
    n, m = shape
    for i in range(n):
        line = np.zeros(shape)
        line[i, :-1], line[i, -1] = 1, -1
        yield line.reshape(-1)
    for j in range(m):
        line = np.zeros(shape)
        line[:-1, j], line[-1, j] = 1, -1
        yield line.reshape(-1)


def slow_ranges(table, mask, lowest=0):
    """(low, high) of every cell by a linear program each: what a reader who knows all rules can work out."""
    whole, free = with_totals(table)
    hidden = (np.column_stack([mask, np.ones(len(mask), bool)]) if np.ndim(table) == 1 else mask) | free
    floor = np.where(free, 0, lowest).reshape(-1)
    cells = zip(hidden.reshape(-1), whole.reshape(-1), floor, strict=True)
    bounds = [(least, None) if hide else (count, count) for hide, count, least in cells]
    lines = np.array(list(equations(whole.shape)))
    low, high = whole.astype(float), whole.astype(float)
    for cell in zip(*np.nonzero(hidden & ~free), strict=True):
        aim = np.zeros(whole.shape)
        aim[cell] = 1
        for sign, found in ((1, low), (-1, high)):
            solved = linprog(sign * aim.reshape(-1), A_eq=lines, b_eq=np.zeros(len(lines)), bounds=bounds)
            found[cell] = np.inf if solved.status == 3 else sign * solved.fun
    return (low[:, 0], high[:, 0]) if np.ndim(table) == 1 else (low, high)


def enumerated(table, mask, most):
    """Every value each inner cell takes in any table of counts up to ``most`` that shows the same."""
    whole, _ = with_totals(table)
    places = [cell for cell in zip(*np.nonzero(mask), strict=True) if max(cell) < 2]
    seen = {cell: set() for cell in places}
    for values in product(range(most + 1), repeat=len(places)):
        inner = whole[:-1, :-1].copy()
        for cell, value in zip(places, values, strict=True):
            inner[cell] = value
        other, _ = with_totals(inner)
        if (other[~mask] == whole[~mask]).all():
            for cell, value in zip(places, values, strict=True):
                seen[cell].add(value)
    return seen


def hold(table, mask, least=LEAST, lowest=0):
    """Whether the guarantee holds, by the linear program."""
    low, high = slow_ranges(table, mask, lowest)
    return (high[mask] - low[mask] >= least - 1 - 1e-6).all()


@settings(max_examples=60, deadline=None)
@given(TABLES)
def test_withheld_cell_of_a_table_keeps_as_many_possible_values_as_promised(table):
    mask = withheld(table)
    assert hold(table, mask)
    whole, _ = with_totals(table)
    assert mask[whole < LEAST].all()


@settings(max_examples=40, deadline=None)
@given(LISTS, st.integers(2, 10))
def test_withheld_count_of_a_list_keeps_as_many_possible_values_as_promised(counts, least):
    mask = withheld(counts, least)
    assert hold(counts, mask, least) and mask[:-1][np.array(counts) < least].all()


@settings(max_examples=60, deadline=None)
@given(st.one_of(TABLES, LISTS))
def test_zeros_may_be_shown_and_what_is_withheld_keeps_its_values_all_the_same(table):
    mask = withheld(table, zeros=True)
    whole, _ = with_totals(table)
    whole = whole if np.ndim(table) == 2 else whole[:, 0]
    assert mask[(whole > 0) & (whole < LEAST)].all() and not mask[whole == 0].any()
    assert hold(table, mask, lowest=1)
    for quick, slow in zip(ranges(table, mask, zeros=True), slow_ranges(table, mask, 1), strict=True):
        np.testing.assert_allclose(quick, slow, atol=1e-6)


@settings(max_examples=40, deadline=None)
@given(TABLES, st.randoms())
def test_flow_finds_the_same_ranges_as_the_linear_program_whatever_is_hidden(table, chance):
    whole, _ = with_totals(table)
    mask = np.array([[chance.random() < 0.5 for _ in row] for row in whole])
    quick, slow = ranges(table, mask), slow_ranges(table, mask)
    for one, other in zip(quick, slow, strict=True):
        np.testing.assert_allclose(one, other, atol=1e-6)


@settings(max_examples=30, deadline=None)
@given(TABLES)
def test_nothing_more_is_withheld_that_could_be_shown_alone(table):
    mask = withheld(table)
    whole, _ = with_totals(table)
    for cell in zip(*np.nonzero(mask & (whole >= LEAST)), strict=True):
        fewer = mask.copy()
        fewer[cell] = False
        assert not hold(table, fewer)


@settings(max_examples=10, deadline=None)
@given(st.lists(st.lists(st.integers(0, 6), min_size=2, max_size=2), min_size=2, max_size=2))
def test_values_said_to_be_possible_are_those_that_enumeration_finds(table):
    """Whole numbers go in, so every whole number between the limits really occurs in some table."""
    mask = withheld(table, least=3)
    low, high = ranges(table, mask)
    if not np.isfinite(high[mask]).all() or high[mask].max(initial=0) > 12:
        return
    for cell, values in enumerated(table, mask, 12).items():
        assert values == set(range(int(low[cell]), int(high[cell]) + 1))


def fewest(table):
    """How few cells any mask that keeps the guarantee hides: every set of them tried."""
    whole, _ = with_totals(table)
    must = whole < LEAST
    others = list(zip(*np.nonzero(~must), strict=True))
    for many in range(len(others) + 1):
        for chosen in combinations(others, many):
            mask = must.copy()
            for cell in chosen:
                mask[cell] = True
            low, high = ranges(table, mask)
            if (high[mask] - low[mask] >= LEAST - 1).all():
                return int(mask.sum())
    raise AssertionError("hiding everything keeps every guarantee")


def test_greedy_way_hides_little_more_than_the_fewest_cells():
    dice = np.random.default_rng(20260925)
    hidden, least = [], []
    for _ in range(25):
        table = dice.poisson(8, size=(2, 2))
        hidden.append(int(withheld(table).sum()))
        least.append(fewest(table))
    assert sum(hidden) <= 1.05 * sum(least)


def test_one_small_count_takes_a_square_with_it_and_no_total():
    mask = withheld([[40, 3, 50], [25, 12, 60], [30, 45, 70]])
    assert mask.sum() == 4 and mask[0, 1] and not mask[-1].any() and not mask[:, -1].any()


def test_small_total_is_withheld_like_any_small_count():
    mask = withheld([[1, 2], [40, 50]])
    assert mask[0].all() and mask[0, -1]


def test_table_without_small_counts_is_shown_whole():
    assert not withheld([[5, 6], [7, 8]]).any() and not withheld([5, 9]).any()


def test_count_alone_in_its_list_is_withheld_with_its_total():
    assert withheld([3]).tolist() == [True, True]


def test_nothing_at_all_says_nothing_at_all():
    assert withheld([[0, 0], [0, 0]]).all() and withheld([]).tolist() == [True]


def test_two_small_counts_of_one_line_do_not_hide_each_other():
    """1 and 2 of a total of 53: the reader would know that they sum to 3, and each lies in 0..3."""
    mask = withheld([1, 2, 50])
    assert mask.sum() >= 3


def test_usual_table_is_done_before_a_reader_notices():
    table = np.random.default_rng(1).poisson(12, size=(10, 5))
    start = time.process_time()
    mask = withheld(table)
    assert time.process_time() - start < 5 and hold(table, mask)


@pytest.mark.parametrize(
    ("table", "said"),
    [([[1.5]], "whole"), ([[-1]], "below 0"), ([[[1]]], "dimensions"), ([[2**30]], "more than"), ([["3"]], "number")],
)
def test_what_is_no_table_of_counts_is_refused(table, said):
    with pytest.raises(ValueError, match=said):
        withheld(table)


@pytest.mark.parametrize("least", [1, 0, 2.5, True])
def test_least_that_protects_nobody_is_refused(least):
    with pytest.raises(ValueError, match="least"):
        withheld([[9]], least)


def test_mask_that_hides_a_zero_is_refused_where_zeros_are_shown():
    with pytest.raises(ValueError, match="hides a 0"):
        ranges([0, 9], [True, True, False], zeros=True)


def test_mask_of_another_table_is_refused():
    with pytest.raises(ValueError, match="shape"):
        ranges([[9, 9]], [[True]])
