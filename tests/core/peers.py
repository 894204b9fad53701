"""The classical small-number estimators, written down plainly: what ours is held against, and used by nobody else."""

import numpy as np
from scipy.optimize import minimize
from scipy.special import gammaln


def james_stein(values, variance, spent=3):
    """(shrinkage factor, estimates) towards the mean; Efron & Morris, JASA 70 (1975)."""
    gap = values - values.mean()
    kept = 1 - (len(values) - spent) * variance / (gap @ gap)
    return kept, values.mean() + kept * gap


def gamma_poisson(count, expected):
    """(shape, rate, log-likelihood) of ratios drawn from a gamma, by maximum marginal likelihood."""

    def log_likelihood(log_parameters):
        shape, rate = np.exp(log_parameters)
        terms = gammaln(count + shape) - gammaln(shape) - gammaln(count + 1)
        terms = terms + shape * np.log(rate / (rate + expected)) + count * np.log(expected / (rate + expected))
        return terms.sum()

    options = {"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000}
    best = minimize(lambda at: -log_likelihood(at), np.zeros(2), method="Nelder-Mead", options=options)
    return *np.exp(best.x), -best.fun


def gamma_means(count, expected, shape, rate):
    return (count + shape) / (expected + rate)


def clayton_kaldor(count, expected):
    """(shape, rate) by the moment equations of Clayton & Kaldor, Biometrics 43 (1987), iterated to rest."""
    shape, rate = 1.0, 1.0
    for _ in range(5000):
        ratio = gamma_means(count, expected, shape, rate)
        mean = ratio.mean()
        variance = ((1 + rate / expected) * (ratio - mean) ** 2).sum() / (len(count) - 1)
        shape, rate = mean**2 / variance, mean / variance
    return shape, rate


def dersimonian_laird(effect, se):
    """(τ², mean, its se, Q) of the moment estimator; Controlled Clinical Trials 7 (1986)."""
    weight = se**-2.0
    mean = weight @ effect / weight.sum()
    q = weight @ (effect - mean) ** 2
    between = max(0.0, (q - len(effect) + 1) / (weight.sum() - (weight**2).sum() / weight.sum()))
    weight = 1 / (se**2 + between)
    return between, weight @ effect / weight.sum(), weight.sum() ** -0.5, q


def schools_by_grid(effect, se):
    """Posterior means {theta, mu, tau} of the normal-normal model, mu ~ N(0, 5), tau ~ half-Cauchy(5), on a grid.

    tau = 5 tan(v) makes v uniform under its prior, so that the long tail is covered by a finite grid.
    """
    v = (np.arange(4000) + 0.5) / 4000 * np.pi / 2
    tau = 5 * np.tan(v)
    variance = se**2 + tau[:, None] ** 2
    precision = 1 / 25 + (1 / variance).sum(axis=1)
    mu = (effect / variance).sum(axis=1) / precision
    log_weight = -0.5 * np.log(variance).sum(axis=1) - 0.5 * (effect**2 / variance).sum(axis=1)
    log_weight += 0.5 * precision * mu**2 - 0.5 * np.log(precision)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    theta = (effect * tau[:, None] ** 2 + mu[:, None] * se**2) / variance
    return {"theta": weight @ theta, "mu": weight @ mu, "tau": weight @ tau}


def pumps_by_grid(failures, hours):
    """Posterior means {theta, alpha, beta} of the gamma-Poisson model, alpha ~ Exp(1), beta ~ Gamma(0.1, 1)."""
    alpha, beta = (np.exp(axis) for axis in np.meshgrid(np.linspace(-3.5, 2, 500), np.linspace(-7, 2.5, 600)))
    log_weight = -alpha + np.log(alpha) - 0.9 * np.log(beta) - beta + np.log(beta)
    for events, time in zip(failures, hours, strict=True):
        log_weight += alpha * np.log(beta) - gammaln(alpha) + gammaln(alpha + events)
        log_weight -= (alpha + events) * np.log(beta + time)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    theta = [(weight * (alpha + events) / (beta + time)).sum() for events, time in zip(failures, hours, strict=True)]
    return {"theta": np.array(theta), "alpha": (weight * alpha).sum(), "beta": (weight * beta).sum()}
