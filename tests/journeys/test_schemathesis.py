"""Both descriptions for programs are sent what they allow, and what they do not: nothing ends in a fault of ours, and
every answer is one that was described."""

from contextlib import suppress

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.config import SchemathesisConfig
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from linli.faces.api import actions
from linli.work.requests.actions import receive
from tests.rooms import published
from tests.rooms.cast import Cast

pytestmark = pytest.mark.slow
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
FEW = settings(
    max_examples=40, deadline=None, database=None, derandomize=True, phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)  # fmt: skip


# An address with a NUL leads nowhere in the whole house, and that is said on a page.
WITHOUT_NUL = SchemathesisConfig.from_dict({"generation": {"allow-x00": False}})


@pytest.fixture
def one_connection(db):
    """The application keeps the test's own connection, as Django's test client has it."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def county(one_connection, settings, monkeypatch):
    """A published quarter and some requests; nobody asks too often."""
    settings.INTAKE_LIMIT = 10**9
    monkeypatch.setattr(actions, "A_MINUTE", 10**9)
    cast = Cast()
    published.publish(cast)
    for kind in ("noise", "lost", "praise"):
        receive(by="resident", bureau=cast.bureau, kind=kind, words="夜裏有人唱歌")
    return cast


def sent(address, **more):
    """Every method of a description, sent some dozens of what it allows and of what it does not."""
    schema = schemathesis.openapi.from_wsgi(address, get_wsgi_application(), config=WITHOUT_NUL)
    for found in schema.get_all_operations():
        for mode in GenerationMode:

            @FEW
            @given(case=found.ok().as_strategy(generation_mode=mode))
            def once(case):
                case.call_and_validate(checks=CHECKS, **more)

            with suppress(Unsatisfiable):  # a method may have nothing that it does not allow
                once()


def test_open311_answers_whatever_is_sent_as_it_says(county):
    county.user("stranger").delete()
    county.other_bureau.delete()  # one bureau alone need not be named
    sent("/open311/openapi.json")


def test_api_answers_whatever_is_asked_as_it_says(county):
    _client, token = actions.open_client(by=county.user("personnel"), bureau=county.bureau, name="縣情看板")
    sent("/api/openapi.json", headers={"Authorization": f"Bearer {token}"})


def test_api_answers_nobody_without_a_token_as_it_says(county):
    sent("/api/openapi.json", headers={"Authorization": "Bearer nobody"})
