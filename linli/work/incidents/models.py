"""Monthly counts by revision, their tables, leads, what was seen, and site checks. No field for a person."""

from django.db import models

from linli.ground.trail.immutable import WrittenOnce
from linli.work.incidents import kinds


class CountTable(models.Model):
    """One table of counts: read, then accepted or dropped. ``rows`` are kept only until then."""

    class State(models.TextChoices):
        READ = "read"  # shown to whoever brought it; nothing counts yet
        ACCEPTED = "accepted"
        DROPPED = "dropped"

    class Origin(models.TextChoices):
        FILE = "file"  # a table of the call and case system
        TYPED = "typed"
        UNDO = "undo"  # puts back what a table changed

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="count_tables")
    number = models.PositiveIntegerField()
    origin = models.CharField(max_length=5, choices=Origin.choices, default=Origin.FILE)
    state = models.CharField(max_length=8, choices=State.choices, default=State.READ)
    source = models.CharField(max_length=80)  # the file's name, or where a typed count comes from
    sha256 = models.CharField(max_length=64, blank=True)
    rows = models.JSONField(default=list)  # [month, community, kind, number, revision that stood there]
    covers = models.JSONField(default=dict)  # month -> community -> kinds, changed or not
    notes = models.JSONField(default=list)  # what the reader left out, [code, facts]
    changed = models.PositiveIntegerField(default=0)  # numbers it changed when it was accepted
    undoes = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="undone_by")
    read_by = models.CharField(max_length=150)
    read_at = models.DateTimeField()
    settled_by = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["bureau", "-number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="one_count_table_a_number")]

    class Privacy:
        internal = (
            *("number", "origin", "state", "source", "sha256", "rows", "covers", "notes", "changed"),
            *("read_by", "read_at", "settled_by", "settled_at"),
        )


class MonthCount(WrittenOnce):
    """How many incidents of a kind a month had in a community, as one table said; the newest revision counts.

    ``number`` None takes an earlier one back: nobody knows it any more, which is not zero.
    """

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="month_counts")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="month_counts")
    month = models.CharField(max_length=7)  # 2026-03
    kind = models.CharField(max_length=10, choices=[(kind.code, kind.code) for kind in kinds.KINDS])
    revision = models.PositiveIntegerField()
    number = models.PositiveIntegerField(null=True)
    table = models.ForeignKey(CountTable, models.PROTECT, related_name="counts")
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["bureau", "month", "community", "kind", "revision"]
        constraints = [
            models.UniqueConstraint(fields=["community", "month", "kind", "revision"], name="one_count_a_revision")
        ]
        indexes = [models.Index(fields=["bureau", "month"])]

    class Privacy:
        internal = ("month", "kind", "revision", "number", "by", "at")


class Sighting(models.Model):
    """Something a resident saw: number, place and kind. Whoever said it is not kept."""

    class State(models.TextChoices):
        NEW = "new"
        PASSED = "passed"  # became a lead
        CLOSED = "closed"

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="sightings")
    number = models.CharField(max_length=12)  # 2026-0031
    received_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    community = models.ForeignKey("places.Community", models.PROTECT, null=True, blank=True, related_name="sightings")
    kind = models.CharField(max_length=10, choices=[(code, code) for code in kinds.SEEN])
    place_note = models.CharField(max_length=80, blank=True)
    client_key = models.CharField(max_length=80, blank=True)  # the sent form's own: sent twice, written once
    state = models.CharField(max_length=6, choices=State.choices, default=State.NEW)
    settled_by = models.CharField(max_length=150, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["bureau", "-received_at", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "number"], name="one_sighting_a_number"),
            models.UniqueConstraint(
                fields=["bureau", "client_key"], condition=~models.Q(client_key=""), name="one_sighting_a_client_key"
            ),
        ]
        indexes = [models.Index(fields=["bureau", "state"])]

    class Privacy:
        internal = (
            *("number", "received_at", "seen_at", "kind", "place_note", "client_key", "state", "settled_by"),
            "settled_at",
        )


