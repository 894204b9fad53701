"""Proposals of the rules, the decision on each, the record of a talk, and the talent pool."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from linli.ground.trail.encrypted import EncryptedText

KINDS = ("notice", "talk", "transfer_review", "award", "nomination", "talent_pool")
ADVERSE, REWARDS = KINDS[:3], KINDS[3:]
KIND_NAMES = {
    "notice": _("circulated criticism"),
    "talk": _("talk"),
    "transfer_review": _("transfer review"),
    "award": _("year-end award"),
    "nomination": _("nomination for deputy-section treatment"),
    "talent_pool": _("reserve talent pool"),
}


class Proposal(models.Model):
    """What a rule says of an officer, with its arithmetic and doubt; nothing happens by itself (R-34)."""

    class State(models.TextChoices):
        WAITING = "waiting", _("waiting")
        DECIDED = "decided", _("decided")
        SUPERSEDED = "superseded", _("superseded")  # a correction recomputed the quarter, or took its place

    class Superseded(models.TextChoices):
        CORRECTED = "corrected", _("a correction recomputed the quarter without it")
        RENEWED = "renewed", _("a correction recomputed it; a newer one stands in its place")
        NO_RETROACTIVE_NOTICE = "no retroactive notice", _("recorded only: no retroactive notice after publication")

    class Review(models.TextChoices):
        NO_LONGER_HOLDS = "no longer holds", _("a correction came, and no rule proposes this any more")
        OTHER_FACTS = "other facts", _("a correction came, and what was decided on has changed")

    cycle = models.ForeignKey("appraisal.Cycle", models.PROTECT, related_name="proposals")
    computation = models.ForeignKey("appraisal.Computation", models.PROTECT, related_name="proposals")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="proposals")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="proposals")
    kind = models.CharField(max_length=20, choices=[(k, k) for k in KINDS])
    rule = models.CharField(max_length=10)
    reason = models.TextField()
    facts = models.JSONField(default=dict)
    distinguishable = models.BooleanField()
    p = models.FloatField(null=True)
    blocked_by = models.JSONField(default=list)  # of heng.results.BLOCKS, as the rules gave them
    leaders = models.JSONField(default=list)
    offices = models.JSONField(default=list)
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    officer_statement = EncryptedText(blank=True)  # what the officer says goes into the file
    statement_asked_at = models.DateTimeField(null=True, blank=True)  # the officer was asked for it
    statement_due_on = models.DateField(null=True, blank=True)  # after this day silence is taken for none
    statement_declined_at = models.DateTimeField(null=True, blank=True)
    law_check = models.CharField(max_length=200, blank=True)  # who checked the law, and what was found
    funding_approval = models.CharField(max_length=120, blank=True)
    own_objections_until = models.DateField(null=True, blank=True)  # a correction brought it: told later than others
    superseded_because = models.CharField(max_length=30, choices=Superseded.choices, blank=True)
    review_because = models.CharField(max_length=30, choices=Review.choices, blank=True)  # of a decided one
    reviewed_revision = models.PositiveIntegerField(default=0)  # up to which revision a person has looked at the mark
    version = models.PositiveIntegerField(default=1)  # counts the writes to the file: a decision names what it saw

    class Meta:
        ordering = ["cycle", "community", "officer", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["computation", "officer", "kind", "rule"], name="one_proposal_a_rule")
        ]

    class Privacy:
        internal = (
            *("kind", "rule", "distinguishable", "blocked_by", "leaders", "offices", "state", "law_check"),
            *("statement_asked_at", "statement_due_on", "statement_declined_at", "own_objections_until"),
            *("superseded_because", "review_because", "reviewed_revision", "version"),
        )
        personal = ("reason", "facts", "p", "funding_approval")
        sensitive = ("officer_statement",)

    @property
    def is_adverse(self):
        return self.kind in ADVERSE

    @property
    def kind_name(self):
        return KIND_NAMES[self.kind]

    def __str__(self):
        return f"{self.cycle_id} {self.officer_id} {self.kind}"


class Taken(models.Model):
    """That a computation's proposals were taken over, once for each; a correction's are to be taken over anew."""

    computation = models.OneToOneField("appraisal.Computation", models.PROTECT, related_name="taken")
    at = models.DateTimeField()
    by = models.CharField(max_length=150)

    class Meta:
        ordering = ["computation"]

    class Privacy:
        internal = ("at", "by")


class Remedy(models.Model):
    """A review (覆核) or appeal (申訴) by statute that the officer asked for (R-72): adverse steps wait for its end."""

    class Kind(models.TextChoices):
        REVIEW = "review", _("statutory review")
        APPEAL = "appeal", _("appeal")

    cycle = models.ForeignKey("appraisal.Cycle", models.PROTECT, related_name="remedies")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="remedies")
    number = models.PositiveIntegerField()  # 1, 2, … of this officer in this cycle
    kind = models.CharField(max_length=10, choices=Kind.choices)
    reference = models.CharField(max_length=120)  # of the paper that opened it
    opened_on = models.DateField()
    closed_on = models.DateField(null=True, blank=True)
    outcome = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["cycle", "officer", "number"]
        constraints = [models.UniqueConstraint(fields=["cycle", "officer", "number"], name="one_remedy_a_number")]

    class Privacy:
        internal = ("number", "kind", "reference", "opened_on", "closed_on")
        personal = ("outcome",)


class Decision(models.Model):
    """A named person's decision on a proposal."""

    class Outcome(models.TextChoices):
        APPROVED = "approved", _("approved")
        REJECTED = "rejected", _("rejected")
        REVOKED = "revoked", _("revoked")  # after a correction: it was approved and no longer stands

    class Talk(models.TextChoices):
        REMINDER = "reminder", _("reminder talk")  # 談話提醒: no effect beyond the talk
        ADMONITION = "admonition", _("admonition")  # 誡勉: a formal Party and personnel measure, see blocks.py

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    talk = models.CharField(max_length=12, choices=Talk.choices, blank=True)  # of a talk alone
    minute_number = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()
    suspended_because = models.CharField(max_length=200, blank=True)  # a missed answer suspends it
    revoked_because = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        internal = (
            *("outcome", "talk", "minute_number", "decided_by", "decided_at", "suspended_because", "version"),
            "revoked_at",
        )
        personal = ("reason", "revoked_because")


class TalkRecord(models.Model):
    """The record of a talk (R-35): read by the officer, the talker and the personnel office alone."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="talk_record")
    date = models.DateField()
    place = models.CharField(max_length=120)
    talker = models.ForeignKey("accounts.User", models.PROTECT, related_name="talks_held")
    recorder = models.CharField(max_length=150)
    headings = EncryptedText()
    officer_view = EncryptedText(blank=True)
    plan = EncryptedText(blank=True)
    follow_up_on = models.DateField()
    followed_up_at = models.DateTimeField(null=True, blank=True)
    follow_up_found = EncryptedText(blank=True)
    signed_by_officer_at = models.DateTimeField(null=True, blank=True)
    signed_by_talker_at = models.DateTimeField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        internal = (
            *("date", "place", "recorder", "follow_up_on", "followed_up_at"),
            *("signed_by_officer_at", "signed_by_talker_at", "version"),
        )
        sensitive = ("headings", "officer_view", "plan", "follow_up_found")


class PoolMember(models.Model):
    """An officer in the reserve talent pool (後備人才庫), by a decision (R-52)."""

    decision = models.OneToOneField(Decision, models.PROTECT, related_name="pool_member")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="pool")
    since = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_because = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ["since", "pk"]

    class Privacy:
        personal = ("since", "left_on", "left_because")
