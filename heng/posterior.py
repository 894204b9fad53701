"""The posterior of all places of one rate, group by group: what can be asked of it, as mixtures and as joint draws.

Coefficients that were frozen before the quarter enter as a *cut*: their doubt spreads the result and the quarter's
evidence does not update them (Plummer, Statistics and Computing 25, 2015). How the answer moves with them is taken to
first order; everything else is in ``heng.grid``.
"""

from dataclasses import dataclass

import numpy as np

from heng.grid import Grid, fineness_for, groups_of, integrate
from heng.groups import members
from heng.mixture import Mixture, skewed

_M_SD = 1.0  # of the group's own level this quarter, m ~ N(0, 1)
_AT_ONCE = 4_000_000  # nodes x places in one go: some 300 MB


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
class _Part:
    """Groups of a like size, worked out together. ``places``: their positions, group after group."""

    places: np.ndarray
    labels: np.ndarray  # (G,)
    grid: Grid
    design: np.ndarray  # (n, q) of θ
    exposed: np.ndarray  # (n, p + 1): how δ enters the linear predictor; zeros when nothing is frozen


@dataclass(frozen=True)
class Marginal:
    """The distribution of a target at every place, n in all, however the places are parted."""

    parts: tuple  # of (places, Mixture)

    def quantile(self, level):
        """The value (n,) with that probability below it."""
        return self._each(lambda mixture: mixture.quantile(level))

    def expectation(self, function):
        """E[function(value)] (n,)."""
        return self._each(lambda mixture: mixture.expectation(function))

    def moments(self):
        """Mean, sd and skewness, each (n,)."""
        found = [(places, mixture.moments()) for places, mixture in self.parts]
        return tuple(_joined([(places, moments[i]) for places, moments in found]) for i in range(3))

    def _each(self, asked):
        return _joined([(places, asked(mixture)) for places, mixture in self.parts])


@dataclass(frozen=True)
class Fit:
    """The posterior of n places in one or more groups; see ``fit`` and ``fit_free``."""

    parts: tuple
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
        """``Marginal`` of the target, a mixture over the nodes for every place."""
        cov = self._cov()
        return Marginal(tuple((part.places, _mixture(part, target.rows(part.places), cov)) for part in self.parts))

    def draw(self, targets, draws, seed):
        """Joint draws of each target, tuple of (draws, n): one δ for all places, one τ and one θ per group.

        A group's draws do not depend on the other groups. seed: whole number or ``SeedSequence``.
        """
        found = tuple(np.empty((draws, len(self.offset))) for _ in targets)
        if draws == 0:
            return found
        entropy = seed.entropy if isinstance(seed, np.random.SeedSequence) else [seed]
        normal = np.random.default_rng(entropy).standard_normal((draws, self.columns.shape[1]))
        delta = normal @ _root(self._cov()).T
        for part in self.parts:
            for g, label in enumerate(part.labels):
                one = _alone(part, g)
                random = np.random.default_rng([*entropy, 1 + int(label) % 2**32])
                rows = [target.rows(one.places) for target in targets]
                for array, drawn in zip(found, _draw(one, rows, delta, random), strict=True):
                    array[:, one.places] = drawn
        return found

    def shared(self, target):
        """How much of each place's doubt about the target it shares with its group, (n, 1 + p + 1).

        Standard deviations along the group's θ and along each independent direction of the frozen coefficients' error;
        places of one group move together along them. For a fit with frozen coefficients.
        """
        root = _root(self._cov())
        found = np.empty((len(self.offset), 1 + root.shape[1]))
        for part in self.parts:
            rows = target.rows(part.places)
            found[part.places, 0] = _along_theta(part, rows)
            found[part.places, 1:] = _mean_over_nodes(part.grid, _frozen_slope(part, rows)) @ root
        return found

    def own_weight(self):
        """E[τ² / (τ² + v_i)] (n,): how much the place's own data count."""
        return _joined([(part.places, _mean_over_nodes(part.grid, part.grid.own)) for part in self.parts])

    def tau(self, level=0.90):
        """(median, low, high) of τ: floats for one group, arrays in order of label for several."""
        at = np.array([0.5, (1 - level) / 2, (1 + level) / 2])
        found = {label: _tau_quantile(part.grid, g, at) for part in self.parts for g, label in enumerate(part.labels)}
        found = np.array([found[label] for label in sorted(found)]).T
        return tuple(found[:, 0].tolist()) if found.shape[1] == 1 else tuple(found)

    def coefficients(self):
        """(mean, covariance) of θ of a free fit over τ: the level and β themselves."""
        grid = self.parts[0].grid
        weight, theta = grid.weight[:, 0], grid.theta[:, 0]
        mean = weight @ theta
        gap = theta - mean
        return mean, np.einsum("t,tqr->qr", weight, grid.off_node[:, 0] + gap[:, :, None] * gap[:, None, :])

    def _exposed(self):
        return self.columns if self.cut else np.zeros_like(self.columns)

    def _cov(self):
        return self.cut.cov if self.cut else np.zeros((self.columns.shape[1],) * 2)


