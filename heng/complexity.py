"""What could be expected of a place like this (R-13): level and coefficients, frozen before the quarter.

In order of preference: from a larger pool; fitted on the quarters before, ``low_confidence``; on this quarter itself,
``current``. The order and the priors are the contract's; why covariates of the place only, and why frozen, stands in
docs/methods/score.md.
"""

from dataclasses import dataclass

import numpy as np

from heng import posterior
from heng.results import Coefficients
from heng.scheme import COUNT, MEAN
from heng.shrinkage import DISPLAY, LEVEL_SD, TAU_SCALE

HALF_NORMAL_MEDIAN = 0.674  # the median of a half-normal of scale 1: a pool's tau becomes the median of our prior
POOL, LOW_CONFIDENCE, CURRENT, NONE = "pool", "low_confidence", "current", "none"


@dataclass(frozen=True)
class Design:
    """The scheme's covariates of n places, standardised: x (n, p) = (fact − centre) / scale."""

    names: tuple
    centre: np.ndarray
    scale: np.ndarray
    x: np.ndarray


def design_of(communities, complexity):
    """The ``Design`` of the places: by the pool's mean and sd, without a pool by the group's own (ddof 0).

    A fact that is the same everywhere tells nothing and becomes 0. ValueError names what is missing.
    """
    raw = np.zeros((len(communities), len(complexity.covariates)))
    for j, name in enumerate(complexity.covariates):
        if name not in communities.facts:
            raise ValueError(f"communities has no column {name!r}, which the scheme names as a covariate")
        raw[:, j] = communities.facts[name]
        for i in np.flatnonzero(~np.isfinite(raw[:, j])):
            raise ValueError(f"communities.{name}[{i}] of {communities.community[i]} is not known")
    centre, scale = _standard(raw, complexity)
    scale = np.where(scale > 0, scale, 1.0)
    return Design(tuple(complexity.covariates), centre, scale, (raw - centre) / scale)


def _standard(raw, complexity):
    if not complexity.standardise:
        return np.zeros(raw.shape[1]), np.ones(raw.shape[1])
    if complexity.pool is None:
        return (raw.mean(axis=0), raw.std(axis=0)) if len(raw) else (np.zeros(raw.shape[1]), np.ones(raw.shape[1]))
    pool = complexity.pool
    at = [pool.covariates.index(name) for name in complexity.covariates]
    return pool.mean[at], pool.sd[at]


def coefficients(rate, complexity, design, earlier, current):
    """The ``Coefficients`` of one rate; a rate without ``adjust`` has a level only.

    earlier: (periods, Sums) of the up to four quarters before; current: this quarter's (period, Sums).
    """
    pooled = complexity.pool.rates.get(rate.id) if complexity.pool else None
    x = design.x if rate.adjust else design.x[:, :0]
    if pooled is not None:
        return _from_pool(rate, complexity, pooled, x.shape[1])
    for source, (quarters, sums) in ((LOW_CONFIDENCE, earlier), (CURRENT, current)):
        if sums is not None and (sums.asked > 0).any():
            return _fitted(rate, complexity, x, sums, source, quarters)
    nothing = np.full(x.shape[1], np.nan)
    return Coefficients(rate.id, NONE, (), np.nan, nothing, np.zeros((x.shape[1] + 1,) * 2), TAU_SCALE)


def _from_pool(rate, complexity, pooled, count):
    at = [complexity.pool.covariates.index(name) for name in complexity.covariates][:count]
    corner = np.ix_([0, *(1 + i for i in at)], [0, *(1 + i for i in at)])
    return Coefficients(
        rate.id,
        POOL,
        (),
        pooled.intercept,
        pooled.coefficients[at],
        pooled.covariance[corner],
        pooled.tau / HALF_NORMAL_MEDIAN,
    )


def _fitted(rate, complexity, x, sums, source, quarters):
    """Level and β from this book's own places: β ~ N(0, prior_sd²), the level left to the data."""
    seen = np.flatnonzero(sums.asked > 0)
    centre = _centre(rate, sums, seen)
    sds = np.concatenate([[LEVEL_SD], np.full(x.shape[1], complexity.prior_sd)])
    likelihood = sums.likelihood(rate.kind).rows(seen)
    fit = posterior.fit_free(likelihood, x[seen], sds, TAU_SCALE, np.full(len(seen), centre))
    mean, cov = fit.coefficients()
    return Coefficients(rate.id, source, tuple(quarters), centre + mean[0], mean[1:], cov, TAU_SCALE)


def _centre(rate, sums, seen):
    """Where the level's wide prior is put: the plain rate of counts and the plain mean; logits need none."""
    if rate.kind == COUNT:
        return float(np.log((sums.yes[seen].sum() + 0.5) / sums.asked[seen].sum()))
    return float(sums.yes[seen].sum() / sums.asked[seen].sum()) if rate.kind == MEAN else 0.0


def expected(rate, found, design):
    """What the level says of every place, u = 0, (n,): a rate, a share or a mean; nan without coefficients."""
    x = design.x if rate.adjust else design.x[:, :0]
    return DISPLAY[rate.kind](found.level + x @ found.coefficients)
