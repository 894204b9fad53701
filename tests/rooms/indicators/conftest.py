"""The third quarter of the cast, at a moment of rules J, and departments that do their work in it."""

from datetime import date

import pytest

from linli.ground.trail import clock
from linli.quarter.indicators import actions
from linli.quarter.indicators.models import Entry

PERIOD = "2026Q3"
OPEN = date(2026, 10, 9)  # the second working day after the quarter
AFTER = date(2026, 10, 13)  # the fifth: the last for a second look
LATE = date(2026, 10, 14)


@pytest.fixture
def sheet_open(full_cast):
    """The cast on the second working day, with no figures of the quarter yet."""
    Entry.objects.filter(period=PERIOD).delete()
    with clock.at(OPEN):
        yield full_cast


@pytest.fixture
def supply():
    """``supply(cast, **more)``: incidents of C01 by the command centre unless said otherwise."""

    def supplied(cast, by="command centre", **more):
        given = {"community": cast.community("C01"), "rate": "incidents", "numerator": 26.0, "denominator": 14200.0}
        by = cast.department(by) if isinstance(by, str) else by
        return actions.supply(by=by, bureau=cast.bureau, period=PERIOD, **(given | more))

    return supplied


@pytest.fixture
def froze(full_cast):
    """The cast's third quarter, frozen on the fifth working day; the clock stays there."""
    with clock.at(AFTER):
        yield frozen_now(full_cast)


def frozen_now(cast, period=PERIOD, by="personnel"):
    """Freezes a quarter of the cast."""
    return actions.freeze(
        by=cast.user(by), bureau=cast.bureau, period=period, scheme=cast.scheme, history=cast.book.history
    )
