"""The marginal likelihood of a regression with a normal spread, as a surface over its coefficients and log τ.

Height, slope and curvature come from one pass over the places: adaptive Gauss–Hermite quadrature around each place's
own mode, Fisher's identity for the slope, Louis' form for the curvature (sources: ``heng.marginal``).
"""

from dataclasses import dataclass

import numpy as np

_BLOCK = 4096  # places worked on at once: their nodes stay in the cache, and in memory that is kept from call to call


@dataclass(frozen=True)
class Point:
    objective: float  # the log-likelihood and the prior's
    log_likelihood: float
    gradient: np.ndarray  # (p + 1,) of (θ, log τ)
    information: np.ndarray | None  # (p + 1, p + 1), minus the second derivative


class Surface:
    """The marginal log-likelihood over (θ, log τ). It keeps each place's last mode: where the next Newton starts."""

    def __init__(self, likelihood, design, offset, precision, nodes):
        self._design, self._offset, self._precision = design, offset, precision
        edges = range(0, len(design), _BLOCK)
        self._blocks = [slice(first, first + _BLOCK) for first in edges]
        self._parts = [likelihood.rows(block) for block in self._blocks]
        self._likelihood = likelihood
        self._mode = np.zeros(len(design))
        x, w = np.polynomial.hermite.hermgauss(nodes)
        self._nodes, self._log_weights = np.sqrt(2) * x[:, None], (np.log(w) + x**2 - 0.5 * np.log(np.pi))[:, None]

    def start(self):
        """θ by weighted least squares of the raw figures; τ from what they leave over, sampling noise taken off."""
        raw, variance = self._likelihood.start()
        seen = np.isfinite(variance)
        gap, weight = np.where(seen, raw - self._offset, 0.0), np.where(seen, 1 / (variance + 0.25), 0.0)
        ridge = np.diag(self._precision + 1e-9)
        theta = np.linalg.solve((self._design.T * weight) @ self._design + ridge, self._design.T @ (weight * gap))
        left = (gap - self._design @ theta)[seen] ** 2 - variance[seen]
        tau = np.sqrt(np.clip(np.median(left) if left.size else 0.25, 0.04, 4.0))
        return np.append(theta, np.log(tau))

    def at(self, point, information=True):
        """The ``Point`` there."""
        theta, tau = point[:-1], np.exp(point[-1])
        total, slopes, curvature = 0.0, -self._precision * theta, np.diag(self._precision)
        spread_slope, cross, spread_curvature = 0.0, np.zeros(len(theta)), 0.0
        for block, likelihood in zip(self._blocks, self._parts, strict=True):
            x = self._design[block]
            found = self._integrate(block, likelihood, theta, tau, information)
            total += found["log_z"].sum()
            slopes = slopes + found["slope"] @ x
            spread_slope += found["square"].sum() - len(x)
            if information:
                curvature = curvature + (x.T * found["pull"]) @ x
                cross -= found["cross"] @ x
                spread_curvature += (2 * found["square"] - found["square_variance"]).sum()
        whole = np.block([[curvature, cross[:, None]], [cross, spread_curvature]]) if information else None
        prior = -0.5 * float(self._precision @ theta**2)
        return Point(total + prior, total, np.append(slopes, spread_slope), whole)

    def effects(self, point):
        """mode, mean and sd of every e_i given the parameters."""
        parts = [
            self._integrate(block, likelihood, point[:-1], np.exp(point[-1]), True)
            for block, likelihood in zip(self._blocks, self._parts, strict=True)
        ]
        return {name: np.concatenate([part[name] for part in parts]) for name in ("mode", "mean", "sd")}

    def _integrate(self, block, likelihood, theta, tau, information):
        """The places of one block, each integrated over its e at θ and τ: moments of its score, all (block,)."""
        predictor = self._offset[block] + self._design[block] @ theta
        mode, sd = _mode(likelihood, predictor, tau**2, self._mode[block])
        self._mode[block] = mode
        e = mode + sd * self._nodes
        log_likelihood, slope, curvature = likelihood.terms(predictor + e)
        square = (e / tau) ** 2
        terms = self._log_weights + log_likelihood - 0.5 * square
        top = terms.max(axis=0)
        weight = np.exp(terms - top)
        z = weight.sum(axis=0)
        weight /= z
        found = {
            "log_z": np.log(z) + top + np.log(sd / tau),
            "slope": (weight * slope).sum(axis=0),
            "square": (weight * square).sum(axis=0),
        }
        return found | _louis(weight, slope, curvature, square, found, e, mode, sd) if information else found


def _louis(weight, slope, curvature, square, found, e, mode, sd):
    """What the information needs beside the slopes: the spread of the complete-case score at each place."""
    slope_gap, square_gap = slope - found["slope"], square - found["square"]
    return {
        "pull": (weight * (curvature - slope_gap**2)).sum(axis=0),
        "cross": (weight * slope_gap * square_gap).sum(axis=0),
        "square_variance": (weight * square_gap**2).sum(axis=0),
        "mode": mode,
        "mean": (weight * e).sum(axis=0),
        "sd": sd,
    }


def _mode(likelihood, predictor, variance, e):
    """The most likely e of every place and its sd by the curvature there; damped Newton."""
    for _ in range(50):
        _, slope, information = likelihood.terms(predictor + e)
        step = (variance * slope - e) / (variance * information + 1)
        e = e + np.clip(step, -1.5, 1.5)
        if np.abs(step).max(initial=0.0) < 1e-6:
            break
    return e, np.sqrt(variance / (variance * likelihood.terms(predictor + e)[2] + 1))
