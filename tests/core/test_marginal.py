"""The regressions for large pools: recovered truth, naive twins, and results that are refused."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.integrate import quad
from scipy.special import expit
from scipy.stats import norm

from heng import marginal
from heng.likelihood import Binomial, Normal, Poisson
from heng.surface import Surface


def ones(n):
    return np.ones((n, 1))


def by_quad(likelihood, predictor, tau):
    """log ∫ L(predictor + e) N(e; 0, τ²) de of every place, one call of an adaptive integrator each."""
    total = 0.0
    for at in range(len(predictor)):
        one = likelihood.rows(slice(at, at + 1))
        peak = one.terms(np.array([predictor[at]]))[0][0]

        def height(e, one=one, at=at, peak=peak):
            return np.exp(one.terms(np.array([predictor[at] + e]))[0][0] - peak) * norm.pdf(e, 0, tau)

        total += peak + np.log(quad(height, -12 * tau, 12 * tau, limit=200, epsabs=0)[0])
    return total


@given(
    counts=st.lists(st.integers(0, 40), min_size=2, max_size=6),
    tau=st.floats(0.05, 1.5),
    level=st.floats(-1.0, 1.0),
)
@settings(max_examples=25, deadline=None)
def test_quadrature_agrees_with_an_adaptive_integrator_place_by_place(counts, tau, level):
    count, expected = np.array(counts, dtype=float), np.linspace(3, 20, len(counts))
    for likelihood in (Poisson(count, expected), Binomial(np.minimum(count, 30), np.full(len(count), 30.0))):
        surface = Surface(likelihood, ones(len(count)), np.zeros(len(count)), np.zeros(1), nodes=25)
        found = surface.at(np.array([level, np.log(tau)])).log_likelihood
        assert found == pytest.approx(by_quad(likelihood, np.full(len(count), level), tau), abs=1e-4)


@given(seed=st.integers(0, 10_000), tau=st.floats(0.1, 1.0))
@settings(max_examples=25, deadline=None)
def test_slope_and_information_are_the_differences_of_the_surface(seed, tau):
    random = np.random.default_rng(seed)
    design = np.column_stack([np.ones(30), random.standard_normal(30)])
    count = random.poisson(8 * np.exp(design @ [0.1, 0.3] + tau * random.standard_normal(30))).astype(float)
    surface = Surface(Poisson(count, np.full(30, 8.0)), design, np.zeros(30), np.array([1.0, 2.0]), nodes=25)
    point, step = np.array([0.2, 0.1, np.log(tau)]), 1e-4
    here = surface.at(point)
    for axis in range(3):
        shift = step * np.eye(3)[axis]
        up, down = surface.at(point + shift), surface.at(point - shift)
        assert here.gradient[axis] == pytest.approx((up.objective - down.objective) / (2 * step), abs=2e-3, rel=1e-3)
        assert here.information[axis] == pytest.approx((down.gradient - up.gradient) / (2 * step), abs=2e-2, rel=2e-3)


def test_normal_means_have_the_closed_form_likelihood():
    random = np.random.default_rng(4)
    se = random.uniform(0.2, 0.6, 60)
    mean = 3 + random.normal(0, np.sqrt(0.5**2 + se**2))
    found = marginal.fit(Normal(mean, se), ones(60))
    weight = 1 / (found.tau**2 + se**2)
    assert found.coefficients[0] == pytest.approx(weight @ mean / weight.sum(), abs=1e-6)
    slope_of_tau = (weight**2 * (mean - found.coefficients[0]) ** 2 - weight).sum()
    assert slope_of_tau == pytest.approx(0, abs=1e-3)
    assert found.mode == pytest.approx(found.tau**2 * weight * (mean - found.coefficients[0]), abs=1e-6)


@pytest.mark.parametrize("kind", ["counts", "shares"])
def test_known_coefficients_are_found_within_their_doubt(kind):
    random = np.random.default_rng(11)
    places, truth, tau = 1500, np.array([-0.3, 0.4, -0.2]), 0.35
    design = np.column_stack([np.ones(places), random.standard_normal((places, 2))])
    eta = design @ truth + tau * random.standard_normal(places)
    if kind == "counts":
        expected = random.gamma(2, 8, places)
        found = marginal.fit(Poisson(random.poisson(expected * np.exp(eta)).astype(float), expected), design)
    else:
        asked = random.integers(20, 120, places)
        found = marginal.fit(Binomial(random.binomial(asked, expit(eta)).astype(float), asked.astype(float)), design)
    se = np.sqrt(np.diag(found.covariance))
    assert (np.abs(found.coefficients - truth) < 3.5 * se).all() and (se < 0.05).all()
    assert abs(np.log(found.tau / tau)) < 3.5 * found.tau_log_se


def test_order_of_places_changes_nothing():
    random = np.random.default_rng(2)
    count, order = random.poisson(6, 80).astype(float), random.permutation(80)
    expected = np.full(80, 5.0)
    found = marginal.fit(Poisson(count, expected), ones(80))
    again = marginal.fit(Poisson(count[order], expected), ones(80))
    assert again.coefficients == pytest.approx(found.coefficients, abs=1e-6)
    assert again.mode == pytest.approx(found.mode[order], abs=1e-5)


def test_equal_places_have_no_spread_and_the_result_says_so():
    found = marginal.fit(Poisson(np.full(30, 20.0), np.full(30, 20.0)), ones(30))
    assert found.boundary and found.tau == 0 and np.isnan(found.tau_log_se)
    assert found.coefficients[0] == pytest.approx(0, abs=1e-4)
    assert found.covariance[0, 0] == pytest.approx(1 / 600, rel=1e-3)


def test_places_without_evidence_change_no_coefficient():
    count, expected = np.array([3.0, 9, 1, 14, 6]), np.full(5, 6.0)
    found = marginal.fit(Poisson(count, expected), ones(5))
    more = marginal.fit(Poisson(np.append(count, 0), np.append(expected, 0)), ones(6))
    assert more.coefficients == pytest.approx(found.coefficients, abs=1e-5)
    assert more.mean[-1] == pytest.approx(0, abs=1e-9)


def test_a_prior_draws_a_coefficient_towards_zero():
    random = np.random.default_rng(3)
    design = np.column_stack([np.ones(40), random.standard_normal(40)])
    likelihood = Poisson(random.poisson(4 * np.exp(design @ [0, 0.5])).astype(float), np.full(40, 4.0))
    free, held = marginal.fit(likelihood, design), marginal.fit(likelihood, design, precision=[0, 400])
    assert 0 < held.coefficients[1] < free.coefficients[1] and held.covariance[1, 1] < 1 / 400


@pytest.mark.parametrize(
    ("likelihood", "design", "said"),
    [
        (Poisson(np.zeros(20), np.ones(20)), ones(20), "did not converge"),
        (Binomial(np.full(20, 9.0), np.full(20, 9.0)), ones(20), "did not converge"),
        (Poisson(np.ones(9), np.ones(9)), np.ones((9, 2)), "same twice"),
        (Poisson(np.ones(0), np.ones(0)), ones(0), "no places"),
        (Poisson(np.ones(3), np.ones(3)), ones(4), r"design has shape \(4, 1\)"),
        (Poisson(np.ones(3), np.ones(3)), np.array([[1.0], [np.nan], [1.0]]), r"design\[1, 0\] = nan"),
    ],
)
def test_what_cannot_be_fitted_is_refused(likelihood, design, said):
    with pytest.raises(ValueError, match=said):
        marginal.fit(likelihood, design)


@pytest.mark.slow
def test_six_hundred_thousand_places_are_fitted():
    random = np.random.default_rng(1)
    places, truth = 600_000, np.array([0.0, 0.2, 0.2, 0.1, 0.1, -0.1])
    design = np.column_stack([np.ones(places), random.standard_normal((places, 5))])
    expected = random.gamma(2, 4, places)
    count = random.poisson(expected * np.exp(design @ truth + 0.3 * random.standard_normal(places)))
    found = marginal.fit(Poisson(count.astype(float), expected), design)
    assert found.coefficients == pytest.approx(truth, abs=4e-3) and found.tau == pytest.approx(0.3, abs=4e-3)
