"""Each place's own integral over e ~ N(0, τ²), by adaptive Gauss–Hermite around its mode (Liu & Pierce 1994)."""

import numpy as np

_X, _W = np.polynomial.hermite.hermgauss(9)
_LOG_W = np.log(_W) + _X**2
_NEAR_MODE = 1e-5  # quadrature only has to be centred near the mode


def integrate_errors(likelihood, predictor, tau, guess):
    """Moments of every e given its linear predictor and τ, all (T, n): a dict of arrays.

    mode, mean, variance, third (central) of e; slope and pull, the first derivative of the log integral by the
    predictor and minus the second; log_z, the log integral itself.
    """
    variance = tau**2
    mode, information = _mode(likelihood, predictor, variance, guess)
    sd = np.sqrt(variance / (variance * information + 1))
    nodes = mode + np.sqrt(2) * sd * _X[:, None, None]
    log_likelihood, slope, curvature = likelihood.terms(predictor + nodes)
    log_terms = _LOG_W[:, None, None] + log_likelihood - nodes**2 / (2 * variance)
    top = log_terms.max(axis=0)
    terms = np.exp(log_terms - top)
    total = terms.sum(axis=0)
    terms = terms / total
    mean = (terms * nodes).sum(axis=0)
    gap = nodes - mean
    mean_slope = (terms * slope).sum(axis=0)
    pull = (terms * curvature).sum(axis=0) - (terms * (slope - mean_slope) ** 2).sum(axis=0)
    return {
        "mode": mode,
        "mean": mean,
        "variance": (terms * gap**2).sum(axis=0),
        "third": (terms * gap**3).sum(axis=0),
        "slope": mean_slope,
        "pull": np.maximum(pull, 0.0),
        "log_z": np.log(total) + top + np.log(sd) - np.log(tau),
    }


def _mode(likelihood, predictor, variance, error):
    """The most likely e of every place and the information there; damped Newton."""
    for _ in range(60):
        _, slope, information = likelihood.terms(predictor + error)
        step = (variance * slope - error) / (variance * information + 1)
        error = error + np.clip(step, -1.0, 1.0)
        if np.abs(step).max(initial=0.0) < _NEAR_MODE:
            break
    return error, information
