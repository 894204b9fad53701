"""What a place may have earned: the points of one rate at a few of the values it may truly have, with their weights.

Moments of a score and the chance that it lies below a line are both made of these.
"""

import numpy as np

from heng import points
from heng.mixture import skewed

Z = np.linspace(-4.5, 4.5, 37)  # where points are looked at, in standard deviations of the value
WEIGHTS = np.exp(-0.5 * Z**2)
WEIGHTS = WEIGHTS / WEIGHTS.sum()


def at_nodes(one, known, rows):
    """Points (37, r) of a ``Rated`` rate at ``Z``, for some of its places; 0 where it does not count.

    known: (mean, sd, skewness) of the value on the link scale, (n,) each.
    """
    mean, sd, skew = (values[rows] for values in known)
    earned = points.of_values(one.shown(mean + sd * skewed(Z[:, None], skew)), one.rate.points)
    return np.where(live(one)[rows], earned, 0.0)


def live(one):
    """Where a rate counts and says more than one number, (n,)."""
    return one.counts & np.isfinite(one.adjusted)


def moments(earned):
    """(mean, variance, third central moment) (3, r) of points at the nodes."""
    average = WEIGHTS @ earned
    gap = earned - average
    square = gap * gap
    return np.array([average, WEIGHTS @ square, WEIGHTS @ (square * gap)])
