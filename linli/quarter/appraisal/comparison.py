"""What moved between two computations of one quarter: figures, scores, ranks, proposals, allowance (R-74)."""

import math
from dataclasses import dataclass

from linli.book.shown import records
from linli.quarter.appraisal.whole import quarter_of

FIGURES = ("numerator", "denominator", "crude", "adjusted", "points", "status")
SCORES = ("score", "rank", "tied", "status")


@dataclass(frozen=True)
class Moved:
    """One value that is no longer what it was. table: figures, scores, proposals or allowance; key: the ids it stands
    under (community and rate; officer; officer and kind); before, after: None where there is none."""

    table: str
    key: tuple
    column: str
    before: object
    after: object


@dataclass(frozen=True)
class Difference:
    """Everything that moved, table by table; empty when nothing did."""

    figures: tuple = ()
    scores: tuple = ()
    proposals: tuple = ()
    allowance: tuple = ()

    def __bool__(self):
        return bool(self.figures or self.scores or self.proposals or self.allowance)

    def officers(self):
        """Officers whose score, rank, proposals or allowance moved."""
        moved = (*self.scores, *self.proposals, *self.allowance)
        return tuple(sorted({one.key[0] for one in moved}))


def diff(older, newer):
    """The ``Difference`` between two ``Computation``s of one quarter. Chances move by a hair with any figure and are
    left to the files themselves; so are intervals."""
    before, after = quarter_of(older), quarter_of(newer)
    kinds = ("rule", "distinguishable", "blocked_by")
    return Difference(
        figures=_moved("figures", before.indicators, after.indicators, ("community", "rate"), FIGURES),
        scores=_moved("scores", before.scores, after.scores, ("officer", "community"), SCORES),
        proposals=_moved("proposals", before.proposals, after.proposals, ("officer", "kind"), kinds),
        allowance=_moved("allowance", before.allowance, after.allowance, ("officer",), ("score", "amount_fen")),
    )


def _moved(table, before, after, key, columns):
    old, new = _by_key(before, key), _by_key(after, key)
    rows = []
    for at in sorted(old.keys() | new.keys()):
        for column in columns:
            pair = tuple(_plain(getattr(side.get(at), column, None)) for side in (old, new))
            if pair[0] != pair[1]:
                rows.append(Moved(table, at, column, *pair))
    return tuple(rows)


def _by_key(columns, key):
    return {tuple(getattr(row, name) for name in key): row for row in records(columns)}


def _plain(value):
    """A value as it is compared and shown: unknown is None, a number of a library's kind an ordinary one."""
    value = value.item() if hasattr(value, "item") else value
    return None if isinstance(value, float) and math.isnan(value) else value
