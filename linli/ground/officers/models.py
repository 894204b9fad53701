"""Officers and their posts, leaders and offices bound to a community, the days they spent there, leave, relatives."""

from django.conf import settings
from django.db import models

from linli.ground.trail.encrypted import EncryptedText

STAFFING = ("single", "multi", "couple", "brother", "twinned")


class Officer(models.Model):
    """A community officer; ``code`` as in the county book (O08)."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="officers")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="officer"
    )

    class Meta:
        ordering = ["bureau", "code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "code"], name="one_officer_a_code")]

    class Privacy:
        internal = ("code",)
        personal = ("name",)

    def __str__(self):
        return self.name


class Post(models.Model):
    """Somebody held a community from ``start`` to ``end`` (inclusive; blank = still)."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="posts")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="posts")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)
    staffing = models.CharField(max_length=10, choices=[(k, k) for k in STAFFING], default="single")
    law_approval = models.CharField(max_length=120, blank=True)  # R-61 (b): the provincial authority's approval

    class Meta:
        ordering = ["community", "start", "officer"]
        constraints = [models.UniqueConstraint(fields=["officer", "community", "start"], name="one_post_a_start")]

    class Privacy:
        internal = ("start", "end", "staffing", "law_approval")


class Relation(models.Model):
    """Two people who may not score, verify, approve or hear each other (R-61): an officer and another account."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="relations")
    relative = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="relations")
    kind = models.CharField(max_length=20, default="spouse")  # spouse | sibling | parent | child | other

    class Meta:
        ordering = ["officer", "relative"]
        constraints = [models.UniqueConstraint(fields=["officer", "relative"], name="one_relation_a_pair")]

    class Privacy:
        personal = ("kind",)


class Leader(models.Model):
    """A bureau leader; ``code`` as in the county book's pairings."""

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="leaders")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=80)
    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="leader"
    )

    class Meta:
        ordering = ["bureau", "code"]
        constraints = [models.UniqueConstraint(fields=["bureau", "code"], name="one_leader_a_code")]

    class Privacy:
        internal = ("code",)
        personal = ("name",)

    def __str__(self):
        return self.name


class Pairing(models.Model):
    """A leader (or nobody) and an office bound to a community for a time (R-40)."""

    community = models.ForeignKey("places.Community", models.PROTECT, related_name="pairings")
    leader = models.ForeignKey(Leader, models.PROTECT, null=True, blank=True, related_name="pairings")
    office = models.ForeignKey("places.Office", models.PROTECT, related_name="pairings")
    start = models.DateField()
    end = models.DateField(null=True, blank=True)

    class Meta:
        ordering = ["community", "start", "pk"]

    class Privacy:
        internal = ("start", "end")


class LeaderDay(models.Model):
    """Hours a leader spent in a community on a date; counts once somebody there has counter-signed (R-41)."""

    leader = models.ForeignKey(Leader, models.PROTECT, related_name="days")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="leader_days")
    date = models.DateField()
    hours = models.DecimalField(max_digits=4, decimal_places=2)
    entered_by = models.CharField(max_length=150)
    countersigned_by = models.CharField(max_length=40, blank=True)  # an officer's code or "committee"; "" = not yet
    countersigned_at = models.DateTimeField(null=True, blank=True)
    refused_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["date", "leader", "pk"]

    class Privacy:
        internal = (
            *("date", "hours", "entered_by", "countersigned_by", "countersigned_at"),
            "refused_because",
        )


class Leave(models.Model):
    """Days an officer was away; the reason is read by the personnel office and the officer alone."""

    officer = models.ForeignKey(Officer, models.PROTECT, related_name="leave")
    first = models.DateField()
    last = models.DateField()
    kind = models.CharField(max_length=20, default="leave")  # leave | sick | training | lent
    reason = EncryptedText(blank=True)

    class Meta:
        ordering = ["officer", "first"]

    class Privacy:
        internal = ("first", "last", "kind")
        sensitive = ("reason",)
