"""Responsibility binding (責任捆綁, R-40 to R-43): who is named with an officer, and the leaders' own days."""

import math

import numpy as np

from heng.evidence import numbers, text
from heng.periods import months
from heng.results import LeaderMonths

WHOLE_MONTH = 15  # days of a month from which the month is owed in full


def joint_names(pairings, community, first, last):
    """(leaders, offices) that every notice about the community's officer must name (一併通報, R-43): two tuples of ids.

    Named is who was paired on at least half of the days from `first` to `last`, so a tie names both; where nobody
    reaches half, whoever was paired longest, unless no leader was paired for longer still. A community without a
    leader gives (): that is allowed and said. Its office is named however short the pairing was.
    """
    rows = pairings.rows(pairings.community == community)
    span = np.arange(first, last + 1)
    leaders, offices = (_days_by_name(names, rows, span) for names in (rows.leader, rows.office))
    unled = len(span) - np.count_nonzero(_any(leaders, span))
    return _most(leaders, span, at_least=unled), _most(offices, span)


def _days_by_name(names, rows, span):
    """name -> boolean mask over the days of ``span`` on which it was paired; blanks left out."""
    masks = {}
    for name, start, end in zip(names, rows.start, rows.end, strict=True):
        paired = (span >= start) & (np.isnat(end) | (span <= end))
        if name and paired.any():
            masks[name] = masks.get(name, False) | paired
    return masks


def _any(masks, span):
    return np.logical_or.reduce(list(masks.values())) if masks else np.zeros(len(span), dtype=bool)


def _most(masks, span, at_least=0):
    days = {name: int(mask.sum()) for name, mask in masks.items()}
    longest = max(days.values(), default=0)
    return tuple(sorted(n for n, held in days.items() if 2 * held >= len(span) or held == longest >= at_least))


def refuse_unnamed(leaders, offices, pairings, community, first, last):
    """Stop a circular that criticises an officer and leaves out a leader or office paired with the community (R-43).

    Gives nothing when all of `joint_names` are named. ValueError says who is missing; an office is always required,
    a leader only where there is one.
    """
    due_leaders, due_offices = joint_names(pairings, community, first, last)
    for what, named, due in (("leaders", leaders, due_leaders), ("offices", offices, due_offices)):
        missing = sorted(set(due) - set(named))
        if missing:
            raise ValueError(f"{what} {tuple(named)!r} of a notice about {community} leave out {', '.join(missing)}")
    if not offices:
        raise ValueError(f"offices () of a notice about {community}: an office is always named")


def leader_months(leader_days, pairings, period, rule):
    """What every paired leader did and owed in each month of the quarter: `results.LeaderMonths`, one row a month.

    Hours of a date are added, then counted: a whole day, half a day or nothing; a date is never more than one day.
    Only hours somebody else counter-signed count; dates without such a signature are reported as ``uncounted``. A
    month without a visit is 0 of what is due. In a month paired for fewer than 15 days the due is pro rata, rounded
    down to half days; days in a community that is not the leader's are shown, with nothing due.
    """
    found = []
    for month in months(period):
        span = np.arange(month.astype("datetime64[D]"), (month + 1).astype("datetime64[D]"))
        paired, visits = _paired_days(pairings, span), _visits(leader_days, span)
        for community, leader in sorted({*paired, *visits}):
            days, uncounted = _counted(visits.get((community, leader), {}), rule)
            due = _due(paired.get((community, leader), 0), len(span), rule)
            found.append((leader, community, str(month), days, due, uncounted))
    return _table(sorted(found, key=lambda row: (row[1], row[0], row[2])))


def _paired_days(pairings, span):
    """(community, leader) -> days of ``span`` paired."""
    return {
        (community, leader): int(mask.sum())
        for community in set(pairings.community)
        for rows in [pairings.rows(pairings.community == community)]
        for leader, mask in _days_by_name(rows.leader, rows, span).items()
    }


def _visits(leader_days, span):
    """(community, leader) -> date -> counter-signed hours, None where nobody else signed."""
    visits = {}
    within = leader_days.rows((leader_days.date >= span[0]) & (leader_days.date <= span[-1]))
    columns = (within.community, within.leader, within.date, within.hours, within.countersigned_by)
    for community, leader, date, hours, signed_by in zip(*columns, strict=True):
        dates = visits.setdefault((community, leader), {})
        dates.setdefault(date, None)
        if signed_by and signed_by != leader:
            dates[date] = (dates[date] or 0.0) + hours
    return visits


def _counted(dates, rule):
    """(days, uncounted dates) of a month's visits."""
    signed = [round(hours, 6) for hours in dates.values() if hours is not None]
    whole = sum(hours >= rule.full_day_hours for hours in signed)
    half = sum(rule.half_day_hours <= hours < rule.full_day_hours for hours in signed)
    return whole + half / 2, len(dates) - len(signed)


def _due(paired, days_in_month, rule):
    if paired >= WHOLE_MONTH:
        return rule.per_month
    return math.floor(2 * rule.per_month * paired / days_in_month) / 2


def _table(rows):
    leader, community, month, days, due, uncounted = zip(*rows, strict=True) if rows else ((),) * 6
    return LeaderMonths(
        text(leader), text(community), text(month), numbers(days), numbers(due), np.asarray(uncounted, dtype=int)
    )
