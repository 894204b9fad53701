"""Which posts watch which places: the fewest posts that watch all of them, or the most that a few posts can watch.

Both are exact: integer programs solved by HiGHS through ``scipy.optimize.milp``, with the bound that proves them. The
greedy choice is always there first, as the answer when time runs out and as something to measure against.
"""

from dataclasses import dataclass

import numpy as np
from scipy import optimize, sparse

PROVEN, STOPPED, GREEDY = "proven", "stopped", "greedy"
_OPTIMAL = 0  # scipy's word for a solution proven best
_TINY = 1e-6


@dataclass(frozen=True)
class Choice:
    """chosen: indices of the posts, ascending; value: what they cost (``cover``) or watch (``most_covered``); bound:
    what no choice can better; how: proven, stopped (time ran out) or greedy."""

    chosen: np.ndarray
    value: float
    bound: float
    how: str


def cover(watches, cost=None, seconds=60.0):
    """The cheapest posts that together watch every place.

    watches: (places, posts) boolean matrix, dense or sparse; cost: (posts,) positive, default 1 each. ``ValueError``
    names a place that no post watches. Weighted set covering (Beasley 1987, whose instances prove it).

    >>> watches = [[1, 0, 1], [1, 1, 0], [0, 1, 1]]
    >>> cover(watches, [3, 4, 5]).value
    7.0
    """
    watches = _matrix(watches)
    cost = _costs(watches, cost)
    unwatched = np.flatnonzero(np.diff(watches.indptr) == 0)
    if len(unwatched):
        raise ValueError(f"place {unwatched[0]} is watched by no post")
    first = greedy_cover(watches, cost)
    need = optimize.LinearConstraint(watches, lb=1)
    found = _solved(cost, need, optimize.Bounds(0, 1), np.ones(len(cost)), seconds)
    return _better(first, found, cost, lambda value, best: value < best - _TINY)


def greedy_cover(watches, cost=None):
    """Posts one after another, each with the lowest cost for a place not yet watched (Chvátal 1979): within a factor
    of the logarithm of the number of places; then without those that the later ones made needless."""
    watches = _matrix(watches)
    cost = _costs(watches, cost)
    columns, open_places, chosen = watches.tocsc(), np.ones(watches.shape[0], dtype=bool), []
    while open_places.any():
        new = columns.T @ open_places
        with np.errstate(divide="ignore"):
            price = np.where(new > 0, cost / new, np.inf)
        best = int(np.argmin(price))
        if not np.isfinite(price[best]):
            raise ValueError(f"place {int(np.flatnonzero(open_places)[0])} is watched by no post")
        chosen.append(best)
        open_places[columns.indices[columns.indptr[best] : columns.indptr[best + 1]]] = False
    kept = _without_needless(watches, chosen, cost)
    return Choice(kept, float(cost[kept].sum()), -np.inf, GREEDY)


def most_covered(watches, count, worth=None, seconds=60.0):
    """The places worth most that ``count`` posts can watch: maximal covering (Church and ReVelle 1974).

    watches: (places, posts); worth: (places,) not negative, default 1 each. With more posts than there are, all.

    >>> most_covered([[1, 0], [1, 0], [0, 1]], 1).chosen
    array([0])
    """
    watches = _matrix(watches)
    places, posts = watches.shape
    worth = np.ones(places) if worth is None else np.asarray(worth, dtype=float)
    if worth.shape != (places,) or (worth < 0).any():
        raise ValueError(f"worth: {places} numbers from 0 on")
    count = min(int(count), posts)
    first = _greedy_most(watches, worth, count)
    watched = sparse.hstack([watches, -sparse.identity(places)]).tocsr()
    few = sparse.csr_matrix(np.r_[np.ones(posts), np.zeros(places)])
    needs = [optimize.LinearConstraint(watched, lb=0), optimize.LinearConstraint(few, ub=count)]
    whole = np.r_[np.ones(posts), np.zeros(places)]
    found = _solved(np.r_[np.zeros(posts), -worth], needs, optimize.Bounds(0, 1), whole, seconds)
    if found is None:
        return first
    chosen = np.flatnonzero(found.x[:posts] > 0.5)
    value, bound = watched_worth(watches, chosen, worth), -float(found.mip_dual_bound)
    if value < first.value - _TINY:
        return Choice(first.chosen, first.value, bound, STOPPED)
    return Choice(chosen, value, bound, PROVEN if found.status == _OPTIMAL else STOPPED)


def watched_worth(watches, chosen, worth):
    """What the chosen posts watch together: a place counts once however many watch it."""
    seen = np.asarray(_matrix(watches)[:, chosen].sum(axis=1)).ravel() > 0
    return float(np.asarray(worth, dtype=float)[seen].sum())


def _greedy_most(watches, worth, count):
    columns, left, chosen = watches.tocsc(), worth.copy(), []
    for _ in range(count):
        gain = columns.T @ left
        gain[chosen] = -1
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            break
        chosen.append(best)
        left[columns.indices[columns.indptr[best] : columns.indptr[best + 1]]] = 0
    chosen = np.array(sorted(chosen), dtype=int)
    return Choice(chosen, watched_worth(watches, chosen, worth), np.inf, GREEDY)


def _without_needless(watches, chosen, cost):
    """The dearest first: whoever watches only what others watch too is left out."""
    seen = np.asarray(watches[:, chosen].sum(axis=1)).ravel()
    columns, kept = watches.tocsc(), set(chosen)
    for post in sorted(chosen, key=lambda post: -cost[post]):
        mine = columns.indices[columns.indptr[post] : columns.indptr[post + 1]]
        if (seen[mine] > 1).all():
            seen[mine] -= 1
            kept.discard(post)
    return np.array(sorted(kept), dtype=int)


def _solved(objective, constraints, bounds, whole, seconds):
    """scipy's answer, or None when it found nothing in its time."""
    options = {"time_limit": float(seconds), "mip_rel_gap": 0.0}
    found = optimize.milp(objective, constraints=constraints, bounds=bounds, integrality=whole, options=options)
    return found if found.x is not None else None


def _better(first, found, cost, wins):
    if found is None:
        return first
    chosen, bound = np.flatnonzero(found.x > 0.5), float(found.mip_dual_bound)
    value = float(cost[chosen].sum())
    if wins(first.value, value):
        return Choice(first.chosen, first.value, bound, STOPPED)
    return Choice(chosen, value, bound, PROVEN if found.status == _OPTIMAL else STOPPED)


def _matrix(watches):
    matrix = sparse.csr_matrix(watches, dtype=float)
    matrix.eliminate_zeros()
    matrix.data[:] = 1.0
    return matrix


def _costs(watches, cost):
    cost = np.ones(watches.shape[1]) if cost is None else np.asarray(cost, dtype=float)
    if cost.shape != (watches.shape[1],) or not (cost > 0).all():
        raise ValueError(f"cost: {watches.shape[1]} numbers above 0")
    return cost
