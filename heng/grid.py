"""Many groups of places, one rate: the posterior given τ (and, alone, θ) at every node of a grid, and its weights.

Places i of group g: η_i = offset_i + z_i·θ_g + e_i, e_i ~ N(0, τ_g²), θ_g ~ N(0, 1/precision). For frozen coefficients
θ is the group's level this quarter (m); without them there is one group and θ is level and coefficients themselves. At
each τ the θ are found by Newton on the marginal likelihood; a single θ of a small group is then summed over nodes of
its own, others are kept as a normal around the mode (Laplace), which places in numbers make true. Each place's own
integral is adaptive Gauss–Hermite (Liu & Pierce, Biometrika 81, 1994), so that small counts keep their skewness. τ is
integrated, never plugged in: with ten places the plug-in is unsafe (docs/methods/score.md).

Arrays carry the nodes first: (T, n) by place, (T, G) by group, (T, G, q). Every group has nodes of its own.
"""

from dataclasses import dataclass

import numpy as np

from heng import stretch
from heng.quadrature import integrate_errors, modes

_NEAR = 1e-2  # last step of θ on the way to where the integrals are needed
_NEGLIGIBLE = 14.0  # log density below the best at which a node no longer counts
_TRIES = 12  # how often a stretch of τ that ends where τ is likely is moved on
_KERNEL = 0.25  # a single θ's nodes are blurred by this much, lest a small τ leave gaps between them


@dataclass(frozen=True)
class Fineness:
    """How many nodes a group's size asks for: of τ, and of a single θ; one = Laplace."""

    places: float  # groups up to this size
    taus: int
    thetas: int
    errors: int = 9  # of each e
    close: float = 1e-4  # last step of θ; what it leaves is of the order of its square
    ends: float | None = None  # log density below the best at which the nodes of τ end; None: where the scouts say
    open: float = 7.0  # and at which the outermost node may stand


_OF_MANY = {"errors": 7, "close": 1e-3, "ends": 10.0, "open": 5.0}
FINENESS = (Fineness(40, 32, 11), Fineness(200, 8, 1, **_OF_MANY), Fineness(np.inf, 7, 1, **_OF_MANY))
_PLENTY = 2000.0  # events, or answers that could have gone either way
_REACH = 4.0  # a single θ's nodes lie so many standard deviations either side of its mode


@dataclass(frozen=True)
class Groups:
    """Places that stand group after group: ``starts`` (G,) first positions, ``of`` (n,) the group of each place."""

    starts: np.ndarray
    of: np.ndarray

    def sum(self, values):
        """Sums over each group's places, (..., n) -> (..., G)."""
        return np.add.reduceat(values, self.starts, axis=-1)


def groups_of(sizes):
    """``Groups`` of so many places each, (G,)."""
    sizes = np.asarray(sizes)
    return Groups(np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int), np.repeat(np.arange(len(sizes)), sizes))


@dataclass(frozen=True)
class Grid:
    """The groups' posterior by node: weights (T, G), θ (T, G, q), its covariance given τ, moments of e (T, n)."""

    groups: Groups
    tau: np.ndarray
    weight: np.ndarray
    theta: np.ndarray
    theta_cov: np.ndarray  # (T, G, q, q)
    off_node: np.ndarray  # the part of theta_cov that the nodes themselves do not show: all of it, or a blur
    off_third: np.ndarray  # (T, G): third central moment of a single θ that is kept as a normal and leans
    mean: np.ndarray  # of e_i at the node's θ
    variance: np.ndarray
    third: np.ndarray  # third central moment
    pull: np.ndarray  # h_i: information of y_i about its own linear predictor, e_i integrated out
    own: np.ndarray  # τ² / (τ² + v_i)

    def by_place(self, values):
        """(T, G, ...) -> (T, n, ...)."""
        return values[:, self.groups.of]


def fineness_for(places):
    """The ``Fineness`` of a group with so many places."""
    return next(one for one in FINENESS if places <= one.places)


