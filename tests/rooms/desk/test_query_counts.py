"""How many queries each main page asks: as many as tests/spec/queries.csv says, however large the province."""

import csv
from pathlib import Path

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from benchmarks.web.crowd import crowd
from linli.ground.trail import clock
from tests.rooms.access_county import NOW

pytestmark = pytest.mark.django_db
TABLE = Path(__file__).resolve().parents[2] / "spec" / "queries.csv"


def rows():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return [(row["url"], row["role"], int(row["most"])) for row in csv.DictReader(file)]


def queries(county, url, role):
    """How many a page asks, its reader logged in and whatever is kept in memory already there."""
    client = county.client(role)
    with clock.at(NOW):
        assert client.get(url).status_code == 200
        with CaptureQueriesContext(connection) as asked:
            client.get(url)
    return len(asked)


@pytest.mark.parametrize("url, role, most", rows(), ids=lambda value: str(value))
def test_page_asks_no_more_than_its_number(county, url, role, most):
    assert queries(county, url, role) <= most


def test_number_does_not_grow_with_the_province(county):
    few = {(url, role): queries(county, url, role) for url, role, _ in rows()}
    crowd(4)
    many = {(url, role): queries(county, url, role) for url, role, _ in rows()}
    assert {key: (few[key], many[key]) for key in few if many[key] > few[key]} == {}
