"""What tests of the round are given: the phones of two officers."""

import pytest

from tests.rooms.desk.round.phone import Phone


@pytest.fixture
def phone(cast, logged_in):
    """The phone of officer O08, who holds community C08."""
    return Phone(logged_in(cast.user("o08")), "o08")


@pytest.fixture
def another_phone(cast, logged_in):
    """The phone of officer O04."""
    return Phone(logged_in(cast.user("o04")), "o04")