def integrate(likelihood, offset, design, precision, tau_scale, groups, fineness):
    """The ``Grid``: offset (n,), design (n, q), θ's prior precision (q,), τ ~ half-normal(tau_scale) in every group."""
    model = _Model(likelihood, offset, design, precision, groups, fineness)
    tau, (theta, cov, evidence, moments) = _over_tau(model, tau_scale)
    off_node, off_third, log_prior = cov, np.zeros_like(tau), -0.5 * (tau / tau_scale) ** 2
    if len(precision) == 1 and fineness.thetas == 1 and _leans(model):
        theta, off_third = _leaning(model, theta, cov, moments, tau)
    elif len(precision) == 1 and fineness.thetas > 1:
        steps = np.linspace(-_REACH, _REACH, fineness.thetas)
        at = np.repeat(np.arange(len(tau)), len(steps))
        moved = np.tile(steps, len(tau))[:, None, None] * np.sqrt(cov[at, ..., 0])
        guess = moments["mode"][at] - (tau[:, groups.of] ** 2 * moments["pull"])[at] * model.along(moved)
        theta, tau, cov, log_prior = theta[at] + moved, tau[at], cov[at], log_prior[at]
        moments = model.places(theta, tau, guess)
        evidence = model.joint(moments, theta) + 0.5 * np.log(cov[..., 0, 0])
        theta, off_node = _blurred(model, theta, evidence, moments, tau, len(steps))
        off_third = np.zeros_like(tau)
    log_weight = evidence + log_prior
    log_weight = log_weight - log_weight.max(axis=0)
    kept = (log_weight > -_NEGLIGIBLE).any(axis=1)
    weight = np.exp(log_weight[kept])
    moments = {name: values[kept] for name, values in moments.items() if name != "mode"}
    theta = tuple(values[kept] for values in (theta, cov, off_node, off_third))
    return _grid(model, tau[kept], weight / weight.sum(axis=0), theta, moments)


def _grid(model, tau, weight, theta, moments):
    fitted = model.predictor(theta[0]) + moments["mean"]
    variance = tau[:, model.groups.of] ** 2
    information = variance * model.likelihood.terms(fitted)[2]
    own = information / (information + 1)
    of_e = (moments[name] for name in ("mean", "variance", "third", "pull"))
    return Grid(model.groups, tau, weight, *theta, *of_e, own)


def _over_tau(model, tau_scale):
    """Even nodes of τ (T, G) over the stretch where each group finds it likely, and the solution there.

    The scouts are rough where counts are small: a stretch that ends where τ is likely is moved on, solved anew.
    """
    fineness, start = model.fineness, None
    low, high, likeliest = stretch.scouted(model, tau_scale, _NEGLIGIBLE)
    if fineness.ends is not None:
        start = theta, error = _near(model, likeliest[None])
        low, high = stretch.closer(model, tau_scale, low, high, (model.predictor(theta) + error)[0], fineness.ends)
    tau = stretch.even(low, high, fineness.taus)
    found = _solve(model, tau, start)
    for _ in range(_TRIES):
        log_weight = found[2] - 0.5 * (tau / tau_scale) ** 2
        likely = log_weight > log_weight.max(axis=0) - fineness.open
        late, short = likely[0] & (low > 0), likely[-1]
        if not (late | short).any():
            break
        reach = (high - low) / 2
        low, high = np.where(late, np.maximum(low - reach, 0.0), low), np.where(short, high + reach, high)
        _solve_again(model, np.flatnonzero(late | short), tau, stretch.even(low, high, fineness.taus), found)
    return tau, found


def _solve_again(model, labels, tau, moved, found):
    """Puts new nodes of τ and the solution there in the place of the old ones of these groups."""
    places = np.flatnonzero(np.isin(model.groups.of, labels))
    tau[:, labels] = moved[:, labels]
    *by_group, moments = _solve(model.rows(places), moved[:, labels])
    for old, new in zip(found[:3], by_group, strict=True):
        old[:, labels] = new
    for name, values in moments.items():
        found[3][name][:, places] = values


@dataclass(frozen=True)
class _Model:
    likelihood: object
    offset: np.ndarray
    design: np.ndarray
    precision: np.ndarray
    groups: Groups
    fineness: Fineness

    def rows(self, places):
        """The model of some groups: all their places, in order."""
        groups = groups_of(np.unique(self.groups.of[places], return_counts=True)[1])
        own = self.likelihood.rows(places), self.offset[places], self.design[places]
        return _Model(*own, self.precision, groups, self.fineness)

    def along(self, theta):
        """z_i·θ_g for θ (T, G, q): (T, n)."""
        return (theta[:, self.groups.of] * self.design).sum(axis=-1)

    def predictor(self, theta):
        return self.offset + self.along(theta)

    def places(self, theta, tau, guess):
        """Every place's integral over its own e at θ and τ: ``heng.quadrature``."""
        return integrate_errors(
            self.likelihood, self.predictor(theta), tau[:, self.groups.of], guess, self.fineness.errors
        )

    def joint(self, moments, theta):
        """Log density (T, G) of evidence and θ, every e integrated out."""
        return self.groups.sum(moments["log_z"]) - 0.5 * (self.precision * theta**2).sum(axis=-1)

    def information(self, weight):
        """Σ_i weight_i z_i z_iᵀ plus the prior's precision, (T, G, q, q), for weights (T, n)."""
        q = len(self.precision)
        found = np.empty((*weight.shape[:1], len(self.groups.starts), q, q))
        for a in range(q):
            for b in range(a, q):
                found[..., a, b] = found[..., b, a] = self.groups.sum(weight * self.design[:, a] * self.design[:, b])
        return found + np.diag(self.precision)

    def project(self, values):
        """Σ_i value_i z_i, (T, G, q), for values (T, n)."""
        return np.stack([self.groups.sum(values * column) for column in self.design.T], axis=-1)


