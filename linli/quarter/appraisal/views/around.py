"""What every page of this room stands in: the cycle of the address, the way to it, tables that sort."""

from dataclasses import dataclass

from django.http import QueryDict
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.trail.listed import csv_answer
from linli.quarter.appraisal.queries import cycles_of
from linli.quarter.appraisal.wording import period_name


def cycle_of(bureau, period):
    """The cycle of the address, or 404."""
    return get_object_or_404(cycles_of(bureau), period=period)


def crumbs(bureau, cycle=None, *more):
    """The way to a page. more: (url, label)."""
    way = [{"url": reverse("appraisal:quarters", args=[bureau.code]), "label": _("Quarters")}]
    if cycle is not None:
        url = reverse("appraisal:cycle", args=[bureau.code, cycle.period])
        way.append({"url": url, "label": period_name(cycle.period)})
    return way + [{"url": url, "label": label} for url, label in more]


@dataclass(frozen=True)
class Column:
    """One column of a table: its name in the address, its label, what stands in a cell, what it is sorted by."""

    name: str
    label: str
    cell: object  # item -> text or a dict as parts/cell.html takes it
    key: object = None  # item -> what it is sorted by; None: cannot be sorted
    number: bool = False


def table(request, columns, items, own=lambda item: False):
    """Context of parts/table.html: ``columns`` and ``rows``, sorted as ``?sort=`` asks (``-`` turns it round)."""
    asked = request.GET.get("sort", "")
    by = next((c for c in columns if c.name == asked.lstrip("-") and c.key), None)
    if by is not None:
        known = [item for item in items if by.key(item) is not None]
        blank = [item for item in items if by.key(item) is None]  # what is not known stands last either way round
        items = sorted(known, key=by.key, reverse=asked.startswith("-")) + blank
    heads = [_head(request, column, asked) for column in columns]
    rows = [{"cells": [column.cell(item) for column in columns], "own": own(item)} for item in items]
    return {"columns": heads, "rows": rows}


def _head(request, column, asked):
    head = {"label": column.label, "number": column.number}
    if column.key:
        up = asked == column.name
        query = QueryDict(request.GET.urlencode(), mutable=True)
        query["sort"] = f"-{column.name}" if up else column.name
        head["sort_url"] = f"?{query.urlencode()}"
        head["sorted"] = "ascending" if up else "descending" if asked == f"-{column.name}" else ""
    return head


def as_csv(name, shown):
    """The same table as a file."""
    rows = [[_text(cell) for cell in row["cells"]] for row in shown["rows"]]
    return csv_answer(name, [column["label"] for column in shown["columns"]], rows)


def _text(cell):
    return cell.get("plain", cell["text"]) if isinstance(cell, dict) else cell


def quarter_cell(period, **more):
    """A quarter in words on the page, by its name in a file. more: url, note."""
    return {"text": period_name(period), "plain": period, **more}
