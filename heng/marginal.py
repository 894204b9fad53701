"""Regressions with a normal spread between places, fitted by maximum marginal likelihood: for many places.

η_i = offset_i + x_iθ + e_i, e_i ~ N(0, τ²). Each place's e_i is integrated by adaptive Gauss–Hermite quadrature around
its own mode (Liu & Pierce, Biometrika 81, 1994); the gradient is the mean of the complete-case gradient (Fisher's
identity) and the information its Louis form (JRSS B 44, 1982), so that one pass over the places gives all of them. The
climb is L-BFGS in coordinates whitened by the information at its start. Up to 200 places ``heng.posterior`` integrates
τ instead: a plugged-in τ is unsafe there.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import LinAlgError, cholesky, eigvalsh, solve_triangular
from scipy.optimize import minimize

from heng.surface import Surface

TAU_FLOOR, TAU_CEILING = 1e-3, 20.0  # a spread below the floor cannot be told from none
_TO_GAIN = 1e-5  # log-likelihood that one more Newton step may promise at a point called the top
_FLAT = 1e-4  # information left in some direction, of what the start had: below it there is no top


@dataclass(frozen=True)
class Fit:
    """A regression that reached its top. (p,) coefficients in the order of the design's columns; (n,) effects e."""

    coefficients: np.ndarray
    covariance: np.ndarray  # (p, p), from the observed information; at the boundary as if τ were known
    tau: float  # 0 at the boundary
    tau_log_se: float  # standard error of log τ; nan at the boundary
    boundary: bool  # τ fell to 0: no spread was found, which with few places does not mean that there is none
    log_likelihood: float  # up to the likelihood's constants, without the prior
    mode: np.ndarray
    mean: np.ndarray
    sd: np.ndarray  # of e_i given the coefficients, by the curvature at the mode


def fit(likelihood, design, offset=None, precision=None, nodes=9):
    """The ``Fit`` of one regression to n places, n up to a million.

    ``likelihood``: of ``heng.likelihood``, (n,); ``design`` (n, p) with its column of ones; ``offset`` (n,), 0 when
    None; ``precision`` (p,): N(0, 1/precision) priors on the coefficients, none when None; ``nodes``: of the
    quadrature, 9 (25 for small counts). ValueError for no places, for arrays that do not fit together, for columns that
    say the same twice, and for a climb that did not arrive: such a result is never handed out.

    >>> from heng.likelihood import Poisson
    >>> found = fit(Poisson(np.array([3.0, 9, 1, 14, 6]), np.full(5, 6.0)), np.ones((5, 1)))
    >>> round(found.tau, 1)
    0.7
    """
    surface = Surface(likelihood, *_shapes(likelihood, design, offset, precision), nodes)
    start = surface.start()
    root = _root(surface.at(start).information)
    top = _climb(surface, start, root)
    found = surface.at(top)
    boundary = bool(top[-1] <= np.log(TAU_FLOOR))
    covariance = _covariance(found, root, boundary)
    effects = surface.effects(top)
    return Fit(
        coefficients=top[:-1],
        covariance=covariance[: len(top) - 1, : len(top) - 1],
        tau=0.0 if boundary else float(np.exp(top[-1])),
        tau_log_se=np.nan if boundary else float(np.sqrt(covariance[-1, -1])),
        boundary=boundary,
        log_likelihood=found.log_likelihood,
        **effects,
    )


def _shapes(likelihood, design, offset, precision):
    places = len(likelihood)
    design = np.asarray(design, dtype=float)
    if places == 0:
        raise ValueError("likelihood has no places: there is nothing to fit")
    if design.ndim != 2 or len(design) != places:
        raise ValueError(f"design has shape {design.shape}, expected ({places}, p)")
    offset = np.zeros(places) if offset is None else np.asarray(offset, dtype=float)
    precision = np.zeros(design.shape[1]) if precision is None else np.asarray(precision, dtype=float)
    for name, values, length in (("offset", offset, places), ("precision", precision, design.shape[1])):
        if values.shape != (length,) or not np.isfinite(values).all():
            raise ValueError(f"{name} must be {length} finite numbers")
    if not np.isfinite(design).all():
        row, at = np.argwhere(~np.isfinite(design))[0]
        raise ValueError(f"design[{row}, {at}] = {design[row, at]} is not a finite number")
    _independent(design, precision)
    return design, offset, precision


def _independent(design, precision):
    """ValueError when a column of the design follows from the others and no prior decides between them."""
    gram = design.T @ design
    size = np.sqrt(np.maximum(np.diag(gram), 1e-300))
    if eigvalsh(gram / np.outer(size, size) + np.diag(precision / size**2)).min() < 1e-11:
        raise ValueError("design has columns that say the same twice (or a column of zeros)")


def _climb(surface, start, root):
    """Parameters (θ, log τ) at the top of the marginal likelihood, by L-BFGS over v = rootᵀ(point − start)."""

    def point(white):
        return start + solve_triangular(root, white, trans="T", lower=True)

    def downhill(white):
        found = surface.at(_inside(point(white)), information=False)
        return -found.objective, -solve_triangular(root, found.gradient, lower=True)

    best = minimize(downhill, np.zeros(len(start)), jac=True, method="L-BFGS-B", options={"ftol": 1e-14, "gtol": 1e-6})
    return _inside(point(best.x))


def _inside(point):
    """The same point with τ between its floor and its ceiling; beyond them the surface is taken as level."""
    return np.append(point[:-1], np.clip(point[-1], np.log(TAU_FLOOR), np.log(TAU_CEILING)))


def _root(information):
    """Lower Cholesky factor; of the diagonal alone where the start is too far out for the surface to be a hill."""
    try:
        return cholesky(information, lower=True)
    except LinAlgError:
        return np.diag(np.sqrt(np.maximum(np.abs(np.diag(information)), 1e-8)))


def _covariance(found, root, boundary):
    """Inverse of the information; ValueError when the point is no top."""
    free = slice(None, -1) if boundary else slice(None)
    information, gradient = found.information[free, free], found.gradient[free]
    white = solve_triangular(root[free, free], information, lower=True)
    white = solve_triangular(root[free, free], white.T, lower=True)
    arrived = np.isfinite(white).all() and eigvalsh(white).min() > _FLAT
    if not arrived or gradient @ np.linalg.solve(information, gradient) > 2 * _TO_GAIN:
        raise ValueError("the regression did not converge, so it has no result (too little evidence for its columns?)")
    return np.linalg.inv(information)
