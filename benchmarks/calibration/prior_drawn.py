"""Simulation-based calibration (Talts and others, 2018): when everything is drawn from the prior, truths lie evenly in
their posteriors, nine in ten inside a 90 % interval, and what is said to have a chance of 0.3 happens 3 times in 10."""

import numpy as np

from benchmarks.calibration.tally import added, tally
from heng import laboratory, posterior, ranking
from heng.posterior import Frozen
from heng.shrinkage import TAU_SCALE

LEVEL = {"count": 0.0, "share": 1.4}  # 80 % say yes, as where satisfaction stands
LINE = -0.2  # what "below" means: so much worse than expected, on the link scale
TENTH = 0.10
CONFIDENCE = 0.90
_AT_ONCE = 4_000_000  # draws x places


def cell(kind, size, places, groups, draws, seed):
    """What a cell of the table needs: intervals, and tallies of P(last), P(below), P(rank), P(in the lowest tenth)."""
    each = max(1, _AT_ONCE // (draws * places))
    lots = [min(each, groups - start) for start in range(0, groups, each)]
    parts = [_lot(kind, size, places, lot, draws, [seed, i]) for i, lot in enumerate(lots)]
    covered = np.concatenate([part["covered"] for part in parts])
    held = np.concatenate([part["sets_held"] for part in parts])
    found = {name: added(part[name] for part in parts) for name in ("last", "below", "rank", "lowest_tenth")}
    return {
        **found,
        "covered": float(covered.mean()),
        "covered_error": _error(covered),
        "position": np.sum([part["position"] for part in parts], axis=0).tolist(),
        "sets_held": float(held.mean()) if held.size else None,
        "sets_held_error": _error(held) if held.size else None,
    }


def fitted(one, tau_scale=TAU_SCALE):
    """The core's posterior of a simulated rate whose level is known before the quarter, as in a scheme with a pool."""
    frozen = Frozen(one.level, np.zeros(0), np.zeros((1, 1)))
    return posterior.fit(one.likelihood, frozen, np.zeros((len(one.u), 0)), tau_scale, one.group)


def _lot(kind, size, places, groups, draws, seed):
    one = laboratory.one_rate(kind, size, places, groups, level=LEVEL[kind], seed=np.random.SeedSequence(seed))
    fit = fitted(one)
    position = positions(fit.marginal(fit.residual()), one.u)
    inside = np.abs(position - 0.5) <= CONFIDENCE / 2
    better = -1.0 if kind == "count" else 1.0  # of incidents, fewer
    (drawn,) = fit.draw((fit.residual(),), draws, seed[0] * 1000 + seed[1])
    return {
        "covered": inside.reshape(groups, places).mean(axis=1),
        "position": np.histogram(position, bins=20, range=(0, 1))[0],
        **_orders(better * drawn, better * one.u, one.group, places, seed[1]),
    }


def positions(marginal, truth):
    """Where in its own posterior each truth lies, 0 to 1: evenly, when the posterior is right."""
    found = np.empty(len(truth))
    for places, mixture in marginal.parts:
        found[places] = mixture.cdf(truth[places])
    return found


def _orders(drawn, truth, group, places, seed):
    """Tallies of ranks; drawn (draws, n) and truth (n,) with higher better."""
    groups = len(truth) // places
    rank, last = np.empty((groups, places, places)), np.empty((groups, places))
    for g in range(groups):
        found = ranking.probabilities(drawn[:, g * places : (g + 1) * places])
        rank[g], last[g] = found.rank, found.last
    true_rank = places - np.argsort(np.argsort(truth.reshape(groups, places)))  # 1 = best
    whose, mean, sd = np.arange(groups), drawn.mean(axis=0), drawn.std(axis=0)
    _, lowest = ranking.expected(mean, sd, TENTH, group)
    is_lowest = true_rank > places - np.ceil(round(TENTH * places, 9))
    return {
        "last": tally(last, true_rank == places, np.repeat(whose, places)),
        "below": tally((drawn < LINE).mean(axis=0), truth < LINE, group),
        "rank": tally(rank, true_rank[:, :, None] == np.arange(1, places + 1), np.repeat(whose, places * places)),
        "lowest_tenth": tally(lowest, is_lowest, group),
        "sets_held": _sets_held(mean, sd, group, true_rank, seed),
    }


def _sets_held(mean, sd, group, true_rank, seed):
    """Whether all true ranks of a group stood in their sets, (groups,); not asked of more than 200 places."""
    groups, places = true_rank.shape
    if places > 200:
        return np.zeros(0)
    low, high = ranking.rank_sets(mean, sd, CONFIDENCE, group=group, draws=2000, seed=seed)
    within = (low <= true_rank.ravel()) & (true_rank.ravel() <= high)
    return within.reshape(groups, places).all(axis=1).astype(float)


def _error(by_group):
    return float(by_group.std(ddof=1) / np.sqrt(len(by_group))) if len(by_group) > 1 else 0.0
