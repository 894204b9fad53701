"""P(a score is below a line), from the points of all its rates: no normal law, no draws.

A score is a weighted sum of independent points. The characteristic function of the sum is the product of theirs, and
the chance of lying below a line is read off it (Gil-Pelaez, Biometrika 38, 1951) by the midpoint rule, which is exact
but for what lies further from the line than ``_PERIOD`` standard deviations (Davies, Biometrika 60, 1973).
"""

import numpy as np

from heng.earned import WEIGHTS

_PERIOD = 14.0
_FREQUENCIES = 12  # the last at 5 / sd, where next to nothing is left of a score of several rates
_FAR = 6.5  # standard deviations from the line beyond which it is sure


def below(earned, share, mean, sd, line):
    """P(Σ share · points < line) (n,), the midpoint where a chance stands on the line itself.

    earned (R, J, n): points of each rate at the nodes of ``heng.earned``; share (R, n): what each weighs in the score,
    0 where it does not count; mean, sd (n,): of the score.
    """
    sure = (sd <= 0) | (np.abs(line - mean) > _FAR * sd)
    step = 2 * np.pi / (_PERIOD * np.where(sure, 1.0, sd))
    power = np.exp(0.5j * (step * share[:, None] * (earned - line)))
    turned = power * power
    power *= WEIGHTS[:, None]
    total = np.zeros(len(mean))
    for k in range(_FREQUENCIES):
        total += np.prod(power.sum(axis=1), axis=0).imag / (k + 0.5)
        power *= turned
    chance = np.clip(0.5 - total / np.pi, 0.0, 1.0)
    return np.where(sure, np.where(mean < line, 1.0, np.where(mean > line, 0.0, 0.5)), chance)
