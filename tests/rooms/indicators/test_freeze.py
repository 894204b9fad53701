"""The freeze: one text of everything, out of the tables, that nothing moves again."""

from datetime import date

import pytest

from heng import quarter
from linli.book import tables
from linli.ground.trail import clock
from linli.quarter.indicators import actions, queries

AFTER = date(2026, 10, 13)  # the fifth working day after the third quarter


@pytest.fixture
def froze(full_cast):
    """The cast's third quarter, frozen on time."""
    with clock.at(AFTER):
        return frozen_now(full_cast)


def frozen_now(cast, period="2026Q3"):
    return actions.freeze(
        by=cast.user("personnel"), bureau=cast.bureau, period=period, scheme=cast.scheme, history=cast.book.history
    )


def test_frozen_quarter_scores_to_the_byte_as_the_county_book_does(full_cast, froze):
    scheme = queries.parsed(full_cast.scheme)
    ours = quarter.appraise(queries.book_of(froze), scheme, "2026Q3")
    theirs = quarter.appraise(full_cast.book, scheme, "2026Q3")
    for name in tables.TABLES:
        assert tables.as_csv(name, ours) == tables.as_csv(name, theirs), name
