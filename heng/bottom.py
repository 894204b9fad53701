"""P(among the lowest places): exact in a peer group, by a normal threshold among many."""

import numpy as np
from scipy.optimize import brentq
from scipy.special import ndtr

_EXACT = 200
_AT_ONCE = 500  # values
_NODES = np.linspace(-6.5, 6.5, 53)  # of each place's own value: a quarter of an sd apart
_HAIR = 1e-9  # of the whole spread: stands for sd 0, so that certain ties share the bottom evenly


def in_bottom(mean, sd, lowest):
    """P(place i is among the ``lowest`` of the n) for values normal(mean, sd²), shape (n,); sums to ``lowest``."""
    if lowest >= len(mean):
        return np.ones(len(mean))
    mean = mean - mean.min()
    sd = np.maximum(sd, _HAIR * (mean.max() + sd.max() or 1.0))
    return _exactly(mean, sd, lowest) if len(mean) <= _EXACT else _by_threshold(mean, sd, lowest)


def _exactly(mean, sd, lowest):
    """At each value x: P(fewer than ``lowest`` of the others are below x), a Poisson-binomial; then over own x."""
    mean, sd = mean[:, None], sd[:, None]
    x = np.sort((mean + sd * _NODES).ravel())
    p = np.zeros(len(mean))
    for start in range(0, len(x) - 1, _AT_ONCE):
        ends = x[start : start + _AT_ONCE + 1]
        own = np.diff(ndtr((ends - mean) / sd), axis=1)
        below = ndtr(((ends[1:] + ends[:-1]) / 2 - mean) / sd)
        p += (own * _fewer_than(lowest, below)).sum(axis=1)
    return p * lowest / p.sum()


def _fewer_than(lowest, p):
    """P(fewer than ``lowest`` of the others come true) for every place left out in turn; p (n, points)."""
    before = _counts(lowest, p)
    after = _counts(lowest, p[::-1])[::-1]
    left_out = zip(before[:-1], after[1:], strict=True)
    return np.array([(head * tail.cumsum(axis=0)[::-1]).sum(axis=0) for head, tail in left_out])


def _counts(lowest, p):
    """P(exactly c of the first j come true) for c < ``lowest``: list over j = 0..n of (lowest, points)."""
    state = np.zeros((lowest, p.shape[1]))
    state[0] = 1.0
    states = [state]
    for chance in p:
        moved = state * (1 - chance)
        moved[1:] += state[:-1] * chance
        states.append(state := moved)
    return states


def _by_threshold(mean, sd, lowest):
    """The value that parts the bottom from the rest is itself uncertain; its spread is added to each place's own.

    Its spread: how far it must move for the expected count below it to change by one standard deviation of that count.
    """
    below = ndtr((_threshold(mean, sd, lowest) - mean) / sd)
    swing = min(np.sqrt((below * (1 - below)).sum()), lowest / 2, (len(mean) - lowest) / 2)
    moved = _threshold(mean, sd, lowest + swing) - _threshold(mean, sd, lowest - swing)
    spread = np.hypot(sd, moved / 2)
    return ndtr((_threshold(mean, spread, lowest) - mean) / spread)


def _threshold(mean, sd, count):
    """The value below which ``count`` places are expected."""
    return brentq(lambda t: ndtr((t - mean) / sd).sum() - count, (mean - 9 * sd).min(), (mean + 9 * sd).max())
