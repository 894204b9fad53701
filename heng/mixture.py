"""Quantiles of a posterior that is a mixture over τ: solved, never drawn.

At each node of the τ grid a place's value is close to normal with a known mean, standard deviation and skewness; the
skewness enters by the first Edgeworth term (Hall, The Bootstrap and Edgeworth Expansion, 1992, section 2.4).
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import ndtr, ndtri

_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(21)
_WEIGHTS = _WEIGHTS / _WEIGHTS.sum()
_STEPS, _CLOSE = 100, 1e-8  # the next step of Newton is of the order of the last one's square


@dataclass(frozen=True)
class Mixture:
    """Components (T, n) with weights (T, n) that sum to 1 over T, on the link scale."""

    weight: np.ndarray
    mean: np.ndarray
    sd: np.ndarray
    skew: np.ndarray

    def moments(self):
        """Mean, sd and skewness of every place, each (n,)."""
        mean = (self.weight * self.mean).sum(axis=0)
        gap = self.mean - mean
        variance = (self.weight * (self.sd**2 + gap**2)).sum(axis=0)
        third = (self.weight * (self.skew * self.sd**3 + 3 * self.sd**2 * gap + gap**3)).sum(axis=0)
        return mean, np.sqrt(variance), third / variance**1.5

    def cdf(self, value):
        """P(η_i <= value_i), value (n,)."""
        return self._at(value)[0]

    def density(self, value):
        """The density at value_i (n,), the derivative of ``cdf``."""
        return self._at(value)[1]

    def _at(self, value):
        z = (value - self.mean) / self.sd
        square, normal = z * z, np.exp(-0.5 * z * z) / np.sqrt(2 * np.pi)
        lean = self.skew / 6
        below = np.clip(ndtr(z) - normal * lean * (square - 1), 0.0, 1.0)
        density = normal * (1 + lean * z * (square - 3)) / self.sd
        return (self.weight * below).sum(axis=0), (self.weight * density).sum(axis=0)

    def quantile(self, level):
        """The value (n,) with that probability below it, to 1e-9 or better: Newton's steps kept inside a bracket."""
        reach = ndtri(min(max(level, 1e-12), 1 - 1e-12))
        ends = self.mean + self.sd * (reach + np.array([[[-1.5]], [[1.5]]]))
        low, high = ends[0].min(axis=0), ends[1].max(axis=0)
        value = np.clip((self.weight * (self.mean + self.sd * reach)).sum(axis=0), low, high)
        for _ in range(_STEPS):
            below, density = self._at(value)
            gap = below - level
            low, high = np.where(gap < 0, value, low), np.where(gap < 0, high, value)
            with np.errstate(divide="ignore", invalid="ignore"):
                step = value - gap / density
            step = np.where((step >= low) & (step <= high), step, (low + high) / 2)
            moved, value = np.abs(step - value).max(initial=0.0), step
            if moved < _CLOSE:
                break
        return value

    def expectation(self, function):
        """E[function(η_i)] (n,): Gauss–Hermite in each component, skewness by Cornish–Fisher."""
        total = np.zeros(self.mean.shape[1])
        for node, weight in zip(_NODES, _WEIGHTS, strict=True):
            value = self.mean + self.sd * skewed(node, self.skew)
            total += weight * (self.weight * function(value)).sum(axis=0)
        return total


def skewed(z, skew):
    """A standard normal z bent to the given skewness, mean 0 and variance 1 kept (Cornish–Fisher, first term)."""
    return (z + skew / 6 * (z * z - 1)) / np.sqrt(1 + skew**2 / 18)
