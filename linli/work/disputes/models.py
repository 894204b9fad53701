"""A dispute, its two sides, the appointments, and the confidential notes. No name, no address, no identity number."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from linli.ground.trail.encrypted import EncryptedText

CONFIDENTIAL = ("agreement", "ended_because")  # what no list and no count reads


class Dispute(models.Model):
    """One matter, from intake to the look after sixty days. ``counts_on``: the one day on which it is counted."""

    class State(models.TextChoices):
        TAKEN_IN = "taken_in"
        CONSENTED = "consented"  # both sides
        REFUSED = "refused"  # by a side, before an appointment was made
        APPOINTED = "appointed"
        SETTLED = "settled"  # an agreement; sixty days are running, or the follow-up is due
        NOT_SETTLED = "not_settled"
        TRANSFERRED = "transferred"  # by law
        CLOSED = "closed"  # followed up, no relapse
        RELAPSED = "relapsed"
        STRUCK = "struck"  # entered by mistake or twice

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="disputes")
    number = models.CharField(max_length=12)  # 2026-0012
    year = models.PositiveIntegerField()
    serial = models.PositiveIntegerField()
    community = models.ForeignKey("places.Community", models.PROTECT, related_name="disputes")
    kind = models.CharField(max_length=20)
    title = models.CharField(max_length=120)
    scale = models.CharField(max_length=10)  # a class of how many people, never who
    urgency = models.CharField(max_length=10, blank=True)
    taken_in_on = models.DateField()
    due = models.DateField()  # the mediation limit
    state = models.CharField(max_length=12, choices=State.choices, default=State.TAKEN_IN)
    mediator = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="mediates"
    )
    agreement = EncryptedText(blank=True)
    settled_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)  # settled, not settled, refused or transferred
    ended_because = EncryptedText(blank=True)  # why it was not settled, the ground of a transfer
    written_by = models.CharField(max_length=150, blank=True)  # whose words these are: others' reading is noted
    transferred_to = models.CharField(max_length=20, blank=True)
    follow_up_due = models.DateField(null=True, blank=True)
    followed_up_on = models.DateField(null=True, blank=True)
    followed_up_by = models.CharField(max_length=150, blank=True)
    relapsed_on = models.DateField(null=True, blank=True)
    counts_on = models.DateField()
    taken_in_by = models.CharField(max_length=150)
    client_key = models.CharField(max_length=64, blank=True)  # an offline record's own key: sent twice, written once
    changed_at = models.DateTimeField()
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "-year", "-serial"]
        constraints = [
            models.UniqueConstraint(fields=["bureau", "number"], name="one_dispute_a_number"),
            models.UniqueConstraint(fields=["bureau", "year", "serial"], name="one_dispute_a_serial"),
            models.UniqueConstraint(
                fields=["bureau", "client_key"], condition=~Q(client_key=""), name="one_dispute_a_key"
            ),
        ]
        indexes = [
            models.Index(fields=["bureau", "state", "due"]),
            models.Index(fields=["bureau", "counts_on"]),
            models.Index(fields=["community", "state"]),
        ]

    class Privacy:
        internal = (
            *("number", "year", "serial", "kind", "scale", "urgency", "taken_in_on", "due", "state", "settled_on"),
            *("ended_on", "transferred_to", "follow_up_due", "followed_up_on", "followed_up_by", "relapsed_on"),
            *("counts_on", "taken_in_by", "written_by", "client_key", "changed_at", "version"),
        )
        personal = ("title",)
        sensitive = ("agreement", "ended_because")

    def __str__(self):
        return self.number


class Side(models.Model):
    """甲方 or 乙方: whether it consented, and whether it confirmed the agreement, and how."""

    class Letter(models.TextChoices):
        A = "a"
        B = "b"

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="sides")
    letter = models.CharField(max_length=1, choices=Letter.choices)
    label = EncryptedText(blank=True)  # how the mediator tells them apart
    consented = models.BooleanField(null=True)
    consent_at = models.DateTimeField(null=True, blank=True)
    confirmed = models.BooleanField(null=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_how = models.CharField(max_length=10, blank=True)  # paper | code
    code_hash = models.CharField(max_length=64, blank=True)
    code_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["dispute", "letter"]
        constraints = [models.UniqueConstraint(fields=["dispute", "letter"], name="one_side_a_letter")]
        indexes = [models.Index(fields=["code_hash"])]

    class Privacy:
        internal = ("letter", "consented", "consent_at", "confirmed", "confirmed_at", "confirmed_how", "code_at")
        sensitive = ("label", "code_hash")


class Appointment(models.Model):
    """When and where the two sides meet."""

    class State(models.TextChoices):
        PLANNED = "planned"
        HELD = "held"
        MOVED = "moved"  # another took its place, or it was no longer needed

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="appointments")
    at = models.DateTimeField()
    place = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.PLANNED)
    made_by = models.CharField(max_length=150)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [models.Index(fields=["state", "at"])]

    class Privacy:
        internal = ("at", "state", "made_by")
        personal = ("place",)


class Note(models.Model):
    """What was said, in confidence: never in an export, a list or the trail."""

    dispute = models.ForeignKey(Dispute, models.CASCADE, related_name="notes")
    text = EncryptedText()
    by = models.CharField(max_length=150)
    at = models.DateTimeField()

    class Meta:
        ordering = ["dispute", "at", "pk"]

    class Privacy:
        internal = ("by", "at")
        sensitive = ("text",)
