"""Log scores of forecasts: how much probability was given beforehand to what then happened (Gneiting & Raftery, JASA
102, 2007).

Every way of forecasting gets the same noise on top, negative binomial for counts and beta-binomial for shares, with a
scatter of its own: many are tried, each weighed by how it would have served that way in the forecasts already settled.
So no rival is handicapped by a scatter that suits another, and none sees its future.
"""

import numpy as np
from scipy.special import betaln, gammaln, log_softmax, logsumexp

from benchmarks.prediction.panel import COUNT

SCATTERS = np.geomspace(1e-4, 0.8, 60)  # squared relative sd of a rate; correlation of answers within a share
_SMALLEST = 1e-12


def log_scores(kind, values, seen, of):
    """log P(seen) for every scatter, (n, scatters), the forecast being equally likely ``values`` (K, n) of the rate."""
    alone = np.stack([_noisy(kind, values, seen, of, scatter) for scatter in SCATTERS], axis=-1)
    return logsumexp(alone, axis=0) - np.log(len(values))


def _noisy(kind, values, seen, of, scatter):
    return negative_binomial(seen, values * of, scatter) if kind == COUNT else beta_binomial(seen, of, values, scatter)


def negative_binomial(seen, mean, scatter):
    """log P(seen) with that mean and variance mean + scatter·mean². Written out to take the gammas once a place and
    not once a value; SciPy's is its twin."""
    size, mean = 1 / scatter, np.maximum(mean, _SMALLEST)
    ways = gammaln(seen + size) - gammaln(size) - gammaln(seen + 1)
    return ways - size * np.log1p(mean * scatter) - seen * np.log1p(size / mean)


def beta_binomial(seen, asked, share, scatter):
    """log P(seen of asked), any two answers of a place correlated by ``scatter``; SciPy's is its twin."""
    size, share = 1 / scatter - 1, np.clip(share, _SMALLEST, 1 - _SMALLEST)
    yes, no = share * size, (1 - share) * size
    ways = -np.log1p(asked) - betaln(asked - seen + 1, seen + 1)
    return ways + betaln(seen + yes, asked - seen + no) - betaln(yes, no)


def settled(scores, ahead):
    """Scores (n,) of every origin but the first ``ahead``, whose forecasts only teach the scatter.

    scores: for each origin in order, (n, scatters). When a forecast is made, those made ``ahead`` or more before it
    are settled; the scatters are weighed by the sum of their scores.
    """
    totals = np.cumsum([score.sum(axis=0) for score in scores], axis=0)
    return [
        logsumexp(score + log_softmax(total), axis=1)
        for score, total in zip(scores[ahead:], totals[: len(scores) - ahead], strict=True)
    ]
