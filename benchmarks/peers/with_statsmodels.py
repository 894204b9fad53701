"""Negative binomial regression (NB2) by statsmodels: another law for the same spread, gamma instead of lognormal.

Its variance μ + αμ² is the lognormal's with σ² = log(1 + α), and its level stands for the mean, which of a lognormal is
σ²/2 above the middle; both are moved here so that they can be laid beside ours.
"""

import numpy as np
from statsmodels.discrete.discrete_model import NegativeBinomial

from benchmarks.peers.asked import answer, timed


def fit(count, expected, x, runs):
    """Coefficients, σ, and the seconds of each run."""
    design = np.column_stack([np.ones(len(count)), x])

    def run():
        return NegativeBinomial(count, design, loglike_method="nb2", exposure=expected).fit(disp=False, maxiter=200)

    seconds, found = zip(*(timed(run) for _ in range(int(runs))), strict=True)
    variance = np.log1p(max(found[-1].params[-1], 0.0))
    level = found[-1].params[0] - variance / 2
    return {
        "seconds": seconds,
        "coefficients": np.append(level, found[-1].params[1:-1]),
        "sigma": np.sqrt(variance),
        "converged": found[-1].mle_retvals["converged"],
    }


if __name__ == "__main__":
    answer(fit, "statsmodels", "numpy", "scipy")
