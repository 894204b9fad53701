"""Proposals of the rules, the decision on each, the record of a talk, and the talent pool."""

from django.db import models

from linli.ground.trail.encrypted import EncryptedText

KINDS = ("notice", "talk", "transfer_review", "award", "nomination", "talent_pool")


class Proposal(models.Model):
    """What a rule says of an officer, with its arithmetic and doubt; nothing happens by itself (R-34)."""

    class State(models.TextChoices):
        WAITING = "waiting"
        DECIDED = "decided"
        SUPERSEDED = "superseded"  # a correction recomputed the quarter without it

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
    law_check = models.CharField(max_length=200, blank=True)  # who checked the law, and what was found
    funding_approval = models.CharField(max_length=120, blank=True)

    class Meta:
        ordering = ["cycle", "community", "officer", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["computation", "officer", "kind", "rule"], name="one_proposal_a_rule")
        ]

    class Privacy:
        internal = ("kind", "rule", "distinguishable", "blocked_by", "leaders", "offices", "state", "law_check")
        personal = ("reason", "facts", "p", "funding_approval")
        sensitive = ("officer_statement",)


class Decision(models.Model):
    """A named person's decision on a proposal."""

    class Outcome(models.TextChoices):
        APPROVED = "approved"
        REJECTED = "rejected"

    class Talk(models.TextChoices):
        REMINDER = "reminder"  # 談話提醒: no effect beyond the talk
        ADMONITION = "admonition"  # 誡勉: a formal Party and personnel measure with effects on selection and awards

    proposal = models.OneToOneField(Proposal, models.PROTECT, related_name="decision")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    talk = models.CharField(max_length=12, choices=Talk.choices, blank=True)  # of a talk alone
    minute_number = models.CharField(max_length=80, blank=True)
    reason = models.TextField()
    decided_by = models.CharField(max_length=150)
    decided_at = models.DateTimeField()
    suspended_because = models.CharField(max_length=200, blank=True)  # a missed answer suspends it
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["pk"]

    class Privacy:
        internal = ("outcome", "talk", "minute_number", "decided_by", "decided_at", "suspended_because", "version")
        personal = ("reason",)


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
        sensitive = ("headings", "officer_view", "plan")


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
