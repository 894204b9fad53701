"""A county with boundaries, and programs that send to it and ask it, in both formats."""

from datetime import datetime
from xml.etree import ElementTree

import pytest
from django.core.cache import cache
from django.test import Client as Browser

from linli.ground.places.models import Place
from linli.ground.trail import clock

SQUARE = {"type": "Polygon", "coordinates": [[[0.0, 0.0], [0.1, 0.0], [0.1, 0.1], [0.0, 0.1], [0.0, 0.0]]]}
INSIDE, OUTSIDE = {"lat": "0.05", "long": "0.05"}, {"lat": "0.15", "long": "0.05"}
NOISE = {"service_code": "noise", "description": "夜裏有人唱歌", "jurisdiction_id": "linjiang"}


@pytest.fixture(autouse=True)
def a_day():
    cache.clear()  # the limits of another test
    with clock.at(datetime(2026, 11, 6, 10)):
        yield


@pytest.fixture
def county(cast):
    """The cast, with C01 laid down as a square."""
    community = cast.community("C01")
    community.place = Place.objects.create(
        code="990125001001", name=community.name, level="community", parent=cast.bureau.place, boundary=SQUARE
    )
    community.save()
    return cast


@pytest.fixture
def get():
    """``get("services.json", locale="en")``: the answer."""

    def asked(address, headers=None, **query):
        return Browser().get(f"/open311/v2/{address}", query, headers=headers)

    return asked


@pytest.fixture
def post():
    """``post(form)``: the answer to a form sent as a program sends it, without a cookie or a token of ours."""

    def sent(form, address="requests.json", **more):
        return Browser(enforce_csrf_checks=True).post(f"/open311/v2/{address}", form, **more)

    return sent


def tree(answer):
    """An XML answer as its root element."""
    assert answer["Content-Type"] == "text/xml; charset=utf-8"
    assert answer.content.startswith(b'<?xml version="1.0" encoding="utf-8"?>')
    return ElementTree.fromstring(answer.content)


def errors(answer):
    """What a fault says, in JSON."""
    assert {error["code"] for error in answer.json()} == {str(answer.status_code)}
    return " ".join(error["description"] for error in answer.json())
