"""Whole quarters of counties whose truth is known: do the chances that are printed come true?

Seven rates with their tables, five place facts, a pool that is itself a little wrong, everything through
``heng.quarter.appraise``. ``prior``: spread and level of every rate drawn from what the core believes beforehand.
``likely``: the spread is the pool's own and levels move by a tenth, as one would rather expect of a county.
"""

from dataclasses import replace

import numpy as np

from benchmarks.calibration.tally import added, tally
from heng import laboratory, quarter
from heng.complexity import HALF_NORMAL_MEDIAN
from heng.scheme import Complexity

PERIOD = "2026Q1"
ASKED = {"satisfaction": 100, "familiarity": 100, "prevention": 40, "visibility": 250, "disputes": 15}
SMALL_SHIFT = 0.1
SURVEYED, DOUBT = 96, 0.05  # of the invented pool: places, and the error of its levels where none is given


def known_plan(scheme, **changes):
    """The ``laboratory.Plan`` that a scheme and its pool imagine, with answers and checks as in the invented county."""
    pool = scheme.complexity.pool
    truths = {rate.id: laboratory.truth_of(rate, pool, asked=ASKED.get(rate.id)) for rate in scheme.rates}
    truths = {rate: truth if truth.covariance is not None else _doubtful(truth) for rate, truth in truths.items()}
    facts = dict(zip(pool.covariates, zip(pool.mean, pool.sd, strict=True), strict=True))
    return laboratory.Plan(truths, facts, **{"quarters": (PERIOD,), **changes})


def _doubtful(truth):
    return replace(truth, covariance=np.array([[DOUBT**2]]))


def knowing(scheme, plan):
    """The scheme with a pool that knows the plan's levels, β, τ and their doubt, for all its rates."""
    complexity = Complexity(tuple(plan.facts), pool=laboratory.pool_of(plan))
    return replace(scheme, complexity=complexity)


def cell(scheme, drawn_from, counties, draws, seed):
    """Tallies of P(last), P(below) and every rank over so many counties, and how often the score's interval held."""
    plan = known_plan(scheme)
    used = knowing(scheme, plan)
    parts = [_county(used, _drawn(plan, drawn_from, [seed, i]), draws, seed * 10_000 + i) for i in range(counties)]
    inside = np.array([part["inside"] for part in parts])
    return {
        **{name: added(part[name] for part in parts) for name in ("last", "below", "rank")},
        "covered": float(inside.mean()),
        "covered_error": float(inside.std(ddof=1) / np.sqrt(counties)),
    }


def _drawn(plan, drawn_from, seed):
    """The plan of one county."""
    if drawn_from == "likely":
        return replace(plan, rates={rate: replace(one, shift_sd=SMALL_SHIFT) for rate, one in plan.rates.items()})
    random = np.random.default_rng(seed)
    spread = {rate: abs(random.normal(0, one.tau / HALF_NORMAL_MEDIAN)) for rate, one in plan.rates.items()}
    return replace(plan, rates={r: replace(one, tau=spread[r], shift_sd=1.0) for r, one in plan.rates.items()})


def _county(scheme, plan, draws, seed):
    drawn = laboratory.county(scheme, plan, seed)
    found = quarter.appraise(drawn.book, scheme, PERIOD, seed, draws)
    scores, truth = found.scores, drawn.scores(scheme)[0]
    chances = found.ranks.probability.reshape(len(scores), -1)
    order = _true_ranks(truth)
    alone = np.zeros(len(truth), dtype=int)
    slack = 0.005  # both ends are printed with two decimals
    return {
        "last": tally(scores.p_last, order[:, -1], alone),
        "below": tally(scores.p_below, truth < scheme.bottom.below, alone),
        "rank": tally(chances, order, np.zeros(order.shape, dtype=int)),
        "inside": ((scores.low - slack <= truth) & (truth <= scores.high + slack)).mean(),
    }


def _true_ranks(truth):
    """Which rank each place truly has (n, n), equal truths sharing theirs."""
    above = (truth > truth[:, None]).sum(axis=1)[:, None]
    equal = (truth == truth[:, None]).sum(axis=1)[:, None]
    rank = np.arange(len(truth))
    return ((rank >= above) & (rank < above + equal)) / equal
