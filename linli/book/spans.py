"""Spans of days that must not meet: two holders of one post, one person in two places."""

import datetime
from collections import defaultdict
from dataclasses import dataclass


@dataclass(frozen=True)
class Span:
    """From ``start`` to ``end``, both days counted (end None: still so). Spans of one label may meet, others not."""

    index: int
    start: datetime.date
    end: datetime.date | None
    label: object

    @property
    def until(self):
        return self.end or datetime.date.max


def clashes(spans):
    """(later span, earlier span) for every span that begins while one of another label still runs.

    One pass in order of start: of all that began before, the one that runs longest and the one of another label that
    runs longest are enough to know, so a sheet of 200,000 rows takes no longer than sorting it.
    """
    longest = other = None
    for span in sorted(spans, key=lambda span: span.start):
        rival = other if longest is not None and longest.label == span.label else longest
        if rival is not None and rival.until >= span.start:
            yield span, rival
        if longest is None or span.until > longest.until:
            if longest is not None and longest.label != span.label:
                other = longest
            longest = span
        elif span.label != longest.label and (other is None or span.until > other.until):
            other = span


def clashes_within(keyed):
    """``clashes`` among the spans of each key; ``keyed`` holds (key, span)."""
    groups = defaultdict(list)
    for key, span in keyed:
        groups[key].append(span)
    for key, spans in groups.items():
        for later, earlier in clashes(spans):
            yield key, later, earlier
