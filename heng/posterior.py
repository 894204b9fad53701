"""The posterior of all places of one rate, group by group: what can be asked of it, as mixtures and as joint draws.

Coefficients that were frozen before the quarter enter as a *cut*: their doubt spreads the result and the quarter's
evidence does not update them (Plummer, Statistics and Computing 25, 2015). How the answer moves with them is taken to
first order; everything else is in ``heng.grid``.
"""

from dataclasses import dataclass

import numpy as np

from heng.grid import integrate
from heng.mixture import Mixture, skewed

_M_SD = 1.0  # of the group's own level this quarter, m ~ N(0, 1)


@dataclass(frozen=True)
class Frozen:
    """Level and coefficients given before the quarter: means, and their covariance (p + 1, p + 1), level first."""

    level: float
    mean: np.ndarray
    cov: np.ndarray


@dataclass(frozen=True)
class Target:
    """What is asked, linear in its parts: base_i + level·z_iθ + e_i + frozen_i·δ, δ the error of the frozen part.

    ``level`` 1 or 0: whether the group's z_iθ belongs to it; ``frozen`` (n, p + 1): how δ enters it directly.
    """

    base: np.ndarray
    level: float
    frozen: np.ndarray

    def rows(self, which):
        return Target(self.base[which], self.level, self.frozen[which])


@dataclass(frozen=True)
class _Group:
    places: np.ndarray  # positions
    grid: object
    design: np.ndarray  # (n, q) of θ
    exposed: np.ndarray  # (n, p + 1): how δ enters the linear predictor; zeros when nothing is frozen


@dataclass(frozen=True)
class Fit:
    """The posterior of n places in one or more groups; see ``fit`` and ``fit_free``."""

    groups: tuple
    offset: np.ndarray  # (n,) level + xβ at the frozen means; what a free level is measured from
    cut: Frozen | None
    columns: np.ndarray  # (n, p + 1): one and the covariates

    def whole(self):
        """Target: level + xβ + u, all of η."""
        return Target(self.offset, 1.0, self._exposed())

    def residual(self):
        """Target: u alone, the group's level this quarter in it when level and β are frozen."""
        base = np.zeros(len(self.offset))
        return Target(base, 1.0 if self.cut else 0.0, np.zeros_like(self.columns))

    def at_average(self):
        """Target: level + u, the place as it would be with average covariates."""
        only_level = np.zeros_like(self.columns)
        only_level[:, 0] = 1.0
        return Target(np.full(len(self.offset), self.cut.level), 1.0, only_level)

    def marginal(self, target):
        """``Mixture`` over τ of the target, one column per place."""
        parts = [_marginal(group, target.rows(group.places), self._cov()) for group in self.groups]
        longest = max(len(part.mean) for part in parts)
        parts = [part.padded(longest) for part in parts]
        return Mixture(*(self._joined([getattr(part, name) for part in parts]) for name in _PARTS))

    def draw(self, targets, draws, seed):
        """Joint draws of each target, tuple of (draws, n): one δ for all places, one τ and one θ per group."""
        random = np.random.default_rng(seed)
        shape = (draws, len(self.offset))
        found = tuple(np.empty(shape) for _ in targets)
        if draws == 0:
            return found
        delta = random.standard_normal((draws, self.columns.shape[1])) @ _root(self._cov()).T
        for group in self.groups:
            rows = [target.rows(group.places) for target in targets]
            for array, drawn in zip(found, _draw(group, rows, delta, random), strict=True):
                array[:, group.places] = drawn
        return found

    def own_weight(self):
        """E[τ² / (τ² + v_i)] (n,): how much the place's own data count."""
        return self._joined([group.grid.weight @ group.grid.own for group in self.groups])

    def tau(self, level=0.90):
        """(median, low, high) of τ: floats for one group, arrays in order of label for several."""
        at = np.array([0.5, (1 - level) / 2, (1 + level) / 2])
        found = np.array([_tau_quantile(group.grid, at) for group in self.groups]).T
        return tuple(found[:, 0].tolist()) if len(self.groups) == 1 else tuple(found)

    def coefficients(self):
        """(mean, covariance) of θ over τ; of a free fit the level and β themselves."""
        grid = self.groups[0].grid
        mean = grid.weight @ grid.theta
        gap = grid.theta - mean
        return mean, np.einsum("t,tqr->qr", grid.weight, grid.off_node + gap[:, :, None] * gap[:, None, :])

    def _exposed(self):
        return self.columns if self.cut else np.zeros_like(self.columns)

    def _cov(self):
        return self.cut.cov if self.cut else np.zeros((self.columns.shape[1],) * 2)

    def _joined(self, parts):
        order = np.argsort(np.concatenate([group.places for group in self.groups]), kind="stable")
        return np.concatenate(parts, axis=-1)[..., order]


_PARTS = ("weight", "mean", "sd", "skew")


