"""What an officer did and planned, when the station called, when somebody looked in, and how many hours are due.

No row names a resident or an address: a place is a community and a cell of its grid.
"""

import uuid

from django.db import models

from linli.ground.trail.encrypted import EncryptedText
from linli.ground.trail.immutable import WrittenOnce
from linli.work.worklog.kinds import AWAY, WORKS

_WORKS = [(kind, kind) for kind in WORKS]


class Work(models.Model):
    """One piece of work in a community, running while it has no end. Struck with a reason, never deleted."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="works")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="works")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="works")
    client_key = models.CharField(max_length=64)  # the sender's own, or made here: sent twice it is still one row
    kind = models.CharField(max_length=12, choices=_WORKS)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    cell = models.CharField(max_length=4, blank=True)  # of the community's grid, such as B3
    topics = models.JSONField(default=list, blank=True)
    note = EncryptedText(blank=True)  # free text: people write names although they are asked not to
    entered_at = models.DateTimeField()
    entered_by = models.CharField(max_length=150)
    changed_at = models.DateTimeField()
    struck_at = models.DateTimeField(null=True, blank=True)
    struck_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["started_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["officer", "client_key"], name="one_work_a_client_key"),
            models.UniqueConstraint(
                fields=["officer"],
                condition=models.Q(ended_at=None, struck_at=None),
                name="one_running_work_an_officer",
            ),
        ]
        indexes = [
            models.Index(fields=["officer", "started_at"]),
            models.Index(fields=["community", "started_at"]),
            models.Index(fields=["bureau", "started_at"]),
        ]

    class Privacy:
        internal = (
            *("client_key", "kind", "started_at", "ended_at", "cell", "topics", "entered_at", "entered_by"),
            *("changed_at", "struck_at", "struck_because", "version"),
        )
        sensitive = ("note",)


class Enclosure(models.Model):
    """A photo or a voice note of a work: bytes in base64, encrypted; for the officer alone, erased after a set time."""

    class What(models.TextChoices):
        PHOTO = "photo"
        VOICE = "voice"

    work = models.ForeignKey(Work, models.PROTECT, related_name="enclosures")
    what = models.CharField(max_length=5, choices=What.choices)
    media_type = models.CharField(max_length=40)
    content = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        ordering = ["work", "what"]
        constraints = [models.UniqueConstraint(fields=["work", "what"], name="one_enclosure_of_a_sort")]

    class Privacy:
        internal = ("what", "media_type", "at")
        sensitive = ("content",)


class Plan(models.Model):
    """An officer's plan of a day; ``seed``: what drew the order of its round, null where the officer wrote it."""

    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="plans")
    day = models.DateField()
    seed = models.BigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["officer", "day"]
        constraints = [models.UniqueConstraint(fields=["officer", "day"], name="one_plan_a_day")]

    class Privacy:
        internal = ("day", "seed", "version")


class PlanEntry(models.Model):
    """One line of a plan: what, where, and from when for how long if that is known."""

    plan = models.ForeignKey(Plan, models.CASCADE, related_name="entries")
    position = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=12, choices=_WORKS)
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="+")
    cell = models.CharField(max_length=4, blank=True)
    starts = models.TimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(null=True, blank=True)
    place = models.CharField(max_length=80, blank=True)  # a market, a school: never a person

    class Meta:
        ordering = ["plan", "position"]
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="one_plan_entry_a_position")]

    class Privacy:
        internal = ("position", "kind", "cell", "starts", "minutes", "place")


