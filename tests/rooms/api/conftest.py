"""A client of the API and what it asks with."""

from datetime import datetime

import pytest
from django.test import Client as Browser

from linli.faces.api import actions
from linli.ground.trail import clock
from tests.rooms import published


@pytest.fixture(autouse=True)
def the_day():
    with clock.at(datetime(2026, 11, 6, 10)):
        yield


@pytest.fixture
def cycle(cast):
    return published.publish(cast)


@pytest.fixture
def opened(cast):
    """(client, token) without names."""
    return actions.open_client(by=cast.user("personnel"), bureau=cast.bureau, name="縣情看板")


@pytest.fixture
def ask(opened):
    """``ask("/bureaus")``: the answer to the client, or to another token; JSON by ``.json()``."""

    def asked(address, token=opened[1], **more):
        headers = {"authorization": f"Bearer {token}"} if token else {}
        return Browser().get(f"/api{address}", headers=headers, **more)

    return asked