def fit(likelihood, frozen, x, tau_scale, group=None, fineness=None):
    """``Fit`` with level and coefficients frozen: each group has its own m ~ N(0, 1) and τ ~ half-normal(tau_scale).

    x (n, p), group (n,) integer labels, None = one group. Groups of a like size are worked out together; their size
    decides how fine the nodes are (``heng.grid.FINENESS``), unless a ``Fineness`` is given: coarser ones serve
    simulations.
    """
    columns = np.column_stack([np.ones(len(x)), x])
    offset = columns @ np.concatenate([[frozen.level], frozen.mean])
    parts = []
    for labels, rows, nodes in _batches(group, len(x), fineness):
        places = np.concatenate(rows)
        design = np.ones((len(places), 1))
        groups = groups_of([len(one) for one in rows])
        precision = np.array([_M_SD**-2])
        grid = integrate(likelihood.rows(places), offset[places], design, precision, tau_scale, groups, nodes)
        parts.append(_Part(places, labels, grid, design, columns[places]))
    return Fit(tuple(parts), offset, frozen, columns)


def fit_free(likelihood, x, sds, tau_scale, offset=None):
    """``Fit`` of one group whose level and coefficients are estimated with it, θ_j ~ N(0, sds_j²), sds (p + 1,).

    offset (n,): what the level is measured from, 0 when not given.
    """
    offset = np.zeros(len(x)) if offset is None else offset
    columns = np.column_stack([np.ones(len(x)), x])
    precision = np.asarray(sds, dtype=float) ** -2
    places = np.arange(len(x))
    if not len(places):
        return Fit((), offset, None, columns)
    grid = integrate(likelihood, offset, columns, precision, tau_scale, groups_of([len(x)]), fineness_for(len(x)))
    part = _Part(places, np.zeros(1, dtype=int), grid, columns, np.zeros_like(columns))
    return Fit((part,), offset, None, columns)


