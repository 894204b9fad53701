"""The naive twin of ``heng.shrinkage``: every integral on a dense grid, nothing linear, nothing normal but the prior.

Slow on purpose and easy to believe: for every error δ of the frozen level, every level m and every τ, each place's u is
summed over a fine grid.
"""

import numpy as np

M = np.linspace(-3.2, 3.2, 161)
U = np.linspace(-4.5, 4.5, 1801)


def posterior_of_u(log_likelihood, level_sd, tau_scale):
    """Probabilities of u_i on the grid ``U``, (n, len(U)); log_likelihood(u + δ) -> (n, len(U))."""
    nodes, weights = np.polynomial.hermite_e.hermegauss(5 if level_sd else 1)
    total = 0.0
    for node, weight in zip(nodes, weights / weights.sum(), strict=True):
        total = total + weight * _given(log_likelihood(U + node * level_sd), tau_scale)
    return total


def _given(log_likelihood, tau_scale):
    likelihood = np.exp(log_likelihood - log_likelihood.max(axis=1, keepdims=True))
    taus = np.linspace(0, 4 * tau_scale, 121)[1:] - 2 * tau_scale / 120
    given = []
    for tau in taus:
        spread = np.exp(-0.5 * ((U - M[:, None]) / tau) ** 2)
        spread /= spread.sum(axis=1, keepdims=True)
        seen = spread @ likelihood.T  # (m, n)
        log_weight = np.log(np.maximum(seen, 1e-300)).sum(axis=1) - 0.5 * M**2 - 0.5 * (tau / tau_scale) ** 2
        given.append(
            np.einsum("mn,mu->nu", np.exp(log_weight[:, None]) / np.maximum(seen, 1e-300), spread) * likelihood
        )
    total = np.sum(given, axis=0)
    return total / total.sum(axis=1, keepdims=True)


def quantile(probabilities, level):
    """The value of u_i below which that much of each row lies."""
    return np.array([np.interp(level, np.cumsum(row), U + (U[1] - U[0]) / 2) for row in probabilities])
