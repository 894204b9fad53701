"""Scores by their moments: the chances that draws would count, worked out instead. For counties by the hundred.

Each place's score is taken as normal with a skewness (first Edgeworth term, as in ``heng.mixture``); what all places of
a group share, its level and the coefficients' error, moves nobody past anybody and is left out where only the order is
asked for. Ranks then come from independent places, integrated over a grid of scores, exactly as a Poisson-binomial law
at every point of it. The chance of a score below one line that is known beforehand does without moments
(``heng.inversion``).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

from heng import earned, inversion
from heng.bottom import fewer
from heng.grid import groups_of
from heng.mixture import skewed

_GRID = 240  # scores at which an order is integrated
_WIDE = 5.0  # standard deviations that the grid reaches beyond the outermost score
_AT_ONCE = 2**18  # numbers looked at in one go: what a processor keeps at hand
_PLACES = 2**8


@dataclass(frozen=True)
class Moments:
    """Mean, sd and skewness of n scores, and the part of each sd that is shared along common directions, (n, k)."""

    mean: np.ndarray
    sd: np.ndarray
    skew: np.ndarray
    shared: np.ndarray
    under: np.ndarray | None = None  # P(score below the line that was asked for), from the points themselves

    def below(self, line):
        """P(score < line), (n,), by the moments alone: to 0.03, on average to 0.003."""
        return _cdf(line, self.mean, self.sd, self.skew)

    def quantile(self, level):
        """The score with that probability below it, (n,), by Cornish and Fisher."""
        return self.mean + self.sd * skewed(ndtri(level), self.skew)

    def rows(self, which):
        """The moments of some of the places."""
        return Moments(self.mean[which], self.sd[which], self.skew[which], self.shared[which])

    def apart(self, groups):
        """The same with what each group shares taken out of sd and skewness: enough to compare its places."""
        size = groups.sum(np.ones(len(self.mean)))
        common = groups.sum(self.shared.T) / size
        own = self.shared - common.T[groups.of]
        variance = self.sd**2 - (self.shared**2).sum(axis=1) + (own**2).sum(axis=1)
        sd = np.sqrt(np.maximum(variance, 1e-4 * self.sd**2))
        return Moments(self.mean, sd, np.clip(self.skew * (self.sd / sd) ** 3, -1.0, 1.0), own)


def of_scores(rated, weights, line=None):
    """``Moments`` of the weighted sum of ``Rated`` rates over the weight present; nan where none is.

    line: a score, for the chance of being below it to be worked out from the points themselves (``heng.inversion``).
    """
    places = len(rated[0].points)
    share = np.array([np.where(one.counts, weight, 0.0) for one, weight in zip(rated, weights, strict=True)])
    with np.errstate(divide="ignore", invalid="ignore"):
        share = share / share.sum(axis=0)
    known = [None if one.fit is None else one.marginal.moments() for one in rated]
    slope, of_sum = np.zeros((len(rated), places)), np.empty((3, places))
    under = None if line is None else np.empty(places)
    for start in range(0, places, _PLACES):
        rows = slice(start, start + _PLACES)
        points = np.array([_earned(one, values, rows) for one, values in zip(rated, known, strict=True)])
        parts = share[:, None, rows] ** np.array([[1], [2], [3]]) * np.array([earned.moments(one) for one in points])
        of_sum[:, rows] = parts.sum(axis=0)
        slope[:, rows] = (earned.WEIGHTS * earned.Z) @ points
        if line is not None:
            mean, variance, _ = of_sum[:, rows]
            under[rows] = inversion.below(points, share[:, rows], mean, np.sqrt(variance), line)
    shared = [_shared(one, *part) for one, *part in zip(rated, known, share, slope, strict=True)]
    mean, sd = of_sum[0], np.sqrt(of_sum[1])
    with np.errstate(divide="ignore", invalid="ignore"):
        skew = np.where(sd > 0, np.clip(of_sum[2] / sd**3, -1.0, 1.0), 0.0)
    return Moments(mean, sd, skew, np.concatenate(shared, axis=1), under)


def _earned(one, known, rows):
    """Points (37, r) of a rate at some places, 0 where it does not count."""
    if one.fit is None:
        return np.zeros((len(earned.Z), len(one.points[rows])))
    return earned.at_nodes(one, known, rows)


def _shared(one, known, share, slope):
    """How the scores move along what the places of a group share of one rate, (n, k).

    slope: the mean of z times the points, which by Stein's identity is the points' mean slope times the value's sd.
    """
    if one.fit is None:
        return np.zeros((len(share), 0))
    moved = np.where(earned.live(one), share * slope / known[1], 0.0)
    return moved[:, None] * one.fit.shared(one.target())


def sure(scores):
    """``Moments`` of scores (n,) that are known and do not vary."""
    nothing = np.zeros(len(scores))
    return Moments(np.asarray(scores, dtype=float), nothing, nothing, np.zeros((len(scores), 0)))


def average(parts):
    """``Moments`` of Σ weight · score over independent quarters; parts: (Moments, plain scores, weights), each (n,).

    Where a quarter's moments are not known its plain score stands, as if it were sure.
    """
    mean = variance = third = 0.0
    shared = []
    for found, plain, weight in parts:
        known = np.isfinite(found.mean)
        sd = np.where(known, found.sd, 0.0) * weight
        mean = mean + weight * np.where(known, found.mean, plain)
        variance, third = variance + sd**2, third + np.where(known, found.skew, 0.0) * sd**3
        shared.append(np.where(known, weight, 0.0)[:, None] * np.nan_to_num(found.shared))
    sd = np.sqrt(variance)
    return Moments(mean, sd, third / np.where(sd > 0, sd, 1.0) ** 3, np.concatenate(shared, axis=1))


def ends(moments, groups):
    """(P(first), P(last)) of every place within its group, (n,) each."""
    own = moments.apart(groups)
    first, last = np.empty(len(own.mean)), np.empty(len(own.mean))
    for rows, low, high in _grids(own, groups):
        below, chance = _steps(own.rows(rows), low, high)
        starts = np.flatnonzero(np.diff(groups.of[rows], prepend=-1))
        last[rows] = _extreme(1 - below, chance, starts, groups.of[rows])
        first[rows] = _extreme(below, chance, starts, groups.of[rows])
    return first, last


def _extreme(survives, chance, starts, of):
    """Σ over the grid of the place's own chance times every other's ``survives``, (n,)."""
    logs = np.log(np.maximum(survives, 1e-300))
    label = np.cumsum(np.diff(of, prepend=of[0]) != 0)
    others = np.add.reduceat(logs, starts, axis=1)[:, label] - logs
    p = (chance * np.exp(others)).sum(axis=0)
    return p / np.add.reduceat(p, starts)[label]


def ranks(moments, below=np.inf):
    """P(rank r + 1) of every place of one group, (n, n); ``below``: only as far as the own score is under that line.

    At every score x a place may have, the number of others above it is a Poisson-binomial count.
    """
    n = len(moments.mean)
    if n == 0:
        return np.zeros((0, 0))
    own = moments.apart(groups_of([n]))
    low, high = (own.mean - _WIDE * own.sd).min(), (own.mean + _WIDE * own.sd).max()
    under, chance = _steps(own, low, high)
    middle = low + (high - low) * (np.arange(_GRID) + 0.5) / _GRID
    chance = np.where(middle[:, None] < below, chance, 0.0)
    at_most = [(chance.T * fewer(r, 1 - under.T)).sum(axis=1) for r in range(1, n)]
    at_most = np.column_stack([*at_most, chance.sum(axis=0)])
    return np.maximum(np.diff(at_most, axis=1, prepend=0.0), 0.0)


def _grids(moments, groups):
    """(places, low, high) of batches of whole groups: the stretch of scores that each group's grid covers."""
    low = np.minimum.reduceat(moments.mean - _WIDE * moments.sd, groups.starts)
    high = np.maximum.reduceat(moments.mean + _WIDE * moments.sd, groups.starts)
    batch = groups.starts * _GRID // _AT_ONCE
    for one in np.unique(batch):
        rows = np.flatnonzero((batch == one)[groups.of])
        yield rows, low[groups.of[rows]], high[groups.of[rows]]


def _steps(moments, low, high):
    """At each cell of the grid: P(below its middle) and P(in the cell) of every place, (cells, n)."""
    edges = np.linspace(0.0, 1.0, _GRID + 1)[:, None]
    at_edge = _cdf(low + (high - low) * edges, moments.mean, moments.sd, moments.skew)
    return (at_edge[1:] + at_edge[:-1]) / 2, np.diff(at_edge, axis=0)


def _cdf(value, mean, sd, skew):
    """Normal with its first correction for skewness; a sure value is below or not."""
    with np.errstate(divide="ignore", invalid="ignore"):
        z = np.where(sd > 0, (value - mean) / sd, np.sign(value - mean) * np.inf)
    z = np.clip(z, -40.0, 40.0)
    density = np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
    return np.clip(ndtr(z) - density * skew * (z * z - 1) / 6, 0.0, 1.0)
