"""One county for the desk's tests: a quarter published, one in its objection period, something of everything."""

import pytest
from django.db import transaction

from tests.rooms.access_county import County


@pytest.fixture(scope="module")
def whole_county(django_db_setup, django_db_blocker):
    """The ``County``; what a test does to it is undone after it by ``county``."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield County()
        transaction.set_rollback(True)


@pytest.fixture
def county(whole_county, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        yield whole_county
        transaction.set_rollback(True)
