"""Jobs that are due once a day, by themselves."""

from datetime import date

import pytest

from linli.ground.jobs import actions
from linli.ground.jobs.models import Job


@pytest.fixture
def sweeping(monkeypatch):
    """A daily job of the test's own."""
    monkeypatch.setattr(actions, "KINDS", dict(actions.kinds()))
    monkeypatch.setattr(actions, "DAILY", set())
    swept = []
    actions.daily("tests.sweep")(lambda job, progress: swept.append(job.arguments["day"]))
    return swept


def test_daily_job_is_asked_once_a_day_however_often_workers_look(db, sweeping):
    for day in (date(2026, 7, 1), date(2026, 7, 1), date(2026, 7, 2)):
        actions.ask_daily(day)
    assert [job.key for job in Job.objects.order_by("key")] == ["tests.sweep:2026-07-01", "tests.sweep:2026-07-02"]
    while actions.work_one():
        pass
    assert sweeping == ["2026-07-01", "2026-07-02"]
