"""What stands in the papers: a line for each day of the log, a line for each visit of the register."""

from datetime import timedelta

from django.utils.timezone import localdate

from linli.work.worklog import intervals, shown
from linli.work.worklog.counts import left_out
from linli.work.worklog.kinds import WORKS
from linli.work.worklog.models import Work
from linli.work.worklog.spans import moments


def kinds():
    """The seven, in the reader's language."""
    return [str(said) for said in WORKS.values()]


def _works(officer, first, last, with_notes):
    start, end = moments(first, last)
    rows = Work.objects.filter(officer=officer, started_at__gte=start, started_at__lt=end, struck_at=None)
    rows = rows if with_notes else rows.defer("note")
    return [w for w in rows.select_related("community__station").order_by("started_at", "pk") if not left_out(w, ())]


def diary(officer, first, last, with_notes):
    """A dict for each day with work: day, shift, hours by kind, hours in all, notes (the officer's own paper alone).

    Hours of overlapping works stand once, in the one that began first.
    """
    found, days = [], {}
    for work in _works(officer, first, last, with_notes):
        days.setdefault(localdate(work.started_at), []).append(work)
    for day in (first + timedelta(days=i) for i in range((last - first).days + 1)):
        if day in days:
            found.append(_line(day, days[day], with_notes))
    return found


def _line(day, works, with_notes):
    by_kind = dict.fromkeys(WORKS, 0.0)
    parts = intervals.once([(work.started_at, work.ended_at) for work in works])
    for work, part in zip(works, parts, strict=True):
        by_kind[work.kind] += intervals.hours([part] if part else [])
    return {
        "day": day,
        "said": shown.day_said(day),
        "shift": f"{shown.clock_said(works[0].started_at)}–{shown.clock_said(max(work.ended_at for work in works))}",
        "kinds": [hours or None for hours in by_kind.values()],
        "by_kind": [(str(WORKS[kind]), shown.hours_said(hours) if hours else "") for kind, hours in by_kind.items()],
        "total": sum(by_kind.values()),
        "total_said": shown.hours_said(sum(by_kind.values())),
        "notes": "\n".join(work.note for work in works if work.note) if with_notes else "",
    }


def visits(officer, first, last, with_notes):
    """A dict for each visit: when, where (community and cell), why (topics), content, recording unit."""
    return [
        {
            "moment": shown.moment_said(work.started_at),
            "until": shown.clock_said(work.ended_at),
            "place": f"{work.community.name} {work.cell}".strip(),
            "reason": shown.topics_said(work.topics),
            "content": work.note if with_notes else "",
            "unit": work.community.station.name if work.community.station else "",
        }
        for work in _works(officer, first, last, with_notes)
        if work.kind == "visit"
    ]
