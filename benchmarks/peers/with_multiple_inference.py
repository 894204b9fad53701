"""Simultaneous rank sets by multiple-inference (Bowen): its ``SimultaneousRanking`` with independent errors.

Up to 99 places it steps down by itself, above it takes a single step; so do we, with our own border at 200.
"""

import numpy as np
from multiple_inference.confidence_set import SimultaneousRanking

from benchmarks.peers.asked import answer, timed


def fit(estimate, se, confidence, draws, runs):
    """Rank sets (2, n), best rank 1, and the seconds of each run. Its seed is fixed: all runs are equal."""

    def sets():
        results = SimultaneousRanking(estimate, np.diag(se**2)).fit(n_samples=int(draws))
        return results.conf_int(alpha=1 - float(confidence)).T

    seconds, found = zip(*(timed(sets) for _ in range(int(runs))), strict=True)
    return {"seconds": seconds, "sets": found[-1]}


if __name__ == "__main__":
    answer(fit, "multiple-inference", "numpy", "scipy")
