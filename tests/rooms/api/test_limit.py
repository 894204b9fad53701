"""A client may ask so many times a minute; the next minute it may again, and others are not touched."""

import time

import pytest

from linli.faces.api import actions


@pytest.fixture
def at(monkeypatch):
    """``at(seconds)``: the real clock stands there."""
    return lambda seconds: monkeypatch.setattr(time, "time", lambda: float(seconds))


def test_client_that_asks_too_often_is_told_when_to_come_again(ask, at, monkeypatch):
    monkeypatch.setattr(actions, "A_MINUTE", 3)
    at(600)
    assert [ask("/bureaus").status_code for _ in range(4)] == [200, 200, 200, 429]
    at(645)
    answer = ask("/bureaus")
    assert answer.status_code == 429 and answer["Retry-After"] == "16"
    assert "remedy" in answer.json()
    at(661)
    assert ask("/bureaus").status_code == 200


def test_one_client_does_not_spend_anothers_minute(cast, ask, at, monkeypatch):
    monkeypatch.setattr(actions, "A_MINUTE", 1)
    at(600)
    _, token = actions.open_client(by=cast.user("personnel"), bureau=cast.bureau, name="另一個")
    assert ask("/bureaus").status_code == 200
    assert ask("/bureaus").status_code == 429
    assert ask("/bureaus", token=token).status_code == 200
