"""The adjusted figure beside its rivals: by how much its forecasts scored better, how surely, and how often."""

from dataclasses import dataclass

import numpy as np

OURS = "adjusted"
ENOUGH = 4  # periods; from fewer an error by period is itself luck
BETTER, WORSE, ALIKE = "better", "worse", "no difference"


@dataclass(frozen=True)
class Gain:
    """Log score of ours less the rival's, for each place and period: its mean and error, and how often it is above 0.

    ``periods``, ``places``: the share of periods, and of places, in whose mean ours is better. ``by_place``: the error
    is clustered by place, there being too few periods.
    """

    mean: float
    error: float
    periods: float
    places: float
    by_place: bool

    @property
    def verdict(self):
        """Better or worse by more than two standard errors, else no difference."""
        if abs(self.mean) <= 2 * self.error:
            return ALIKE
        return BETTER if self.mean > 0 else WORSE


@dataclass(frozen=True)
class Compared:
    """One panel: how many forecasts, of how many periods, the middle figure, what it weighs, and rival -> ``Gain``."""

    name: str
    forecasts: int
    periods: int
    figure: float
    own_weight: float
    gains: dict


def compared(name, replay):
    """``Compared`` of a replayed panel."""
    ours = replay.scores[OURS]
    gains = {way: gain(ours - theirs, replay) for way, theirs in replay.scores.items() if way != OURS}
    periods = len(np.unique(replay.period))
    return Compared(name, len(ours), periods, float(np.median(replay.seen)), replay.own_weight, gains)


def gain(difference, replay):
    """``Gain`` from differences (m,), clustered by the period foretold, whose surprises all places share.

    Neighbouring periods lean on the same figures, so their covariance is counted as far as a forecast reaches (Newey &
    West, Econometrica 55, 1987).
    """
    by_period, by_place = _means(difference, replay.period), _means(difference, replay.place)
    few = len(by_period) < ENOUGH
    error = _error(by_place, 0) if few else _error(by_period, replay.ahead)
    share = [float((means > 0).mean()) for means in (by_period, by_place)]
    return Gain(float(difference.mean()), error, *share, few)


def _error(means, reach):
    """Standard error of the mean of a series whose members are correlated up to ``reach`` apart, Bartlett's weights."""
    gap = means - means.mean()
    variance = gap @ gap
    for lag in range(1, min(reach, len(gap) - 1) + 1):
        variance += 2 * (1 - lag / (reach + 1)) * (gap[lag:] @ gap[:-lag])
    return float(np.sqrt(variance / (len(gap) - 1) / len(gap)))


def _means(values, label):
    """Mean of the values of each label, in the labels' order."""
    _, at = np.unique(label, return_inverse=True)
    return np.bincount(at, values) / np.bincount(at)
