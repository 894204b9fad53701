"""One group of places, one rate: the posterior given the spread τ at every node of a grid, and the grid's weights.

Places i = 1..n: η_i = offset_i + z_i·θ + e_i, e_i ~ N(0, τ²), θ ~ N(0, 1/precision). For frozen coefficients θ is the
group's level this quarter (m); without them θ is level and coefficients themselves. At each τ the θ are found by Newton
on the marginal likelihood and kept as a normal around the mode (Laplace); each place's own integral is adaptive
Gauss–Hermite (Liu & Pierce, Biometrika 81, 1994), so that small counts keep their skewness. τ is integrated, never
plugged in: with ten places the plug-in is unsafe (docs/methods/score.md).

All arrays carry the τ grid first: (T, n), (T, q).
"""

from dataclasses import dataclass

import numpy as np

from heng.mixture import Mixture, skewed

SMALL = 200  # groups up to here get the full grid
_GRID, _GRID_LARGE, _SCOUTS = 80, 25, 24
_X, _W = np.polynomial.hermite.hermgauss(15)
_LOG_W = np.log(_W) + _X**2
_NEGLIGIBLE = 14.0  # log density below the best at which a τ no longer counts


@dataclass(frozen=True)
class Grid:
    """The group's posterior by τ node: weights (T,), θ (T, q) with covariance (T, q, q), moments of e (T, n)."""

    tau: np.ndarray
    weight: np.ndarray
    theta: np.ndarray
    theta_cov: np.ndarray
    mean: np.ndarray  # of e_i at the mode of θ
    variance: np.ndarray
    third: np.ndarray  # third central moment
    pull: np.ndarray  # h_i: information of y_i about its own linear predictor, e_i integrated out
    own: np.ndarray  # τ² / (τ² + v_i)


def integrate(likelihood, offset, design, precision, tau_scale):
    """The ``Grid`` of one group. offset (n,), design (n, q), precision (q,) of θ's prior, τ ~ half-normal(tau_scale)."""
    scouts = tau_scale * np.geomspace(1 / 300, 8.0, _SCOUTS)
    scouted = _log_weight(_solve(likelihood, offset, design, precision, scouts), scouts, tau_scale)
    alive = np.flatnonzero(scouted > scouted.max() - _NEGLIGIBLE)
    low = 0.0 if alive[0] == 0 else scouts[alive[0] - 1]
    high = scouts[min(alive[-1] + 1, _SCOUTS - 1)]
    size = _GRID if len(offset) <= SMALL else _GRID_LARGE
    tau = low + (high - low) * (np.arange(size) + 0.5) / size
    solved = _solve(likelihood, offset, design, precision, tau)
    log_weight = _log_weight(solved, tau, tau_scale)
    weight = np.exp(log_weight - log_weight.max())
    return _grid(likelihood, offset, design, tau, weight / weight.sum(), solved)


def _grid(likelihood, offset, design, tau, weight, solved):
    theta, cov, _, moments = solved
    fitted = offset + theta @ design.T + moments["mean"]
    information = likelihood.terms(fitted)[2]
    own = tau[:, None] ** 2 * information / (tau[:, None] ** 2 * information + 1)
    return Grid(tau, weight, theta, cov, moments["mean"], moments["variance"], moments["third"], moments["pull"], own)


def _log_weight(solved, tau, tau_scale):
    return solved[2] - 0.5 * (tau / tau_scale) ** 2


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
    evidence = moments["log_z"].sum(axis=1) - 0.5 * (precision * theta**2).sum(axis=1)
    evidence = evidence - 0.5 * np.linalg.slogdet(curvature)[1]
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
        if np.abs(step).max(initial=0.0) < 1e-9:
            break
    return error, likelihood.terms(predictor + error)[2]


@dataclass(frozen=True)
class Target:
    """What is asked of the posterior, linear in its parts: base_i + at_level·z_iθ + e_i (+ own share of δ).

    level 1 or 0: whether z_iθ belongs to it; frozen (n, r): how it moves with the frozen coefficients δ directly.
    """

    base: np.ndarray
    level: float
    frozen: np.ndarray


def marginal(grid, design, frozen_design, frozen_cov, target):
    """``Mixture`` over τ of the target for every place; frozen coefficients spread it and are not updated (a cut)."""
    slope = _theta_slope(grid, design, target)
    spread = np.einsum("tnq,tqr,tnr->tn", slope, grid.theta_cov, slope)
    response = _frozen_slope(grid, design, frozen_design, target)
    spread = spread + np.einsum("tnr,rs,tns->tn", response, frozen_cov, response)
    mean = target.base + target.level * (grid.theta @ design.T) + grid.mean
    sd = np.sqrt(grid.variance + spread)
    weight = np.broadcast_to(grid.weight[:, None], mean.shape)
    return Mixture(weight, mean, sd, np.clip(grid.third / sd**3, -1.0, 1.0))


def _shrink(grid):
    """k_i = 1 − Var(e_i)/τ²: how much of a move of the predictor e_i takes back."""
    return grid.tau[:, None] ** 2 * grid.pull


def _theta_slope(grid, design, target):
    return (target.level - _shrink(grid))[..., None] * design


def _frozen_slope(grid, design, frozen_design, target):
    """How the target moves when the frozen coefficients are really δ off: directly, by θ and by e, (T, n, r)."""
    seen = np.einsum("tn,nq,nr->tqr", grid.pull, design, frozen_design)
    theta = -np.einsum("tqs,tsr->tqr", grid.theta_cov, seen)
    predictor = frozen_design + np.einsum("nq,tqr->tnr", design, theta)
    through_theta = target.level * (predictor - frozen_design)
    return target.frozen + through_theta - _shrink(grid)[..., None] * predictor


def draw(grid, design, frozen_design, frozen_draws, targets, random, draws):
    """Joint draws of each target, list of (draws, n): one τ, one θ and one δ per draw, shared by all places."""
    node = np.searchsorted(np.cumsum(grid.weight), random.random(draws)).clip(max=len(grid.tau) - 1)
    root = np.linalg.cholesky(grid.theta_cov)
    shift = np.einsum("dqr,dr->dq", root[node], random.standard_normal((draws, design.shape[1])))
    sd = np.sqrt(grid.variance)
    skew = np.clip(grid.third / sd**3, -1.0, 1.0)
    noise = skewed(random.standard_normal((draws, len(design))), skew[node]) * sd[node]
    found = []
    for target in targets:
        value = target.base + (target.level * (grid.theta @ design.T) + grid.mean)[node] + noise
        value += np.einsum("dnq,dq->dn", _theta_slope(grid, design, target)[node], shift)
        if frozen_draws is not None:
            response = _frozen_slope(grid, design, frozen_design, target)
            value += np.einsum("dnr,dr->dn", response[node], frozen_draws)
        found.append(value)
    return found
