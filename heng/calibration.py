"""Points tables proposed from what last year's places really were: for the year to come, frozen when it begins.

85 points = as expected; 100, 80 and 60 = the 97.5th, 20th and 2.5th percentile of the true spread between places (τ,
sampling noise taken off, so that a small sample does not widen the table); 0 twice as far out as 60. Steps are taken on
the link scale, log or logit, and printed on the scale on which points are read. Last year's places, never the ten of
this quarter: an absolute table that all of them can pass.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import expit

from heng import pool, posterior, window
from heng.scheme import COUNT, LOWER, SHARE

FEWEST = 8  # places with evidence; below it no table is proposed
STEPS = np.array([-3.92, -1.96, -0.8416, 0.0, 1.96])  # standard deviations towards the better
POINTS = np.array([0.0, 60.0, 80.0, 85.0, 100.0])
_MEDIAN_OF_HALF_NORMAL = 0.674
_DIGITS = (2, 3, 4)  # as few as keep the values apart


@dataclass(frozen=True)
class Proposal:
    """One rate's table, or why there is none. ``tau`` (median, low, high): 90 %, link scale. ``reason`` "" when there
    is a table, else few_places, few_events or too_close; then ``points`` is empty (0, 2)."""

    rate: str
    points: np.ndarray
    places: int
    expected: float  # printed scale: the share or mean that is as expected; 1 for counts
    tau: tuple
    against: str  # pool | group | level: whose expectation 85 points stand for
    low_confidence: bool
    reason: str = ""


def propose(book, scheme, periods):
    """A ``Proposal`` for every rate of the scheme, in its order, from the book's evidence of the periods.

    Below ``heng.pool.ENOUGH`` places a table is flagged low_confidence, below ``FEWEST`` refused. An adjusted rate is
    measured against the scheme's pool where it has the rate, else against coefficients fitted on the same places.
    """
    return tuple(_propose(book, scheme, rate, periods) for rate in scheme.rates)


def _propose(book, scheme, rate, periods):
    x, frozen, tau_scale, against = _expectation(book, scheme, rate)
    seen = window.over(book, rate, periods)
    used = (seen.asked >= _fewest_answers(rate, scheme)) & np.isfinite(x).all(axis=1)
    seen, x = seen.rows(used), x[used]
    places = len(seen)
    if places < FEWEST:
        return _refused(rate, places, against, "few_places")
    if rate.kind == COUNT and seen.yes.sum() < places:
        return _refused(rate, places, against, "few_events")
    level, tau = _spread(rate, seen, x, frozen, tau_scale, scheme.complexity.prior_sd)
    points = table(rate, level, tau[0])
    expected = float(_printed(rate, level, 0.0, 0.0))
    low_confidence = places < pool.ENOUGH
    return Proposal(rate.id, points, places, expected, tau, against, low_confidence, "" if len(points) else "too_close")


def _refused(rate, places, against, reason):
    return Proposal(rate.id, np.zeros((0, 2)), places, np.nan, (np.nan,) * 3, against, True, reason)


def _fewest_answers(rate, scheme):
    """Effective answers below which a place's year is too thin to tell about the spread."""
    if rate.kind == COUNT:
        return np.finfo(float).tiny
    return scheme.ranking.thin_share if rate.sample else scheme.ranking.thin_count


def _expectation(book, scheme, rate):
    """(x (n, p) standardised, frozen coefficients or None, scale of τ's prior, whose expectation it is)."""
    wide, known = scheme.complexity.covariates, scheme.complexity.pool
    if not rate.adjust or not wide:
        return np.zeros((len(book.communities), 0)), None, pool.TAU_SCALE, "level"
    if known is not None and rate.id in known.rates:
        own = known.rates[rate.id]
        frozen = posterior.Frozen(own.intercept, own.coefficients, own.covariance)
        facts = pool.place_facts(book, known.covariates)
        return (facts - known.mean) / known.sd, frozen, own.tau / _MEDIAN_OF_HALF_NORMAL, "pool"
    return _standardised(pool.place_facts(book, wide)), None, pool.TAU_SCALE, "group"


def _standardised(facts):
    """By the mean and sd of the places whose facts are all known; what is the same everywhere becomes 0."""
    known = facts[np.isfinite(facts).all(axis=1)]
    if len(known) == 0:
        return facts
    sd = known.std(axis=0)
    return (facts - known.mean(axis=0)) / np.where(sd > 1e-9, sd, 1.0)


def _spread(rate, seen, x, frozen, tau_scale, prior_sd):
    """(level as expected on the link, τ (median, low, high))."""
    if frozen is not None:
        found = posterior.fit(seen.likelihood(rate.kind), frozen, x, tau_scale)
        return frozen.level, found.tau()
    seen, centre = pool.centred(seen, rate.kind)
    sds = np.concatenate([[pool.LEVEL_SD], np.full(x.shape[1], prior_sd)])
    found = posterior.fit_free(seen.likelihood(rate.kind), x, sds, tau_scale)
    return found.coefficients()[0][0] + centre, found.tau()


def table(rate, level, tau):
    """The (5, 2) table of a rate whose places spread by ``tau`` around ``level`` (link scale), values ascending or
    descending with the points; (0, 2) when the values cannot be told apart in four decimals.

    >>> from heng.scheme import Rate
    >>> rate = Rate("incidents", {}, "count", "lower", 15, None, "a", "b")
    >>> table(rate, -6.5, 0.22)[:, 0].tolist()
    [2.37, 1.54, 1.2, 1.0, 0.65]
    """
    values = _printed(rate, level, tau, -STEPS if rate.better == LOWER else STEPS)
    for digits in _DIGITS:
        rounded = np.round(values, digits)
        gaps = np.diff(rounded)
        if (gaps > 0).all() or (gaps < 0).all():
            return np.column_stack([rounded, POINTS])
    return np.zeros((0, 2))


def _printed(rate, level, tau, step):
    """The value so many standard deviations from the expected, on the scale points are read on."""
    if rate.kind == COUNT:
        return np.exp(step * tau)
    if rate.kind == SHARE:
        return np.maximum((expit(level + step * tau) - rate.guess) / (1 - rate.guess), 0.0)
    return level + step * tau
