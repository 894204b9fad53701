"""Expected ranks and the chance of the bottom tenth, for anything from ten places to a million.

Each place's true value is taken as normal(mean, sd²), independent of the others (a posterior, place by place). With
thousands of places the rank itself is hardly knowable; the expected rank is the best single guess of it under squared
error (Shen & Louis, Journal of the Royal Statistical Society B 60, 1998).
"""

import numpy as np
from scipy.special import ndtr

from heng import checks
from heng.bottom import in_bottom
from heng.groups import members
from heng.rank_grid import above_on_grid

_DIRECT = 1500  # places up to which all pairs are summed: exact and still quick
_PAIRS_AT_ONCE = 2_000_000
_CORE = 0.9995  # beyond four times this quantile a place would stretch the grid and is compared with everyone instead


def expected(mean, sd, bottom=0.10, group=None):
    """(expected_rank, p_bottom), floats (n,): rank 1 = highest mean, within each group.

    expected_rank: 1 + the sum over the others of P(other > this); equal places share their ranks, so a group's ranks
    always sum to m (m + 1) / 2. Exact for groups of up to 1,500; above, on a fine grid by FFT, within a tenth of a
    percentile of the exact sum while the sds lie within a factor of 1,000 of each other.
    p_bottom: P(among the lowest ``bottom`` share, rounded up to whole places; in a group of ten the last). By the
    Poisson-binomial law in groups of up to 40, by its normal approximation with skewness up to 300 (to 0.005), above
    by a threshold that is itself uncertain (to 0.02, on average to 0.001). So near to independent normal values; where
    posteriors lean, at 3 events a place, chances beside joint draws were 0.008 off on average and 0.07 at most
    (docs/methods/calibration.md).

    No places: empty arrays. Refuses a missing figure, sd below 0, bottom not between 0 and 1.

    >>> rank, last = expected([3.0, 3.0, 0.0], [0.1, 0.1, 0.1])
    >>> rank.round(3).tolist(), last.round(3).tolist()
    ([1.5, 1.5, 3.0], [0.0, 0.0, 1.0])
    """
    mean, sd = checks.column("mean", mean), checks.at_least("sd", sd, 0)
    checks.as_long_as("mean", mean, "sd", sd)
    bottom = checks.open_unit("bottom", bottom)
    rank, p_bottom = np.empty(len(mean)), np.empty(len(mean))
    for rows in members(group, len(mean)):
        rank[rows] = 0.5 + _above(mean[rows], sd[rows])
        lowest = int(np.ceil(round(bottom * len(rows), 9)))
        p_bottom[rows] = in_bottom(mean[rows], sd[rows], lowest)
    return rank, p_bottom


def _above(mean, sd):
    """Σ_k P(k > i) over all k, i itself counted as one half."""
    if len(mean) <= _DIRECT:
        return pairwise(mean, sd, mean, sd)
    far = _far(np.abs(mean - np.median(mean))) | _far(sd)
    core, above = ~far, np.empty(len(mean))
    above[far] = pairwise(mean[far], sd[far], mean, sd)
    above[core] = above_on_grid(mean[core], sd[core]) + pairwise(mean[core], sd[core], mean[far], sd[far])
    return above


def _far(distance):
    return distance > 4 * np.quantile(distance, _CORE)


def pairwise(mean, sd, other_mean, other_sd):
    """Σ_k P(other k > i) for each i, pair by pair; a certain tie counts one half."""
    above = np.zeros(len(mean))
    block = max(1, _PAIRS_AT_ONCE // max(len(other_mean), 1))
    for start in range(0, len(mean), block):
        rows = slice(start, start + block)
        gap = other_mean - mean[rows, None]
        with np.errstate(divide="ignore", invalid="ignore"):
            z = gap / np.hypot(other_sd, sd[rows, None])
        above[rows] = ndtr(np.where(np.isnan(z), 0.0, z)).sum(axis=1)
    return above
