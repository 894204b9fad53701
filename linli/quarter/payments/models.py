"""Budget lines, promises with their due dates, and the payment that ends one. Money is whole fen."""

from django.db import models

from linli.ground.trail.encrypted import EncryptedText
from linli.ground.trail.immutable import WrittenOnce


class BudgetLine(models.Model):
    """A year's money for one purpose; nothing is paid from it before its approval is entered (R-54)."""

    class Purpose(models.TextChoices):
        ALLOWANCE = "allowance"
        AWARD = "award"
        OTHER = "other"  # what working rooms owe: subsidies, thanks

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="budget")
    year = models.PositiveIntegerField()
    purpose = models.CharField(max_length=10, choices=Purpose.choices)
    amount_fen = models.BigIntegerField()
    source = models.CharField(max_length=120, blank=True)
    approval_number = models.CharField(max_length=120, blank=True)
    approved_on = models.DateField(null=True, blank=True)
    entered_by = models.CharField(max_length=150, blank=True)
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "year", "purpose"]
        constraints = [models.UniqueConstraint(fields=["bureau", "year", "purpose"], name="one_budget_line")]

    class Privacy:
        internal = (
            *("year", "purpose", "amount_fen", "source", "approval_number", "approved_on", "entered_by"),
            "version",
        )


class Promise(models.Model):
    """Something owed to somebody (R-53): promised, then due, then paid. ``reference``: never made twice."""

    class Kind(models.TextChoices):
        ALLOWANCE = "allowance"
        AWARD = "award"
        OTHER = "other"

    class State(models.TextChoices):
        PROMISED = "promised"  # known, not yet approved for payment
        DUE = "due"  # approved, to be paid by due_on
        PAID = "paid"
        CANCELLED = "cancelled"  # a correction took its place; what was overpaid is not reclaimed

    bureau = models.ForeignKey("places.Bureau", models.PROTECT, related_name="promises")
    reference = models.CharField(max_length=120)  # allowance:2026Q2:O08, award:2026:O04, team:…
    kind = models.CharField(max_length=10, choices=Kind.choices)
    period = models.CharField(max_length=6, blank=True)
    payee = models.CharField(max_length=40)  # an officer's code, or a team's
    payee_name = models.CharField(max_length=80)
    community = models.CharField(max_length=40, blank=True)
    months = models.DecimalField(max_digits=4, decimal_places=2, null=True)
    score = models.DecimalField(max_digits=5, decimal_places=2, null=True)
    amount_fen = models.BigIntegerField()
    what = models.CharField(max_length=200, blank=True)
    budget = models.ForeignKey(BudgetLine, models.PROTECT, null=True, blank=True, related_name="promises")
    state = models.CharField(max_length=10, choices=State.choices, default=State.PROMISED)
    promised_at = models.DateTimeField()
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.CharField(max_length=150, blank=True)
    approving_document = models.CharField(max_length=120, blank=True)
    due_on = models.DateField(null=True, blank=True)
    corrects = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="corrections")
    decision = models.ForeignKey(
        "decisions.Decision", models.PROTECT, null=True, blank=True, related_name="promises"
    )  # of an award alone
    held_because = EncryptedText(blank=True)  # the payee is under investigation
    overpaid_fen = models.BigIntegerField(default=0)  # by a later correction: recorded, not reclaimed
    version = models.PositiveIntegerField(default=1)

    class Meta:
        ordering = ["bureau", "period", "payee", "pk"]
        constraints = [models.UniqueConstraint(fields=["bureau", "reference"], name="one_promise_a_reference")]
        indexes = [models.Index(fields=["bureau", "state", "due_on"])]

    class Privacy:
        internal = (
            *("reference", "kind", "period", "payee", "community", "what", "state", "promised_at", "approved_at"),
            *("approved_by", "approving_document", "due_on", "version"),
        )
        personal = ("payee_name", "months", "score", "amount_fen", "overpaid_fen")
        sensitive = ("held_because",)


class Payment(WrittenOnce):
    """The payment that ended a promise; one to each, so that money is never paid twice."""

    promise = models.OneToOneField(Promise, models.PROTECT, related_name="payment")
    amount_fen = models.BigIntegerField()
    voucher = models.CharField(max_length=80)
    paid_on = models.DateField()
    paid_by = models.CharField(max_length=150)
    signed_by = models.CharField(max_length=80)  # who signed for the money
    at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    class Privacy:
        internal = ("voucher", "paid_on", "paid_by", "at")
        personal = ("amount_fen", "signed_by")
