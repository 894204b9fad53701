"""Order, and how far to trust it: ranks, their probabilities, and who cannot be told apart.

Rank 1 is best. Places are compared within their group only; ``group`` holds a whole number per place, None = one group.
"""

from dataclasses import dataclass

import numpy as np

from heng import checks
from heng.expected_ranks import expected
from heng.groups import members
from heng.rank_sets import rank_sets

__all__ = ["Probabilities", "expected", "probabilities", "rank_sets", "standing"]

_AT_ONCE = 1_000_000  # draws x places sorted in one go: some 50 MB


@dataclass(frozen=True)
class Probabilities:
    """How probable each rank is for each place, within its group."""

    rank: np.ndarray  # (n, n): P(place i has rank r + 1); columns beyond the group's size are 0
    first: np.ndarray  # (n,): P(best of the group)
    last: np.ndarray  # (n,): P(last of the group)
    mean: np.ndarray  # (n,): expected rank, 1 = best


def standing(scores):
    """Competition ranks 1, 2, 2, 4 of scores (n,), higher is better; equal scores share a rank, nan has none (nan).

    >>> standing([80.0, 91.5, 80.0, 70.25])
    array([2., 1., 2., 4.])
    """
    scores = checks.column("scores", scores, missing=True)
    known = np.sort(-scores[~np.isnan(scores)])
    return np.where(np.isnan(scores), np.nan, 1.0 + np.searchsorted(known, -scores))


def probabilities(draws, higher_is_better=True, group=None):
    """``Probabilities`` of every rank, counted in joint draws (draws, n): never from products of marginals.

    Equal draws share the ranks they stand on evenly (two at the top: half a first and half a second each), so rows and
    columns of ``rank`` sum to 1 within a group. No places: empty arrays. Refuses draws that are missing or infinite,
    and an empty sample.

    >>> probabilities([[3.0, 1.0, 1.0], [2.0, 5.0, 1.0]]).rank
    array([[0.5 , 0.5 , 0.  ],
           [0.5 , 0.25, 0.25],
           [0.  , 0.25, 0.75]])
    """
    draws = _joint(draws)
    count, n = draws.shape
    rank, last = np.zeros((n, n)), np.zeros(n)
    for rows in members(group, n):
        share = _shared_ranks(draws[:, rows] if higher_is_better else -draws[:, rows]) / count
        rank[rows, : len(rows)] = share
        last[rows] = share[:, -1]
    return Probabilities(rank, rank[:, :1].sum(axis=1), last, rank @ np.arange(1.0, n + 1))


def _joint(draws):
    draws = np.asarray(draws)
    if draws.ndim != 2 or not len(draws):
        raise ValueError(f"draws must have shape (draws, n) with at least one draw, found {draws.shape}")
    if draws.dtype.kind not in "fiub":
        draws = checks.column("draws", draws.reshape(-1)).reshape(draws.shape)
    for draw, place in np.argwhere(~np.isfinite(draws))[:1]:
        raise ValueError(f"draws[{draw}, {place}] = {draws[draw, place]} is not a finite number")
    return draws.astype(float, copy=False)


def _shared_ranks(draws):
    """How often each place stood on each rank (n, n), higher is better; block by block to keep memory small."""
    count, n = draws.shape
    block = max(1, _AT_ONCE // n)
    return sum(_count_ranks(draws[start : start + block]) for start in range(0, count, block))


def _count_ranks(draws):
    """The same for one block: a run of equal draws over ranks [a, z) gives each of its places 1 / (z - a) of each."""
    count, n = draws.shape
    place = np.argsort(-draws, axis=1, kind="stable")
    level = np.take_along_axis(draws, place, axis=1)
    opens = np.ones((count, n), dtype=bool)
    opens[:, 1:] = level[:, 1:] != level[:, :-1]
    start = np.flatnonzero(opens)  # a run never reaches over a draw's end: every draw opens one
    length = np.diff(np.append(start, count * n))
    first, shared_by = np.repeat(start % n, length), np.repeat(length, length)
    return sum(_spread(place.ravel(), first, shared_by, length, n) for length in np.unique(length))


def _spread(place, first, shared_by, length, n):
    """Counts of runs of one length, whole numbers until the last division."""
    chosen = shared_by == length
    corner = place[chosen] * (n + 1) + first[chosen]
    size = n * (n + 1)
    edges = np.bincount(corner, minlength=size) - np.bincount(corner + length, minlength=size)
    return edges.reshape(n, n + 1).cumsum(axis=1)[:, :n] / length
