"""Which quarters an appraisal is asked for: one, a range, or the latest the book has evidence of."""

from heng import periods
from linli.book import cells
from linli.book.problems import BadBook, Problem

LATEST = "latest"


def quarters(asked, present=()):
    """The periods that ``asked`` names, in order; ``present`` are those of the book, for "latest".

    >>> quarters("2025Q4..2026Q2")
    ('2025Q4', '2026Q1', '2026Q2')
    >>> quarters("latest", ["2026Q1", "2025Q4"])
    ('2026Q1',)
    """
    if asked is None:
        return ()
    if asked == LATEST:
        if not present:
            raise BadBook([Problem("period_present", "evidence", column="period", found=asked, facts={"present": "—"})])
        return tuple(sorted(present)[-1:])
    try:
        first, _, last = asked.partition("..")
        first = cells.quarter(first)
        last = cells.quarter(last) if ".." in asked else first
    except cells.Unreadable as unknown:
        raise BadBook([Problem("asked", "--period", found=asked)]) from unknown
    if last < first:
        raise BadBook([Problem("asked", "--period", found=asked)])
    return tuple(periods.between(first, last))


def year_of(asked):
    """The one year that all those quarters lie in, else None: what 3月1日 without a year may be read with."""
    years = {period[:4] for period in asked}
    return int(years.pop()) if len(years) == 1 else None
