"""Which ranks each place may truly have, all at once: simultaneous confidence sets for ranks.

Mogstad, Romano, Shaikh & Wilhelm, "Inference for Ranks with Applications to Mobility across Neighbourhoods and Academic
Achievement across Countries", Review of Economic Studies 91 (2024); step-down after Romano & Wolf, Econometrica 73
(2005). Marginal intervals would not do: naming the last of ten is a claim about all ten.
"""

import numpy as np

from heng import checks
from heng.critical import exceeded, greatest_possible
from heng.groups import members
from heng.rank_levels import sets_by_level

EXACT = 200  # groups up to here: every pair looked at, with step-down


def rank_sets(estimate, se, confidence=0.95, higher_is_better=True, group=None, draws=20000, seed=1):
    """(low, high), whole numbers (n,): with this confidence every place's true rank lies in its set, all at once.

    estimate (n,) with independent standard errors se (n,). Rank 1 is best; low is 1 + the places surely better, high is
    n - the places surely worse, so places that tie for certain (se 0) share all the ranks they stand on. The
    confidence holds within each group; a group's sets do not depend on the other groups or on the order of rows.

    Up to 200 places a group: all pairwise differences against the greatest of their joint noise, by simulation, with
    step-down. Above: one step without step-down, standard errors rounded up to at most 64 levels
    (``heng.rank_levels``); that is wider than need be, never narrower by the rounding, and takes n log n, not n².

    No places: empty arrays. Refuses a missing figure, se below 0, and fewer draws than the confidence asks for.

    >>> rank_sets([90.0, 80.0, 79.0], [1.0, 1.0, 1.0])
    (array([1, 2, 2]), array([1, 3, 3]))
    """
    estimate, se = checks.column("estimate", estimate), checks.at_least("se", se, 0)
    checks.as_long_as("estimate", estimate, "se", se)
    exceeding = _exceeding(draws, confidence)
    groups = members(group, len(estimate))
    estimate = estimate if higher_is_better else -estimate
    small = max((len(rows) for rows in groups if len(rows) <= EXACT), default=0)
    noise = np.random.default_rng(seed).standard_normal((small, draws))  # a group of m uses the first m rows
    low, high = np.ones(len(estimate), dtype=int), np.ones(len(estimate), dtype=int)
    for rows in groups:
        if len(rows) <= EXACT:
            low[rows], high[rows] = _sets(estimate[rows], se[rows], noise[: len(rows)], exceeding)
        else:
            random = np.random.default_rng(seed)
            low[rows], high[rows] = sets_by_level(estimate[rows], se[rows], exceeding, draws, random)
    return low, high


def _exceeding(draws, confidence):
    """How many of the draws may lie at or above the critical value."""
    confidence = checks.open_unit("confidence", confidence)
    draws = checks.whole("draws", draws)[0]
    exceeding = int((1 - confidence) * (draws + 1))
    if exceeding < 1:
        raise ValueError(f"draws = {draws:.0f} are too few for confidence = {confidence}")
    return exceeding


def _sets(estimate, se, noise, exceeding):
    order = np.lexsort((estimate, se))  # noise goes by what a place is, not by where it stands
    above = surely_above(estimate[order], se[order], noise, exceeding)
    low, high = np.empty(len(se), dtype=int), np.empty(len(se), dtype=int)
    low[order], high[order] = 1 + above.sum(axis=0), len(se) - above.sum(axis=1)
    return low, high


def surely_above(estimate, se, noise, exceeding):
    """(n, n): whether j is surely above k, for all pairs at once, from standard normal noise (n, draws).

    Step-down: pairs told apart no longer count among those that noise alone might tell apart; the critical value falls
    and is tried again until nothing new is found. The reverse of a pair told apart stays in: it is a true null.
    """
    gap, spread = np.subtract.outer(estimate, estimate), np.hypot.outer(se, se)
    found = (spread == 0) & (gap > 0)  # known exactly
    pending = (spread > 0) & ~np.eye(len(se), dtype=bool)
    inverse = np.divide(1.0, spread, out=np.zeros_like(spread), where=spread > 0)
    bound = greatest_possible(noise.max(axis=0, initial=0.0), noise.min(axis=0, initial=0.0))
    while pending.any():
        critical = exceeded(exceeding, bound, _of_pairs(noise, se, inverse, pending))
        new = pending & (gap * inverse > max(critical, 0.0))
        if not new.any():
            break
        found, pending = found | new, pending & ~new
    return found


def _of_pairs(noise, se, inverse, pairs):
    """A function of draws taken: the greatest standardised difference over the pairs in each."""

    def greatest(taken):
        joint = noise[:, taken] * se[:, None]
        found = np.full(len(taken), -np.inf)
        for place in np.flatnonzero(pairs.any(axis=1)):
            others = np.flatnonzero(pairs[place])
            difference = (joint[place] - joint[others]) * inverse[place, others, None]
            np.maximum(found, difference.max(axis=0), out=found)
        return found

    return greatest


def told_apart(estimate, se, confidence=0.95, draws=20000, seed=1):
    """(n, n) bool for one small group: whether row j surely stands above column k, all pairs at once.

    The pairs behind ``rank_sets`` with the same arguments: its low is 1 + a column's sum.
    """
    estimate, se = checks.column("estimate", estimate), checks.at_least("se", se, 0)
    order = np.lexsort((estimate, se))
    noise = np.random.default_rng(seed).standard_normal((len(se), draws))
    found = np.empty((len(se), len(se)), dtype=bool)
    found[np.ix_(order, order)] = surely_above(estimate[order], se[order], noise, _exceeding(draws, confidence))
    return found
