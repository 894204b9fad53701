"""Quarters by name: "2026Q3" and what days it has. No clock in here: a period is always given."""

import re

import numpy as np

_PERIOD = re.compile(r"(\d{4})Q([1-4])")


def parse(period):
    """(year, quarter) of "2026Q3"; ValueError for anything else.

    >>> parse("2026Q3")
    (2026, 3)
    """
    match = _PERIOD.fullmatch(period) if isinstance(period, str) else None
    if match is None:
        raise ValueError(f"period {period!r} is not a quarter such as 2026Q3")
    return int(match[1]), int(match[2])


def step(period, quarters):
    """The period so many quarters later (negative: earlier).

    >>> step("2026Q1", -1)
    '2025Q4'
    """
    year, quarter = parse(period)
    index = year * 4 + quarter - 1 + quarters
    return f"{index // 4:04d}Q{index % 4 + 1}"


def between(first, last):
    """All periods from first to last, both included; empty when last is before first."""
    found = []
    while first <= last:
        found.append(first)
        first = step(first, 1)
    return found


def months(period):
    """The three calendar months of the quarter as ``datetime64[M]``."""
    year, quarter = parse(period)
    return np.datetime64(f"{year:04d}-{quarter * 3 - 2:02d}", "M") + np.arange(3)


def first_day(period):
    """The quarter's first day, ``datetime64[D]``."""
    return months(period)[0].astype("datetime64[D]")


def last_day(period):
    """The quarter's last day, ``datetime64[D]``."""
    return (months(period)[2] + 1).astype("datetime64[D]") - 1


def span_of(period):
    """(first, last) day of the quarter as ``datetime.date``.

    >>> [str(day) for day in span_of("2026Q3")]
    ['2026-07-01', '2026-09-30']
    """
    return first_day(period).item(), last_day(period).item()


def period_of(day):
    """The quarter that a ``datetime.date`` lies in.

    >>> from datetime import date
    >>> period_of(date(2026, 11, 25))
    '2026Q4'
    """
    return f"{day.year:04d}Q{(day.month + 2) // 3}"


def days_held(start, end, first, last):
    """Days of [first, last] inside [start, end], both ends counted; ``end`` NaT means open. Arrays (n,)."""
    end = np.where(np.isnat(end), last, end)
    held = (np.minimum(end, last) - np.maximum(start, first)).astype(int) + 1
    return np.maximum(held, 0)


def default_seed(period):
    """The seed of an official run when none is given: the period's last day, 2026Q3 -> 20260930.

    >>> default_seed("2026Q3")
    20260930
    """
    return int(str(last_day(period)).replace("-", ""))
