"""The chain of entries, its head, and the tokens that let a form be sent only once."""

from django.db import models

from linli.ground.trail.immutable import WrittenOnce


class Entry(WrittenOnce):
    """One thing that was done, by whom, to what and why; ``hash`` covers all of it and the entry before."""

    number = models.BigIntegerField(unique=True)
    at = models.DateTimeField()
    by = models.CharField(max_length=150)  # a user name, or "linli" for the program itself
    bureau = models.CharField(max_length=40, blank=True)
    action = models.CharField(max_length=80)  # room.verb: "appraisal.freeze"
    subject = models.CharField(max_length=200, blank=True)  # "officer:O08", "cycle:2026Q3"
    why = models.TextField(blank=True)
    facts = models.TextField(default="{}")  # JSON with sorted keys: what the hash was made over
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["number"]
        indexes = [models.Index(fields=["bureau", "number"]), models.Index(fields=["subject", "number"])]

    class Privacy:
        internal = ("number", "at", "by", "bureau", "action", "subject", "why", "facts", "previous", "hash")


class Head(models.Model):
    """The one row that says where the chain ends; a missing tail shows by it. Locked while an entry is added."""

    number = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="")
    at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        internal = ("number", "hash", "at")


class Once(models.Model):
    """A form's token that was spent, and where its sender was led: a second click is led there and does nothing."""

    token = models.CharField(max_length=64, unique=True)
    by = models.CharField(max_length=150)
    at = models.DateTimeField()
    led_to = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        internal = ("token", "by", "at", "led_to")
