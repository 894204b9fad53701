"""What tests of rooms are given: the cast, and a browser of the test kind for somebody who is logged in."""

import importlib
from uuid import uuid4

import pytest
from django.test import Client

from linli.ground.trail import doors
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


@pytest.fixture
def stand_in_rooms(tmp_path, monkeypatch):
    """``stand_in_rooms("teams", "dues", text)``: a working room with that door, on a floor of the test's own that
    stands in for the work floor; without a door, a room that has none."""
    floor = f"floor_{uuid4().hex}"  # a name of its own: nothing imported by one test is found by another
    (tmp_path / floor).mkdir()
    (tmp_path / floor / "__init__.py").write_text("")
    monkeypatch.syspath_prepend(tmp_path)
    monkeypatch.setattr(doors, "FLOOR", floor)

    def built(room, door="", text=""):
        folder = tmp_path / floor / room
        folder.mkdir()
        (folder / "__init__.py").write_text("")
        if door:
            (folder / f"{door}.py").write_text(text)
        importlib.invalidate_caches()

    return built
