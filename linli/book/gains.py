"""What one more or one fewer would do to a figure's points: "one fewer incident ≈ +0.8 points".

The first-order change of the posterior's mode: one event moves the log ratio by own_weight / (events expected of this
place at its adjusted level), one answer moves the logit by own_weight / (answers · p · (1 − p)), one point in one
answer moves a mean by own_weight / answers. About right, and said so; reckoning the quarter again gives it exactly.
"""

import math

from heng import points
from heng.scheme import COUNT, SHARE

SCORED = ("ok", "pooled", "provisional")


def gains(figure, rate, level):
    """(points with one more, points with one fewer), each None where there cannot be one more or fewer.

    figure: a row of ``results.Indicators``; level: the rate's ``Coefficients.level``. (None, None) for a figure that
    is not scored.
    """
    if figure.status not in SCORED or math.isnan(figure.points):
        return None, None
    step = _step(figure, rate, level)
    return tuple(_gain(figure, rate, step, sign) for sign in (1, -1))


def _gain(figure, rate, step, sign):
    if sign < 0 and figure.numerator < 1:
        return None
    if sign > 0 and rate.kind == SHARE and figure.numerator + 1 > figure.denominator:
        return None
    return points.gain(figure.adjusted, _moved(figure.adjusted, rate, sign * step), rate.points)


def _step(figure, rate, level):
    """How far one unit moves the figure on the scale it is modelled on."""
    if rate.kind == COUNT:
        return figure.own_weight / (figure.expected / rate.per * figure.denominator * figure.adjusted)
    if rate.kind == SHARE:
        here = _logit(_raw(figure.adjusted, rate))
        if rate.adjust:  # adjusted is for an average place; the answers were given in this one
            here += _logit(_raw(figure.expected / rate.per, rate)) - level
        p = 1 / (1 + math.exp(-here))
        return figure.own_weight / (figure.denominator * p * (1 - p))
    return figure.own_weight / figure.denominator


def _moved(value, rate, step):
    if rate.kind == COUNT:
        return value * math.exp(step)
    if rate.kind == SHARE:
        raw = 1 / (1 + math.exp(-_logit(_raw(value, rate)) - step))
        return max((raw - rate.guess) / (1 - rate.guess), 0.0)
    return value + step


def _raw(shown, rate):
    """The share before guesses were taken off."""
    return shown * (1 - rate.guess) + rate.guess


def _logit(p):
    p = min(max(p, 1e-6), 1 - 1e-6)
    return math.log(p / (1 - p))
