"""The numbers that count now: of each community, month and kind the newest revision."""

from linli.work.incidents.models import MonthCount


def newest(bureau, months=None):
    """(month, community code, kind) -> the newest ``MonthCount``; one query whatever the size."""
    found = MonthCount.objects.filter(bureau=bureau).select_related("community", "table")
    if months is not None:
        found = found.filter(month__in=set(months))
    return {(row.month, row.community.code, row.kind): row for row in found.order_by("revision", "pk")}
