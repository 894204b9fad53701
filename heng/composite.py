"""The weighted sum of the rates (R-11), missing parts left out, and its joint draws."""

from dataclasses import dataclass
from zlib import crc32

import numpy as np

_WEIGHT_UNIT = 10_000  # weights are whole multiples of 1/10000, points of 1/100: the published score is exact


@dataclass(frozen=True)
class Composite:
    """Scores of n places: published score, nan where nothing is present; the weight present, 0..100."""

    score: np.ndarray
    present_weight: np.ndarray


def of_points(points, counts, weights):
    """``Composite`` of published points (R, n) where ``counts`` (R, n), with weights (R,); missing weight is spread.

    Whole-number arithmetic: 84.125 becomes 84.13 on every machine.

    >>> of_points(np.array([[80.0], [90.0]]), np.array([[True], [False]]), np.array([70.0, 30.0])).score
    array([80.])
    """
    weight = np.where(counts, np.round(np.asarray(weights) * _WEIGHT_UNIT).astype(np.int64)[:, None], 0)
    hundredths = np.round(np.where(counts, points, 0.0) * 100).astype(np.int64)
    total, present = (weight * hundredths).sum(axis=0), weight.sum(axis=0)
    whole = (2 * total + present) // np.maximum(2 * present, 1)
    score = np.where(present > 0, whole / 100, np.nan)
    return Composite(score, present / _WEIGHT_UNIT)


def draw(rated, weights, draws, seed, quarter):
    """Joint draws of the scores (draws, n) of ``Rated`` rates.

    Each rate of each ``quarter`` has a random stream of its own, by its id: a rate more moves no other's draws.
    """
    total, present = 0.0, 0.0
    for one, weight in zip(rated, weights, strict=True):
        stream = np.random.SeedSequence([seed, crc32(f"{quarter} {one.rate.id}".encode())])
        drawn = one.draw_points(draws, stream)
        total = total + np.where(one.counts, drawn, 0.0) * weight
        present = present + one.counts * weight
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(present > 0, total / present, np.nan)
