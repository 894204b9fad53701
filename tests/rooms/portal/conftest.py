"""What tests of this room are given: a resident, on a Wednesday with no festival near."""

from datetime import datetime

import pytest
from django.core.cache import cache

from linli.ground.trail import clock
from tests.rooms.portal.resident import Resident

THE_DAY = datetime(2026, 7, 8, 10)


@pytest.fixture(autouse=True)
def the_day():
    """Nobody has knocked yet, and the clock stands."""
    cache.clear()
    with clock.at(THE_DAY):
        yield
    cache.clear()


@pytest.fixture
def resident(cast):
    return Resident()


@pytest.fixture
def officer(cast):
    """The account of whoever holds C01 on the day."""
    posts = cast.community("C01").posts.filter(start__lte=THE_DAY.date()).exclude(end__lt=THE_DAY.date())
    return posts.first().officer.account