def fit(likelihood, frozen, x, tau_scale, group):
    """``Fit`` with level and coefficients frozen: each group has its own m ~ N(0, 1) and τ ~ half-normal(tau_scale).

    x (n, p), group (n,) integer labels.
    """
    columns = np.column_stack([np.ones(len(x)), x])
    offset = columns @ np.concatenate([[frozen.level], frozen.mean])
    members = [np.flatnonzero(group == label) for label in np.unique(group)]
    groups = []
    for places in members:
        design = np.ones((len(places), 1))
        grid = integrate(likelihood.rows(places), offset[places], design, np.array([_M_SD**-2]), tau_scale)
        groups.append(_Group(places, grid, design, columns[places]))
    return Fit(tuple(groups), offset, frozen, columns)


def fit_free(likelihood, x, sds, tau_scale, offset=None):
    """``Fit`` of one group whose level and coefficients are estimated with it, θ_j ~ N(0, sds_j²), sds (p + 1,).

    offset (n,): what the level is measured from, 0 when not given.
    """
    offset = np.zeros(len(x)) if offset is None else offset
    columns = np.column_stack([np.ones(len(x)), x])
    precision = np.asarray(sds, dtype=float) ** -2
    grid = integrate(likelihood, offset, columns, precision, tau_scale)
    group = _Group(np.arange(len(x)), grid, columns, np.zeros_like(columns))
    return Fit((group,), offset, None, columns)


def _marginal(group, target, cov):
    grid, slope = group.grid, _theta_slope(group, target)
    spread = np.einsum("tnq,tqr,tnr->tn", slope, grid.off_node, slope)
    if cov.any():
        response = _frozen_slope(group, target)
        spread = spread + np.einsum("tnr,rs,tns->tn", response, cov, response)
    mean = target.base + target.level * (grid.theta @ group.design.T) + grid.mean
    sd = np.sqrt(grid.variance + spread)
    weight = np.broadcast_to(grid.weight[:, None], mean.shape)
    return Mixture(weight, mean, sd, np.clip(grid.third / sd**3, -1.0, 1.0))


def _taken_back(grid):
    """k_i = 1 − Var(e_i)/τ²: how much of a move of the predictor the place's own e_i takes back."""
    return grid.tau[:, None] ** 2 * grid.pull


def _theta_slope(group, target):
    return (target.level - _taken_back(group.grid))[..., None] * group.design


def _frozen_slope(group, target):
    """How the target moves when the frozen coefficients are really δ off: directly, by θ and by e; (T, n, p + 1)."""
    grid = group.grid
    seen = np.einsum("tn,nq,nr->tqr", grid.pull, group.design, group.exposed)
    theta = -np.einsum("tqs,tsr->tqr", grid.theta_cov, seen)
    through_theta = np.einsum("nq,tqr->tnr", group.design, theta)
    taken_back = _taken_back(grid)[..., None] * (group.exposed + through_theta)
    return target.frozen + target.level * through_theta - taken_back


def _draw(group, targets, delta, random):
    grid, draws = group.grid, len(delta)
    node = np.searchsorted(np.cumsum(grid.weight), random.random(draws)).clip(max=len(grid.tau) - 1)
    shift = random.standard_normal((draws, group.design.shape[1]))
    shift = _by_node(node, np.linalg.cholesky(grid.off_node), shift) if grid.off_node.any() else None
    sd = np.sqrt(grid.variance)
    skew = np.clip(grid.third / sd**3, -1.0, 1.0)
    own = skewed(random.standard_normal((draws, len(group.places))), skew[node]) * sd[node]
    for target in targets:
        centre = target.base + target.level * (grid.theta @ group.design.T) + grid.mean
        value = centre[node] + own
        if shift is not None:
            value += _by_node(node, _theta_slope(group, target), shift)
        if group.exposed.any():
            value += _by_node(node, _frozen_slope(group, target), delta)
        yield value


def _by_node(node, matrices, vectors):
    """matrices[node_d] @ vectors_d for every draw d, one τ node at a time to keep memory small; (draws, n)."""
    found = np.empty((len(vectors), matrices.shape[1]))
    order = np.argsort(node, kind="stable")
    at, starts = np.unique(node[order], return_index=True)
    for t, rows in zip(at, np.split(order, starts[1:]), strict=True):
        found[rows] = vectors[rows] @ matrices[t].T
    return found


def _root(cov):
    """A square root of a covariance that may be singular (a coefficient known exactly)."""
    values, vectors = np.linalg.eigh(cov)
    return vectors * np.sqrt(np.maximum(values, 0.0))


def _tau_quantile(grid, at):
    """Quantiles of τ, weight spread evenly over each node's cell."""
    tau, which = np.unique(grid.tau, return_inverse=True)
    half = np.diff(tau, prepend=0.0).min() / 2 if len(tau) > 1 else 0.0
    edges = np.concatenate([[tau[0] - half], tau + half])
    return np.interp(at, np.concatenate([[0.0], np.cumsum(np.bincount(which, grid.weight))]), edges)
