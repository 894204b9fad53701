"""Tables of this room for ``parts/table.html``: hours by kind and week, and works one by one."""

from datetime import timedelta

from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.work.worklog import shown
from linli.work.worklog.counts import REASONS, days_later, is_late
from linli.work.worklog.kinds import WORKS
from linli.work.worklog.queries import by_week


def week_table(rows):
    """(columns, rows, totals) of hours by week and kind; a cell says hours and, small, how many works."""
    weeks = by_week(rows)
    heads = [{"label": _("Week")}, *({"label": str(WORKS[kind]), "number": True} for kind in WORKS)]
    heads.append({"label": _("Hours"), "number": True})
    lines = [{"cells": [_week_said(monday), *_cells(kinds)]} for monday, kinds in weeks.items()]
    together = {kind: [sum(week[kind][i] for week in weeks.values() if kind in week) for i in (0, 1)] for kind in WORKS}
    return heads, lines, [_("Total"), *_cells(together)] if lines else None


def _week_said(monday):
    sunday = monday + timedelta(days=6)
    return f"{monday:%m-%d} – {sunday:%m-%d}"


def _cells(kinds):
    for kind in WORKS:
        hours, works = kinds.get(kind, (0.0, 0))
        yield {"text": shown.hours_said(hours), "note": f"{works:g}"} if works else None
    yield shown.hours_said(sum(hours for hours, _works in kinds.values()))


def work_rows(rows, link=None):
    """(columns, rows) of works one by one, without their notes. link: a function from a work to its address."""
    heads = [
        {"label": _("Started")}, {"label": _("Ended")}, {"label": _("Kind of work")}, {"label": _("Cell of the grid")},
        {"label": _("Hours counted"), "number": True}, {"label": pgettext("work", "Counts")},
    ]  # fmt: skip
    return heads, [{"cells": _work_cells(work, hours, why, link)} for work, hours, why in rows]


def _work_cells(work, hours, why, link):
    first = shown.moment_said(work.started_at)
    return [
        {"text": first, "url": link(work)} if link else first,
        shown.clock_said(work.ended_at),
        shown.kind_said(work.kind),
        work.cell,
        shown.hours_said(hours),
        {"text": str(REASONS[why]), "note": _late(work)},
    ]


def _late(work):
    """How long after it was done a work was last written, when that is long, and how often it was written anew."""
    days, said = days_later(work), []
    if is_late(work):
        text = ngettext("written down or changed %(n)d day later", "written down or changed %(n)d days later", days)
        said.append(text % {"n": days})
    if work.version > 1:
        said.append(_("version %(n)d") % {"n": work.version})
    return " · ".join(said)
