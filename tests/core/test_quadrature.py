"""Each place's own integral by few nodes, beside an adaptive integrator; and where the nodes of τ are put."""

import numpy as np
import pytest
from scipy.integrate import quad

from heng import grid, stretch
from heng.likelihood import Binomial, Normal, Poisson
from heng.quadrature import integrate_errors

PREDICTOR = 0.2
CONSTANT = 0.5 * np.log(np.pi)  # which log z has too much, at every place and τ alike
LIKELIHOODS = {
    "few events": Poisson(np.array([0.0, 1.0, 7.0]), np.array([2.0, 3.0, 4.0])),
    "many events": Poisson(np.array([30.0, 55.0, 90.0]), np.array([40.0, 50.0, 60.0])),
    "few answers": Binomial(np.array([3.0, 7.0, 10.0]), np.full(3, 10.0)),
    "many answers": Binomial(np.array([50.0, 68.5, 100.0]), np.full(3, 110.0)),
    "means": Normal(np.array([-0.5, 0.1, 0.9]), np.array([0.1, 0.4, np.inf])),
    "nothing": Binomial(np.zeros(3), np.zeros(3)),
}


def found(likelihood, tau, nodes, predictor=PREDICTOR):
    row = np.ones((1, len(likelihood)))
    moments = integrate_errors(likelihood, predictor * row, tau * row, 0 * row, nodes)
    return {name: values[0] for name, values in moments.items()}


def one_by_one(likelihood, tau):
    """(log z, mean, variance, third) of every e, (4, n): one adaptive integral each."""
    rows = []
    for at in range(len(likelihood)):
        one = likelihood.rows(slice(at, at + 1))
        top = one.log(np.array([PREDICTOR]))[0]

        def height(e, power=0, middle=0.0, one=one, top=top):
            log = one.log(np.array([PREDICTOR + e]))[0] - top
            return (e - middle) ** power * np.exp(log - 0.5 * (e / tau) ** 2)

        def over(power, middle=0.0, height=height):
            return quad(height, -8 * tau, 8 * tau, (power, middle), limit=400, epsabs=1e-7, points=[0.0])[0]

        total = over(0)
        mean = over(1) / total
        log_z = top + np.log(total / (tau * np.sqrt(2 * np.pi)))
        rows.append((log_z, mean, over(2, mean) / total, over(3, mean) / total))
    return np.array(rows).T


@pytest.mark.parametrize("evidence", LIKELIHOODS)
@pytest.mark.parametrize("tau", [0.03, 0.3, 0.7])
@pytest.mark.parametrize("nodes", [7, 9])
def test_moments_of_an_error_are_those_of_an_adaptive_integrator(evidence, tau, nodes):
    got = found(LIKELIHOODS[evidence], tau, nodes)
    log_z, *moments = one_by_one(LIKELIHOODS[evidence], tau)
    assert got["log_z"] - CONSTANT == pytest.approx(log_z, abs=1e-4)
    for name, exact, power in zip(("mean", "variance", "third"), moments, (1, 2, 3), strict=True):
        assert got[name] / tau**power == pytest.approx(exact / tau**power, abs=1e-3)


@pytest.mark.parametrize("evidence", LIKELIHOODS)
@pytest.mark.parametrize("tau", [0.05, 0.5])
@pytest.mark.parametrize("nodes", [7, 9])
def test_slope_and_pull_are_differences_of_the_log_integral(evidence, tau, nodes):
    likelihood, step = LIKELIHOODS[evidence], 1e-3
    below, here, above = (found(likelihood, tau, 41, PREDICTOR + move)["log_z"] for move in (-step, 0.0, step))
    got = found(likelihood, tau, nodes)
    assert got["slope"] == pytest.approx((above - below) / (2 * step), rel=1e-3, abs=1e-3)
    assert got["pull"] == pytest.approx((2 * here - above - below) / step**2, rel=5e-3, abs=1e-3)


def test_both_ways_to_the_derivatives_agree_where_nodes_are_many():
    likelihood = LIKELIHOODS["few events"]
    few, many = found(likelihood, 0.5, 7), found(likelihood, 0.5, 31)
    for name in few:
        assert few[name] == pytest.approx(many[name], rel=2e-3, abs=2e-4)


@pytest.mark.parametrize("tau", [0.02, 0.1, 0.4])
@pytest.mark.parametrize("places", [60, 300])
def test_nodes_of_the_spread_end_where_hardly_any_chance_is_left(tau, places):
    random = np.random.default_rng(places)
    expected = random.uniform(2, 30, 3 * places)
    count = random.poisson(expected * np.exp(random.normal(0.1, tau, 3 * places))).astype(float)
    groups, zero, one = grid.groups_of([places] * 3), np.zeros(3 * places), np.ones((3 * places, 1))
    wide = grid.Fineness(np.inf, 400, 1, 7)
    every = grid.integrate(Poisson(count, expected), zero, one, np.ones(1), 0.4, groups, wide)
    used = grid.integrate(Poisson(count, expected), zero, one, np.ones(1), 0.4, groups, grid.fineness_for(places))
    half = (used.tau[1] - used.tau[0]) / 2
    for g in range(3):
        inside = (every.tau[:, g] > used.tau[0, g] - half[g]) & (every.tau[:, g] < used.tau[-1, g] + half[g])
        assert every.weight[inside, g].sum() > 0.999
        exact = every.weight[:, g] @ every.tau[:, g] ** 2  # what the places feel of τ is τ²
        assert used.weight[:, g] @ used.tau[:, g] ** 2 == pytest.approx(exact, rel=2e-3)


def test_cells_of_a_stretch_are_even_and_fill_it():
    assert stretch.even(np.array([0.0, 1.0]), np.array([1.0, 5.0]), 4).T.tolist() == [
        [0.125, 0.375, 0.625, 0.875],
        [1.5, 2.5, 3.5, 4.5],
    ]
