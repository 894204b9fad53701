"""One quarter of one book without chance: evidence, windows, points, scores, standings. Nothing in here is drawn.

The appraised quarter and every earlier quarter that has to be recomputed go through the same functions.
"""

from dataclasses import dataclass
from functools import cache

import numpy as np

from heng import complexity, composite, holders, rating, standings
from heng.periods import step
from heng.window import EvidenceTable

_WINDOW = 4  # quarters that a thin rate may be pooled over, and that a level may be fitted on


@dataclass(frozen=True)
class Appraisal:
    """One appraised quarter: columns by place, in the order of ``Frame.communities``."""

    period: str
    holders: object  # heng.holders.Holders
    coefficients: tuple  # of results.Coefficients, the scheme's order
    rated: tuple  # of rating.Rated, the scheme's order
    composite: object  # composite.Composite
    ranked: np.ndarray  # bool, one per holder
    standings: tuple  # of standings.Standing


class Frame:
    """A book under a scheme: what stays the same for all its quarters, and the quarters worked out so far."""

    def __init__(self, book, scheme):
        order = np.argsort(book.communities.community, kind="stable")  # the order of rows decides nothing
        self.book, self.scheme = book, scheme
        self.places = book.communities.rows(order)
        self.table = EvidenceTable(book.evidence, self.places.community, scheme.rates)
        self.design = complexity.design_of(self.places, scheme.complexity)
        self.weights = np.array([rate.weight for rate in scheme.rates])
        self.place = {community: i for i, community in enumerate(self.places.community)}
        self.recomputed = set()
        self.holders = cache(lambda period: holders.of_quarter(book.posts, period, scheme.ranking.min_days))
        self.appraisal = cache(lambda period: _appraisal(self, period))
        self.standings = cache(lambda period: _published_or_computed(self, period))

    def points(self, period):
        """community -> rate -> published points of a quarter with evidence, None without."""
        if period not in self.table.periods:
            return None
        return _points(self, self.appraisal(period).rated)


def _points(frame, rated):
    return {
        community: {one.rate.id: float(one.points[i]) for one in rated if one.counts[i]}
        for i, community in enumerate(frame.places.community)
    }


def _published_or_computed(frame, period):
    """The standings of a quarter: history decides; without it they are recomputed; without evidence None."""
    has_evidence = period in frame.table.periods
    held = frame.holders(period)
    since = dict(zip(held.officer, held.since, strict=True))
    published = standings.of_history(frame.book.history, period, frame.scheme, has_evidence, since)
    if published is not None or not has_evidence:
        return published
    frame.recomputed.add(period)
    return frame.appraisal(period).standings


def _appraisal(frame, period):
    scheme, held = frame.scheme, frame.holders(period)
    reach = _reach(frame, held, period)
    found, rated = [], []
    for rate in scheme.rates:
        known = _coefficients(frame, rate, period)
        found.append(known)
        rated.append(_rated(frame, rate, period, known, reach))
    total = composite.of_points(
        np.array([one.points for one in rated]), np.array([one.counts for one in rated]), frame.weights
    )
    at = np.array([frame.place[community] for community in held.community], dtype=int)
    present = total.present_weight[at]
    ranked = held.appraised & (present >= scheme.ranking.min_weight) & (present > 0)
    order = standings.of_scores(
        period,
        held.officer,
        held.community,
        np.where(held.appraised, total.score[at], np.nan),
        ranked,
        scheme,
        _points(frame, rated),
        dict(zip(held.officer, held.since, strict=True)),
    )
    return Appraisal(period, held, tuple(found), tuple(rated), total, ranked, order)


def _reach(frame, held, period):
    """Per quarter back: which places' officers, as now appraised, held the post all the way; list of (n,) bool."""
    now = _appraised(held)
    longest = max([_WINDOW, *(rate.pool_quarters for rate in frame.scheme.rates)])
    reach, found = np.array([bool(now.get(community)) for community in frame.places.community], dtype=bool), []
    for back in range(1, longest):
        then = _appraised(frame.holders(step(period, -back)))
        reach = reach & [
            now.get(community, set()) <= then.get(community, set()) for community in frame.places.community
        ]
        found.append(reach)
    return found


def _appraised(held):
    """community -> the officers appraised for it."""
    found = {}
    for community, officer in zip(held.community[held.appraised], held.officer[held.appraised], strict=True):
        found.setdefault(community, set()).add(officer)
    return found


def _coefficients(frame, rate, period):
    earlier = [known for known in frame.table.periods if known < period][-_WINDOW:]
    before = [(known, frame.table.cell(known, rate.id).sums) for known in earlier]
    before = [(known, sums) for known, sums in before if sums.quarters.any()]
    current = ((period,), frame.table.cell(period, rate.id).sums)
    if not before:
        return complexity.coefficients(rate, frame.scheme.complexity, frame.design, ((), None), current)
    quarters, cells = zip(*before, strict=True)
    fitted_on = quarters, sum(cells[1:], cells[0])
    return complexity.coefficients(rate, frame.scheme.complexity, frame.design, fitted_on, current)


def _rated(frame, rate, period, found, reach):
    cell = frame.table.cell(period, rate.id)
    judged = cell.present & ~cell.false
    sums = _window(frame, rate, period, found, cell.sums, [judged & held for held in reach])
    shown = frame.table.shown(period, rate.id).where(cell.false)
    state = np.where(cell.provisional, rating.PROVISIONAL, "").astype(object)
    state[~cell.present] = rating.NO_EVIDENCE
    state[cell.false] = rating.FALSIFIED
    return rating.rate_places(rate, sums + shown, state, found, frame.design, frame.scheme.ranking)


def _window(frame, rate, period, found, sums, reach):
    """This quarter's sums and those of the quarters before that belong to them: as the rate says, or when thin."""
    wanted, back = np.ones(len(frame.places), dtype=bool), rate.pool_quarters - 1
    if back == 0:
        wanted = rating.is_thin(rate, sums, found, frame.design, frame.scheme.ranking)
        back = _WINDOW - 1 if wanted.any() else 0
    for i in range(back):
        earlier = frame.table.cell(step(period, -1 - i), rate.id).sums
        sums = sums + earlier.where(reach[i] & wanted)
    return sums


def two_quarters(frame, period, earlier):
    """``Rated`` rates of two quarters taken together for a transfer review: each quarter's own evidence once.

    ``earlier`` None: this quarter's own evidence alone. Level and coefficients are this quarter's.
    """
    found = frame.appraisal(period).coefficients
    return tuple(
        _together(frame, rate, (period, earlier), known) for rate, known in zip(frame.scheme.rates, found, strict=True)
    )


def _together(frame, rate, quarters, found):
    cells = [frame.table.cell(period, rate.id) for period in quarters if period]
    sums = sum((cell.sums for cell in cells[1:]), cells[0].sums)
    false = np.logical_or.reduce([cell.false for cell in cells])
    state = np.where(sums.quarters > 0, "", np.where(false, rating.FALSIFIED, rating.NO_EVIDENCE)).astype(object)
    return rating.rate_places(rate, sums, state, found, frame.design, frame.scheme.ranking)
