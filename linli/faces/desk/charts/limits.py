"""Control limits of a funnel: where a count or a share would lie by chance alone, were the place as expected.

Exact Poisson and binomial quantiles, interpolated between whole numbers so that the funnel is smooth: Spiegelhalter,
Funnel plots for comparing institutional performance, Statistics in Medicine 24, 2005.
"""

import numpy as np
from scipy.special import bdtrik, betainc, pdtr, pdtrik


def of_counts(mean, level):
    """(low, high) counts between which a place with so many expected events falls with chance ``level``.

    mean: shape (n,), above 0. Shapes (n,) and (n,). 0 below the first event.

    >>> low, high = of_counts(np.array([10.0]), 0.95)
    >>> low.round(2).tolist(), high.round(2).tolist()
    ([3.78], [16.16])
    """
    mean = np.asarray(mean, dtype=float)
    return tuple(_between(p, lambda k: pdtr(k, mean), pdtrik(p, mean)) for p in _tails(level))


def of_shares(asked, share, level):
    """(low, high) numbers of yes among so many asked, were the true share ``share``; asked: whole, shape (n,).

    >>> low, high = of_shares(np.array([100]), 0.8, 0.95)
    >>> low.round(1).tolist(), high.round(1).tolist()
    ([71.4], [87.0])
    """
    asked = np.maximum(np.rint(np.asarray(asked, dtype=float)), 1)

    def at_most(k):
        return np.where(k < asked, betainc(np.maximum(asked - k, 0.5), k + 1, 1 - share), 1.0)

    counted = (_between(p, at_most, bdtrik(p, asked, share)) for p in _tails(level))
    return tuple(np.minimum(limit, asked) for limit in counted)


def _tails(level):
    return (1 - level) / 2, (1 + level) / 2


def _between(p, at_most, guess):
    """The p-quantile, part of the way from the whole number below to the one that first reaches p."""
    k = np.ceil(np.nan_to_num(guess, nan=0.0, posinf=0.0, neginf=0.0))
    k = np.where(at_most(np.maximum(k, 0)) < p, k + 1, k)
    k = np.maximum(k, 0)
    below = np.where(k > 0, at_most(np.maximum(k - 1, 0)), 0.0)
    reached = at_most(k)
    share = np.divide(reached - p, reached - below, out=np.zeros_like(k), where=reached > below)
    return np.maximum(k - share, 0.0)
