"""One rate in one quarter (指標): from sums a place to crude, expected, adjusted, points, and draws of the points."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from heng import points, posterior
from heng.complexity import NONE, expected
from heng.points import round_half_up
from heng.scheme import COUNT, MEAN
from heng.shrinkage import DISPLAY

OK, POOLED, PROVISIONAL, THIN, FALSIFIED, NO_EVIDENCE = "ok", "pooled", "provisional", "thin", "false", "no_evidence"
LOW, HIGH = 0.05, 0.95  # of the posterior: 90 % in between


@dataclass(frozen=True)
class Rated:
    """One rate of n places: the columns of indicators.csv, unknown = nan, and the posterior behind them."""

    rate: object
    numerator: np.ndarray
    denominator: np.ndarray
    crude: np.ndarray
    expected: np.ndarray
    adjusted: np.ndarray
    low: np.ndarray
    high: np.ndarray
    own_weight: np.ndarray
    points: np.ndarray  # two decimals, half up
    points_low: np.ndarray
    points_high: np.ndarray
    status: np.ndarray
    fit: object | None
    marginal: object | None  # ``heng.posterior.Marginal`` of the target

    @cached_property
    def counts(self):
        """Which places' points carry weight in the score, (n,): evidence that is neither missing nor thin."""
        return (self.status != THIN) & (self.status != NO_EVIDENCE)

    def target(self):
        """What of the posterior is adjusted for the place: see ``heng.posterior.Target``."""
        return _target(self.rate, self.fit)

    def shown(self, link):
        """From the link scale to the printed ratio, share or mean, luck taken off."""
        return _shown(self.rate, link)

    def draw_points(self, draws, seed):
        """Joint draws of the points (draws, n), unrounded; nan where there is no evidence, 0 where it was false."""
        if self.fit is None or draws == 0:
            drawn = np.full((draws, len(self.points)), np.nan)
        else:
            (link,) = self.fit.draw((self.target(),), draws, seed)
            drawn = points.of_values(self.shown(link), self.rate.points)
        drawn[:, self.status == NO_EVIDENCE] = np.nan
        drawn[:, self.status == FALSIFIED] = 0.0
        return drawn


def rate_places(rate, sums, state, found, design, ranking, group=None):
    """``Rated`` of one rate.

    sums: the ``Sums`` that were used; state: per place '' or one of false, no_evidence, provisional; found: the frozen
    ``Coefficients``; design: ``Design``; ranking: the scheme's, for what is thin; group: labels (n,), None = one book.
    """
    known = (state != NO_EVIDENCE) & (state != FALSIFIED) & (sums.asked > 0)
    would = expected(rate, found, design)
    blank = np.full(len(state), np.nan)
    status = _status(state, _thin(rate, sums, would, ranking) & known, sums.quarters > 1)
    if found.source == NONE:
        fit, mixture, low, middle, high, own = None, None, blank, blank, blank, blank
    else:
        fit = _fit(rate, sums.where(known), found, design, group)
        mixture = fit.marginal(_target(rate, fit))
        low, middle, high = (np.where(known, _shown(rate, mixture.quantile(q)), np.nan) for q in (LOW, 0.5, HIGH))
        own = np.where(known, fit.own_weight(), np.nan)
    points_low, points_high = points.interval(low, high, rate.points)
    no_points = np.where(state == FALSIFIED, 0.0, np.nan)
    scored = [
        np.where(known, round_half_up(p), no_points)
        for p in (points.of_values(middle, rate.points), points_low, points_high)
    ]
    absent = state == NO_EVIDENCE
    numerator, denominator = _supplied(rate, sums)
    figures = (numerator, denominator, _printed(rate, sums.crude(rate.kind)), _printed(rate, would))
    figures = (np.where(absent, np.nan, figure) for figure in figures)
    return Rated(rate, *figures, middle, low, high, own, *scored, status, fit, mixture)


def _supplied(rate, sums):
    """Numerator and denominator as they are shown; the numerator of a mean is the mean."""
    return (sums.crude(MEAN) if rate.kind == MEAN else sums.numerator), sums.denominator


def _fit(rate, sums, found, design, group):
    x = design.x if rate.adjust else design.x[:, :0]
    frozen = posterior.Frozen(found.level, found.coefficients, found.covariance)
    return posterior.fit(sums.likelihood(rate.kind), frozen, x, found.tau_scale, group)


def _target(rate, fit):
    """What is adjusted for the place: the ratio of a count, the share or mean at average complexity."""
    return fit.residual() if rate.kind == COUNT else fit.at_average()


def _shown(rate, link):
    """From the link scale to the printed ratio, share or mean, luck taken off."""
    return _without_luck(rate, DISPLAY[rate.kind](link))


def _printed(rate, value):
    return _without_luck(rate, value) * (1.0 if rate.kind == MEAN else rate.per)


def _without_luck(rate, share):
    """(p − g) / (1 − g), not below 0: what is left when a share g is right by guessing."""
    return np.maximum((share - rate.guess) / (1 - rate.guess), 0.0) if rate.guess else share


def _thin(rate, sums, would, ranking):
    """Too little to judge by (R-14): few effective answers, few checks, or less than one event to expect."""
    if rate.kind == COUNT:
        return sums.asked * would < 1
    if rate.sample:
        return sums.asked < ranking.thin_share
    return (sums.denominator < ranking.thin_count) & (rate.kind != MEAN)


def is_thin(rate, sums, found, design, ranking):
    """Which places (n,) would be thin on these sums."""
    return _thin(rate, sums, expected(rate, found, design), ranking)


def _status(state, thin, pooled):
    """One word a place; what forbids most comes first."""
    status = np.where(pooled, POOLED, OK).astype(object)
    status[state == PROVISIONAL] = PROVISIONAL
    status[thin] = THIN
    status[state == NO_EVIDENCE] = NO_EVIDENCE
    status[state == FALSIFIED] = FALSIFIED
    return status
