"""What the desk itself keeps: county books that were sent in, what they would change, and what became of them."""

from django.db import models


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
