"""Schemes as texts with versions, what each rate means, figures as departments enter them, and frozen revisions."""

from django.db import models

from linli.ground.trail.immutable import WrittenOnce


class SchemeVersion(models.Model):
    """A scheme (考核方案) as its TOML text: a draft, then before the officers, then in force, never edited again."""

    class State(models.TextChoices):
        DRAFT = "draft"
        CONSULTING = "consulting"  # before the officers; each comment is answered
        IN_FORCE = "in_force"  # from in_force_from on, until a later version is
        DROPPED = "dropped"

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="schemes")
    name = models.CharField(max_length=80)
    version = models.CharField(max_length=40)
    text = models.TextField()  # scheme.toml
    pool_text = models.TextField(blank=True)  # pool.toml beside it
    state = models.CharField(max_length=12, choices=State.choices, default=State.DRAFT)
    in_force_from = models.DateField()
    consulted_at = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    minute_number = models.CharField(max_length=80, blank=True)
    edition = models.PositiveIntegerField(default=1)  # counts the saves of a draft: two people may edit it

    class Meta:
        ordering = ["bureau", "in_force_from", "pk"]
        constraints = [models.UniqueConstraint(fields=["bureau", "name", "version"], name="one_scheme_a_version")]

    class Privacy:
        internal = (
            *("name", "version", "text", "pool_text", "state", "in_force_from", "consulted_at", "approved_at"),
            *("approved_by", "minute_number", "edition"),
        )

    def __str__(self):
        return f"{self.name} {self.version}"


class RateDefinition(models.Model):
    """What one rate of a scheme means: why it matters, what is counted over what; texts by language."""

    scheme = models.ForeignKey(SchemeVersion, models.CASCADE, related_name="definitions")
    rate = models.CharField(max_length=40)
    why = models.JSONField(default=dict)  # language -> text
    numerator = models.JSONField(default=dict)
    denominator = models.JSONField(default=dict)
    next_review = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "pk"]
        constraints = [models.UniqueConstraint(fields=["scheme", "rate"], name="one_definition_a_rate")]

    class Privacy:
        public = ("rate", "why", "numerator", "denominator", "next_review")


class Entry(models.Model):
    """One figure of a department's sheet: a community, a rate, a quarter. No row = nothing was supplied, never 0."""

    class Status(models.TextChoices):
        FINAL = "final"
        PROVISIONAL = "provisional"
        FALSE = "false"  # proven false, found by supervision

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="entries")
    period = models.CharField(max_length=6)
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="entries")
    rate = models.CharField(max_length=40)
    numerator = models.FloatField()
    denominator = models.FloatField()
    design_effect = models.FloatField(default=1.0)
    sd = models.FloatField(null=True, blank=True)
    source = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12, choices=Status.choices, default=Status.FINAL)
    room = models.CharField(max_length=20, blank=True)  # the working room that counted it; "" = typed by its supplier
    counted = models.CharField(max_length=80, blank=True)  # how far that room's records had come
    supplied_by = models.CharField(max_length=150)
    supplied_at = models.DateTimeField()
    verified_by = models.CharField(max_length=150, blank=True)
    verified_as = models.CharField(max_length=80, blank=True)  # the office, as the county book names it
    verified_at = models.DateTimeField(null=True, blank=True)
    returned_because = models.CharField(max_length=300, blank=True)  # by the verifier; supplying anew clears it
    version = models.PositiveIntegerField(default=1)  # two people on one sheet: the second is shown the difference

    class Meta:
        ordering = ["bureau", "period", "community", "rate"]
        constraints = [models.UniqueConstraint(fields=["period", "community", "rate"], name="one_figure_a_cell")]
        indexes = [models.Index(fields=["bureau", "period"])]

    class Privacy:
        internal = (
            *("period", "rate", "numerator", "denominator", "design_effect", "sd", "source", "status"),
            *("supplied_by", "supplied_at", "verified_by", "verified_as", "verified_at", "returned_because", "version"),
            *("room", "counted"),
        )


class Revision(WrittenOnce):
    """Everything a quarter is computed from, frozen: the county book as JSON, its scheme, its hash. Number 1 is the
    freeze; each correction is the next, with its reason and approver (R-74)."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="revisions")
    period = models.CharField(max_length=6)
    number = models.PositiveIntegerField()
    scheme = models.ForeignKey(SchemeVersion, models.PROTECT, related_name="revisions")
    reason = models.TextField(blank=True)
    made_by = models.CharField(max_length=150)
    approved_by = models.CharField(max_length=150, blank=True)
    made_at = models.DateTimeField()
    book = models.TextField()  # linli.book.frozen.dumps(heng.evidence.Book)
    sha256 = models.CharField(max_length=64)

    class Meta:
        ordering = ["bureau", "period", "number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "period", "number"], name="one_revision_a_number")]

    class Privacy:
        internal = ("period", "number", "reason", "made_by", "approved_by", "made_at", "book", "sha256")


class FrozenValue(WrittenOnce):
    """One frozen figure of a revision with where it came from: what everything above reads."""

    revision = models.ForeignKey(Revision, models.PROTECT, related_name="values")
    community = models.CharField(max_length=40)
    rate = models.CharField(max_length=40)
    numerator = models.FloatField()
    denominator = models.FloatField()
    design_effect = models.FloatField(default=1.0)
    sd = models.FloatField(null=True)
    source = models.CharField(max_length=200, blank=True)
    status = models.CharField(max_length=12)
    room = models.CharField(max_length=20, blank=True)
    counted = models.CharField(max_length=80, blank=True)
    supplied_by = models.CharField(max_length=150, blank=True)
    verified_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["revision", "community", "rate"]
        constraints = [models.UniqueConstraint(fields=["revision", "community", "rate"], name="one_frozen_value")]

    class Privacy:
        internal = (
            *("community", "rate", "numerator", "denominator", "design_effect", "sd", "source", "status"),
            *("supplied_by", "verified_by", "room", "counted"),
        )