def _solve(model, tau, start=None):
    """Newton for θ at every τ of every group at once: (θ, covariance, log evidence, moments of e).

    start: (θ, e) that is right at some τ, (1, G, q) and (1, n).
    """
    theta, error = _near(model, tau, start)
    for _ in range(50):
        moments = model.places(theta, tau, error)
        error = moments["mode"]
        slope = model.project(moments["slope"]) - model.precision * theta
        curvature = model.information(moments["pull"])
        step = np.clip(np.linalg.solve(curvature, slope[..., None])[..., 0], -2.0, 2.0)
        theta = theta + step
        if np.abs(step).max(initial=0.0) < model.fineness.close:
            break
    moments["mean"] -= tau[:, model.groups.of] ** 2 * moments["pull"] * model.along(step)
    evidence = model.joint(moments, theta) - 0.5 * np.linalg.slogdet(curvature)[1]
    return theta, np.linalg.inv(curvature), evidence, moments


def _near(model, tau, start=None):
    """θ and the modes of e at the joint mode given τ: where Newton on the integrals starts, at less cost."""
    variance = tau[:, model.groups.of] ** 2
    theta, error = start or _first_guess(model, variance)
    for _ in range(20):
        error, information = modes(model.likelihood, model.predictor(theta), variance, error)
        slope = model.project(error / variance) - model.precision * theta
        curvature = model.information(information / (variance * information + 1))
        step = np.clip(np.linalg.solve(curvature, slope[..., None])[..., 0], -2.0, 2.0)
        theta = theta + step
        if np.abs(step).max(initial=0.0) < _NEAR:
            break
    return theta, error


def _first_guess(model, variance):
    """θ from the raw figures, every e 0."""
    raw, spread = model.likelihood.start()
    weight = 1.0 / (variance + spread)
    right = model.project(weight * (raw - model.offset))
    return np.linalg.solve(model.information(weight), right[..., None])[..., 0], np.zeros_like(weight)


def _leans(model):
    """Whether some group knows so little of its θ that a normal around the mode would be seen to be wrong."""
    return model.groups.sum(1 / model.likelihood.start()[1]).min() < _PLENTY


def _leaning(model, theta, cov, moments, tau):
    """A single θ's mean in place of its mode, and its third central moment (T, G), from how the information changes.

    The next term of Laplace's method (Tierney & Kadane, Journal of the American Statistical Association 81, 1986):
    where events are few a level is known less surely upwards than downwards, or the reverse. The third derivative of a
    place's log integral is E[(e − E[e])³] / τ⁶, as for every normal e. Each e moves along.
    """
    variance = cov[..., 0, 0]
    lean = model.groups.sum(moments["third"] / tau[:, model.groups.of] ** 6 * model.design[:, 0] ** 3)
    shift = (0.5 * lean * variance**2)[..., None]
    moments["mean"] -= tau[:, model.groups.of] ** 2 * moments["pull"] * model.along(shift)
    return theta + shift, lean * variance**3


def _blurred(model, theta, evidence, moments, tau, steps):
    """Nodes of a single θ drawn in and blurred so that its mean and variance at each τ stay as they are.

    Kernel and shrinkage belong together (West, Journal of the Royal Statistical Society B 55, 1993). Each e moves with
    its node, to first order.
    """
    at_tau = (len(tau) // steps, steps, evidence.shape[1])
    log_weight = evidence.reshape(at_tau)
    weight = np.exp(log_weight - log_weight.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    nodes = theta.reshape(at_tau)
    mean = (weight * nodes).sum(axis=1, keepdims=True)
    variance = (weight * (nodes - mean) ** 2).sum(axis=1, keepdims=True)
    drawn_in = (mean + np.sqrt(1 - _KERNEL**2) * (nodes - mean)).reshape(theta.shape)
    moments["mean"] -= tau[:, model.groups.of] ** 2 * moments["pull"] * model.along(drawn_in - theta)
    blur = np.broadcast_to(_KERNEL**2 * variance, at_tau).reshape(theta.shape)
    return drawn_in, blur[..., None]
