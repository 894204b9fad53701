"""A worker killed while it computes: its lease runs out, and another one finishes the job, once."""

import signal
import subprocess
import sys
from contextlib import contextmanager

import pytest

from tests.journeys.web.served import ROOT, environment, until

KEY = "compute:linjiang:2026Q4:1"


@pytest.fixture
def waiting(forge):
    """A home in which a quarter is frozen and its computation waits."""
    forge.back_to("begun")
    forge.must("fill_the_sheet")
    forge.must("freeze")
    return forge


@contextmanager
def worker(forge, *options):
    """``linli worker`` as an administrator starts it; killed in the end if it still runs."""
    words = [sys.executable, "-m", "linli", "worker", *options]
    with open(forge.home / "worker.log", "a", encoding="utf-8") as log:
        running = subprocess.Popen(words, env=environment(forge.home), cwd=ROOT, stderr=log)
    try:
        yield running
    finally:
        running.kill()
        running.wait(60)


def job(forge):
    return forge.sql("SELECT state, tries, lease_until IS NULL FROM jobs_job WHERE key = ?", KEY)[0]


def computations(forge):
    return forge.sql(
        "SELECT count(*) FROM appraisal_computation c JOIN indicators_revision r ON r.id = c.revision_id "
        "WHERE r.period = '2026Q4'"
    )[0][0]


def killed_while_computing(forge):
    with worker(forge) as running:
        until(lambda: job(forge)[0] == "running")
        running.send_signal(signal.SIGKILL)
        running.wait(60)


def test_killed_the_job_keeps_its_lease_and_nothing_is_half_computed(waiting):
    killed_while_computing(waiting)
    assert job(waiting) == ("running", 1, 0)
    assert computations(waiting) == 0
    with worker(waiting, "--once") as other:
        assert other.wait(120) == 0  # while the lease runs, nobody else takes the job
    assert job(waiting) == ("running", 1, 0)
    assert waiting.holds()


def test_once_the_lease_is_over_another_worker_finishes_it_once(waiting):
    killed_while_computing(waiting)
    waiting.sql("UPDATE jobs_job SET lease_until = '2020-01-01 00:00:00' WHERE key = ?", KEY)
    with worker(waiting, "--once") as one, worker(waiting, "--once") as other:
        assert (one.wait(240), other.wait(240)) == (0, 0)
    assert job(waiting) == ("done", 2, 1)
    assert computations(waiting) == 1
    assert waiting.sql("SELECT state FROM appraisal_cycle WHERE period = '2026Q4'") == [("computed",)]
    assert waiting.holds()


def test_a_job_that_kills_every_worker_is_given_up_in_words(waiting):
    waiting.sql("UPDATE jobs_job SET state = 'running', tries = 5, lease_until = '2020-01-01 00:00:00'")
    with worker(waiting, "--once") as one:
        assert one.wait(240) == 0
    state, note = waiting.sql("SELECT state, note FROM jobs_job WHERE key = ?", KEY)[0]
    assert state == "failed" and note
    assert waiting.holds()


def test_told_to_stop_a_worker_gives_the_job_back_at_once(waiting):
    with worker(waiting) as running:
        until(lambda: job(waiting)[0] == "running")
        running.send_signal(signal.SIGTERM)
        running.wait(120)
    state, _tries, unleased = job(waiting)
    assert (state, unleased) == ("waiting", 1) or computations(waiting) == 1
    assert waiting.holds()
