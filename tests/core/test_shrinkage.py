"""Small numbers drawn towards their kin: beside the naive twin, and the laws that always hold."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.special import expit

from heng import posterior, shrinkage
from heng.likelihood import Poisson
from tests.core import shrinkage_twin as twin

FROZEN = {"level": 0.0, "mean": (), "cov": np.zeros((0, 0)), "tau_scale": 0.4}
EIGHT_SCHOOLS = ([28.0, 8, -3, 7, -1, 1, 18, 12], [15.0, 10, 16, 11, 9, 11, 10, 18])  # Rubin 1981


def counts(seed, n=6):
    random = np.random.default_rng(seed)
    expected = random.uniform(2, 20, n)
    return random.poisson(expected * np.exp(random.normal(0.1, 0.35, n))), expected


@pytest.mark.parametrize("seed", [0, 1])
def test_counts_agree_with_the_naive_twin(seed):
    count, expected = counts(seed)
    found = shrinkage.of_counts(count, expected, prior=FROZEN, draws=0)
    known = twin.posterior_of_u(lambda u: count[:, None] * u - expected[:, None] * np.exp(u), 0.0, 0.4)
    low, high = found.interval(0.90)
    assert found.median == pytest.approx(np.exp(twin.quantile(known, 0.5)), abs=0.002)
    assert low == pytest.approx(np.exp(twin.quantile(known, 0.05)), abs=0.003)
    assert high == pytest.approx(np.exp(twin.quantile(known, 0.95)), abs=0.006)


@pytest.mark.parametrize("seed", [0, 1])
def test_shares_agree_with_the_naive_twin(seed):
    random = np.random.default_rng(seed)
    asked = random.integers(15, 120, 6).astype(float)
    yes = random.binomial(asked.astype(int), 0.82).astype(float)
    found = shrinkage.of_shares(yes, asked, prior={**FROZEN, "level": 1.5}, draws=0)
    eta = 1.5
    known = twin.posterior_of_u(
        lambda u: yes[:, None] * (u + eta) - asked[:, None] * np.logaddexp(0, u + eta), 0.0, 0.4
    )
    for level, value in ((0.05, found.interval()[0]), (0.5, found.median), (0.95, found.interval()[1])):
        assert value == pytest.approx(expit(eta + twin.quantile(known, level)), abs=0.001)


def test_doubt_about_the_frozen_level_spreads_the_result_as_in_the_naive_twin():
    count, expected = counts(3)
    frozen = posterior.Frozen(0.0, np.zeros(0), np.array([[0.1**2]]))
    fit = posterior.fit(Poisson(count, expected), frozen, np.zeros((6, 0)), 0.4, np.zeros(6, dtype=int))
    mixture = fit.marginal(fit.residual())
    known = twin.posterior_of_u(lambda u: count[:, None] * u - expected[:, None] * np.exp(u), 0.1, 0.4)
    for level in (0.05, 0.5, 0.95):
        assert np.exp(mixture.quantile(level)) == pytest.approx(np.exp(twin.quantile(known, level)), abs=0.01)


def test_the_boundary_trap_is_not_walked_into():
    """Every plug-in estimate of these eight gives τ = 0 and one pooled mean; integrating keeps them apart."""
    mean, se = EIGHT_SCHOOLS
    prior = {"level": 5.0, "mean": (), "cov": np.zeros((0, 0)), "tau_scale": 10.0}
    found = shrinkage.of_means(mean, se, prior=prior, draws=0)
    exact = closed_form_mean(np.array(mean), np.array(se), level=5.0, tau_scale=10.0)
    assert found.mean == pytest.approx(exact, abs=0.02)
    assert found.mean[0] - found.mean[2] > 1.5
    assert found.tau[2] > 3
    assert (found.own_weight > 0.02).all() and (found.own_weight < 0.7).all()


def closed_form_mean(mean, se, level, tau_scale):
    """Posterior means of the normal model by linear algebra at every τ of a fine grid."""
    log_weight, means = [], []
    for tau in np.linspace(0.005, 8 * tau_scale, 8000):
        spread = tau**2 * np.eye(len(mean)) + 1.0  # of level + m + e: m ~ N(0, 1) is shared
        total = spread + np.diag(se**2)
        gap = np.linalg.solve(total, mean - level)
        log_weight.append(
            -0.5 * np.linalg.slogdet(total)[1] - 0.5 * (mean - level) @ gap - 0.5 * (tau / tau_scale) ** 2
        )
        means.append(level + spread @ gap)
    weight = np.exp(np.array(log_weight) - max(log_weight))
    return weight @ np.array(means) / weight.sum()


def test_draws_say_the_same_as_the_solved_quantiles():
    count, expected = counts(5)
    found = shrinkage.of_counts(count, expected, prior=FROZEN, draws=40_000, seed=2)
    low, high = found.interval(0.90)
    drawn = np.quantile(found.draws, (0.05, 0.5, 0.95), axis=0)
    assert drawn == pytest.approx(np.array([low, found.median, high]), rel=0.03)
    assert found.draws.mean(axis=0) == pytest.approx(found.mean, rel=0.02)
    assert found.draws.std(axis=0) == pytest.approx(found.sd, rel=0.05)


def test_nobody_asked_gives_the_groups_posterior_and_no_weight_of_its_own():
    found = shrinkage.of_shares([80, 75, 70, 0], [100, 100, 100, 0], draws=0)
    assert found.own_weight[3] == 0
    assert 0.6 < found.median[3] < 0.85
    low, high = found.interval()
    assert high[3] - low[3] > (high - low)[:3].max()


def test_groups_with_a_frozen_prior_are_as_if_each_were_alone():
    count, expected = counts(7, n=9)
    group = np.array([2, 1, 1, 2, 2, 1, 2, 1, 1])
    together = shrinkage.of_counts(count, expected, prior=FROZEN, group=group, draws=0)
    for number, label in enumerate((1, 2)):
        alone = shrinkage.of_counts(count[group == label], expected[group == label], prior=FROZEN, draws=0)
        assert together.median[group == label] == pytest.approx(alone.median, abs=1e-6)
        assert together.tau[0][number] == pytest.approx(alone.tau[0], abs=1e-6)


def test_covariates_move_what_is_expected():
    x = np.array([[-1.0], [0.0], [1.0]] * 4)
    expected = np.full(12, 200.0)
    count = np.round(expected * np.exp(0.4 * x[:, 0]))
    found = shrinkage.of_counts(count, expected, covariates=x, draws=0)
    assert found.coefficients[1] == pytest.approx(0.4, abs=0.03)
    assert np.exp(found.coefficients[0]) == pytest.approx(1.0, abs=0.03)
    assert found.coefficients_cov.shape == (2, 2)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 60), st.floats(0.5, 40)), min_size=2, max_size=8), st.randoms())
def test_the_order_of_places_changes_nothing(places, random):
    order = list(range(len(places)))
    random.shuffle(order)
    count, expected = np.array(places, dtype=float).T
    straight = shrinkage.of_counts(count, expected, prior=FROZEN, draws=0)
    mixed = shrinkage.of_counts(count[order], expected[order], prior=FROZEN, draws=0)
    assert mixed.median == pytest.approx(straight.median[order], rel=1e-6)


@settings(max_examples=20, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 200), st.integers(0, 200)), min_size=1, max_size=8))
def test_shrunken_shares_stay_shares_and_inside_their_intervals(pairs):
    asked = np.array([max(pair) for pair in pairs])
    yes = np.array([min(pair) for pair in pairs])
    found = shrinkage.of_shares(yes, asked, draws=0)
    low, high = found.interval()
    assert (low >= 0).all() and (low <= found.median).all() and (found.median <= high).all() and (high <= 1).all()


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: shrinkage.of_shares([5], [4]), r"yes\[0\] = 5 is above asked\[0\] = 4"),
        (lambda: shrinkage.of_shares([1, 1], [2, 2], design_effect=[1, 0]), r"design_effect\[1\] = 0"),
        (lambda: shrinkage.of_counts([1.5], [2]), r"count\[0\] = 1.5"),
        (lambda: shrinkage.of_counts([1], [0]), r"count\[0\] = 1 where expected\[0\] is 0"),
        (lambda: shrinkage.of_means([1, 2], [1, 0]), r"se\[1\] = 0"),
        (lambda: shrinkage.of_counts([1, 2], [1, 2], covariates=[[1], [np.nan]]), r"covariates\[1, 0\] = nan"),
        (lambda: shrinkage.of_counts([1], [1], prior={"level": 0, "mean": (), "taus": 1}), "taus"),
        (lambda: shrinkage.of_counts([1], [1], group=[0.5]), "integer labels"),
    ],
)
def test_bad_input_is_named(call, message):
    with pytest.raises(ValueError, match=message):
        call()
