"""Reading jobs: how many wait, which run, which failed."""

from django.db.models import Count

from linli.ground.jobs.models import Job


def states():
    """state -> how many jobs are in it; every state is named."""
    found = dict(Job.objects.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state, 0) for state in Job.State.values}
