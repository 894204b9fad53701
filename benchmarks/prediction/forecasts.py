"""What each way of reading a quarter says of the next: for every place, equally likely values of its rate or share.

The two readings without a place of their own (count, rate per head) give one value. A place's own figure comes with
its luck, the Jeffreys posterior of its rate (Brown, Cai & DasGupta, Statistical Science 16, 2001), and the adjusted
figure with the core's posterior, so that neither is taken to be surer than it is.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit, logit
from scipy.stats import beta, gamma

from benchmarks.prediction.panel import COUNT
from heng import complexity, posterior
from heng.complexity import Design
from heng.scheme import Complexity, Rate
from heng.shrinkage import DISPLAY
from heng.window import Sums

VALUES = 12  # equally likely values that stand for a distribution
LEVELS = (np.arange(VALUES) + 0.5) / VALUES


@dataclass(frozen=True)
class Origin:
    """All that is known of n places when a forecast is made, and what the next figure is counted over.

    seen, of (n,): the quarter's figures; past_seen, past_of (n,): sums of up to four quarters before; facts (n, p);
    next_of (n,): exposure or people asked of the period foretold.
    """

    kind: str
    seen: np.ndarray
    of: np.ndarray
    past_seen: np.ndarray
    past_of: np.ndarray
    facts: np.ndarray
    next_of: np.ndarray


def count(origin):
    """Everybody has the same number of events."""
    return ((origin.seen.sum() + 0.5) / len(origin.seen) / origin.next_of)[None]


def rate(origin):
    """Everybody has the same rate per head, or the same share."""
    return np.full((1, len(origin.of)), DISPLAY[origin.kind](level(origin.kind, origin.seen, origin.of)))


def own(origin):
    """Everybody has again the figure of the quarter, as sure as its numbers allow."""
    return _own(origin.kind, origin.seen, origin.of)


def own_longer(origin):
    """The place's own figure of this quarter and up to four before together, moved to the level of this one."""
    seen, of = origin.seen + origin.past_seen, origin.of + origin.past_of
    change = level(origin.kind, origin.seen, origin.of) - level(origin.kind, seen, of)
    return moved(origin.kind, _own(origin.kind, seen, of), change)


def adjusted(origin):
    """Expected of such a place × its adjusted figure of the quarter."""
    fit = appraised(origin)
    whole = fit.marginal(fit.whole())
    return DISPLAY[origin.kind](np.array([whole.quantile(at) for at in LEVELS]))


WAYS = {"count": count, "rate": rate, "own": own, "own longer": own_longer, "adjusted": adjusted}


def appraised(origin):
    """The core's posterior of the quarter, as ``appraise`` has it without a pool: level and β frozen on the quarters
    before (on this one where there is none), u of this quarter."""
    design = _standardised(origin.facts)
    now, before = _sums(origin.seen, origin.of), _sums(origin.past_seen, origin.past_of)
    found = complexity.coefficients(_rate(origin.kind), Complexity(), design, ((), before), ((), now))
    frozen = posterior.Frozen(found.level, found.coefficients, found.covariance)
    return posterior.fit(now.likelihood(origin.kind), frozen, design.x, found.tau_scale)


def level(kind, seen, of):
    """Of all places together: log of the rate, logit of the share."""
    seen, of = seen.sum() + 0.5, of.sum()
    return float(np.log(seen / of) if kind == COUNT else logit(seen / (of + 1)))


def moved(kind, values, shift):
    """Rates times exp(shift); shares with the shift added to their logit."""
    return values * np.exp(shift) if kind == COUNT else expit(logit(values) + shift)


def _own(kind, seen, of):
    """The Jeffreys posterior of a rate or share, (VALUES, n)."""
    if kind == COUNT:
        return gamma.ppf(LEVELS[:, None], seen + 0.5) / of
    return beta.ppf(LEVELS[:, None], seen + 0.5, of - seen + 0.5)


def _rate(kind):
    return Rate("figure", {}, kind, "lower", 100.0, np.empty((0, 2)), "", "", adjust=True)


def _sums(seen, of):
    nothing = np.zeros(len(of))
    return Sums(seen, of, seen, of, nothing, nothing)


def _standardised(facts):
    centre, scale = facts.mean(axis=0), facts.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    return Design((), centre, scale, (facts - centre) / scale)
