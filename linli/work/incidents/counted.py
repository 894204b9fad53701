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
    """Every accepted table that was read or typed: (moment, covers), oldest first; what puts back reads nothing."""
    tables = CountTable.objects.filter(bureau=bureau, state=CountTable.State.ACCEPTED, undone_by=None)
    tables = tables.exclude(origin=CountTable.Origin.UNDO).order_by("settled_at", "number")
    return list(tables.values_list("settled_at", "covers"))


def times_read(found):
    """(month, community code) -> how many of the readings covered it."""
    times = defaultdict(int)
    for _at, covers in found:
        for month, codes in covers.items():
            for code in codes:
                times[month, code] += 1
    return times


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
        for month, codes in covers.items():
            for code in codes:
                for kind in COUNTED:
                    said = [number for at, number in history[month, code, kind] if at <= moment]
                    if said and said[-1] is not None:
                        by_age[month, (code, kind)][age(moment, month)] = said[-1]
    return by_age


def late_steps(bureau):
    """What earlier months that were read again show of late reporting."""
    return late.steps(aged(bureau, readings(bureau)))
