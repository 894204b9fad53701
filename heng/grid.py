"""One group of places, one rate: the posterior given τ (and, alone, θ) at every node of a grid, and the grid's weights.

Places i = 1..n: η_i = offset_i + z_i·θ + e_i, e_i ~ N(0, τ²), θ ~ N(0, 1/precision). For frozen coefficients θ is the
group's level this quarter (m); without them θ is level and coefficients themselves. At each τ the θ are found by Newton
on the marginal likelihood; a single θ of a small group is then summed over nodes of its own, several are kept as a
normal around the mode (Laplace). Each place's own integral is adaptive Gauss–Hermite (Liu & Pierce, Biometrika 81,
1994), so that small counts keep their skewness. τ is integrated, never plugged in: with ten places the plug-in is unsafe
(docs/methods/score.md).

All arrays carry the nodes first: (T, n), (T, q).
"""

from dataclasses import dataclass

import numpy as np

SMALL = 200  # groups up to here get the full grid
_TAUS, _TAUS_LARGE, _SCOUTS = 40, 25, 24
_STEPS = np.linspace(-4.0, 4.0, 17)  # nodes of a single θ, in standard deviations from its mode
_KERNEL = 0.25  # each of them is blurred by this much, lest a small τ leave gaps between them
_X, _W = np.polynomial.hermite.hermgauss(9)
_LOG_W = np.log(_W) + _X**2
_NEAR_MODE = 1e-5  # quadrature only has to be centred near the mode
_NEGLIGIBLE = 14.0  # log density below the best at which a node no longer counts


@dataclass(frozen=True)
class Grid:
    """The group's posterior by node: weights (T,), θ (T, q), its covariance given τ (T, q, q), moments of e (T, n)."""

    tau: np.ndarray
    weight: np.ndarray
    theta: np.ndarray
    theta_cov: np.ndarray
    off_node: np.ndarray  # the part of theta_cov that the nodes themselves do not show: all of it, or nothing
    mean: np.ndarray  # of e_i at the node's θ
    variance: np.ndarray
    third: np.ndarray  # third central moment
    pull: np.ndarray  # h_i: information of y_i about its own linear predictor, e_i integrated out
    own: np.ndarray  # τ² / (τ² + v_i)


def integrate(likelihood, offset, design, precision, tau_scale):
    """The ``Grid`` of one group: offset (n,), design (n, q), θ's prior precision (q,), τ ~ half-normal(tau_scale)."""
    tau = _taus(likelihood, offset, design, precision, tau_scale)
    theta, cov, evidence, moments = _solve(likelihood, offset, design, precision, tau)
    off_node, log_prior = cov, -0.5 * (tau / tau_scale) ** 2
    if len(precision) == 1 and len(offset) <= SMALL:
        at = np.repeat(np.arange(len(tau)), len(_STEPS))
        moved = np.tile(_STEPS, len(tau))[:, None] * np.sqrt(cov[at, 0])
        guess = moments["mode"][at] - (tau[:, None] ** 2 * moments["pull"])[at] * (moved @ design.T)
        theta, tau, cov, log_prior = theta[at] + moved, tau[at], cov[at], log_prior[at]
        moments = _places(likelihood, offset + theta @ design.T, tau, guess)
        evidence = _joint(moments, theta, precision) + 0.5 * np.log(cov[:, 0, 0])
        theta, off_node = _blurred(theta, evidence, moments, design, tau)
    log_weight = evidence + log_prior
    kept = log_weight > log_weight.max() - _NEGLIGIBLE
    weight = np.exp(log_weight[kept] - log_weight.max())
    moments = {name: values[kept] for name, values in moments.items() if name != "mode"}
    theta = theta[kept], cov[kept], off_node[kept]
    return _grid(likelihood, offset, design, tau[kept], weight / weight.sum(), theta, moments)


