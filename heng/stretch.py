"""Where each group's τ is likely: found cheaply first, so that the costly nodes stand there and nowhere else.

Arrays as in ``heng.grid``: (T, G) by node and group, (T, n) by node and place. ``model`` has its groups, likelihood and
offset, and ``information`` and ``project``, the sums over each group's places that a level's normal equations need.
"""

import numpy as np

SCOUTS = 24


def even(low, high, nodes):
    """Middles of so many equal cells between low and high (G,): (nodes, G)."""
    return low + (high - low) * ((np.arange(nodes) + 0.5) / nodes)[:, None]


def scouted(model, tau_scale, negligible):
    """(low, high, likeliest) τ of each group (G,) under a half-normal(tau_scale).

    From where to where its log density is less than ``negligible`` below the best, a rung of a ladder to spare either
    side. Every raw figure is taken as normal on the link scale.
    """
    rungs = tau_scale * np.geomspace(1 / 300, 8.0, SCOUTS)
    ladder = np.repeat(rungs[:, None], len(model.groups.starts), axis=1)
    found = _roughly(model, ladder, *model.likelihood.start()) - 0.5 * (ladder / tau_scale) ** 2
    alive = found > found.max(axis=0) - negligible
    first, last = alive.argmax(axis=0), SCOUTS - 1 - alive[::-1].argmax(axis=0)
    low = np.where(first == 0, 0.0, rungs[np.maximum(first - 1, 0)])
    return low, rungs[np.minimum(last + 1, SCOUTS - 1)], rungs[found.argmax(axis=0)]


def closer(model, tau_scale, low, high, eta, ends):
    """(low, high) (G,) drawn in to where the log density of τ is less than ``ends`` below the best.

    Every place's evidence is taken as the normal one that has its slope and its curvature at the fitted value eta (n,):
    where counts are small that is much nearer than the raw figure. Lines between the scouts find the ends.
    """
    _, slope, information = model.likelihood.terms(eta)
    seen = information > 0
    spread = np.where(seen, 1 / np.where(seen, information, 1.0), np.inf)
    tau = even(low, high, SCOUTS)
    figure = eta + np.where(seen, slope * spread, 0.0)
    found = _roughly(model, tau, figure, spread) - 0.5 * (tau / tau_scale) ** 2
    above = found - found.max(axis=0) + ends
    return _crossing(above, tau, low), _crossing(above[::-1], tau[::-1], high)


def _crossing(above, tau, end):
    """Where ``above`` first rises through 0 (G,), coming from the stretch's ``end``, which it is when none is below."""
    at = (above > 0).argmax(axis=0)[None]
    before = np.maximum(at - 1, 0)
    inner, outer = (np.take_along_axis(above, where, axis=0)[0] for where in (at, before))
    near, far = (np.take_along_axis(tau, where, axis=0)[0] for where in (at, before))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(at[0] == 0, end, far + (near - far) * -outer / (inner - outer))


def _roughly(model, tau, figure, spread):
    """Log evidence (T, G) as if every figure (n,) were normal with that variance: in closed form."""
    gap, variance = figure - model.offset, tau[:, model.groups.of] ** 2 + spread
    weight = 1 / variance
    information, right = model.information(weight), model.project(weight * gap)
    explained = (right * np.linalg.solve(information, right[..., None])[..., 0]).sum(axis=-1)
    logs = np.where(np.isfinite(variance), np.log(variance), 0.0)
    by_place = model.groups.sum(-0.5 * (logs + weight * gap**2))
    return by_place + 0.5 * explained - 0.5 * np.linalg.slogdet(information)[1]
