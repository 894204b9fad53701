"""What the desk itself keeps: county books that were sent in, and the ledger of what officers' phones have sent."""

from django.conf import settings
from django.db import models

from linli.ground.trail.encrypted import EncryptedText


class BookImport(models.Model):
    """One county book that somebody sent: looked at, then applied whole or discarded, perhaps undone."""

    class State(models.TextChoices):
        PREVIEWED = "previewed"
        APPLIED = "applied"
        UNDONE = "undone"
        DISCARDED = "discarded"

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="book_imports")
    number = models.PositiveIntegerField()  # 1, 2, … in the bureau
    state = models.CharField(max_length=10, choices=State.choices, default=State.PREVIEWED)
    sent_by = models.CharField(max_length=150)
    sent_as = models.CharField(max_length=15)  # the role: a department sends figures alone
    sent_at = models.DateTimeField()
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    book = models.TextField(blank=True)  # linli.book.frozen.dumps(Book) until it is applied or discarded
    changes = models.JSONField(default=list)  # in the order in which they are done; each with before and after
    left_out = models.JSONField(default=list)  # [sheet, reason, how many, examples]
    notes = models.JSONField(default=list)  # what the reader forgave: [code, facts]
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["bureau", "-number"]
        constraints = [models.UniqueConstraint(fields=["bureau", "number"], name="one_import_a_number")]

    class Privacy:
        internal = (
            *("number", "state", "sent_by", "sent_as", "sent_at", "file_name", "sha256", "left_out", "notes"),
            *("applied_at", "undone_at", "undone_by"),
        )
        personal = ("book", "changes")


class Sent(models.Model):
    """One record that an officer's phone sent, and what became of it: the same key again is answered the same."""

    class Outcome(models.TextChoices):
        TAKEN = "taken"  # only while it is being done
        DONE = "done"
        REFUSED = "refused"
        CONFLICT = "conflict"

    account = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="sent_records")
    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="sent_records")
    key = models.UUIDField()
    number = models.PositiveIntegerField()  # the phone's running number
    kind = models.CharField(max_length=10)  # work | change | request | dispute | call
    subject = models.CharField(max_length=200, blank=True)  # what it became: room:key
    at = models.DateTimeField()  # when it was written, by the bureau's clock as the phone knew it
    phone_at = models.DateTimeField()  # the same by the phone's own clock
    received_at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome.choices, default=Outcome.TAKEN)
    answer = EncryptedText(blank=True)  # what the phone was told, as JSON; forgotten after a time

    class Meta:
        ordering = ["account", "received_at", "number", "pk"]
        constraints = [models.UniqueConstraint(fields=["account", "key"], name="one_record_a_key")]

    class Privacy:
        internal = ("key", "number", "kind", "subject", "at", "phone_at", "received_at", "outcome")
        sensitive = ("answer",)
