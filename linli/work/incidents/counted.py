"""The numbers that count now, of each community, month and kind the newest revision, and how often each was read."""

from collections import defaultdict
from datetime import datetime

from django.utils import timezone

from linli.work.incidents import late, months
from linli.work.incidents.kinds import COUNTED
from linli.work.incidents.models import CountTable, MonthCount


def newest(bureau, wanted=None, community=None):
    """(month, community code, kind) -> the newest ``MonthCount``; one query whatever the size."""
    found = MonthCount.objects.filter(bureau=bureau).select_related("community", "table")
    if wanted is not None:
        found = found.filter(month__in=set(wanted))
    if community is not None:
        found = found.filter(community=community)
    return {(row.month, row.community.code, row.kind): row for row in found.order_by("revision", "pk")}


def version_of(stands):
    """One number that grows with every revision of these counts: what a form was written against."""
    return sum(row.revision for row in stands.values())


def total(stands, month, code):
    """The counted kinds of one month and community together; None when one of them is not known."""
    numbers = [getattr(stands.get((month, code, kind)), "number", None) for kind in COUNTED]
    return None if None in numbers else sum(numbers)


def readings(bureau):
    """Every accepted table that was read or typed, oldest first; what puts back reads nothing.

    Each is (moment, {(month, community code): kinds}).
    """
    tables = CountTable.objects.filter(bureau=bureau, state=CountTable.State.ACCEPTED, undone_by=None)
    tables = tables.exclude(origin=CountTable.Origin.UNDO).order_by("settled_at", "number")
    return [
        (at, {(month, code): kinds for month, of in covers.items() for code, kinds in of.items()})
        for at, covers in tables.values_list("settled_at", "covers")
    ]


def times_read(found):
    """(month, community code, kind) -> how many of the readings covered it, 0 by default."""
    times = defaultdict(int)
    for _at, covers in found:
        for place, kinds in covers.items():
            for kind in kinds:
                times[*place, kind] += 1
    return times


def least_read(times, month, code, kinds=COUNTED):
    """How often a month was read in a community: as often as the kind of them that was read least."""
    return min(times[month, code, kind] for kind in kinds)


def last_whole_reading(found, month, code):
    """The moment since which no counted kind of a month and community is older; None while one was never read."""
    last = {kind: at for at, covers in found for kind in covers.get((month, code), ())}
    return min((last[kind] for kind in COUNTED), default=None) if last.keys() >= set(COUNTED) else None


def age(moment, month):
    """Whole months between a month's end and a moment (a datetime or date) in a later one."""
    moment = timezone.localdate(moment) if isinstance(moment, datetime) else moment
    return max(months.index(months.month_of(moment)) - months.index(month) - 1, 0)


def aged(bureau, found):
    """{(month, (community, kind)): {age: number}} of the counted kinds: what ``late.steps`` asks for."""
    history = defaultdict(list)
    rows = MonthCount.objects.filter(bureau=bureau, kind__in=COUNTED, table__undone_by=None, table__undoes=None)
    fields = ("month", "community__code", "kind", "number", "at")
    for month, code, kind, number, at in rows.order_by("revision").values_list(*fields):
        history[month, code, kind].append((at, number))
    by_age = defaultdict(dict)
    for moment, covers in found:
        for (month, code), kinds in covers.items():
            for kind in set(COUNTED).intersection(kinds):
                said = [number for at, number in history[month, code, kind] if at <= moment]
                if said and said[-1] is not None:
                    by_age[month, (code, kind)][age(moment, month)] = said[-1]
    return by_age


def late_steps(bureau):
    """What earlier months that were read again show of late reporting."""
    return late.steps(aged(bureau, readings(bureau)))
