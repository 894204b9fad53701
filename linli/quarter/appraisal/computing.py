"""A frozen revision worked out by ``heng``, and its rows as the tables keep them. Reads; writes nothing."""

import math
from decimal import Decimal

from heng.periods import default_seed
from heng.quarter import DRAWS, appraise
from linli.book.manifest import version
from linli.book.shown import records
from linli.quarter.appraisal.models import Figure, Score
from linli.quarter.indicators.queries import book_of, parsed

VERSION = version("linli")[:20]
_FLOATS = (
    *("numerator", "denominator", "crude", "expected", "adjusted", "low", "high", "own_weight"),
    *("points", "points_low", "points_high"),
)


def worked_out(revision):
    """The ``heng.results.Quarter`` of a revision: the official seed and draws, so anybody gets the same."""
    period = revision.period
    return appraise(book_of(revision), parsed(revision.scheme), period, seed=default_seed(period), draws=DRAWS)


def score_rows(computation, quarter):
    """``Score`` rows of a quarter, not yet saved."""
    return [_score_row(computation, row, quarter.alike.get(row.officer, ())) for row in records(quarter.scores)]


def figure_rows(computation, quarter):
    """``Figure`` rows of a quarter, not yet saved."""
    return [
        Figure(
            computation=computation,
            community=row.community,
            rate=row.rate,
            status=row.status,
            **{name: _known(getattr(row, name)) for name in _FLOATS},
        )
        for row in records(quarter.indicators)
    ]


def _score_row(computation, row, alike):
    return Score(
        computation=computation,
        officer=row.officer,
        name=row.name,
        community=row.community,
        **{name: _hundredths(getattr(row, name)) for name in ("score", "low", "high")},
        **{name: _whole(getattr(row, name)) for name in ("rank", "rank_low", "rank_high")},
        **{name: _known(getattr(row, name)) for name in ("p_first", "p_last", "p_below", "present_weight")},
        tied=bool(row.tied),
        status=row.status,
        alike=list(alike),
    )


def _known(value):
    return float(value) if math.isfinite(value) else None


def _whole(value):
    return int(value) if math.isfinite(value) else None


def _hundredths(value):
    return Decimal(f"{value:.2f}") if math.isfinite(value) else None