class CallAway(models.Model):
    """Hours in which the station took a community officer out of the beat: its breach, not the officer's (R-03).

    What the officer says and what the station says stand side by side; where they differ a third person decides.
    """

    class Station(models.TextChoices):
        SILENT = "silent"
        CONFIRMS = "confirms"
        DISPUTES = "disputes"

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="calls_away")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="calls_away")
    client_key = models.CharField(max_length=64)
    kind = models.CharField(max_length=16, choices=[(kind, kind) for kind in AWAY])
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()
    ordered_by = models.CharField(max_length=80)  # an office or a function
    why = EncryptedText(blank=True)
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    station_says = models.CharField(max_length=8, choices=Station.choices, default=Station.SILENT)
    station_note = EncryptedText(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    decided = models.BooleanField(null=True, blank=True)  # it counts, or does not: said by a third person
    decided_because = EncryptedText(blank=True)
    decided_by = models.CharField(max_length=150, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["-started_at", "officer", "pk"]
        constraints = [models.UniqueConstraint(fields=["officer", "client_key"], name="one_call_a_client_key")]
        indexes = [models.Index(fields=["bureau", "started_at"])]

    class Privacy:
        internal = (
            *("client_key", "kind", "started_at", "ended_at", "ordered_by", "entered_by", "entered_at"),
            *("station_says", "answered_by", "answered_at", "decided", "decided_by", "decided_at"),
            *("withdrawn_at", "withdrawn_because", "version"),
        )
        sensitive = ("why", "station_note", "decided_because")


class Draw(WrittenOnce):
    """One random draw of spot checks: its seed and what it drew from, so that anybody can draw it again."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="draws")
    number = models.PositiveIntegerField()
    period = models.CharField(max_length=6)
    seed = models.BigIntegerField()
    frame = models.JSONField()  # what could be drawn, in order
    size = models.PositiveSmallIntegerField()
    drawn_at = models.DateTimeField()
    drawn_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["bureau", "-number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="one_draw_a_number")]

    class Privacy:
        internal = ("number", "period", "seed", "frame", "size", "drawn_at", "drawn_by")


class SpotCheck(models.Model):
    """Somebody looks whether the officer is where the log or the plan says; the officer learns of it afterwards."""

    class Result(models.TextChoices):
        WAITING = "waiting"
        FOUND = "found"
        NOT_FOUND = "not found"
        COULD_NOT = "could not"

    draw = models.ForeignKey(Draw, models.PROTECT, related_name="checks")
    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="spot_checks")
    number = models.PositiveIntegerField()
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="spot_checks")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="spot_checks")
    kind = models.CharField(max_length=12, choices=_WORKS)
    cell = models.CharField(max_length=4, blank=True)
    look_from = models.DateTimeField()
    look_until = models.DateTimeField()
    result = models.CharField(max_length=9, choices=Result.choices, default=Result.WAITING)
    looked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=150, blank=True)
    note = EncryptedText(blank=True)
    officer_says = EncryptedText(blank=True)
    lifted_because = models.CharField(max_length=200, blank=True)
    lifted_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["bureau", "-number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="one_spot_check_a_number")]

    class Privacy:
        internal = (
            *("number", "kind", "cell", "look_from", "look_until", "result", "looked_at", "checked_by"),
            *("lifted_because", "lifted_by"),
        )
        sensitive = ("note", "officer_says")


class DueHours(models.Model):
    """Hours a week due in the beat from a quarter's first day on; a community's own, or the whole bureau's."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="due_hours")
    community = models.ForeignKey("places.Community", models.PROTECT, null=True, blank=True, related_name="due_hours")
    since = models.DateField()
    hours_per_week = models.DecimalField(max_digits=4, decimal_places=1)
    why = models.CharField(max_length=200, blank=True)
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()

    class Meta:
        ordering = ["bureau", "since", "community"]
        constraints = [
            models.UniqueConstraint(fields=["community", "since"], name="one_due_hours_a_community"),
            models.UniqueConstraint(
                fields=["bureau", "since"], condition=models.Q(community=None), name="one_due_hours_a_bureau"
            ),
        ]

    class Privacy:
        internal = ("since", "hours_per_week", "why", "entered_by", "entered_at")


def new_key():
    """A key for what was not written on a phone."""
    return str(uuid.uuid4())
