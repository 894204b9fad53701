"""Asking for a job, taking one, saying how far it is, ending it. A worker dies at any line without harm.

The queue is our own because the two ready ones each serve one database and lose or hold a job whose worker was
killed; docs/decisions/0003 says what was weighed.
"""

import logging
import os
import socket
from datetime import timedelta
from functools import cache

from django.db.models import F, Q
from django.utils import timezone
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext as _

from linli.ground.jobs.models import Job
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused

LEASE = timedelta(seconds=60)
MOST_TRIES = 5
DAILY = set()  # kinds that are due once a day
KINDS = {}  # kind -> function(job, progress) ; a room's jobs.py registers with @job
log = logging.getLogger(__name__)


class Lost(Exception):
    """The lease ran out and another worker has taken the job: this one stops and leaves the rest to it."""


def job(kind):
    """Registers the function that does jobs of this kind. It must be safe to run again after dying at any line."""

    def register(function):
        KINDS[kind] = function
        return function

    return register


def daily(kind):
    """Registers a job that is due once a day, by itself: ``function(job, progress)``, as with ``job``."""

    def register(function):
        DAILY.add(kind)
        return job(kind)(function)

    return register


def ask_daily(day):
    """Asks for every daily job of a day that is not asked for yet; several workers may."""
    kinds()
    for kind in sorted(DAILY):
        ask(by="linli", kind=kind, key=f"{kind}:{day.isoformat()}", day=day.isoformat())


@cache
def _read_rooms():
    autodiscover_modules("jobs")


def kinds():
    """Every kind that a room's ``jobs.py`` registers; those modules are read when first needed."""
    _read_rooms()
    return KINDS


@action
def ask(*, by, kind, key, bureau="", **arguments):
    """The job with that key, made if it is not there; one that failed waits again. Whoever asks records why."""
    if kind not in kinds():
        raise LookupError(f"no room does jobs of the kind {kind!r}")
    made = {"kind": kind, "arguments": arguments, "bureau": getattr(bureau, "code", bureau)}
    made |= {"asked_by": name_of(by), "asked_at": clock.now()}
    found, new = Job.objects.get_or_create(key=key, defaults=made)
    if not new and _wait_again(found):
        found.refresh_from_db()
    return found


@action
def try_again(*, by, job):
    """A job that failed waits for a worker again, with all its tries."""
    if not _wait_again(job):
        raise Refused(_("This job has not failed."), _("Look at the list again: somebody may have been quicker."))
    record(by=by, action="jobs.try_again", subject=f"job:{job.key}", bureau=job.bureau)
    job.refresh_from_db()
    return job


def _wait_again(job):
    fresh = {"tries": 0, "note": "", "done": 0, "ended_at": None, "worker": "", "lease_until": None}
    return Job.objects.filter(pk=job.pk, state=Job.State.FAILED).update(state=Job.State.WAITING, **fresh)


def take():
    """A job for this worker, or None. Two workers never get the same: the row is changed only while it is free."""
    now = timezone.now()
    free = Q(state=Job.State.WAITING) | Q(state=Job.State.RUNNING, lease_until__lt=now)
    for pk, tries in Job.objects.filter(free, kind__in=kinds()).order_by("pk").values_list("pk", "tries")[:20]:
        mine = {"state": Job.State.RUNNING, "lease_until": now + LEASE, "worker": name(), "tries": tries + 1}
        if Job.objects.filter(free, pk=pk, tries=tries).update(**mine):
            return Job.objects.get(pk=pk)
    return None


def _mine(job):
    """The job's row while this taking of it counts: every taking has its own number of tries."""
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, tries=job.tries)


def progress(job, done, total):
    """Says how far the job is, and renews the lease; raises ``Lost`` when another worker has it by now."""
    lease = timezone.now() + LEASE
    if not _mine(job).update(done=done, total=total, lease_until=lease):
        raise Lost(job.key)


def end(job, note=""):
    """Done; with a note, failed. Nothing when another worker has it by now."""
    state = Job.State.FAILED if note else Job.State.DONE
    return bool(_mine(job).update(state=state, note=note[:2000], ended_at=clock.now(), lease_until=None))


def give_back(job):
    """Waits again without the lease running out first: its worker was told to stop. The try is not counted."""
    return bool(_mine(job).update(state=Job.State.WAITING, lease_until=None, worker="", tries=F("tries") - 1))


def work_one():
    """Takes one job and does it; False when none waits. A fault is kept in the job and does not end the worker."""
    job = take()
    if job is None:
        return False
    if job.tries > MOST_TRIES:
        end(job, _("Given up after %(tries)s tries: each time its worker died.") % {"tries": MOST_TRIES})
        return True
    try:
        kinds()[job.kind](job, lambda done, total: progress(job, done, total))
    except Lost:
        log.warning("job %s was taken over by another worker", job.key)
    except Refused as refusal:
        end(job, str(refusal.message))
    except Exception as fault:  # whatever it is, the person who asked must read of it
        log.exception("job %s failed", job.key)
        end(job, f"{type(fault).__name__}: {fault}")
    except BaseException:  # told to stop in the middle: the next worker need not wait for the lease
        give_back(job)
        raise
    else:
        end(job)
    return True


def name():
    """This worker's name: host and program."""
    return f"{socket.gethostname()}:{os.getpid()}"[:80]
