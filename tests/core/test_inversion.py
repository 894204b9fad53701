"""The chance of a score below a line, beside every combination of points there is, and beside draws."""

from itertools import product

import numpy as np
import pytest

from heng import composite, earned, inversion, moments, rating
from heng.complexity import Design
from heng.results import Coefficients
from heng.scheme import Ranking, Rate
from heng.window import Sums

TABLE = np.array([[0.40, 0.0], [0.65, 60.0], [0.78, 80.0], [0.85, 85.0], [0.98, 100.0]])
LINE = 80.0


def points_of(rates, places, seed):
    """Points (R, 37, n) as a bent table gives them, many of them at its ends."""
    random = np.random.default_rng(seed)
    middle, spread = random.uniform(0.55, 0.95, (rates, 1, places)), random.uniform(0.02, 0.2, (rates, 1, places))
    return np.interp(middle + spread * earned.Z[:, None], *TABLE.T)


def by_combination(points, share, line):
    """P(Σ share · points < line) of one place, summed over all 37³ combinations of three rates."""
    sums = sum(
        s * values.reshape([-1 if i == axis else 1 for i in range(3)]) for axis, (s, values) in _each(share, points)
    )
    weight = np.einsum("i,j,k->ijk", *[earned.WEIGHTS] * 3)
    return weight[sums < line].sum() + 0.5 * weight[sums == line].sum()


def _each(share, points):
    return enumerate(zip(share, points, strict=True))


def test_chance_below_a_line_is_the_sum_over_all_combinations():
    points, share = points_of(3, 60, 1), np.repeat([[0.5], [0.3], [0.2]], 60, axis=1)
    of = np.array([earned.moments(one) for one in points])
    mean, sd = (share * of[:, 0]).sum(axis=0), np.sqrt((share**2 * of[:, 1]).sum(axis=0))
    found = inversion.below(points, share, mean, sd, LINE)
    exact = [by_combination(points[:, :, i], share[:, i], LINE) for i in range(60)]
    assert found == pytest.approx(exact, abs=0.015) and np.abs(found - exact).mean() < 0.003


def test_a_score_that_is_sure_or_far_from_the_line_is_below_it_or_not():
    points = np.broadcast_to(np.array([10.0, 80.0, 99.0]), (2, len(earned.Z), 3))
    share = np.full((2, 3), 0.5)
    for sd in (0.0, 0.01):
        found = inversion.below(points, share, np.array([10.0, 80.0, 99.0]), np.full(3, sd), LINE)
        assert found == pytest.approx([1.0, 0.5, 0.0])


def test_a_rate_that_does_not_count_changes_nothing():
    points = points_of(4, 20, 2)
    share = np.repeat([[0.4], [0.0], [0.35], [0.25]], 20, axis=1)
    mean, sd = np.full(20, 79.0), np.full(20, 3.0)
    counted = [0, 2, 3]
    assert inversion.below(points, share, mean, sd, LINE) == pytest.approx(
        inversion.below(points[counted], share[counted], mean, sd, LINE)
    )


def rated(places=24, seed=3):
    """Five shares of few answers in one group, some of them thin or missing."""
    random = np.random.default_rng(seed)
    found = []
    for i, level in enumerate((1.2, 1.5, 0.9, 2.0, 1.4)):
        asked = random.integers(15, 90, places).astype(float)
        yes = random.binomial(asked.astype(int), 1 / (1 + np.exp(-level - random.normal(0, 0.4, places)))).astype(float)
        rate = Rate(f"rate{i}", {}, "share", "higher", 20, TABLE, "a", "b")
        state = np.full(places, "", dtype=object)
        state[random.random(places) < 0.1] = rating.NO_EVIDENCE
        state[i] = rating.FALSIFIED
        known = Coefficients(rate.id, "pool", (), level, np.zeros(0), np.array([[0.02**2]]), 0.5)
        sums = Sums(yes, asked, yes, asked, np.zeros(places), np.ones(places))
        found.append(rating.rate_places(rate, sums, state, known, Design((), (), (), np.zeros((places, 0))), Ranking()))
    return found


def test_chances_of_scores_below_the_line_are_those_of_draws():
    every, weights = rated(), [20.0] * 5
    found = moments.of_scores(every, weights, LINE)
    drawn = composite.draw(every, weights, 40_000, 1, "2026Q3")
    counted = (drawn < LINE).mean(axis=0)
    assert found.under == pytest.approx(counted, abs=0.02) and np.abs(found.under - counted).mean() < 0.004
    assert found.mean == pytest.approx(drawn.mean(axis=0), abs=0.1)
    assert found.sd == pytest.approx(drawn.std(axis=0), rel=0.05)


def test_the_line_changes_no_moment_and_places_are_worked_out_alike_in_parts(monkeypatch):
    every, weights = rated(), [30.0, 20.0, 20.0, 15.0, 15.0]
    whole, plain = moments.of_scores(every, weights, LINE), moments.of_scores(every, weights)
    monkeypatch.setattr(moments, "_PLACES", 7)
    parted = moments.of_scores(every, weights, LINE)
    for name, one in product(("mean", "sd", "skew", "shared"), (plain, parted)):
        assert getattr(one, name) == pytest.approx(getattr(whole, name))
    assert plain.under is None and parted.under == pytest.approx(whole.under, abs=1e-9)


def test_a_place_without_any_evidence_has_no_chance_and_no_moments():
    every = rated()
    for one in every:
        one.status[5] = rating.NO_EVIDENCE
    found = moments.of_scores(every, [20.0] * 5, LINE)
    assert np.isnan([found.mean[5], found.sd[5], found.under[5]]).all() and np.isfinite(np.delete(found.under, 5)).all()
