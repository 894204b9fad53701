"""What tests of rooms are given: the cast, and a browser of the test kind for somebody who is logged in."""

import pytest
from django.test import Client

from tests.rooms.cast import Cast


@pytest.fixture
def cast(db):
    """The invented bureau with somebody in every role and no figures."""
    return Cast()


@pytest.fixture
def full_cast(db):
    """The same with six quarters of figures, supplied and verified."""
    return Cast(figures=True)


@pytest.fixture
def logged_in():
    """``logged_in(user)``: a client in which that user has logged in."""

    def enter(user):
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return enter
