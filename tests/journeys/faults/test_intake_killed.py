"""Requests come in from many at once, and the server is killed: whatever was answered as accepted is there."""

import os
import re

import pytest

from benchmarks.intake.__main__ import run

SECONDS, CLIENTS = 4, 20


@pytest.fixture
def address(request):
    """Of a database of the test's own on the PostgreSQL server, dropped afterwards; "" for SQLite."""
    if request.param == "sqlite":
        yield ""
        return
    server = os.environ.get("LINLI_TEST_DATABASE")
    if not server:
        pytest.skip("LINLI_TEST_DATABASE names no PostgreSQL server")
    psycopg = pytest.importorskip("psycopg")
    name = f"linli_intake_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield re.sub(r"/[^/]*$", f"/{name}", server)
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.mark.parametrize("address", ["sqlite", "postgresql"], indirect=True)
@pytest.mark.parametrize("only", ["Program", "Person"])
def test_killed_with_requests_coming_in_no_accepted_one_is_lost(address, only):
    found = run(SECONDS, CLIENTS, address, only=only)
    assert found["accepted"] > 0 and found["answered"]["refused"] == {}
    assert found["missing"] == 0
    assert found["unanswered"] <= CLIENTS  # at most one for each client was under way
    assert found["trail_holds"]
