"""``/health`` says whether the installation is well, and nothing about anybody."""

import json

import pytest
from django.conf import settings
from django.db import connection
from django.test import RequestFactory

from linli.faces.api.health import health, trail
from linli.ground.trail.actions import record
from linli.ground.trail.models import Head


def asked():
    answer = health(RequestFactory().get("/health"))
    return answer.status_code, json.loads(answer.content)


@pytest.mark.django_db
def test_new_installation_is_well():
    status, said = asked()
    assert status == 200
    assert said["database"] == "ok" and said["demo"] is None
    assert said["trail"] == {"entries": 0, "holds": True}
    assert set(said["jobs"]) == {"waiting", "running", "done", "failed"}


@pytest.mark.django_db
def test_trail_that_was_cut_does_not_hold():
    for number in range(130):
        record(by="linli", action="test.noted", number=number)
    assert trail() == {"entries": 130, "holds": True}
    Head.objects.filter(pk=1).update(number=131)
    assert not trail()["holds"]


@pytest.mark.django_db
def test_database_without_tables_is_said_and_nothing_breaks():
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE jobs_job RENAME TO jobs_gone")
    status, said = asked()
    assert status == 503 and said["database"].startswith("not well")


@pytest.mark.django_db
@pytest.mark.parametrize(("text", "found"), [('{"state": "building"}', "building"), ("", None), ("[]", None)])
def test_demo_says_how_far_it_is(text, found, tmp_path):
    settings_home, settings.LINLI_HOME = settings.LINLI_HOME, tmp_path
    try:
        (tmp_path / "demo.json").write_text(text)
        assert asked()[1]["demo"] == found
    finally:
        settings.LINLI_HOME = settings_home
