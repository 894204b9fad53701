"""A job is done once by one worker, whatever happens to workers."""

import os
from datetime import timedelta

import pytest
from django.utils import timezone

from linli import worker
from linli.ground.jobs import actions, queries
from linli.ground.jobs.models import Job
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def kinds():
    """Kinds of this test alone beside those of the rooms."""
    before = dict(actions.kinds())
    done = []
    actions.KINDS["test.note"] = lambda job, progress: done.append(job.arguments["word"])
    yield done
    actions.KINDS.clear()
    actions.KINDS.update(before)


def asked(key="one", kind="test.note", **arguments):
    return actions.ask(by="personnel", kind=kind, key=key, **({"word": key} | arguments))


def expire(job):
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


def test_work_of_one_key_stands_in_the_queue_once(kinds):
    assert asked().pk == asked().pk
    assert actions.work_one() is True and actions.work_one() is False
    assert kinds == ["one"]
    assert asked().state == Job.State.DONE  # asked again when it is done, it stays done


def test_jobs_are_done_in_the_order_they_were_asked_for(kinds):
    for key in ("b", "a", "c"):
        asked(key)
    worker.run(stop_when_idle=True)
    assert kinds == ["b", "a", "c"]


def test_two_workers_never_take_the_same_job():
    asked("one")
    asked("two")
    taken = {actions.take().key, actions.take().key}
    assert taken == {"one", "two"} and actions.take() is None


def test_row_taken_between_looking_and_taking_is_left_to_the_other(monkeypatch):
    asked("one")
    real = Job.objects.filter

    def quicker(*conditions, **more):
        found = real(*conditions, **more)
        if "pk" in more and "tries" in more and conditions:  # the UPDATE: somebody was there a moment before
            real(pk=more["pk"]).update(state=Job.State.RUNNING, tries=1, lease_until=timezone.now() + actions.LEASE)
        return found

    monkeypatch.setattr(Job.objects, "filter", quicker)
    assert actions.take() is None


def test_job_whose_worker_died_is_taken_again_when_its_lease_has_run_out(kinds):
    asked()
    first = actions.take()
    assert actions.take() is None
    expire(first)
    assert actions.work_one() and kinds == ["one"]
    assert Job.objects.get().tries == 2


def test_worker_that_was_thought_dead_neither_ends_nor_moves_the_other_ones_job():
    asked()
    first = actions.take()
    expire(first)
    second = actions.take()
    with pytest.raises(actions.Lost):
        actions.progress(first, 1, 2)
    assert actions.end(first, "too late") is False and actions.give_back(first) is False
    actions.progress(second, 2, 2)
    assert actions.end(second) is True
    assert (Job.objects.get().state, Job.objects.get().done, Job.objects.get().note) == (Job.State.DONE, 2, "")


def test_worker_that_lost_its_lease_stops_quietly():
    def slow(job, progress):
        expire(job)
        actions.take()
        progress(1, 2)
        raise AssertionError("it went on")

    actions.KINDS["test.slow"] = slow
    asked(kind="test.slow")
    assert actions.work_one() is True
    assert Job.objects.get().state == Job.State.RUNNING  # the other worker's


def test_progress_renews_the_lease():
    asked()
    job = actions.take()
    Job.objects.update(lease_until=timezone.now() + timedelta(seconds=1))
    actions.progress(job, 1, 7)
    job.refresh_from_db()
    assert job.lease_until > timezone.now() + timedelta(seconds=50) and (job.done, job.total) == (1, 7)


def test_failed_job_is_kept_with_what_went_wrong_and_the_worker_goes_on(kinds):
    def broken(job, progress):
        raise ZeroDivisionError("by nothing")

    actions.KINDS["test.broken"] = broken
    asked("bad", "test.broken")
    asked("good")
    worker.run(stop_when_idle=True)
    assert (queries.by_key("bad").state, queries.by_key("bad").note) == (
        Job.State.FAILED, "ZeroDivisionError: by nothing",
    )  # fmt: skip
    assert kinds == ["good"]


def test_refusal_is_kept_in_its_own_words():
    def refusing(job, progress):
        raise Refused("the quarter is not frozen")

    actions.KINDS["test.refusing"] = refusing
    asked(kind="test.refusing")
    actions.work_one()
    assert Job.objects.get().note == "the quarter is not frozen"


def test_job_that_kills_its_worker_each_time_is_given_up(kinds):
    asked()
    for _ in range(actions.MOST_TRIES):
        expire(actions.take())
    assert actions.work_one() is True and kinds == []
    assert Job.objects.get().state == Job.State.FAILED and "5" in Job.objects.get().note


def test_worker_told_to_stop_in_the_middle_gives_its_job_back():
    def interrupted(job, progress):
        raise KeyboardInterrupt

    actions.KINDS["test.interrupted"] = interrupted
    asked(kind="test.interrupted")
    assert worker.run(stop_when_idle=True) == 0
    job = Job.objects.get(kind="test.interrupted")
    assert (job.state, job.tries) == (Job.State.WAITING, 0)


def test_worker_ends_when_its_parent_has_ended():
    asked()
    assert worker.run(parent=os.getpid()) == 0


def test_kind_nobody_does_is_refused_and_one_of_another_version_waits():
    with pytest.raises(LookupError):
        asked(kind="test.unknown")
    Job.objects.create(kind="test.unknown", key="old", asked_by="x", asked_at=timezone.now())
    assert actions.work_one() is False
    assert Job.objects.get().state == Job.State.WAITING


def test_failed_job_asked_for_again_or_tried_again_waits_with_all_its_tries(cast):
    for way in (lambda job: asked(), lambda job: actions.try_again(by=cast.user("administrator"), job=job)):
        asked()
        Job.objects.update(state=Job.State.FAILED, note="broken", tries=5, done=3)
        way(Job.objects.get())
        job = Job.objects.get()
        assert (job.state, job.note, job.tries, job.done) == (Job.State.WAITING, "", 0, 0)
    assert Entry.objects.latest("number").action == "jobs.try_again"
    with pytest.raises(Refused):
        actions.try_again(by=cast.user("administrator"), job=Job.objects.get())


def test_rooms_register_their_kinds_by_a_module_of_their_own():
    assert "appraisal.compute" in actions.kinds()
