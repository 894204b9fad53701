"""Asking for a job, taking one, saying how far it is, ending it. A worker dies at any line without harm.

The queue is our own because the two ready ones each serve one database and lose or hold a job whose worker was
killed; docs/decisions/0003 says what was weighed.
"""

import os
import socket
from datetime import timedelta

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone

from linli.ground.jobs.models import Job
from linli.ground.trail import clock

LEASE = timedelta(seconds=60)
MOST_TRIES = 5
KINDS = {}  # kind -> function(job, progress) ; rooms register with @job


def job(kind):
    """Registers the function that does jobs of this kind. It must be safe to run again after dying at any line."""

    def register(function):
        KINDS[kind] = function
        return function

    return register


@transaction.atomic
def ask(*, by, kind, key, bureau="", **arguments):
    """The job with that key, made if it is not there; one that failed waits again."""
    made = {"kind": kind, "arguments": arguments, "bureau": getattr(bureau, "code", bureau)}
    made |= {"asked_by": getattr(by, "username", by), "asked_at": clock.now()}
    found, new = Job.objects.get_or_create(key=key, defaults=made)
    if not new and found.state == Job.State.FAILED:
        Job.objects.filter(pk=found.pk, state=Job.State.FAILED).update(state=Job.State.WAITING, tries=0, note="")
        found.refresh_from_db()
    return found


def take():
    """A job for this worker, or None. Two workers never get the same: the row is changed only while it still waits."""
    now = timezone.now()
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    for pk in Job.objects.filter(free, kind__in=KINDS).order_by("pk").values_list("pk", flat=True)[:20]:
        mine = {"state": Job.State.RUNNING, "lease_until": now + LEASE, "worker": name(), "tries": F("tries") + 1}
        if Job.objects.filter(free, pk=pk).update(**mine):
            return Job.objects.get(pk=pk)
    return None


def progress(job, done, total):
    """Says how far the job is, and renews the lease."""
    lease = timezone.now() + LEASE
    Job.objects.filter(pk=job.pk, worker=job.worker).update(done=done, total=total, lease_until=lease)


def end(job, note=""):
    """Done; with a note, failed."""
    state = Job.State.FAILED if note else Job.State.DONE
    Job.objects.filter(pk=job.pk).update(state=state, note=note[:2000], ended_at=clock.now(), lease_until=None)


def work_one():
    """Takes one job and does it; False when none waits. A fault is kept in the job and does not end the worker."""
    job = take()
    if job is None:
        return False
    if job.tries > MOST_TRIES:
        end(job, f"given up after {MOST_TRIES} tries")
        return True
    try:
        KINDS[job.kind](job, lambda done, total: progress(job, done, total))
    except Exception as fault:  # whatever it is, the person who asked must read of it
        end(job, f"{type(fault).__name__}: {fault}")
    else:
        end(job)
    return True


def name():
    """This worker's name: host and program."""
    return f"{socket.gethostname()}:{os.getpid()}"[:80]
