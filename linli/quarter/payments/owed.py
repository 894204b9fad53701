"""What somebody is owed, before it is promised: lines of a computed quarter's allowance, an award, a room's due."""

import math
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from linli.book import frozen
from linli.book.figures import fixed
from linli.ground.officers.models import Officer
from linli.quarter.payments.models import Promise


@dataclass(frozen=True)
class Owed:
    """``base`` is the reference without a correction's number; money is whole fen."""

    base: str
    kind: str
    payee: str
    payee_name: str
    amount_fen: int
    period: str = ""
    community: str = ""
    months: Decimal | None = None
    score: Decimal | None = None
    what: str = ""
    due_on: date | None = None
    decision_id: int | None = None

    @classmethod
    def from_promise(cls, promise, amount_fen):
        """The same thing as a promise is for, at another amount."""
        names = ("kind", "payee", "payee_name", "period", "community", "months", "score", "what", "decision_id")
        return cls(
            base_of(promise.reference), amount_fen=amount_fen, **{name: getattr(promise, name) for name in names}
        )

    def columns(self):
        """What a ``Promise`` keeps of it."""
        names = ("kind", "payee", "payee_name", "period", "community", "months", "score", "what", "due_on")
        return {name: getattr(self, name) for name in names} | {"decision_id": self.decision_id}


def base_of(reference):
    """A reference without the number of its correction.

    >>> base_of("allowance:2026Q3:O08:r2"), base_of("allowance:2026Q3:O08")
    ('allowance:2026Q3:O08', 'allowance:2026Q3:O08')
    """
    base, _, last = reference.rpartition(":")
    return base if base and last[:1] == "r" and last[1:].isdigit() else reference


def allowances(bureau, computation):
    """An ``Owed`` for every line of a computation's allowance, to the fen as it was shared (R-50)."""
    quarter = frozen.loads(computation.quarter)
    names = dict(zip(quarter.scores.officer, quarter.scores.name, strict=True))
    places = dict(zip(quarter.scores.officer, quarter.scores.community, strict=True))
    known = dict(Officer.objects.filter(bureau=bureau).values_list("code", "name"))
    lines = quarter.allowance
    return [
        Owed(
            base=f"allowance:{quarter.period}:{officer}",
            kind=Promise.Kind.ALLOWANCE,
            payee=officer,
            payee_name=names.get(officer) or known.get(officer, officer),
            amount_fen=int(lines.amount_fen[i]),
            period=quarter.period,
            community=places.get(officer, ""),
            months=_decimal(lines.months[i]),
            score=_decimal(lines.score[i]),
        )
        for i, officer in enumerate(lines.officer)
    ]


def unsettled(cycle):
    """(payee, name, fen promised so far, fen owed) where a correction moved a published quarter's allowance."""
    found = {owed.base: owed for owed in allowances(cycle.bureau, cycle.current)}
    so_far = {}
    lines = Promise.objects.filter(bureau=cycle.bureau, period=cycle.period, kind=Promise.Kind.ALLOWANCE)
    for line in lines.exclude(state=Promise.State.CANCELLED).order_by("payee", "pk"):
        known = so_far.setdefault(base_of(line.reference), [line.payee, line.payee_name, 0])
        known[2] += line.amount_fen - line.overpaid_fen
    for base, owed in found.items():
        so_far.setdefault(base, [owed.payee, owed.payee_name, 0])
    rows = [(*known, found[base].amount_fen if base in found else 0) for base, known in so_far.items()]
    return sorted(row for row in rows if row[2] != row[3])


def award(decision):
    """The ``Owed`` of an approved award; ties were shared by the core (R-24)."""
    proposal = decision.proposal
    return Owed(
        base=f"award:{proposal.cycle.period[:4]}:{proposal.officer.code}",
        kind=Promise.Kind.AWARD,
        payee=proposal.officer.code,
        payee_name=proposal.officer.name,
        amount_fen=int(proposal.facts["amount_fen"]),
        period=proposal.cycle.period,
        community=proposal.community.code,
        score=_decimal(proposal.facts.get("mean", math.nan)),
        decision_id=decision.pk,
    )


def _decimal(value):
    return None if math.isnan(value) else Decimal(fixed(value, 2))
