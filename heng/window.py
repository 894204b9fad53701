"""The evidence of one rate as sums a place, of one quarter or of several: what the likelihood is made of.

Every quantity in here is additive over quarters, so that a window is a plain sum. Shares and means are divided by
their design effect before they are added; rows proven false (R-15) and 0 of 0 add nothing.
"""

from dataclasses import dataclass, fields

import numpy as np

from heng.evidence import FALSE, PROVISIONAL, Columns
from heng.likelihood import Binomial, Normal, Poisson
from heng.scheme import COUNT, MEAN, SHARE


@dataclass(frozen=True)
class Sums(Columns):
    """Sums over quarters, one value a place (n,)."""

    numerator: np.ndarray  # as supplied; of a mean: mean × answers
    denominator: np.ndarray
    yes: np.ndarray  # numerator / design effect
    asked: np.ndarray  # denominator / design effect, or the exposure of a count
    spread: np.ndarray  # of a mean: sd² × asked
    quarters: np.ndarray  # how many quarters are in it

    def __add__(self, other):
        return Sums(*(getattr(self, f.name) + getattr(other, f.name) for f in fields(self)))

    def where(self, mask):
        """The sums of the places in ``mask``, 0 elsewhere."""
        return Sums(*(np.where(mask, getattr(self, f.name), 0) for f in fields(self)))

    def likelihood(self, kind):
        """What the evidence says of η; of a place without evidence, nothing."""
        if kind == SHARE:
            return Binomial(self.yes, self.asked)
        if kind == COUNT:
            return Poisson(self.yes, self.asked)
        with np.errstate(divide="ignore", invalid="ignore"):
            mean, se = self.yes / self.asked, np.sqrt(self.spread) / self.asked
        return Normal(np.where(self.asked > 0, mean, 0.0), np.where(self.asked > 0, se, np.inf))

    def crude(self, kind):
        """The plain figure (n,): the share, the rate, the mean; nan where there is none."""
        top, bottom = (self.yes, self.asked) if kind == MEAN else (self.numerator, self.denominator)
        with np.errstate(divide="ignore", invalid="ignore"):
            return np.where(bottom > 0, top / bottom, np.nan)


def over(book, rate, periods):
    """``Sums`` of one rate over all the periods, in the order of the book's communities: what lasts of a place, its ups
    and downs from quarter to quarter averaged out."""
    table = EvidenceTable(book.evidence, book.communities.community, [rate])
    cells = [table.cell(period, rate.id).sums for period in periods]
    return sum(cells[1:], cells[0])


def together(several):
    """The places of several books, one after another."""
    return Sums(*(np.concatenate([getattr(one, f.name) for one in several]) for f in fields(Sums)))


@dataclass(frozen=True)
class Cell:
    """One rate in one quarter: its sums, and what kind of row every place has, (n,)."""

    sums: Sums
    present: np.ndarray  # bool: a row that is not 0 of 0
    false: np.ndarray  # bool
    provisional: np.ndarray  # bool


class EvidenceTable:
    """The evidence sheet by quarter and rate, its places in the order of ``communities``."""

    def __init__(self, evidence, communities, rates):
        self._evidence, self._rates, self._places = evidence, {rate.id: rate for rate in rates}, len(communities)
        self._place = {community: i for i, community in enumerate(communities)}
        self._rows = {}
        for i, key in enumerate(zip(evidence.period, evidence.rate, strict=True)):
            self._rows.setdefault(key, []).append(i)
        self.periods = tuple(sorted(set(evidence.period)))

    def cell(self, period, rate_id):
        """The ``Cell`` of a rate in a quarter; all absent when the book has no row."""
        rows, at = self._rows_of(period, rate_id)
        figures = {name: getattr(rows, name) for name in ("numerator", "denominator", "design_effect", "sd", "status")}
        return cell_of(self._rates[rate_id].kind, at, self._places, **figures)

    def shown(self, period, rate_id):
        """The sums of a quarter with its false rows in them, for showing what had been supplied."""
        rows, at = self._rows_of(period, rate_id)
        sums = _sums(self._rates[rate_id].kind, rows.numerator, rows.denominator, rows.design_effect, rows.sd)
        return Sums(*(_placed(getattr(sums, f.name), at, self._places) for f in fields(sums)))

    def _rows_of(self, period, rate_id):
        rows = self._evidence.rows(np.array(self._rows.get((period, rate_id), []), dtype=int))
        return rows, np.array([self._place[community] for community in rows.community], dtype=int)


def cell_of(kind, at, places, *, numerator, denominator, design_effect, sd, status):
    """The ``Cell`` of rows (r,) that belong to the places ``at`` (r,) out of so many ``places``."""
    sums = _sums(kind, numerator, denominator, design_effect, sd)
    counted = (denominator > 0) & (status != FALSE)
    return Cell(
        Sums(*(_placed(np.where(counted, getattr(sums, f.name), 0.0), at, places) for f in fields(sums))),
        present=_placed(denominator > 0, at, places),
        false=_placed(status == FALSE, at, places),
        provisional=_placed(status == PROVISIONAL, at, places),
    )


def _sums(kind, numerator, denominator, design_effect, sd):
    effect = np.ones(len(numerator)) if kind == COUNT else design_effect
    asked = denominator / effect
    total = numerator * denominator if kind == MEAN else numerator
    spread = sd**2 * asked if kind == MEAN else np.zeros(len(numerator))
    return Sums(total, denominator, total / effect, asked, spread, np.ones(len(numerator)))


def _placed(values, at, places):
    found = np.zeros(places, dtype=np.asarray(values).dtype)
    found[at] = values
    return found
