"""Rank sets for many places: standard errors in levels, noise by its extremes, counting by binary search.

With n = 600,000 there are 10^11 pairs. But the greatest difference between two levels needs only each level's largest
and smallest noise, and those can be drawn directly from the laws of order statistics (David & Nagaraja, Order
Statistics, 2003, section 2). One step, no step-down: with many places it would change little.
"""

import numpy as np
from scipy.special import ndtri

from heng.critical import exceeded, greatest_possible

_LEVELS = 64
_RATIO = 1.05  # of neighbouring levels, where that many levels can hold it


def sets_by_level(estimate, se, exceeding, draws, random):
    """(low, high) rank sets (n,), higher is better; every se counts as the greatest of its level."""
    level, top = levels_of(se)
    size = np.bincount(level, minlength=len(top))
    critical = max(_critical(top, size, exceeding, draws, random), 0.0)
    order = np.lexsort((estimate, level))
    values = np.split(estimate[order], np.cumsum(size)[:-1])  # of each level, rising: searched and searching
    counted = [_counts(own, spread, values, top, critical) for own, spread in zip(values, top, strict=True)]
    low, high = np.empty(len(se), dtype=int), np.empty(len(se), dtype=int)
    low[order] = 1 + np.concatenate([better for better, _ in counted])
    high[order] = len(se) - np.concatenate([worse for _, worse in counted])
    return low, high


def _counts(own, spread, values, top, critical):
    """(surely better, surely worse) than each value of one level, over all levels."""
    better, worse = np.zeros(len(own), dtype=int), np.zeros(len(own), dtype=int)
    for others, other_spread in zip(values, top, strict=True):
        reach = critical * np.hypot(spread, other_spread)
        better += len(others) - np.searchsorted(others, own + reach, side="right")
        worse += np.searchsorted(others, own - reach, side="left")
    return better, worse


def levels_of(se):
    """(level of each place (n,), greatest se of each level): steps of 5 % or what 64 levels allow; se 0 apart."""
    known, smallest = se == 0, se.min(initial=np.inf, where=se > 0)
    step = max(np.log(_RATIO), np.log(se.max() / smallest) / (_LEVELS - 1.5)) if np.isfinite(smallest) else 1.0
    rung = np.where(known, -1, np.floor(np.log(np.where(known, 1.0, se) / smallest) / step + 1e-9))
    level = np.unique(rung, return_inverse=True)[1]
    top = np.zeros(level.max() + 1)
    np.maximum.at(top, level, se)
    return level, top


def _critical(top, size, exceeding, draws, random):
    """The ``exceeding``-th greatest over the draws of the greatest standardised difference of any two places."""
    largest, smallest = _extremes(size, draws, random)
    bound = greatest_possible(largest.max(axis=0), smallest.min(axis=0))
    return exceeded(exceeding, bound, lambda taken: _greatest(top, size, largest[:, taken], smallest[:, taken]))


def _greatest(top, size, largest, smallest):
    """Greatest standardised difference of two places, per draw, from the extremes of each level."""
    greatest = np.full(largest.shape[1], -np.inf)
    for level, spread in enumerate(top):
        others = (size > 1) | (np.arange(len(top)) != level)
        others &= np.hypot(spread, top) > 0
        difference = spread * largest[level] - top[others, None] * smallest[others]
        difference /= np.hypot(spread, top[others])[:, None]
        np.maximum(greatest, difference.max(axis=0, initial=-np.inf), out=greatest)
    return greatest


def _extremes(size, draws, random):
    """(largest, smallest) of ``size`` standard normals, shape (levels, draws), jointly and without drawing them all."""
    size = size[:, None]
    above = -np.expm1(np.log1p(-random.random((len(size), draws))) / size)  # P(Z > largest)
    share = -np.expm1(np.log1p(-random.random((len(size), draws))) / np.maximum(size - 1, 1))
    largest = -ndtri(above)
    return largest, np.where(size > 1, ndtri((1 - above) * share), largest)
