"""One thing that waits for somebody; every working room's ``queries.items(user, bureau, today)`` gives such."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Item:
    """text: what is to be done, translated; url: where; due: the last day, to its midnight; note: a word more."""

    text: str
    url: str
    due: date | None = None
    note: str = ""
    count: int = 0

    def late(self, today):
        return self.due is not None and self.due < today


def in_order(items, today):
    """What is late first, then by the day it is due, then what has no day."""
    return sorted(items, key=lambda item: (not item.late(today), item.due or date.max))
