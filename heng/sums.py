"""A place's quarters added up: one row of evidence per place, for questions about places and not about quarters.

Numerators and effective denominators are summed, so that what a regression on them calls the spread between places is
the lasting spread: a place's ups and downs from quarter to quarter average out.
"""

from dataclasses import dataclass

import numpy as np

from heng.evidence import FALSE, Columns
from heng.likelihood import Binomial, Normal, Poisson
from heng.scheme import COUNT, SHARE


@dataclass(frozen=True)
class Sums(Columns):
    """Per place (n,): ``numerator``, ``denominator`` (over the design effect; exposure of counts), and ``square``, the
    variance that ``numerator`` would have by sampling (kind "mean" only). Denominator 0: no evidence, nothing known."""

    numerator: np.ndarray
    denominator: np.ndarray
    square: np.ndarray

    def likelihood(self, kind):
        """The likelihood of the link: logit share, log rate per unit of exposure, or mean."""
        if kind == SHARE:
            return Binomial(self.numerator, self.denominator)
        if kind == COUNT:
            return Poisson(self.numerator, self.denominator)
        with np.errstate(divide="ignore", invalid="ignore"):
            se = np.where(self.denominator > 0, np.sqrt(self.square) / self.denominator, np.inf)
            return Normal(np.where(self.denominator > 0, self.numerator / self.denominator, 0.0), se)


def of(book, rate, periods):
    """``Sums`` of one rate over the periods, in the order of ``book.communities``.

    Records proven false say nothing about the place and are left out; so are rows without a denominator.
    """
    rows = book.evidence
    used = (rows.rate == rate.id) & np.isin(rows.period, list(periods)) & (rows.status != FALSE)
    rows = rows.rows(used & (rows.denominator > 0) & np.isfinite(rows.numerator))
    place = {community: at for at, community in enumerate(book.communities.community)}
    at = np.array([place[community] for community in rows.community], dtype=int)
    effective = rows.denominator / (1.0 if rate.kind == COUNT else rows.design_effect)
    if rate.kind == COUNT:
        parts = rows.numerator, effective, np.zeros(len(rows))
    elif rate.kind == SHARE:
        parts = rows.numerator / rows.design_effect, effective, np.zeros(len(rows))
    else:
        parts = rows.numerator * effective, effective, effective * rows.sd**2
    return Sums(*(np.bincount(at, weights=part, minlength=len(book.communities)) for part in parts))


def together(several):
    """The places of several books, one after another."""
    return Sums(*(np.concatenate([getattr(one, name) for one in several]) for name in Sums.__annotations__))
