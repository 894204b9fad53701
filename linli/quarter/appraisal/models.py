"""A quarter's cycle, its computations with the whole result, comments on a scheme, and objections with their clocks."""

from django.db import models

from linli.ground.trail.encrypted import EncryptedText
from linli.ground.trail.immutable import WrittenOnce


class Cycle(models.Model):
    """One quarter of one bureau, from the opening of the sheet to publication (rules J)."""

    class State(models.TextChoices):
        OPEN = "open"  # departments supply and verify
        FROZEN = "frozen"  # nothing moves; being computed
        COMPUTED = "computed"  # officers see their own file
        NOTICED = "noticed"  # officers were told: the objection period runs
        PUBLISHED = "published"

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="cycles")
    period = models.CharField(max_length=6)
    scheme = models.ForeignKey("indicators.SchemeVersion", models.PROTECT, related_name="cycles")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    frozen_at = models.DateTimeField(null=True, blank=True)
    computed_at = models.DateTimeField(null=True, blank=True)
    noticed_at = models.DateTimeField(null=True, blank=True)
    objections_until = models.DateField(null=True, blank=True)  # last day, to its midnight
    published_at = models.DateTimeField(null=True, blank=True)
    published_by = models.CharField(max_length=150, blank=True)
    minute_number = models.CharField(max_length=80, blank=True)  # of the leading group's approval
    current = models.ForeignKey("Computation", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["bureau", "period"]
        constraints = [models.UniqueConstraint(fields=["bureau", "period"], name="one_cycle_a_quarter")]

    class Privacy:
        internal = (
            *("period", "state", "opened_at", "frozen_at", "computed_at", "noticed_at", "objections_until"),
            *("published_at", "published_by", "minute_number"),
        )

    def __str__(self):
        return self.period


class Computation(WrittenOnce):
    """A revision worked out: the whole ``heng.results.Quarter`` as JSON. One for each revision; the rows
    below repeat it for pages that list or compare."""

    revision = models.OneToOneField("indicators.Revision", models.PROTECT, related_name="computation")
    seed = models.PositiveIntegerField()
    draws = models.PositiveIntegerField()
    quarter = models.TextField()  # linli.book.frozen.dumps(Quarter)
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    version = models.CharField(max_length=20)  # Linli's

    class Meta:
        ordering = ["revision"]

    class Privacy:
        internal = ("seed", "draws", "quarter", "sha256", "made_at", "version")


class Score(WrittenOnce):
    """One officer's line of a computation, as ``scores.csv`` has it; unknown = null."""

    computation = models.ForeignKey(Computation, models.PROTECT, related_name="scores")
    officer = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    community = models.CharField(max_length=40)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    low = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    high = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveIntegerField(null=True)
    tied = models.BooleanField(default=False)
    p_first = models.FloatField(null=True)
    p_last = models.FloatField(null=True)
    p_below = models.FloatField(null=True)
    rank_low = models.PositiveIntegerField(null=True)
    rank_high = models.PositiveIntegerField(null=True)
    present_weight = models.FloatField(null=True)
    status = models.CharField(max_length=30)
    alike = models.JSONField(default=list)  # officers that cannot be told apart from this one

    class Meta:
        ordering = ["computation", "community", "officer"]
        constraints = [models.UniqueConstraint(fields=["computation", "officer", "community"], name="one_score_line")]

    class Privacy:
        internal = ("officer", "community", "present_weight", "status")
        personal = (
            *("name", "score", "low", "high", "rank", "tied", "p_first", "p_last", "p_below", "rank_low", "rank_high"),
            "alike",
        )


class Figure(WrittenOnce):
    """One community's rate of a computation, as ``indicators.csv`` has it; unknown = null."""

    computation = models.ForeignKey(Computation, models.PROTECT, related_name="figures")
    community = models.CharField(max_length=40)
    rate = models.CharField(max_length=40)
    numerator = models.FloatField(null=True)
    denominator = models.FloatField(null=True)
    crude = models.FloatField(null=True)
    expected = models.FloatField(null=True)
    adjusted = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    own_weight = models.FloatField(null=True)
    points = models.FloatField(null=True)
    points_low = models.FloatField(null=True)
    points_high = models.FloatField(null=True)
    status = models.CharField(max_length=15)

    class Meta:
        ordering = ["computation", "community", "pk"]
        constraints = [models.UniqueConstraint(fields=["computation", "community", "rate"], name="one_figure_line")]

    class Privacy:
        internal = (
            *("community", "rate", "numerator", "denominator", "crude", "expected", "adjusted", "low", "high"),
            *("own_weight", "points", "points_low", "points_high", "status"),
        )


class PublishedScore(models.Model):
    """A score as it was published, by this application or before it (imported): the county book's history."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="published")
    period = models.CharField(max_length=6)
    officer = models.CharField(max_length=40)
    community = models.CharField(max_length=40)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    rank = models.PositiveIntegerField(null=True)
    ranked = models.BooleanField()
    computation = models.ForeignKey(Computation, models.PROTECT, null=True, related_name="published")  # null: imported

    class Meta:
        ordering = ["bureau", "period", "community", "officer"]
        constraints = [models.UniqueConstraint(fields=["bureau", "period", "officer"], name="one_published_score")]

    class Privacy:
        internal = ("period", "officer", "community", "ranked")
        personal = ("score", "rank")


class SchemeComment(models.Model):
    """What an officer says of a draft scheme, and the answer; a scheme is not in force before each is answered."""

    scheme = models.ForeignKey("indicators.SchemeVersion", models.PROTECT, related_name="comments")
    by = models.CharField(max_length=150)
    said_at = models.DateTimeField()
    text = models.TextField()
    answer = models.TextField(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["scheme", "pk"]

    class Privacy:
        internal = ("by", "said_at", "text", "answer", "answered_by", "answered_at")


class Objection(models.Model):
    """A clarification (說明) or an objection (異議) to the own file; answered with reasons by somebody who did not
    score it, within working days (R-71). A missed answer suspends what follows."""

    class Kind(models.TextChoices):
        CLARIFICATION = "clarification"
        OBJECTION = "objection"

    class State(models.TextChoices):
        WAITING = "waiting"
        UPHELD = "upheld"  # a correction follows
        REJECTED = "rejected"
        ANSWERED = "answered"  # of a clarification
        WITHDRAWN = "withdrawn"

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="objections")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="objections")
    number = models.PositiveIntegerField()  # 1, 2, … of this officer in this cycle: 2026Q3-O08-1
    kind = models.CharField(max_length=15, choices=Kind.choices)
    rate = models.CharField(max_length=40, blank=True)  # blank: the whole score
    text = EncryptedText()
    state = models.CharField(max_length=10, choices=State.choices, default=State.WAITING)
    sent_at = models.DateTimeField()
    due_on = models.DateField()  # the answer, to its midnight
    extended = models.BooleanField(default=False)  # once, by five working days
    answer = EncryptedText(blank=True)
    answered_by = models.CharField(max_length=150, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    correction = models.ForeignKey(
        "indicators.Revision", models.PROTECT, null=True, blank=True, related_name="corrects"
    )
    from_clarification = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="became")

    class Meta:
        ordering = ["cycle", "officer", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "officer", "number"], name="one_objection_a_number")]

    class Privacy:
        internal = (
            *("number", "kind", "rate", "state", "sent_at", "due_on", "extended", "answered_by"),
            "answered_at",
        )
        sensitive = ("text", "answer")

    @property
    def reference(self):
        return f"{self.cycle.period}-{self.officer.code}-{self.number}"


class Recusal(models.Model):
    """Somebody who could have answered an objection and stepped back from it, with the reason (迴避)."""

    objection = models.ForeignKey(Objection, models.PROTECT, related_name="recusals")
    by = models.CharField(max_length=150)
    why = EncryptedText()
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["objection", "by"], name="one_recusal_a_person")]

    class Privacy:
        internal = ("by", "at")
        sensitive = ("why",)