def _batches(group, n, fineness):
    """(labels, positions of each group, fineness): groups of a like size together, no more than memory allows."""
    rows = members(group, n)
    labels = np.arange(len(rows)) if group is None else np.unique(group)
    by_size = {}
    for label, places in zip(labels, rows, strict=True):
        by_size.setdefault(fineness or fineness_for(len(places)), []).append((label, places))
    for fineness, found in by_size.items():
        budget = max(1, _AT_ONCE // (fineness.taus * fineness.thetas))
        ends = np.cumsum([len(places) for _, places in found])
        for batch in np.unique(ends // budget):
            chosen = [found[i] for i in np.flatnonzero(ends // budget == batch)]
            yield np.array([label for label, _ in chosen]), [places for _, places in chosen], fineness


def _joined(parts):
    """Values of the parts' places (each (n_part,)) in the order of the places."""
    found = np.empty(sum(len(places) for places, _ in parts))
    for places, values in parts:
        found[places] = values
    return found


def _mixture(part, target, cov):
    grid, slope = part.grid, _theta_slope(part, target)
    spread = np.einsum("tnq,tnqr,tnr->tn", slope, grid.by_place(grid.off_node), slope)
    if cov.any():
        response = _frozen_slope(part, target)
        spread += np.einsum("tnr,tnr->tn", response @ cov, response)
    mean = target.base + target.level * _along(part) + grid.mean
    sd = np.sqrt(grid.variance + spread)
    third = grid.third + slope[..., 0] ** 3 * grid.by_place(grid.off_third)
    return Mixture(grid.by_place(grid.weight), mean, sd, np.clip(third / sd**3, -1.0, 1.0))


def _along(part):
    """z_i·θ at every node, (T, n)."""
    return (part.grid.by_place(part.grid.theta) * part.design).sum(axis=-1)


def _mean_over_nodes(grid, values):
    """E[values] (n, ...) for values (T, n, ...)."""
    return np.einsum("tn,tn...->n...", grid.by_place(grid.weight), values)


def _along_theta(part, target):
    """Standard deviation that a place's target has from its group's one θ alone, (n,)."""
    grid = part.grid
    mean = (grid.weight[..., None] * grid.theta).sum(axis=0)
    variance = (grid.weight[..., None] * (grid.off_node[..., 0] + (grid.theta - mean) ** 2)).sum(axis=0)[:, 0]
    return _mean_over_nodes(grid, _theta_slope(part, target)[..., 0]) * np.sqrt(variance)[grid.groups.of]


def _taken_back(grid):
    """k_i = 1 − Var(e_i)/τ²: how much of a move of the predictor the place's own e_i takes back."""
    return grid.by_place(grid.tau) ** 2 * grid.pull


def _theta_slope(part, target):
    return (target.level - _taken_back(part.grid))[..., None] * part.design


def _frozen_slope(part, target):
    """How the target moves when the frozen coefficients are really δ off: directly, by θ and by e; (T, n, p + 1)."""
    grid, design = part.grid, part.design
    pulled = grid.pull[..., None] * design  # (T, n, q)
    seen = np.stack([grid.groups.sum((pulled * column[:, None]).swapaxes(1, 2)) for column in part.exposed.T], axis=-1)
    theta = -np.einsum("tgqs,tsgr->tgqr", grid.theta_cov, seen)
    through_theta = np.einsum("nq,tnqr->tnr", design, grid.by_place(theta))
    taken_back = _taken_back(grid)[..., None] * (part.exposed + through_theta)
    return target.frozen + target.level * through_theta - taken_back


def _alone(part, g):
    """One group of a part, its nodes of no weight left out."""
    grid = part.grid
    ends = np.append(grid.groups.starts, len(part.places))
    at, kept = slice(ends[g], ends[g + 1]), grid.weight[:, g] > 0
    of_group = (grid.tau, grid.weight, grid.theta, grid.theta_cov, grid.off_node, grid.off_third)
    by_group = (values[kept, g : g + 1] for values in of_group)
    by_place = (values[kept, at] for values in (grid.mean, grid.variance, grid.third, grid.pull, grid.own))
    alone = Grid(groups_of([ends[g + 1] - ends[g]]), *by_group, *by_place)
    return _Part(part.places[at], part.labels[g : g + 1], alone, part.design[at], part.exposed[at])


def _draw(part, targets, delta, random):
    """Draws of each target (draws, n) for the one group of a part."""
    grid, draws = part.grid, len(delta)
    node = np.searchsorted(np.cumsum(grid.weight[:, 0]), random.random(draws)).clip(max=len(grid.tau) - 1)
    shift = random.standard_normal((draws, part.design.shape[1]))
    shift = _by_node(node, np.linalg.cholesky(grid.off_node[:, 0]), shift)
    sd = np.sqrt(grid.variance)
    skew = np.clip(grid.third / sd**3, -1.0, 1.0)
    own = skewed(random.standard_normal((draws, len(part.places))), skew[node]) * sd[node]
    for target in targets:
        centre = target.base + target.level * _along(part) + grid.mean
        value = centre[node] + own + _by_node(node, _theta_slope(part, target), shift)
        if part.exposed.any():
            value += _by_node(node, _frozen_slope(part, target), delta)
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


def _tau_quantile(grid, g, at):
    """Quantiles of one group's τ, weight spread evenly over each node's cell."""
    tau, which = np.unique(grid.tau[:, g], return_inverse=True)
    half = np.diff(tau, prepend=0.0).min() / 2 if len(tau) > 1 else 0.0
    edges = np.concatenate([[tau[0] - half], tau + half])
    return np.interp(at, np.concatenate([[0.0], np.cumsum(np.bincount(which, grid.weight[:, g]))]), edges)
