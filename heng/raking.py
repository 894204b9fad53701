"""Weights of answers: drawn to known margins, cut where one answer would speak for too many, and what weighting costs.

Raking is iterative proportional fitting (Deming & Stephan, Annals of Mathematical Statistics 11, 1940): one margin
after another is met by scaling, round after round, until all are met at once. What weights cost is Kish's design
effect (Survey Sampling, 1965): with n answers and unequal weights one knows as much as with n / effect equal ones.
"""

from dataclasses import dataclass

import numpy as np

from heng import checks

UNKNOWN = -1  # the category of somebody who did not say


@dataclass(frozen=True)
class Raked:
    """What ``rake`` gives: the weights, shape (n,), mean 1, and how well they did.

    ``gap`` is the largest distance of a weighted share from its margin, among those who said; ``empty`` names
    (dimension, category) pairs that the margins ask for and nobody answered from: they cannot be met by any weight.
    ``trimmed`` answers were cut to ``most`` times the mean; ``trim_loss`` is how much further off the margins that left
    the weights (0.0 where nothing was cut).
    """

    weights: np.ndarray
    rounds: int
    converged: bool
    gap: float
    empty: tuple
    trimmed: int
    trim_loss: float
    design_effect: float


def rake(categories, margins, base=None, most=None, tolerance=1e-9, rounds=500):
    """Weights of n answers whose shares in each dimension are the margins.

    categories: one column (n,) of whole numbers for each dimension, 0 … k - 1, or -1 of who did not say: that answer
    is left as it is in that dimension. margins: for each dimension k shares or counts, none below 0; they are scaled
    to sum to 1 over the categories somebody answered from. base: weights to begin with, above 0. most: no weight above
    ``most`` times the mean (1 or more). Nobody answered: no weights, design effect nan. ValueError for columns of
    different lengths, a category outside its margin, a margin of nothing but zeros, or somebody in a category whose
    margin is 0.

    >>> raked = rake([[0, 0, 0, 1]], [[0.5, 0.5]])
    >>> raked.weights.round(4).tolist(), round(raked.design_effect, 4), raked.converged
    ([0.6667, 0.6667, 0.6667, 2.0], 1.3333, True)
    """
    columns = [_column(index, column) for index, column in enumerate(categories)]
    count = len(columns[0]) if columns else (0 if base is None else len(base))
    for index, column in enumerate(columns):
        checks.as_long_as(f"categories[{index}]", column, "categories[0]", columns[0])
    wanted = [_margin(index, *pair) for index, pair in enumerate(zip(columns, margins, strict=True))]
    start = np.ones(count) if base is None else _positive("base", base, count)
    if count == 0:
        return Raked(start, 0, True, 0.0, _empty(columns, margins), 0, 0.0, float("nan"))
    weights, done, fits = _fitted(start / start.mean(), columns, wanted, tolerance, rounds)
    gap = _gap(weights, columns, wanted)
    cut, trimmed = (weights, 0) if most is None else trim(weights, most)
    left = _gap(cut, columns, wanted)
    loss = max(left - gap, 0.0) if trimmed else 0.0
    return Raked(cut, done, fits, left, _empty(columns, margins), trimmed, loss, design_effect(cut))


def trim(weights, most):
    """(weights, how many were cut): none above ``most`` times the mean; what is cut off goes to the others evenly.

    >>> trim([1.0, 1.0, 1.0, 5.0], 2.0)
    (array([1.33333333, 1.33333333, 1.33333333, 4.        ]), 1)
    """
    weights = _positive("weights", weights, len(weights))
    if most < 1:
        raise ValueError(f"most = {most!r} is below 1: the weights' mean is 1")
    total, limit = weights.sum(), most * weights.mean()
    over = np.zeros(len(weights), dtype=bool)
    while (weights > limit * (1 + 1e-12))[~over].any():  # sharing out may lift another over the limit
        over |= weights > limit
        weights = np.where(over, limit, weights)
        if over.all():
            break
        weights[~over] *= (total - limit * over.sum()) / weights[~over].sum()
    return weights, int(over.sum())


def design_effect(weights):
    """Kish's design effect of unequal weights, n Σw² / (Σw)², 1 or more; nan of no weights.

    >>> design_effect([1, 1, 1, 1]), design_effect([1, 3])
    (1.0, 1.25)
    """
    weights = checks.at_least("weights", weights, 0)
    total = weights.sum()
    return float(len(weights) * (weights**2).sum() / total**2) if total > 0 else float("nan")


def effective(weights):
    """How many equally weighted answers say as much: (Σw)² / Σw²; 0 of none.

    >>> effective([1, 3])
    1.6
    """
    weights = checks.at_least("weights", weights, 0)
    squares = float((weights**2).sum())
    return float(weights.sum() ** 2) / squares if squares else 0.0


def _column(index, column):
    found = checks.whole(f"categories[{index}]", checks.at_least(f"categories[{index}]", column, UNKNOWN))
    return found.astype(int)


def _positive(name, weights, count):
    found = checks.at_least(name, weights, 0)
    if len(found) != count:
        raise ValueError(f"{name} has {len(found)} values, there are {count} answers")
    if (found == 0).any():
        raise ValueError(f"{name}[{int(np.argmax(found == 0))}] = 0: a weight is above 0")
    return found


def _margin(index, column, margin):
    """Shares (k,) over the categories that were answered from; nan where nobody did."""
    name = f"margins[{index}]"
    shares = checks.at_least(name, margin, 0)
    if column.size and column.max() >= len(shares):
        raise ValueError(f"categories[{index}] holds {column.max()}, {name} has {len(shares)} shares")
    there = np.bincount(column[column >= 0], minlength=len(shares)) > 0
    if (there & (shares == 0)).any():
        raise ValueError(f"{name}[{int(np.argmax(there & (shares == 0)))}] = 0 although somebody answered from there")
    if there.any() and shares[there].sum() == 0 or shares.sum() == 0:
        raise ValueError(f"{name} sums to 0")
    return np.where(there, shares / max(shares[there].sum(), np.finfo(float).tiny), np.nan)


def _fitted(weights, columns, wanted, tolerance, rounds):
    """(weights, rounds done, whether every margin is met) after scaling dimension by dimension."""
    for done in range(rounds + 1):
        if _gap(weights, columns, wanted) <= tolerance:
            return weights, done, True
        if done == rounds:
            break
        for column, shares in zip(columns, wanted, strict=True):
            said = column >= 0
            held = np.bincount(column[said], weights[said], minlength=len(shares))
            with np.errstate(divide="ignore", invalid="ignore"):
                factor = np.where(held > 0, shares * held.sum() / held, 1.0)
            weights = np.where(said, weights * factor[column], weights)
        weights = weights / weights.mean()
    return weights, rounds, False


def _gap(weights, columns, wanted):
    gaps = [0.0]
    for column, shares in zip(columns, wanted, strict=True):
        said = column >= 0
        held = np.bincount(column[said], weights[said], minlength=len(shares))
        if held.sum() > 0:
            gaps.append(float(np.nanmax(np.abs(held / held.sum() - shares))))
    return max(gaps)


def _empty(columns, margins):
    found = []
    for index, (column, margin) in enumerate(zip(columns, margins, strict=True)):
        shares = np.asarray(margin, dtype=float)
        there = np.bincount(column[column >= 0], minlength=len(shares)) > 0
        found += [(index, int(category)) for category in np.flatnonzero(~there & (shares > 0))]
    return tuple(found)
