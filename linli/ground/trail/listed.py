"""Lists that people filter, leaf through and take with them as .csv; every room may use it."""

import csv
from datetime import date

from django.core.paginator import Paginator
from django.http import StreamingHttpResponse
from django.utils.timezone import localtime

from linli.book.safe import csv_text

A_PAGE = 50


class _Echo:
    def write(self, line):
        return line


def csv_answer(name, header, rows):
    """Rows as a download that Excel opens rightly: UTF-8 with its mark, CRLF, no cell that would be calculated."""
    writer = csv.writer(_Echo(), lineterminator="\r\n")

    def lines():
        yield "\ufeff" + writer.writerow([str(cell) for cell in header])
        for row in rows:
            yield writer.writerow([csv_text("" if cell is None else str(cell)) for cell in row])

    answer = StreamingHttpResponse(lines(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{name}.csv"'
    return answer


def page_of(request, rows, size=A_PAGE):
    """The page of a list that ``?page=`` asks for; one that is not there becomes the nearest."""
    return Paginator(rows, size).get_page(request.GET.get("page"))


def day_of(text):
    """A date from ``2026-11-25``; None for anything else."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def minute(moment):
    """A moment in the bureau's zone to the second, as it stands in a file; "" for none."""
    return localtime(moment).strftime("%Y-%m-%d %H:%M:%S") if moment else ""
