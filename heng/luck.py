"""What luck alone does under a scheme: the numbers to look at before a rule is signed.

Counties whose truth is known: ten equally good officers, or ten who differ as much as the tables say places do.
"""

import numpy as np
from scipy.special import expit, logit

from heng import points
from heng.scheme import COUNT, SHARE

_LEVELS = np.array([0.0, 60.0, 80.0, 85.0, 100.0])  # points at which a table is read ...
_DEVIATES = np.array([-3.92, -1.96, -0.8416, 0.0, 1.96])  # ... and where in the true spread they lie (calibration)


def somebody_last_twice(officers=10, quarters=4, year_before=False):
    """P(somebody is last twice running within a year) when all are equal and quarters share no evidence: exact.

    Each quarter's last is anybody, so each pair of neighbouring quarters agrees once in ``officers``. ``year_before``:
    the last quarter of the year before counts too. Shared last ranks are left out of account.

    >>> round(somebody_last_twice(), 3), round(somebody_last_twice(year_before=True), 3)
    (0.271, 0.344)
    """
    _at_least_one("officers", officers)
    _at_least_one("quarters", quarters)
    return 1 - (1 - 1 / officers) ** (quarters - 1 + bool(year_before))


def last_twice(scheme, officers=10, quarters=4, year_before=False, draws=20000, seed=1):
    """The same under a scheme whose rates may look back over several quarters (``pool_quarters``): by simulation.

    Neighbouring quarters then share evidence and luck lasts. Every rate's noise in one quarter is taken as equally wide
    in points; the weights are the scheme's.
    """
    if all(rate.pool_quarters == 1 for rate in scheme.rates):
        return somebody_last_twice(officers, quarters, year_before)
    _at_least_one("officers", officers)
    compared = quarters + bool(year_before)
    reach = max(rate.pool_quarters for rate in scheme.rates) - 1
    random = np.random.default_rng(seed)
    score = np.zeros((draws, compared, officers))
    for rate in scheme.rates:
        luck = random.standard_normal((draws, compared + reach, officers))
        for quarter in range(compared):
            first = quarter + reach + 1 - rate.pool_quarters
            score[:, quarter] += rate.weight * luck[:, first : quarter + reach + 1].mean(axis=1)
    last = score.argmin(axis=2)
    return float((last[:, 1:] == last[:, :-1]).any(axis=1).mean())


def worst_below(scheme, officers=10, draws=20000, seed=1):
    """P(the worst of so many officers is below the scheme's line) when they truly differ as its tables say places do.

    The rates are taken as independent and known without error. A table that has no value at two of 60, 80, 85 and 100
    points says nothing about a spread: ValueError.
    """
    _at_least_one("officers", officers)
    random = np.random.default_rng(seed)
    total = sum(rate.weight for rate in scheme.rates)
    score = np.zeros((draws, officers))
    for rate in scheme.rates:
        values = true_values(rate, random.standard_normal((draws, officers)))
        score += rate.weight / total * points.of_values(values, rate.points)
    worst = points.round_half_up(score.min(axis=1))
    line = scheme.bottom.below
    return float((worst <= line if scheme.bottom.inclusive else worst < line).mean())


def true_values(rate, deviates):
    """Values on the printed scale of places so many standard deviations better than expected, as the rate's table
    implies: 60, 80, 85 and 100 points stand at −1.96, −0.84, 0 and 1.96, straight lines between on log or logit."""
    table = np.asarray(rate.points, dtype=float)
    inside = (table[:, 1].min() <= _LEVELS) & (table[:, 1].max() >= _LEVELS)
    inside[0] &= bool((table[:, 1] == 0).any())
    if inside[1:].sum() < 2:
        raise ValueError(f"rate {rate.id!r}: its table names no value at two of 60, 80, 85 and 100 points")
    order = np.argsort(table[:, 1], kind="stable")
    values = np.interp(_LEVELS[inside], table[order, 1], table[order, 0])
    link, unlink = _scale(rate.kind)
    return unlink(_through(_DEVIATES[inside], link(values), deviates))


def _scale(kind):
    """(link, its inverse); shares and ratios of 0 or 1 are kept just inside."""
    if kind == COUNT:
        return lambda value: np.log(np.maximum(value, 1e-3)), np.exp
    if kind == SHARE:
        return lambda value: logit(np.clip(value, 1e-3, 1 - 1e-3)), expit
    return lambda value: value, lambda value: value


def _through(x, y, at):
    """Straight lines through the points, the outer ones prolonged."""
    segment = np.clip(np.searchsorted(x, at) - 1, 0, len(x) - 2)
    slope = np.diff(y) / np.diff(x)
    return y[segment] + slope[segment] * (at - x[segment])


def _at_least_one(name, value):
    if value < 1 or value != int(value):
        raise ValueError(f"{name} = {value} must be a whole number of at least 1")
