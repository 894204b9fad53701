"""Requests come in from many at once, and the server is killed: whatever was answered as accepted is there."""

import os
import re

import pytest

from benchmarks.intake.__main__ import killed
from benchmarks.intake.house import House
from tests.journeys.web.served import copied

SECONDS, CLIENTS = 3, 20


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def house(request, template, tmp_path_factory):
    """The demo's county on SQLite, or on a PostgreSQL database of the test's own that is dropped afterwards."""
    base = tmp_path_factory.mktemp("intake")
    if request.param == "sqlite":
        made = House(copied(template, base / "linli"))
        yield made
        made.stop()
        return
    server = os.environ.get("LINLI_TEST_DATABASE")
    if not server:
        pytest.skip("LINLI_TEST_DATABASE names no PostgreSQL server")
    psycopg = pytest.importorskip("psycopg")
    name = f"linli_intake_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    made = House(base, re.sub(r"/[^/]*$", f"/{name}", server))
    made.python("linli", "demo", "--build-only")
    yield made
    made.stop()
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("only", ["Program", "Person"])
def test_killed_with_requests_coming_in_no_accepted_one_is_lost(house, only):
    found = killed(house, SECONDS, CLIENTS, only=only)
    assert found["accepted"] > 0 and found["answered"]["refused"] == {}
    assert found["missing"] == 0
    assert found["trail_holds"]
