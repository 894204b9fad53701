"""A job: what is to be done, how far it is, and until when its worker has promised to be alive."""

from django.db import models


class Job(models.Model):
    """``kind`` names a function that a room registered; ``arguments`` are JSON; ``key`` keeps the same work from
    standing in the queue twice."""

    class State(models.TextChoices):
        WAITING = "waiting"
        RUNNING = "running"
        DONE = "done"
        FAILED = "failed"

    kind = models.CharField(max_length=80)
    arguments = models.JSONField(default=dict)
    key = models.CharField(max_length=200, unique=True)
    bureau = models.CharField(max_length=40, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    note = models.TextField(blank=True)  # what went wrong, in words
    tries = models.PositiveIntegerField(default=0)
    asked_by = models.CharField(max_length=150)
    asked_at = models.DateTimeField()
    lease_until = models.DateTimeField(null=True)  # real time, never the demo's clock
    worker = models.CharField(max_length=80, blank=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["state", "lease_until"])]

    class Privacy:
        internal = (
            *("kind", "arguments", "key", "bureau", "state", "done", "total", "note", "tries", "asked_by"),
            *("asked_at", "lease_until", "worker", "ended_at"),
        )
