"""Probabilities against what happened, by tenths of the probability: the reliability table of a forecaster."""

import numpy as np

TENTHS = 10
FEWEST = 1000  # cases that a row must have; thinner tenths are merged with their neighbours


def tally(probability, happened, group):
    """{cases, predicted, happened, noise}: sums by tenth, (10,) lists. Tallies of one kind may be added.

    happened: 0, 1, or a part where the truth itself is shared. noise: the variance of predicted − happened, with cases
    of one group (whole numbers from 0) going together.
    """
    p, seen = np.ravel(probability), np.ravel(happened)
    at, group = np.minimum((p * TENTHS).astype(int), TENTHS - 1), np.ravel(group)
    gap = np.zeros((group.max(initial=0) + 1, TENTHS))
    np.add.at(gap, (group, at), p - seen)
    columns = np.bincount(at, minlength=TENTHS), *(np.bincount(at, w, TENTHS) for w in (p, seen))
    columns = *columns, (gap**2).sum(axis=0)
    return dict(zip(("cases", "predicted", "happened", "noise"), (column.tolist() for column in columns), strict=True))


def added(tallies):
    """The tally of several lots of cases."""
    tallies = list(tallies)
    return {name: np.sum([one[name] for one in tallies], axis=0).tolist() for name in tallies[0]}


def merged(one, fewest=FEWEST):
    """Rows (low, high, cases, mean predicted, share that happened, standard error of the gap), low tenths first.

    >>> merged(tally([0.05, 0.05, 0.25, 0.95], [0, 0, 1, 1], [0, 1, 2, 3]), fewest=2)[0][:3]
    (0.0, 0.1, 2)
    """
    rows, first = [], 0
    for last in range(TENTHS):
        if sum(one["cases"][first : last + 1]) >= fewest:
            rows.append((first, last + 1))
            first = last + 1
    if first < TENTHS and sum(one["cases"][first:]):
        start = rows.pop()[0] if rows else first
        rows.append((start, TENTHS))
    return [_row(one, *row) for row in rows]


def _row(one, first, end):
    cases, predicted, seen, noise = (sum(one[name][first:end]) for name in ("cases", "predicted", "happened", "noise"))
    return first / TENTHS, end / TENTHS, int(cases), predicted / cases, seen / cases, noise**0.5 / cases


def worst(one, fewest=FEWEST):
    """(gap, standard error) of the row with the largest gap between what was said and what happened."""
    gaps = [(row[4] - row[3], row[5]) for row in merged(one, fewest)]
    return max(gaps, key=lambda gap: abs(gap[0]))
