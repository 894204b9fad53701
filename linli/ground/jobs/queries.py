"""Reading jobs: how many wait, which run, which failed, which nobody can do."""

from django.db.models import Count
from django.utils import timezone

from linli.ground.jobs.models import Job


def states():
    """state -> how many jobs are in it; every state is named."""
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Job.State.values}


def jobs(state="", bureau="", kind=""):
    """Jobs, newest first; each filter may be empty."""
    asked = {"state": state, "bureau": bureau, "kind": kind}
    return Job.objects.filter(**{name: value for name, value in asked.items() if value}).order_by("-pk")


def stuck(job):
    """Whether a running job's worker has stopped saying that it lives."""
    return job.state == Job.State.RUNNING and job.lease_until is not None and job.lease_until < timezone.now()


def by_key(key):
    """The ``Job`` of that key, or None."""
    return Job.objects.filter(key=key).first()
