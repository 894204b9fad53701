"""One quarter of many counties at once: the same rates, points, scores and rules, place after place in arrays.

For a province or the country (2,978 counties, 620,573 communities). Each county is a group of its own: its level, its
spread, its ranks. Chances come from moments (``heng.moments``); streaks are not looked back for, one quarter is one
quarter. Level and coefficients are the pool's, or fitted once on all places together.
"""

from dataclasses import dataclass, replace

import numpy as np

from heng import complexity, composite, moments, pool, pots, rating, rules, standings
from heng.evidence import Columns
from heng.grid import groups_of
from heng.points import round_half_up
from heng.results import LITTLE_EVIDENCE, RANKED, Coefficients


@dataclass(frozen=True)
class Places(Columns):
    """One row a community, county after county, each with its one officer."""

    county: np.ndarray
    community: np.ndarray
    officer: np.ndarray
    months: np.ndarray  # served in the quarter, two decimals
    facts: dict  # covariate -> (n,)

    def groups(self):
        """``Groups`` of the counties."""
        return groups_of(np.diff(np.append(_firsts(self.county), len(self.county))))


@dataclass(frozen=True)
class CountiesQuarter:
    """What the quarter adds up to: columns by place, as in ``heng.results`` but for many counties."""

    places: Places
    rated: tuple  # of rating.Rated
    score: np.ndarray
    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray  # within the county; nan when not ranked
    tied: np.ndarray
    p_first: np.ndarray
    p_last: np.ndarray
    p_below: np.ndarray
    present_weight: np.ndarray
    status: np.ndarray


def coefficients(places, cells, scheme, mapped=map):
    """``Coefficients`` of every rate of the scheme: the pool's, else fitted on all the places of this quarter.

    cells: rate id -> ``heng.window.Cell`` in the order of the places. mapped: as ``map``, perhaps side by side.
    """
    design = _design(places, scheme)
    tasks = ((rate, cells[rate.id].sums, scheme, _needed(design, rate)) for rate in scheme.rates)
    return {found.rate: found for found in mapped(_coefficients, tasks)}


def _needed(design, rate):
    """The design without what a rate that is not adjusted has no use for."""
    return design if rate.adjust else replace(design, x=design.x[:, :0])


def _coefficients(task):
    rate, sums, scheme, design = task
    pooled = scheme.complexity.pool
    if pooled is not None and rate.id in pooled.rates:
        return complexity.coefficients(rate, scheme.complexity, design, ((), None), ((), None))
    x = design.x if rate.adjust else design.x[:, :0]
    used = sums.asked > 0
    if used.sum() < x.shape[1] + 3:
        return complexity.coefficients(rate, scheme.complexity, design, ((), None), ((), sums))
    made = pool.regression(rate, sums.rows(used), x[used], pool.WIDE_SD)
    scale = made.tau / complexity.HALF_NORMAL_MEDIAN
    return Coefficients(rate.id, complexity.CURRENT, (), made.intercept, made.coefficients, made.covariance, scale)


def appraise(places, cells, scheme, found):
    """The ``CountiesQuarter``. found: rate id -> ``Coefficients``; cells as in ``coefficients``."""
    design, groups = _design(places, scheme), places.groups()
    rated = tuple(_rated(rate, cells[rate.id], scheme, found[rate.id], design, groups) for rate in scheme.rates)
    weights = np.array([rate.weight for rate in scheme.rates])
    counts = np.array([one.counts for one in rated])
    total = composite.of_points(np.array([one.points for one in rated]), counts, weights)
    ranked = (total.present_weight >= scheme.ranking.min_weight) & (total.present_weight > 0)
    spread = moments.of_scores(rated, weights, scheme.bottom.below)
    rank, tied = ranks_within(total.score, ranked, groups)
    first, last = _ends(spread, ranked, groups)
    return CountiesQuarter(
        places=places,
        rated=rated,
        score=total.score,
        low=round_half_up(spread.quantile(rating.LOW)),
        high=round_half_up(spread.quantile(rating.HIGH)),
        rank=rank,
        tied=tied,
        p_first=first,
        p_last=last,
        p_below=np.where(ranked, spread.under, np.nan),
        present_weight=total.present_weight,
        status=np.where(ranked, RANKED, LITTLE_EVIDENCE).astype(object),
    )