class Lead(models.Model):
    """A lead of the beat: number, place, kind, whether it was useful, what came of it. No names, no narrative."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="leads")
    number = models.CharField(max_length=12)  # 2026-0031
    received_on = models.DateField()
    source = models.CharField(max_length=10, choices=[(code, code) for code in kinds.SOURCES])
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="leads")
    cell = models.CharField(max_length=40, blank=True)  # of the community's grid
    place_note = models.CharField(max_length=80, blank=True)
    kind = models.CharField(max_length=10, choices=[(code, code) for code in kinds.LEAD_KINDS])
    verified = models.CharField(max_length=6, choices=[(code, code) for code in kinds.VERIFIED], default="open")
    result = models.CharField(max_length=10, choices=[(code, code) for code in kinds.RESULTS], blank=True)
    sighting = models.OneToOneField(Sighting, models.PROTECT, null=True, blank=True, related_name="lead")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="duplicates")
    entered_by = models.CharField(max_length=150)
    entered_at = models.DateTimeField()
    verified_by = models.CharField(max_length=150, blank=True)
    verified_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.CharField(max_length=150, blank=True)  # the command centre looked at the verification
    checked_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "-received_on", "-number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="one_lead_a_number")]
        indexes = [models.Index(fields=["bureau", "received_on"]), models.Index(fields=["bureau", "verified"])]

    class Privacy:
        internal = (
            *("number", "received_on", "source", "cell", "place_note", "kind", "verified", "result", "entered_by"),
            *("entered_at", "verified_by", "verified_at", "checked_by", "checked_at", "returned_because", "version"),
        )


class CheckPoint(models.Model):
    """One thing of a community's own plan that can be checked on the spot: a shift, a lock, a camera."""

    community = models.ForeignKey("places.Community", models.PROTECT, related_name="check_points")
    code = models.CharField(max_length=20)  # as it stands on the plan: 燈-03
    weight_class = models.CharField(max_length=10, choices=[(code, code) for code in kinds.CLASSES])
    what = models.CharField(max_length=80)
    cell = models.CharField(max_length=40, blank=True)
    since = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["community", "code"]
        constraints = [models.UniqueConstraint(fields=["community", "code"], name="one_check_point_a_code")]

    class Privacy:
        internal = ("code", "weight_class", "what", "cell", "since", "closed_on", "version")


class SiteDraw(WrittenOnce):
    """The draw of a quarter's checks; whoever has the plan and the seed can draw it again."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="site_draws")
    period = models.CharField(max_length=6)
    seed = models.BigIntegerField()
    size = models.PositiveIntegerField()  # checks for each community
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["bureau", "-period"]
        constraints = [models.UniqueConstraint(fields=["bureau", "period"], name="one_site_draw_a_quarter")]

    class Privacy:
        internal = ("period", "seed", "size", "by", "at")


class SiteCheck(models.Model):
    """One check that was drawn: due by a day, then what was found there."""

    draw = models.ForeignKey(SiteDraw, models.PROTECT, related_name="checks")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="site_checks")
    number = models.PositiveIntegerField()  # within the draw and the community
    point = models.ForeignKey(CheckPoint, models.PROTECT, related_name="checks")
    weight_class = models.CharField(max_length=10)  # as it was when drawn
    due_on = models.DateField()
    found = models.CharField(max_length=10, choices=[(code, code) for code in kinds.FOUND], blank=True)
    checked_on = models.DateField(null=True, blank=True)
    checked_by = models.CharField(max_length=150, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)
    client_key = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["draw", "due_on", "community", "number"]
        constraints = [models.UniqueConstraint(fields=["draw", "community", "number"], name="one_site_check_a_number")]

    class Privacy:
        internal = (
            *("number", "weight_class", "due_on", "found", "checked_on", "checked_by", "recorded_at", "client_key"),
            "version",
        )
