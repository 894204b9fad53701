"""The three likelihoods of the core, as functions of the linear predictor η (log rate, logit share, or value).

Each gives log-likelihood up to a constant, its slope and minus its curvature; all are log-concave in η, which is why
every Newton step here converges. Arrays broadcast: η has shape (..., n).
"""

from dataclasses import dataclass

import numpy as np

_LARGEST = 300.0  # exp beyond this is of no use and would overflow


@dataclass(frozen=True)
class Poisson:
    """``count`` events where ``expected`` would fall at η = 0; expected 0 says nothing."""

    count: np.ndarray
    expected: np.ndarray

    def __len__(self):
        return len(self.count)

    def terms(self, eta):
        """(log-likelihood, slope, minus curvature) at η."""
        fitted = self.expected * np.exp(np.minimum(eta, _LARGEST))
        return self.count * eta - fitted, self.count - fitted, fitted

    def log(self, eta):
        """The log-likelihood alone, at less cost."""
        return self.count * eta - self.expected * np.exp(np.minimum(eta, _LARGEST))

    def start(self):
        """A first guess of η and of its sampling variance; nan-free, variance inf where nothing was seen."""
        with np.errstate(divide="ignore", invalid="ignore"):
            eta = np.log((self.count + 0.5) / self.expected)
        return np.where(self.expected > 0, eta, 0.0), _over(self.expected > 0, self.count + 0.5)

    def rows(self, which):
        return Poisson(self.count[which], self.expected[which])


@dataclass(frozen=True)
class Binomial:
    """``yes`` of ``asked`` (both may be decimal: weighted, or divided by a design effect); asked 0 says nothing."""

    yes: np.ndarray
    asked: np.ndarray

    def __len__(self):
        return len(self.asked)

    def terms(self, eta):
        small = np.exp(-np.abs(eta))
        log_likelihood = self.yes * eta - self.asked * (np.maximum(eta, 0.0) + np.log1p(small))
        share = np.where(eta >= 0, 1.0, small) / (1 + small)
        return log_likelihood, self.yes - self.asked * share, self.asked * share * (1 - share)

    def log(self, eta):
        """See ``Poisson``."""
        return self.yes * eta - self.asked * np.log1p(np.exp(np.minimum(eta, _LARGEST)))

    def start(self):
        share = (self.yes + 0.5) / (self.asked + 1.0)
        return np.log(share / (1 - share)), _over(self.asked > 0, self.asked * share * (1 - share))

    def rows(self, which):
        return Binomial(self.yes[which], self.asked[which])


@dataclass(frozen=True)
class Normal:
    """``mean`` with known standard error ``se``; se inf says nothing."""

    mean: np.ndarray
    se: np.ndarray

    def __len__(self):
        return len(self.mean)

    def terms(self, eta):
        precision = self.se**-2.0
        gap = np.where(precision > 0, self.mean - eta, 0.0)
        return -0.5 * precision * gap**2, precision * gap, np.broadcast_to(precision, np.shape(eta))

    def log(self, eta):
        """See ``Poisson``."""
        return self.terms(eta)[0]

    def start(self):
        return np.where(np.isfinite(self.se), self.mean, 0.0), self.se**2.0

    def rows(self, which):
        return Normal(self.mean[which], self.se[which])


def _over(seen, information):
    """1 / information where something was seen, inf elsewhere."""
    with np.errstate(divide="ignore"):
        return np.where(seen, 1.0 / np.where(seen, information, 1.0), np.inf)
