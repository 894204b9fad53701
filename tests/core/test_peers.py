"""Published small-number examples: the classical estimators as printed, and ours beside them."""

import numpy as np
import pytest

from heng import marginal
from heng.likelihood import Binomial, Normal
from tests.core.peers import clayton_kaldor, dersimonian_laird, gamma_means, gamma_poisson, james_stein, schools_by_grid

# Efron & Morris (1975): hits in the first 45 at bats of 1970, and the average over the rest of the season.
HITS = np.array([18, 17, 16, 15, 14, 14, 13, 12, 11, 11, 10, 10, 10, 10, 10, 9, 8, 7])
REST = np.array(
    [0.346, 0.298, 0.276, 0.222, 0.273, 0.270, 0.263, 0.210, 0.269, 0.230, 0.264, 0.256, 0.303, 0.264, 0.226]
    + [0.285, 0.316, 0.200]
)
# Rubin (1981), Bayesian Data Analysis section 5.5: coaching effects of eight schools.
EFFECT = np.array([28.0, 8, -3, 7, -1, 1, 18, 12])
SE = np.array([15.0, 10, 16, 11, 9, 11, 10, 18])


def test_james_stein_on_baseball_is_as_printed():
    averages = np.round(HITS / 45, 3)
    kept, estimates = james_stein(averages, averages.mean() * (1 - averages.mean()) / 45)
    assert kept == pytest.approx(0.2124, abs=5e-4)
    assert (np.abs(estimates - REST) < np.abs(averages - REST)).sum() == 16


def test_james_stein_on_the_arcsine_scale_is_as_printed():
    scaled = np.sqrt(45) * np.arcsin(2 * HITS / 45 - 1)
    kept, estimates = james_stein(scaled, 1.0)
    back = (np.sin(estimates / np.sqrt(45)) + 1) / 2
    assert kept == pytest.approx(0.2090, abs=5e-5)
    assert back[[0, -1]] == pytest.approx([0.2901, 0.2387], abs=1e-4)


def test_our_shares_beat_the_raw_averages_as_james_stein_does():
    found = marginal.fit(Binomial(HITS.astype(float), np.full(18, 45.0)), np.ones((18, 1)), nodes=25)
    ours = 1 / (1 + np.exp(-(found.coefficients[0] + found.mode)))
    raw_error, our_error = (((shares - REST) ** 2).sum() for shares in (HITS / 45, ours))
    assert raw_error / our_error > 2.8
    assert (np.abs(ours - REST) < np.abs(HITS / 45 - REST)).sum() >= 13


def test_every_plug_in_puts_the_eight_schools_on_the_boundary():
    between, mean, se, q = dersimonian_laird(EFFECT, SE)
    assert (between, mean, se, q) == pytest.approx((0, 7.685617, 4.071919, 4.707079), abs=1e-5)
    ours = marginal.fit(Normal(EFFECT, SE), np.ones((8, 1)))
    assert ours.boundary and ours.coefficients[0] == pytest.approx(7.685617, abs=1e-4)
    assert ours.covariance[0, 0] ** 0.5 == pytest.approx(4.071919, abs=1e-4)


def test_integrating_the_spread_does_not_fall_into_that_trap():
    """posteriordb, eight_schools: mu ~ N(0, 5), tau ~ half-Cauchy(5)."""
    found = schools_by_grid(EFFECT, SE)
    assert found["theta"][0] == pytest.approx(6.1505, abs=4 * 0.0557) and found["tau"] > 2


def test_fixed_point_and_maximum_likelihood_agree_on_plenty_of_evidence():
    random = np.random.default_rng(6)
    expected = random.uniform(40, 80, 400)
    count = random.poisson(expected * random.gamma(4, 1 / 4, 400)).astype(float)
    shape, rate, _ = gamma_poisson(count, expected)
    assert clayton_kaldor(count, expected) == pytest.approx((shape, rate), rel=0.15)
    kept = gamma_means(count, expected, shape, rate)
    assert kept.var() < (count / expected).var()
