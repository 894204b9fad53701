"""The arithmetic of one officer's quarter, done again plainly: what a reader of docs/methods/score.md does by hand."""

from dataclasses import dataclass
from functools import cached_property
from math import exp, log

import numpy as np

from heng.scheme import COUNT, SHARE


@dataclass(frozen=True)
class File:
    """What one officer of one quarter sees: rows of the tables, and the scheme behind them."""

    book: object
    quarter: object
    officer: str

    @cached_property
    def scored(self):
        scores = self.quarter.scores
        return scores.rows(int(np.flatnonzero(scores.officer == self.officer)[0]))

    @cached_property
    def rates(self):
        """(rate of the scheme, its row of ``indicators``) in the scheme's order."""
        rows = self.quarter.indicators
        mine = rows.rows(rows.community == self.scored.community)
        return [(rate, mine.rows(int(np.flatnonzero(mine.rate == rate.id)[0]))) for rate in self.quarter.scheme.rates]

    def rows_of(self, rate):
        """Every place's row of one rate."""
        rows = self.quarter.indicators
        return rows.rows(rows.rate == rate.id)

    def level(self, rate):
        """The frozen level of a rate: logit, log rate or value of a place of average complexity."""
        return next(found.level for found in self.quarter.coefficients if found.rate == rate.id)


def facts(file, rate_id):
    """Step 2: (name, value here, pool's mean, pool's sd, coefficient) of every place fact of the scheme."""
    pool = file.quarter.scheme.complexity.pool
    place = int(np.flatnonzero(file.book.communities.community == file.scored.community)[0])
    slopes = pool.rates[rate_id].coefficients
    for name, mean, sd, slope in zip(pool.covariates, pool.mean, pool.sd, slopes, strict=True):
        yield name, file.book.communities.facts[name][place], mean, sd, slope


def expected_log(file, rate_id):
    """Step 2: (intercept, sum of the products) of a count."""
    products = [slope * (here - mean) / sd for _, here, mean, sd, slope in facts(file, rate_id)]
    return file.quarter.scheme.complexity.pool.rates[rate_id].intercept, sum(products)


def logit(share):
    return log(share / (1 - share))


def logistic(value):
    return 1 / (1 + exp(-value))


def own(rate, row, level):
    """Step 3: the place's own figure on the scale that is compared, from its two counts."""
    found = row.numerator / row.denominator * rate.per
    if rate.kind == COUNT:
        return found / row.expected
    if rate.kind == SHARE and rate.adjust:  # as it would be in a place of average complexity
        return logistic(logit(found) - logit(row.expected) + level)
    return guessed_out(rate, found)


def guessed_out(rate, share):
    """Familiarity is asked with pictures; what guessing alone would earn is taken out."""
    return (share - rate.guess) / (1 - rate.guess)


def link(rate, value):
    """The scale on which figures are drawn together: the logit of shares as asked; ratios and means as they are."""
    return logit(value * (1 - rate.guess) + rate.guess) if rate.kind == SHARE else value


def unlink(rate, value):
    return guessed_out(rate, logistic(value)) if rate.kind == SHARE else value


def peers(file, rate):
    """Step 3: the group's level this quarter, own figures of all places weighted by their own weights."""
    rows, level = file.rows_of(rate), file.level(rate)
    heard = [rows.rows(i) for i in range(len(rows)) if rows.own_weight[i] > 0]
    values = [link(rate, own(rate, row, level)) for row in heard]
    return unlink(rate, float(np.average(values, weights=[row.own_weight for row in heard])))


def drawn(file, rate, row):
    """Step 3: own weight times the own figure, the rest the peers', on the scale of ``link``."""
    mine, others = link(rate, own(rate, row, file.level(rate))), link(rate, peers(file, rate))
    return unlink(rate, row.own_weight * mine + (1 - row.own_weight) * others)


def nodes(rate, value):
    """Step 4: the two (value, points) pairs of the table that the value lies between; the last two beyond the ends."""
    pairs = sorted((float(x), float(y)) for x, y in rate.points)
    at = int(np.clip(np.searchsorted([x for x, _ in pairs], value), 1, len(pairs) - 1))
    return pairs[at - 1], pairs[at]


def on_the_line(rate, value):
    """Step 4: points by a ruler laid between the two nodes."""
    (x0, y0), (x1, y1) = nodes(rate, value)
    way = min(max((value - x0) / (x1 - x0), 0), 1)
    return y0 + way * (y1 - y0)


def weights_and_points(file):
    """Step 5: (rate, weight, points) of every rate that counts."""
    return [(rate, rate.weight, row.points) for rate, row in file.rates if row.status not in ("thin", "no_evidence")]