def _blurred(theta, evidence, moments, design, tau):
    """Nodes of a single θ drawn in and blurred so that its mean and variance at each τ stay as they are.

    Kernel and shrinkage belong together (West, Journal of the Royal Statistical Society B 55, 1993). Each e moves with
    its node, to first order.
    """
    at_tau = evidence.reshape(-1, len(_STEPS))
    weight = np.exp(at_tau - at_tau.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    nodes = theta.reshape(at_tau.shape)
    mean = (weight * nodes).sum(axis=1, keepdims=True)
    variance = (weight * (nodes - mean) ** 2).sum(axis=1, keepdims=True)
    drawn_in = (mean + np.sqrt(1 - _KERNEL**2) * (nodes - mean)).reshape(theta.shape)
    moments["mean"] -= tau[:, None] ** 2 * moments["pull"] * ((drawn_in - theta) @ design.T)
    return drawn_in, np.repeat(_KERNEL**2 * variance, len(_STEPS)).reshape(-1, 1, 1)


def _taus(likelihood, offset, design, precision, tau_scale):
    """Even nodes of τ over the stretch where it is at all likely, found by scouts on a wide ladder."""
    scouts = tau_scale * np.geomspace(1 / 300, 8.0, _SCOUTS)
    scouted = _solve(likelihood, offset, design, precision, scouts)[2] - 0.5 * (scouts / tau_scale) ** 2
    alive = np.flatnonzero(scouted > scouted.max() - _NEGLIGIBLE)
    low = 0.0 if alive[0] == 0 else scouts[alive[0] - 1]
    high = scouts[min(alive[-1] + 1, _SCOUTS - 1)]
    nodes = _TAUS if len(offset) <= SMALL else _TAUS_LARGE
    return low + (high - low) * (np.arange(nodes) + 0.5) / nodes


def _grid(likelihood, offset, design, tau, weight, theta, moments):
    fitted = offset + theta[0] @ design.T + moments["mean"]
    information = likelihood.terms(fitted)[2]
    own = tau[:, None] ** 2 * information / (tau[:, None] ** 2 * information + 1)
    return Grid(tau, weight, *theta, moments["mean"], moments["variance"], moments["third"], moments["pull"], own)


def _joint(moments, theta, precision):
    """Log density of evidence and θ, every e integrated out."""
    return moments["log_z"].sum(axis=1) - 0.5 * (precision * theta**2).sum(axis=1)


def _solve(likelihood, offset, design, precision, tau):
    """Newton for θ at every τ at once: (θ, covariance, log evidence, moments of e)."""
    theta = np.zeros((len(tau), design.shape[1]))
    start, spread = likelihood.start()
    theta += _first_guess(design, precision, start - offset, spread, tau)
    error = None
    for _ in range(50):
        moments = _places(likelihood, offset + theta @ design.T, tau, error)
        error = moments["mode"]
        slope = moments["slope"] @ design - precision * theta
        curvature = np.einsum("tn,nq,nr->tqr", moments["pull"], design, design) + np.diag(precision)
        step = np.linalg.solve(curvature, slope[..., None])[..., 0]
        theta = theta + np.clip(step, -2.0, 2.0)
        if np.abs(step).max(initial=0.0) < 1e-8:
            break
    evidence = _joint(moments, theta, precision) - 0.5 * np.linalg.slogdet(curvature)[1]
    return theta, np.linalg.inv(curvature), evidence, moments


def _first_guess(design, precision, gap, spread, tau):
    """Weighted least squares of the raw figures on the design: where Newton starts."""
    weight = 1.0 / (tau[:, None] ** 2 + spread)
    left = np.einsum("tn,nq,nr->tqr", weight, design, design) + np.diag(precision)
    right = (weight * gap) @ design
    return np.linalg.solve(left, right[..., None])[..., 0]


def _places(likelihood, predictor, tau, error):
    """Each place's integral over its own e at predictor (T, n): moments, slope and information about the predictor."""
    variance = tau[:, None] ** 2
    if error is None:
        error = np.zeros_like(predictor)
    error, information = _mode(likelihood, predictor, variance, error)
    sd = np.sqrt(variance / (variance * information + 1))
    nodes = error + np.sqrt(2) * sd * _X[:, None, None]
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
        "mode": error,
        "mean": mean,
        "variance": (terms * gap**2).sum(axis=0),
        "third": (terms * gap**3).sum(axis=0),
        "slope": mean_slope,
        "pull": np.maximum(pull, 0.0),
        "log_z": np.log(total) + top + np.log(sd) - np.log(tau)[:, None],
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
