"""When the spread between places is what it is and not drawn from anybody's prior: Linli beside three others."""

import numpy as np
from scipy.special import expit

from benchmarks.calibration import rivals
from benchmarks.calibration.prior_drawn import CONFIDENCE, LEVEL, fitted
from heng import laboratory

METHODS = ("linli", "plug_in", "raw", "dersimonian_laird")


def cell(kind, size, places, tau, groups, seed):
    """By method: share of truths inside the 90 % interval, the interval's mean width, and squared error over that of
    the raw figures; each with its simulation error."""
    one = laboratory.one_rate(kind, size, places, groups, level=LEVEL[kind], tau=tau, shift=0.0, seed=seed)
    truth = (np.exp(one.u) if kind == "count" else expit(one.level + one.u)).reshape(groups, places)
    numerator, denominator = (values.reshape(groups, places) for values in (one.numerator, one.denominator))
    said = {name: getattr(rivals, name)(kind, numerator, denominator) for name in METHODS[1:]}
    said["linli"] = tuple(values.reshape(groups, places) for values in _linli(one))
    wrong = {name: ((middle - truth) ** 2).mean(axis=1) for name, (middle, _, _) in said.items()}
    return {name: _row(*said[name][1:], truth, wrong[name], wrong["raw"]) for name in METHODS}


def _linli(one):
    """(median, low, high) as an appraisal prints them."""
    fit = fitted(one)
    marginal = fit.marginal(fit.residual())
    show = np.exp if one.kind == "count" else (lambda u: expit(one.level + u))
    return (show(marginal.quantile(level)) for level in (0.5, (1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2))


def _row(low, high, truth, wrong, wrong_raw):
    inside = ((low <= truth) & (truth <= high)).mean(axis=1)
    ratio, root = wrong.mean() / wrong_raw.mean(), np.sqrt(len(wrong))
    return {
        "covered": float(inside.mean()),
        "covered_error": float(inside.std(ddof=1) / root),
        "width": float((high - low).mean()),
        "ratio": float(ratio),
        "ratio_error": float((wrong - ratio * wrong_raw).std(ddof=1) / root / wrong_raw.mean()),
    }
