"""The size of a group decides how fine its grid is; where two finenesses meet they agree."""

import numpy as np
import pytest

from heng import grid, posterior
from heng.likelihood import Binomial, Poisson

FINEST = grid.Fineness(np.inf, 100, 33)


def evidence(kind, n, seed, tau):
    random = np.random.default_rng(seed)
    u = random.normal(0.1, tau, n)
    if kind == "count":
        expected = random.uniform(3, 40, n)
        return Poisson(random.poisson(expected * np.exp(u)).astype(float), expected), 0.0
    asked = random.integers(20, 150, n).astype(float)
    share = 1 / (1 + np.exp(-(1.4 + u)))
    return Binomial(random.binomial(asked.astype(int), share).astype(float), asked), 1.4


def quantiles(likelihood, level, fineness, monkeypatch):
    monkeypatch.setattr(grid, "FINENESS", (fineness,))
    frozen = posterior.Frozen(level, np.zeros(0), np.array([[0.03**2]]))
    found = posterior.fit(likelihood, frozen, np.zeros((len(likelihood), 0)), 0.4)
    marginal = found.marginal(found.residual())
    return np.array([marginal.quantile(level) for level in (0.05, 0.5, 0.95)])


@pytest.mark.parametrize("kind", ["count", "share"])
@pytest.mark.parametrize("tau", [0.05, 0.3])
@pytest.mark.parametrize(("places", "fineness"), [(10, 0), (40, 0), (41, 1), (90, 1), (201, 2)])
def test_every_fineness_is_close_to_the_finest(kind, tau, places, fineness, monkeypatch):
    likelihood, level = evidence(kind, places, places, tau)
    exact = quantiles(likelihood, level, FINEST, monkeypatch)
    monkeypatch.undo()
    found = quantiles(likelihood, level, grid.FINENESS[fineness], monkeypatch)
    assert np.abs(found - exact).max() < 0.001  # on the link scale: a tenth of a percent of a ratio


def test_groups_of_all_sizes_go_through_one_call():
    random = np.random.default_rng(1)
    sizes = np.array([3, 250, 10, 60, 1])
    group = np.repeat(np.arange(5), sizes)
    expected = random.uniform(5, 30, len(group))
    likelihood = Poisson(random.poisson(expected).astype(float), expected)
    order = random.permutation(len(group))
    frozen = posterior.Frozen(0.0, np.zeros(0), np.zeros((1, 1)))
    whole = posterior.fit(likelihood.rows(order), frozen, np.zeros((len(group), 0)), 0.4, group[order])
    median = whole.marginal(whole.residual()).quantile(0.5)
    for label in range(5):
        alone = posterior.fit(likelihood.rows(group == label), frozen, np.zeros((sizes[label], 0)), 0.4)
        mine = np.argsort(order, kind="stable")[group == label]
        assert median[mine] == pytest.approx(alone.marginal(alone.residual()).quantile(0.5), abs=1e-6)
    drawn = whole.draw((whole.residual(),), 50, 3)[0]
    assert np.isfinite(drawn).all() and drawn.shape == (50, len(group))
    assert len(whole.tau()[0]) == 5
