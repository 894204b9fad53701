"""A quarter laid into the database for tests of the rooms above appraisal, worked out by heng itself.

``laid(cast, "2026Q3")`` gives a ``Cycle`` whose current computation is the county book's quarter; ``corrected(cycle)``
adds a revision in which nobody or somebody else is last. Appraisal's own actions have their own tests.
"""

from dataclasses import replace
from datetime import date, datetime
from functools import cache
from pathlib import Path

import numpy as np
from django.utils.timezone import make_aware

from heng import quarter as heng
from linli.book import frozen
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.quarter.appraisal.models import Computation, Cycle
from linli.quarter.indicators.models import Revision

COUNTY = Path(__file__).resolve().parents[2] / "examples" / "county"
AT = make_aware(datetime(2026, 10, 16, 9))  # frozen and computed; 2026Q3 by default
TOLD = date(2026, 10, 20)
UNTIL = date(2026, 10, 27)
LATER = date(2026, 10, 30)  # the objection period is over


@cache
def appraised(period="2026Q3"):
    """(book, quarter) of the county book, worked out once for all tests."""
    scheme = read_scheme(COUNTY / "scheme.toml")
    book, _ = read_book(COUNTY, scheme=scheme)
    return book, heng.appraise(book, scheme, period, draws=2_000)


def laid(cast, period="2026Q3", told=True, change=None):
    """A cycle with its first revision computed; told: the officers were given notice. change: of the quarter."""
    cycle = Cycle.objects.create(
        bureau=cast.bureau, period=period, scheme=cast.scheme, state="computed", opened_at=AT, frozen_at=AT,
        computed_at=AT,
    )  # fmt: skip
    corrected(cycle, change, reason="", at=AT)
    if told:
        cycle.state, cycle.noticed_at, cycle.objections_until = "noticed", AT, UNTIL
        cycle.save()
    return cycle


def corrected(cycle, change=None, reason="a count was wrong", at=AT):
    """The next revision of a cycle. change(quarter) gives the quarter as it comes out now."""
    book, quarter = appraised(cycle.period)
    quarter = change(quarter) if change else quarter
    number = Revision.objects.filter(bureau=cycle.bureau, period=cycle.period).count() + 1
    text = frozen.dumps(book)
    revision = Revision.objects.create(
        bureau=cycle.bureau, period=cycle.period, number=number, scheme=cycle.scheme, reason=reason,
        made_by="personnel", made_at=at, book=text, sha256=frozen.sha256(text),
    )  # fmt: skip
    text = frozen.dumps(quarter)
    cycle.current = Computation.objects.create(
        revision=revision, seed=quarter.seed, draws=quarter.draws, quarter=text, sha256=frozen.sha256(text),
        made_at=at, version="0",
    )  # fmt: skip
    cycle.save()
    return cycle.current


def proposing(keep=lambda row: True, **changes):
    """A change of a quarter: only proposals that ``keep`` wants, with columns of ``changes`` (name -> function)."""

    def changed(quarter):
        rows = quarter.proposals
        chosen = np.array([keep(rows.rows(i)) for i in range(len(rows))], dtype=bool)
        rows = rows.rows(chosen)
        columns = {name: _column([give(rows.rows(i)) for i in range(len(rows))]) for name, give in changes.items()}
        return replace(quarter, proposals=replace(rows, **columns))

    return changed


def columns(rows, width):
    """Columns of objects from rows, also where there is no row."""
    return [_column([row[at] for row in rows]) for at in range(width)]


def _column(values):
    made = np.empty(len(values), dtype=object)
    made[:] = values
    return made
