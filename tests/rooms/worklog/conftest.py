"""A Wednesday of the third quarter, an officer with a beat, and short ways to write a day down."""

from datetime import datetime

import pytest
from django.utils.timezone import make_aware

from linli.ground.trail import clock
from linli.work.worklog import actions

NOW = datetime(2026, 9, 9, 17)  # a Wednesday, late in the third quarter


@pytest.fixture(autouse=True)
def now():
    """Tests that need another moment set it within."""
    with clock.at(NOW):
        yield


def at(day, hour, minute=0, month=9):
    """A moment of the quarter."""
    return make_aware(datetime(2026, month, day, hour, minute))


@pytest.fixture
def officer(cast):
    """O01, who holds C01."""
    return cast.officer("O01")


@pytest.fixture
def beat(cast):
    return cast.community("C01")


@pytest.fixture
def record(officer, beat):
    """``record(first, last)``: a work of the officer between two moments."""

    def made(first, last, **more):
        asked = {"by": officer.account, "officer": officer, "community": beat, "kind": "visit"} | more
        return actions.record(started_at=first, ended_at=last, **asked)

    return made
