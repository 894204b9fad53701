"""Ten years of a county under the report's rule: who is sent away, and who should have been.

Ten officers, forty quarters; whoever is alone on the last rank twice running and below the line both times (R-31) is
reviewed, and what the gate lets pass is sent away and replaced. Many counties go side by side. Scores are those of an
appraisal, with coarser quadrature (``COARSE``): its error in points is measured by ``tests/core``.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.calibration.whole_quarter import SMALL_SHIFT
from heng import composite, laboratory, points, posterior
from heng.complexity import HALF_NORMAL_MEDIAN
from heng.grid import Fineness
from heng.points import round_half_up
from heng.rules import is_below
from heng.scheme import COUNT, LOWER
from heng.shrinkage import DISPLAY
from heng.window import Sums

QUARTERS, PLACES = 40, 10
COARSE = Fineness(PLACES, 12, 1)
DRAWS = 1000
# Effects in standard deviations of the places' true spread, in every rate at once: true scores 85, 80.5 and 73.
AVERAGE, NEAR_THE_LINE, WEAK = 0.0, -0.55, -1.0
RULES = ("raw", "off", "warn", "require")
STAFF = ("equal", "equal_near_the_line", "one_weak", "spread")


@dataclass(frozen=True)
class Scene:
    """What stays the same: the scheme, its plan, and the counties' facts and coefficients. W counties of 10 places."""

    scheme: object
    plan: object
    x: np.ndarray  # (W, 10, p) standardised
    population: np.ndarray  # (W, 10)
    off: dict  # rate -> (W, p + 1): how far the county's level and β are from the pool's

    def truth(self, rate):
        return self.plan.rates[rate.id]


def scene(scheme, plan, counties, random):
    """A ``Scene``: place facts and each county's own coefficients drawn."""
    x = random.standard_normal((counties, PLACES, len(plan.facts)))
    population = random.integers(*plan.population, (counties, PLACES)).astype(float)
    off = {
        rate: random.multivariate_normal(np.zeros(len(truth.covariance)), truth.covariance, counties)
        for rate, truth in plan.rates.items()
    }
    return Scene(scheme, plan, x, population, off)


def cell(scheme, plan, staff, rule, counties, seed):
    """How the first ten officers of each county fared, and how many were sent away in all: sums over counties.

    rule: ``raw`` the report's bare rule on plain figures; ``off`` the same on Linli's score; ``warn`` where a reader
    sends away only those who are not flagged *not distinguishable*; ``require`` where the gate holds the rest up.
    """
    random = np.random.default_rng(seed)
    world = scene(scheme, plan, counties, random)
    effect = newcomers(staff, (counties, PLACES, len(scheme.rates)), random)
    if staff == "one_weak":
        effect[:, 0] = WEAK
    first = _Officers(true_scores(scheme, plan, effect), np.full((counties, PLACES), -1))
    before, sent_good, sent = None, 0, 0
    for quarter in range(QUARTERS):
        now = seen(world, effect, random)
        now["score"] = raw_scores(world, now) if rule == "raw" else scores(world, now)
        called = calls(now, before, scheme)
        leave = [(w, i) for w, i in called if rule in ("raw", "off") or _passes(world, rule, now, before, w, i)]
        for w, i in leave:
            good = true_scores(scheme, plan, effect[w, i]) >= scheme.bottom.below
            sent, sent_good = sent + 1, sent_good + int(good)
            first.gone[w, i] = quarter if first.gone[w, i] < 0 else first.gone[w, i]
            effect[w, i] = newcomers(staff, effect.shape[2:], random)
            now["last"][w] = -1  # a new officer starts without a streak
        before = now
    return {"sent": sent, "sent_good": sent_good, **_fates(first, scheme.bottom.below)}


@dataclass(frozen=True)
class _Officers:
    score: np.ndarray  # (W, 10) true
    gone: np.ndarray  # (W, 10) quarter in which they were sent away, -1 = never


def newcomers(staff, shape, random):
    """True effects of officers in standard deviations of the places' true spread, higher better: alike or drawn."""
    if staff == "spread":
        return random.standard_normal(shape)
    return np.full(shape, NEAR_THE_LINE if staff == "equal_near_the_line" else AVERAGE)


def _fates(first, line):
    good = first.score >= line
    gone = first.gone >= 0
    return {
        "good": int(good.sum()),
        "good_gone": int((good & gone).sum()),
        "good_gone_by_county": (good & gone).sum(axis=1).tolist(),
        "weak": int((~good).sum()),
        "weak_stayed": int((~good & ~gone).sum()),
        "weak_gone_after": (first.gone[~good & gone] + 1).tolist(),
    }


def true_scores(scheme, plan, effect):
    """What officers (..., rates) would score if all were known and nothing moved the county."""
    weight = sum(rate.weight for rate in scheme.rates)
    total = 0.0
    for k, rate in enumerate(scheme.rates):
        u = _signed(rate, effect[..., k]) * plan.rates[rate.id].tau
        level = 0.0 if rate.kind == COUNT else plan.rates[rate.id].level
        total = total + points.of_values(_shown(rate, level + u), rate.points) * rate.weight / weight
    return total


