"""What the dispute handling rate (調處率) counts, and in which quarter: each dispute once, on its ``counts_on``."""

from heng.periods import span_of
from linli.work.disputes.models import CONFIDENTIAL, Dispute


def due_in(bureau, period):
    """Disputes that come due in a quarter, those that are left out of the rate too, with their sides."""
    rows = Dispute.objects.filter(bureau=bureau, counts_on__range=span_of(period))
    return rows.select_related("community", "bureau", "mediator").defer(*CONFIDENTIAL).prefetch_related("sides")


def is_settled(dispute):
    """Whether it stands in the numerator: confirmed by both sides, and followed up after sixty days without relapse."""
    return dispute.state == "closed" and all(side.confirmed is True for side in dispute.sides.all())


def is_provisional(dispute, today):
    """Whether it may still count otherwise: its day has not passed, or nobody has looked whether it holds."""
    return dispute.counts_on >= today or dispute.state == "settled"


def is_timely(dispute):
    """Whether mediation ended, either way, within its thirty days."""
    return dispute.ended_on is not None and dispute.ended_on <= dispute.due
