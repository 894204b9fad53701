"""The days of a dispute: thirty to mediate, sixty to see whether it holds, and the one day on which it is counted."""

from datetime import timedelta

LIMIT = 30  # days of mediation
WATCH = 60  # days in which a settled dispute may relapse
BACK = 30  # days: how far back a settlement may be dated
TAKEN_BACK = 60  # days: how far back an intake may be dated


def limit_of(taken_in_on):
    """The last day of mediation."""
    return taken_in_on + timedelta(days=LIMIT)


def watched_until(day):
    """The last day on which a relapse counts, and the day on which the follow-up is due."""
    return day + timedelta(days=WATCH)


def quarter_before(day):
    """The first day of the quarter before a day's own.

    >>> from datetime import date
    >>> quarter_before(date(2026, 2, 3)).isoformat(), quarter_before(date(2026, 9, 1)).isoformat()
    ('2025-10-01', '2026-04-01')
    """
    months = day.year * 12 + (day.month - 1) // 3 * 3 - 3
    return day.replace(year=months // 12, month=months % 12 + 1, day=1)


def counts_first(taken_in_on):
    """The day on which a dispute is counted as long as it is not settled: its limit and sixty days.

    >>> from datetime import date
    >>> counts_first(date(2026, 7, 1)).isoformat()
    '2026-09-29'
    """
    return watched_until(limit_of(taken_in_on))


def counts_after_settling(counts_on, settled_on, today):
    """The day on which a settled dispute is counted: sixty days after the settlement, unless its day has passed.

    A day that has passed never moves, and a day never moves into the past: each dispute is counted exactly once.

    >>> from datetime import date
    >>> counts_after_settling(date(2026, 9, 29), date(2026, 7, 10), date(2026, 7, 11)).isoformat()
    '2026-09-08'
    >>> counts_after_settling(date(2026, 9, 29), date(2026, 9, 30), date(2026, 9, 30)).isoformat()
    '2026-09-29'
    """
    return watched_until(settled_on) if today <= counts_on else counts_on