def _design(places, scheme):
    known = places.facts if scheme.complexity.covariates else {}
    return complexity.design_of(_Facts(places.community, known), scheme.complexity)


@dataclass(frozen=True)
class _Facts:
    community: np.ndarray
    facts: dict

    def __len__(self):
        return len(self.community)


def _rated(rate, cell, scheme, found, design, groups):
    state = np.where(cell.provisional, rating.PROVISIONAL, "").astype(object)
    state[~cell.present] = rating.NO_EVIDENCE
    state[cell.false] = rating.FALSIFIED
    return rating.rate_places(rate, cell.sums, state, found, design, scheme.ranking, groups.of)


def ranks_within(score, ranked, groups):
    """Competition ranks 1, 2, 2, 4 within each county, and whether a rank is shared."""
    rank, tied = np.full(len(score), np.nan), np.zeros(len(score), dtype=bool)
    at = np.flatnonzero(ranked)
    order = at[np.lexsort((-score[at], groups.of[at]))]
    county, value = groups.of[order], score[order]
    opens = np.flatnonzero(np.append(True, (county[1:] != county[:-1]) | (value[1:] != value[:-1])))[: len(order)]
    first_of_county = _firsts(county)[np.cumsum(np.diff(county, prepend=county[:1]) != 0)] if len(order) else 0
    size = np.diff(np.append(opens, len(order)))
    rank[order] = np.repeat(opens, size) - first_of_county + 1
    tied[order] = np.repeat(size, size) > 1
    return rank, tied


def _ends(spread, ranked, groups):
    first, last = (np.full(len(ranked), np.nan) for _ in range(2))
    at = np.flatnonzero(ranked)
    if len(at):
        county = groups.of[at]
        sizes = np.diff(np.append(_firsts(county), len(county)))
        first[at], last[at] = moments.ends(spread.rows(at), groups_of(sizes))
    return first, last


def _firsts(labels):
    """Positions at which a new label begins, labels standing together."""
    if not len(labels):
        return np.zeros(0, dtype=int)
    return np.append(0, np.flatnonzero(labels[1:] != labels[:-1]) + 1)


def findings(quarter, scheme, period):
    """(``Finding``, position) of every proposal: what the rules say of whoever is last in a county, this quarter."""
    places, groups = quarter.places, quarter.places.groups()
    ranked = np.isfinite(quarter.rank)
    lowest = np.maximum.reduceat(np.where(ranked, quarter.rank, 0.0), groups.starts)
    last = np.flatnonzero(ranked & (quarter.rank == lowest[groups.of]))
    many = groups.sum(ranked)
    for rows in np.split(last, _firsts(groups.of[last])[1:]) if len(last) else ():
        known = standings.of_lowest(
            period,
            places.officer[rows],
            places.community[rows],
            quarter.score[rows],
            quarter.rank[rows],
            int(many[groups.of[rows[0]]]),
            scheme,
            _Points(quarter, dict(zip(places.community[rows], rows, strict=True))),
        )
        position = dict(zip(places.officer[rows], rows, strict=True))
        for one in rules.bottom_findings(period, lambda asked, known=known: known if asked == period else None, scheme):
            yield one, position[one.officer]


class _Points:
    """community -> rate -> published points, worked out for those that are asked for."""

    def __init__(self, quarter, at):
        self._quarter, self._at = quarter, at

    def get(self, community, default=None):
        place = self._at.get(community)
        if place is None:
            return default
        return {one.rate.id: float(one.points[place]) for one in self._quarter.rated if one.counts[place]}


def allowances(quarter, scheme):
    """(scores used, fen) by place, each county's shares summing to its own pot (R-50)."""
    return pots.of_counties(quarter.score, quarter.places.months, scheme.allowance, quarter.places.groups().starts)
