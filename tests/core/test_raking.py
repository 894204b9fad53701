"""Raking against tables worked by hand, against a naive twin, and against what it promises."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heng import raking


def spread(table):
    """(rows, columns, base) of a table's cells as answers with base weights."""
    found = [(i, j, cell) for i, line in enumerate(table) for j, cell in enumerate(line) if cell]
    rows, columns, base = zip(*found, strict=True)
    return list(rows), list(columns), list(base)


def raked_table(table, rows, columns):
    """The table whose sums are ``rows`` and ``columns``, by raking its cells."""
    i, j, base = spread(table)
    found = raking.rake([i, j], [rows, columns], base=base, tolerance=1e-12)
    weights = found.weights * sum(rows) / found.weights.sum()
    made = np.zeros((len(rows), len(columns)))
    made[i, j] = weights
    return made


def test_two_by_two_as_worked_by_hand():
    """The odds ratio stays: a(5 + a) / ((5 - a)(10 - a)) = 49 / 108 of the first cell, 59a² + 1275a - 2450 = 0."""
    made = raked_table([[7, 9], [12, 7]], [5, 15], [10, 10])
    a = (-1275 + np.sqrt(1275**2 + 4 * 59 * 2450)) / (2 * 59)
    assert made == pytest.approx(np.array([[a, 5 - a], [10 - a, 5 + a]]), abs=1e-8)


# The four by four table of the encyclopaedia article on iterative proportional fitting; its printed result stops after
# a few rounds (its first column sums to 200.00, its second row to 299.96), hence the tolerance.
SEED = [[40, 30, 20, 10], [35, 50, 100, 75], [30, 80, 70, 120], [20, 30, 40, 50]]
ROWS, COLUMNS = [150, 300, 400, 150], [200, 300, 400, 100]
PRINTED = [
    [64.61, 46.28, 35.42, 3.83],
    [49.95, 68.15, 156.49, 25.37],
    [56.70, 144.40, 145.06, 53.76],
    [28.74, 41.18, 63.03, 17.03],
]


def test_four_by_four_as_printed():
    assert raked_table(SEED, ROWS, COLUMNS) == pytest.approx(np.array(PRINTED), abs=0.06)


def naive(categories, margins, base):
    """The same with lists and loops, three hundred rounds."""
    weights = list(base)
    for _ in range(300):
        for column, margin in zip(categories, margins, strict=True):
            for category, wanted in enumerate(margin):
                members = [i for i, one in enumerate(column) if one == category]
                held = sum(weights[i] for i in members)
                for i in members:
                    weights[i] *= wanted * sum(base) / held
    mean = sum(weights) / len(weights)
    return [weight / mean for weight in weights]


@settings(deadline=None, max_examples=30)
@given(st.integers(0, 200))
def test_weights_as_a_naive_twin_has_them(seed):
    maker = np.random.default_rng(seed)
    columns = [
        maker.permutation([0, 0, 1, 1, *maker.integers(0, 2, 20)]),
        maker.permutation([0, 1, 2, *maker.integers(0, 3, 21)]),
    ]
    margins = [maker.dirichlet([5, 5]), maker.dirichlet([5, 5, 5])]
    base = maker.uniform(0.5, 2, 24)
    found = raking.rake([column.tolist() for column in columns], margins, base=base)
    if found.converged:
        assert found.weights == pytest.approx(naive(columns, margins, base), rel=1e-5)


def test_margins_are_met_and_the_mean_is_one():
    maker = np.random.default_rng(3)
    columns, margins = [maker.integers(0, 2, 300), maker.integers(0, 4, 300)], [[48, 52], [10, 20, 30, 40]]
    found = raking.rake(columns, margins)
    assert found.converged and found.gap <= 1e-9 and found.weights.mean() == pytest.approx(1)
    for column, margin in zip(columns, margins, strict=True):
        held = np.bincount(column, found.weights) / 300
        assert held == pytest.approx(np.array(margin) / sum(margin), abs=1e-8)


def test_who_did_not_say_is_left_as_it_is():
    found = raking.rake([[0, 0, 0, 1, -1]], [[0.5, 0.5]])
    assert found.weights[:4].sum() == pytest.approx(4 * found.weights[4])
    assert found.weights[3] == pytest.approx(3 * found.weights[0])


def test_group_that_nobody_answered_from_is_named():
    found = raking.rake([[0, 0, 1]], [[0.2, 0.3, 0.5]])
    assert found.empty == ((0, 2),) and found.converged
    assert found.weights[:2].sum() / found.weights.sum() == pytest.approx(0.4)


def test_margins_that_contradict_each_other_are_said_not_to_be_met():
    found = raking.rake([[0, 0, 1, 1], [0, 0, 1, 1]], [[0.9, 0.1], [0.1, 0.9]], rounds=50)
    assert not found.converged and found.gap > 0.1 and found.rounds == 50


def test_trimming_names_its_loss():
    columns, margins = [[0] * 40 + [1]], [[0.5, 0.5]]
    whole, cut = raking.rake(columns, margins), raking.rake(columns, margins, most=4)
    assert whole.trimmed == 0 and whole.trim_loss == 0
    assert cut.trimmed == 1 and cut.weights.max() == pytest.approx(4)
    assert cut.trim_loss == pytest.approx(0.5 - 4 / 41) and cut.design_effect < whole.design_effect


@given(st.lists(st.floats(0.01, 50), min_size=1, max_size=40), st.floats(1, 6))
def test_trimming_keeps_the_sum_and_the_limit(weights, most):
    cut, _number = raking.trim(weights, most)
    assert cut.sum() == pytest.approx(sum(weights)) and cut.max() <= most * cut.mean() * (1 + 1e-9)


def test_kish_by_hand():
    assert raking.design_effect([2, 2, 2]) == 1.0
    assert raking.design_effect([1, 1, 2]) == pytest.approx(3 * 6 / 16)
    assert raking.effective([1, 1, 2]) == pytest.approx(16 / 6)
    assert np.isnan(raking.design_effect([])) and raking.effective([]) == 0.0


def test_nobody_has_no_weights():
    found = raking.rake([[]], [[0.5, 0.5]])
    assert len(found.weights) == 0 and np.isnan(found.design_effect) and found.empty == ((0, 0), (0, 1))


WRONG = [
    ([[0, 1], [0]], [[1, 1], [1]], {}, "categories"),
    ([[0, 2]], [[1, 1]], {}, "margins"),
    ([[0, 1]], [[1, 0]], {}, "margins"),
    ([[0, 1]], [[0, 0]], {}, "margins"),
    ([[0, 1]], [[-1, 2]], {}, "margins"),
    ([[0, 0.5]], [[1, 1]], {}, "categories"),
    ([[0, -2]], [[1, 1]], {}, "categories"),
    ([[0, 1]], [[1, 1]], {"base": [1, 0]}, "base"),
    ([[0, 1]], [[1, 1]], {"base": [1]}, "base"),
    ([[0, 1]], [[1, 1]], {"most": 0.5}, "most"),
]


@pytest.mark.parametrize(("categories", "margins", "more", "named"), WRONG)
def test_what_is_wrong_is_named(categories, margins, more, named):
    with pytest.raises(ValueError, match=named):
        raking.rake(categories, margins, **more)
