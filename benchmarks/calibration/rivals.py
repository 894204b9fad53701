"""What others would say of the same counts: (estimate, low, high) of every place, 90 %, on the shown scale.

Arrays of groups × places. All three know the expected counts; none knows the level, which they estimate themselves.
"""

import numpy as np
from scipy.special import expit, gammaincinv, gammaln, logit, ndtri

from heng import shares

CONFIDENCE = 0.90
_Z = ndtri((1 + CONFIDENCE) / 2)
_SHAPES = np.geomspace(0.05, 1e6, 240)[:, None]
_TAUS = np.concatenate([[0.0], np.geomspace(1e-3, 4.0, 240)])[:, None]


def raw(kind, numerator, denominator):
    """The figure itself, with Byar's limits of a count (exact below 10) and Wilson's of a share."""
    limits = shares.byar if kind == "count" else shares.wilson
    low, high = limits(numerator.ravel(), denominator.ravel(), CONFIDENCE)
    return numerator / denominator, low.reshape(numerator.shape), high.reshape(numerator.shape)


def plug_in(kind, numerator, denominator):
    """Empirical Bayes, the spread estimated, then believed: gamma–Poisson for counts, normal on logits for shares."""
    if kind == "count":
        found = [_gamma_poisson(*group) for group in zip(numerator, denominator, strict=True)]
        return tuple(np.array(values) for values in zip(*found, strict=True))
    return _drawn_in(kind, numerator, denominator, _ml_normal, False)


def dersimonian_laird(kind, numerator, denominator):
    """The meta-analyst's habit: τ² by moments (DerSimonian & Laird, 1986), then each place drawn to the weighted mean,
    whose own error is counted in."""
    return _drawn_in(kind, numerator, denominator, _moments, True)


def _gamma_poisson(count, expected):
    """One group by maximum likelihood: the mean is the plain rate, the shape is searched on a grid."""
    mean = count.sum() / expected.sum()
    if mean == 0:
        return (np.zeros(len(count)),) * 3
    rate = _SHAPES / mean
    log_likelihood = (
        gammaln(count + _SHAPES)
        - gammaln(_SHAPES)
        + _SHAPES * np.log(rate / (rate + expected))
        + count * np.log(expected / (rate + expected))
    )
    best = log_likelihood.sum(axis=1).argmax()
    shape, rate = _SHAPES[best] + count, rate[best] + expected
    tail = (1 - CONFIDENCE) / 2
    return shape / rate, gammaincinv(shape, tail) / rate, gammaincinv(shape, 1 - tail) / rate


def _drawn_in(kind, numerator, denominator, spread, with_error_of_mean):
    value, variance = _on_link(kind, numerator, denominator)
    tau2 = np.array([spread(*group) for group in zip(value, variance, strict=True)])[:, None]
    weight = 1 / (variance + tau2)
    mean = (weight * value).sum(axis=1, keepdims=True) / weight.sum(axis=1, keepdims=True)
    own = tau2 * weight
    sd = own * variance
    if with_error_of_mean:
        sd = sd + (1 - own) ** 2 / weight.sum(axis=1, keepdims=True)
    middle, reach = own * value + (1 - own) * mean, _Z * np.sqrt(sd)
    show = np.exp if kind == "count" else expit
    return show(middle), show(middle - reach), show(middle + reach)


def _on_link(kind, numerator, denominator):
    """(value, sampling variance) on log or logit, a half added so that 0 has a logarithm."""
    if kind == "count":
        return np.log((numerator + 0.5) / denominator), 1 / (numerator + 0.5)
    share = (numerator + 0.5) / (denominator + 1)
    return logit(share), 1 / ((denominator + 1) * share * (1 - share))


def _ml_normal(value, variance):
    total = variance + _TAUS**2
    mean = (value / total).sum(axis=1, keepdims=True) / (1 / total).sum(axis=1, keepdims=True)
    log_likelihood = -0.5 * (np.log(total) + (value - mean) ** 2 / total).sum(axis=1)
    return _TAUS[log_likelihood.argmax(), 0] ** 2


def _moments(value, variance):
    weight = 1 / variance
    mean = (weight * value).sum() / weight.sum()
    excess = (weight * (value - mean) ** 2).sum() - (len(value) - 1)
    return max(0.0, excess / (weight.sum() - (weight**2).sum() / weight.sum()))
