"""What one more or one fewer would do to a figure's points: "one fewer incident ≈ +0.8 points".

By how much the posterior mean of the log rate or logit answers to one more event or answer is the posterior variance of
that same quantity (Tweedie; Efron, JASA 106, 2011), spread of τ and level included, so the printed interval is all that
is needed: on that scale its width over 2 × 1.645 is the standard deviation. About right, and said so on the card;
reckoning the quarter again gives it exactly.
"""

import math

from heng import points
from heng.scheme import COUNT, SHARE

_WIDTH = 2 * 1.6449  # standard deviations between the 5th and the 95th percentile
_SCORED = ("ok", "pooled", "provisional")


def gains(figure, rate, evidence):
    """(points with one more, points with one fewer), each None where there cannot be one more or one fewer.

    figure: a row of ``results.Indicators``; evidence: the row of the book behind it (its design effect; a mean's sd),
    None = not there. (None, None) for a figure that is not scored.
    """
    if figure.status not in _SCORED or math.isnan(figure.points) or evidence is None:
        return None, None
    step = _step(figure, rate, evidence)
    return tuple(_gain(figure, rate, step, sign) for sign in (1, -1))


def _gain(figure, rate, step, sign):
    if math.isnan(step) or (sign < 0 and figure.numerator < 1):
        return None
    if sign > 0 and rate.kind == SHARE and figure.numerator + 1 > figure.denominator:
        return None
    moved = _shown(_link(figure.adjusted, rate) + sign * step, rate)
    return points.gain(figure.adjusted, moved, rate.points)


def _step(figure, rate, evidence):
    """How far one unit moves the figure on the scale it is modelled on; of a mean: one answer a point higher."""
    variance = ((_link(figure.high, rate) - _link(figure.low, rate)) / _WIDTH) ** 2
    if rate.kind == COUNT:
        return variance
    if rate.kind == SHARE:
        return variance / evidence.design_effect
    return variance / (evidence.design_effect * evidence.sd**2) if evidence.sd > 0 else math.nan


def _link(value, rate):
    """The log of a ratio, the logit of a share with its lucky guesses, a mean as it is."""
    if rate.kind == COUNT:
        return math.log(max(value, 1e-9))
    if rate.kind == SHARE:
        p = min(max(value * (1 - rate.guess) + rate.guess, 1e-6), 1 - 1e-6)
        return math.log(p / (1 - p))
    return value


def _shown(link, rate):
    if rate.kind == COUNT:
        return math.exp(link)
    if rate.kind == SHARE:
        return max((1 / (1 + math.exp(-link)) - rate.guess) / (1 - rate.guess), 0.0)
    return link
