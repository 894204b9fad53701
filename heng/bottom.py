"""P(among the lowest places): by counting in a peer group, by a normal threshold among thousands."""

import numpy as np
from scipy.special import ndtr

_EXACT, _COUNTED = 40, 300  # places up to which the others are counted exactly, or by a normal law
_NODES = np.linspace(-6.5, 6.5, 53)  # of each place's own value: a quarter of an sd apart
_HAIR = 1e-9  # of the whole spread: stands for sd 0, so that certain ties share the bottom evenly


def in_bottom(mean, sd, lowest):
    """P(place i is among the ``lowest`` of the n) for values normal(mean, sd²), shape (n,); sums to ``lowest``."""
    if lowest >= len(mean):
        return np.ones(len(mean))
    mean = mean - mean.min()
    sd = np.maximum(sd, _HAIR * (mean.max() + sd.max() or 1.0))
    if len(mean) > _COUNTED:
        return _by_threshold(mean, sd, lowest)
    return _by_count(mean, sd, lowest)


def _by_count(mean, sd, lowest):
    """At each value x: P(fewer than ``lowest`` of the others are below x); then averaged over the place's own x."""
    below = ndtr((_undecided(mean, sd, lowest) - mean[:, None]) / sd[:, None])
    chance = fewer(lowest, (below[:, 1:] + below[:, :-1]) / 2)
    p = below[:, 0] + (np.diff(below, axis=1) * chance).sum(axis=1)
    return p * lowest / p.sum()


def fewer(lowest, p):
    """P(fewer than ``lowest`` of the others come true), each place left out in turn; p and result (n, points).

    Counted exactly in groups of up to 40, by a normal law with skewness above.
    """
    return (_exactly if len(p) <= _EXACT else _nearly)(lowest, p)


def _undecided(mean, sd, lowest):
    """Values, rising, where it is open whether they belong to the bottom; dense wherever some place is."""
    swing = 6 * _swing(mean, sd, lowest) + 3
    low = _threshold(mean, sd, max(lowest - swing, 1e-6))
    high = _threshold(mean, sd, min(lowest + swing, len(mean) - 1e-6))
    x = (mean[:, None] + sd[:, None] * _NODES).ravel()
    return np.sort(np.concatenate([x[(x > low) & (x < high)], np.linspace(low, high, 100)]))


def _exactly(lowest, p):
    """P(fewer than ``lowest`` of the others come true), each place left out in turn; p and result (n, points).

    The Poisson-binomial law, built up from both ends and joined around the place left out.
    """
    before, after = _counts(lowest, p), _counts(lowest, p[::-1])[::-1]
    left_out = zip(before[:-1], after[1:], strict=True)
    return np.array([(head * tail.cumsum(axis=0)[::-1]).sum(axis=0) for head, tail in left_out])


def _counts(lowest, p):
    """P(exactly c of the first j come true) for c < ``lowest``: a list over j = 0..n of (lowest, points)."""
    state = np.zeros((lowest, p.shape[1]))
    state[0] = 1.0
    states = [state]
    for chance in p:
        moved = state * (1 - chance)
        moved[1:] += state[:-1] * chance
        states.append(state := moved)
    return states


def _nearly(lowest, p):
    """The same by the normal law with its first correction for skewness (Volkova, Theory of Probability 40, 1996)."""
    spread, third = p * (1 - p), p * (1 - p) * (1 - 2 * p)
    sd = np.sqrt(np.maximum(spread.sum(axis=0) - spread, 1e-12))
    skew = (third.sum(axis=0) - third) / sd**3
    z = (lowest - 0.5 - (p.sum(axis=0) - p)) / sd
    return np.clip(ndtr(z) - skew / 6 * (z * z - 1) * np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi), 0, 1)


def _by_threshold(mean, sd, lowest):
    """The value that parts the bottom from the rest is itself uncertain; its spread is added to each place's own.

    Its spread: how far it must move for the expected count below it to change by one standard deviation of that count.
    """
    swing = min(_swing(mean, sd, lowest), lowest / 2, (len(mean) - lowest) / 2)
    moved = _threshold(mean, sd, lowest + swing) - _threshold(mean, sd, lowest - swing)
    spread = np.hypot(sd, moved / 2)
    return ndtr((_threshold(mean, spread, lowest) - mean) / spread)


def _swing(mean, sd, count):
    """Standard deviation of how many places are below the value that ``count`` are expected below."""
    below = ndtr((_threshold(mean, sd, count) - mean) / sd)
    return np.sqrt((below * (1 - below)).sum())


def _threshold(mean, sd, count):
    """The value below which ``count`` places are expected."""
    from scipy.optimize import brentq  # here, for it takes a third of a second that a county need not wait

    return brentq(lambda t: ndtr((t - mean) / sd).sum() - count, (mean - 9 * sd).min(), (mean + 9 * sd).max())
