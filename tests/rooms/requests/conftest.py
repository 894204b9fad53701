"""A bureau in which residents say things, on a Wednesday with no festival near."""

from datetime import datetime

import pytest
from django.db.models import QuerySet

from linli.ground.places.models import Office
from linli.ground.trail import clock
from linli.work.requests import actions

THE_DAY = datetime(2026, 7, 8, 10)
SQUARE = {"type": "Polygon", "coordinates": [[[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1], [0.0, 0.0]]]}
WORDS = "樓道裏的電線掉下來了（虛構）"
CONTACT = "13800000000（虛構）"


@pytest.fixture(autouse=True)
def the_day():
    with clock.at(THE_DAY):
        yield


@pytest.fixture
def community(cast):
    return cast.community("C01")


@pytest.fixture
def officer(cast, community):
    """The account of whoever holds C01 on the day."""
    return community.posts.filter(start__lte=THE_DAY.date()).exclude(end__lt=THE_DAY.date()).first().officer.account


@pytest.fixture
def send(cast, community):
    """``send()``: a request from the portal; every argument of ``receive`` may be given."""

    def sent(**given):
        usual = {"by": "resident", "bureau": cast.bureau, "kind": "hazard", "words": WORDS, "community": community}
        return actions.receive(**{**usual, "place_note": "三棟一單元", "contact": CONTACT, **given})

    return sent


@pytest.fixture
def lighting(cast):
    """An office beside the bureau with a department account: it mends what is not the police's."""
    return Office.objects.get(bureau=cast.bureau, code="綜治中心")


@pytest.fixture
def department(cast):
    return cast.user("governance")


@pytest.fixture
def locking(monkeypatch):
    """The queries that lock rows, in order; SQLite writes one at a time and has no such words, a server has."""
    asked, as_it_is = [], QuerySet.select_for_update

    def noted(rows, *given, **more):
        asked.append(rows)
        return as_it_is(rows, *given, **more)

    monkeypatch.setattr(QuerySet, "select_for_update", noted)
    return asked
