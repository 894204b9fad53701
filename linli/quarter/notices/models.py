"""Circulars with whom they name and who reads them; issued ones never change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

READERS = ("officer", "personnel", "leaders")  # of every circular: its officer, who drafted it, every bureau leader


class Notice(models.Model):
    """A circular (通報). Names are kept as they were on the day: officers, leaders, offices."""

    class Kind(models.TextChoices):
        CRITICISM = "criticism", _("criticism")
        PRAISE = "praise", _("praise")
        CORRECTION = "correction", _("correction")  # withdraws another, to the same readers

    class State(models.TextChoices):
        DRAFT = "draft", _("draft")
        ISSUED = "issued", _("issued")
        WITHDRAWN = "withdrawn", _("withdrawn")

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="notices")
    cycle = models.ForeignKey("appraisal.Cycle", models.PROTECT, related_name="notices")
    kind = models.CharField(max_length=10, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.DRAFT)
    decision = models.ForeignKey("decisions.Decision", models.PROTECT, null=True, blank=True, related_name="notices")
    officer = models.ForeignKey("officers.Officer", models.PROTECT, related_name="notices")
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="notices")
    number = models.CharField(max_length=80, blank=True)  # 發文字號, unique in the bureau once issued
    title = models.CharField(max_length=200)
    paragraphs = models.JSONField(default=list)  # [[part, text], …]: see paper.py for which may be edited
    leaders = models.JSONField(default=list)  # [[code, name], …]; empty: 無結對領導
    offices = models.JSONField(default=list)
    left_out = models.JSONField(default=list)  # [[code, reason], …] of the unpaired that stood in a draft
    readers = models.JSONField(default=list)  # office codes, and READERS of every circular
    reader_offices = models.ManyToManyField("places.Office", related_name="notices")  # set on the day it is issued
    named_leaders = models.ManyToManyField("officers.Leader", related_name="notices")
    signed_by = models.CharField(max_length=150, blank=True)
    issued_at = models.DateTimeField(null=True, blank=True)
    stays_until = models.DateField(null=True, blank=True)  # five working days
    withdraws = models.OneToOneField("self", models.PROTECT, null=True, blank=True, related_name="withdrawn_by")
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "cycle", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["bureau", "number"], condition=~models.Q(number=""), name="one_notice_a_number"
            ),
            models.UniqueConstraint(
                fields=["decision"],
                condition=models.Q(state__in=("draft", "issued")) & ~models.Q(kind="correction"),
                name="one_standing_notice_a_decision",
            ),
        ]

    class Privacy:
        internal = (
            *("kind", "state", "number", "title", "leaders", "offices", "left_out", "readers", "signed_by"),
            *("issued_at", "stays_until", "version"),
        )
        personal = ("paragraphs",)

    def __str__(self):
        return self.number or self.title


class Receipt(models.Model):
    """Somebody has read a circular."""

    notice = models.ForeignKey(Notice, models.CASCADE, related_name="receipts")
    reader = models.ForeignKey("accounts.User", models.PROTECT, related_name="receipts")
    read_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["notice", "reader"], name="one_receipt_a_reader")]

    class Privacy:
        internal = ("read_at",)