def _signed(rate, effect):
    return -effect if rate.better == LOWER else effect


def _shown(rate, link):
    shown = DISPLAY[rate.kind](link)
    return np.maximum((shown - rate.guess) / (1 - rate.guess), 0.0) if rate.guess else shown


def _columns(truth, x):
    """One and the facts that a rate is adjusted for, (..., 1 + p)."""
    ones = np.ones((*x.shape[:-1], 1))
    return np.concatenate([ones, x], axis=-1)[..., : 1 + len(truth.beta)]


def seen(world, effect, random):
    """One quarter's evidence: {rate: (numerator, denominator)}, each (W, 10)."""
    found = {}
    for k, rate in enumerate(world.scheme.rates):
        truth = world.truth(rate)
        own = np.array([truth.level, *truth.beta]) + world.off[rate.id]
        shift = random.normal(0, SMALL_SHIFT, (len(own), 1))
        eta = np.einsum("wnp,wp->wn", _columns(truth, world.x), own) + shift
        eta = eta + _signed(rate, effect[..., k]) * truth.tau
        asked = world.population if truth.asked is None else np.full(world.population.shape, float(truth.asked))
        found[rate.id] = laboratory.observed(rate.kind, eta, asked, random), asked
    return {"counted": found}


def raw_scores(world, now):
    """Scores (W, 10) of the plain figures: counts over what any place of that many people would have, shares as is."""
    earned = []
    for rate in world.scheme.rates:
        numerator, denominator = now["counted"][rate.id]
        rate_of_all = np.exp(world.truth(rate).level) if rate.kind == COUNT else 1.0
        crude = numerator / denominator / rate_of_all
        shown = np.maximum((crude - rate.guess) / (1 - rate.guess), 0.0) if rate.guess else crude
        earned.append(points.of_values(shown, rate.points).ravel())
    return _summed(world.scheme, earned).reshape(world.population.shape)


def scores(world, now):
    """Scores (W, 10) as published by an appraisal with the plan's pool, all rates present."""
    counties = np.arange(len(world.population))
    earned = []
    for rate in world.scheme.rates:
        fit, target = _fit(world, rate, now["counted"][rate.id], counties)
        earned.append(points.of_values(_shown(rate, fit.marginal(target).quantile(0.5)), rate.points))
    return _summed(world.scheme, earned).reshape(world.population.shape)


def _summed(scheme, earned):
    earned = np.array([round_half_up(one) for one in earned])
    weights = np.array([rate.weight for rate in scheme.rates])
    return composite.of_points(earned, np.ones(earned.shape, dtype=bool), weights).score


def _fit(world, rate, counted, which):
    """(fit, target) of the counties in ``which``, each a group."""
    truth = world.truth(rate)
    numerator, denominator = (values.ravel() for values in counted)
    nothing = np.zeros(len(numerator))
    sums = Sums(numerator, denominator, numerator, denominator, nothing, nothing + 1)
    frozen = posterior.Frozen(truth.level, np.array(truth.beta), truth.covariance)
    x = _columns(truth, world.x[which]).reshape(len(numerator), -1)[:, 1:]
    group = np.repeat(np.arange(len(which)), PLACES)
    tau_scale = truth.tau / HALF_NORMAL_MEDIAN
    fit = posterior.fit(sums.likelihood(rate.kind), frozen, x, tau_scale, group, COARSE)
    return fit, fit.residual() if rate.kind == COUNT else fit.at_average()


def calls(now, before, scheme):
    """(county, place) of every transfer review of R-31; sets ``last`` (W,), -1 where the last rank is shared."""
    score = now["score"]
    lowest = score == score.min(axis=1, keepdims=True)
    now["last"] = np.where(lowest.sum(axis=1) == 1, lowest.argmax(axis=1), -1)
    if before is None:
        return []
    at = np.arange(len(score)), now["last"]
    both = is_below(score[at], scheme.bottom) & is_below(before["score"][at], scheme.bottom)
    called = (now["last"] >= 0) & (now["last"] == before["last"]) & both
    return [(int(w), int(now["last"][w])) for w in np.flatnonzero(called)]


def _passes(world, rule, now, before, county, place):
    """Whether two quarters together are as sure as the rule asks: of *last and below*, or of *below*."""
    drawn = two_quarter_draws(world, now, before, county)
    below = is_below(drawn, world.scheme.bottom)[:, place]
    if rule == "require":
        return below.mean() >= world.scheme.gate.transfer_p_below
    last = drawn[:, place] == drawn.min(axis=1)
    return (last & below).mean() >= world.scheme.gate.distinguishable


def two_quarter_draws(world, now, before, county):
    """Joint draws (draws, 10) of the scores of one county on the evidence of both quarters."""
    which, total, weight = [county], 0.0, 0.0
    for k, rate in enumerate(world.scheme.rates):
        quarters = now["counted"][rate.id], before["counted"][rate.id]
        counted = tuple(sum(quarter[part][which] for quarter in quarters) for part in (0, 1))
        fit, target = _fit(world, rate, counted, which)
        (link,) = fit.draw((target,), DRAWS, k)
        total = total + rate.weight * points.of_values(_shown(rate, link), rate.points)
        weight += rate.weight
    return total / weight
