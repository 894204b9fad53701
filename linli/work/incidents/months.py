"""Months as they are kept (2026-03), and the three of a quarter."""

import re

from django.utils.translation import gettext as _

from heng import periods
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused

_MONTH = re.compile(r"(\d{4})-(0[1-9]|1[0-2])")


def of_quarter(period):
    """The three months of a quarter.

    >>> of_quarter("2026Q3")
    ['2026-07', '2026-08', '2026-09']
    """
    year, quarter = periods.parse(period)
    return [f"{year}-{quarter * 3 - 2 + i:02d}" for i in range(3)]


def quarter_of(month):
    """The quarter in which a month lies.

    >>> quarter_of("2026-08")
    '2026Q3'
    """
    return f"{month[:4]}Q{(int(month[5:]) + 2) // 3}"


def index(month):
    """Months counted through, so that their difference is a number of months."""
    return int(month[:4]) * 12 + int(month[5:]) - 1


def named(position):
    """The month of an ``index``.

    >>> named(index("2026-01") - 1)
    '2025-12'
    """
    return f"{position // 12}-{position % 12 + 1:02d}"


def month_of(day):
    """The month of a date."""
    return f"{day.year}-{day.month:02d}"


def last_whole(today):
    """The month before the one that is running."""
    return named(index(month_of(today)) - 1)


def checked(month):
    """A month that has ended; else ``Refused``."""
    if not _MONTH.fullmatch(str(month)) or not 2000 <= int(month[:4]) <= 2200:
        raise Refused(_("“%(month)s” is no month.") % {"month": str(month)[:20]}, _("Write it as 2026-03."))
    if month > last_whole(clock.today()):
        raise Refused(_("%(month)s has not ended yet.") % {"month": month}, _("A month is counted when it is over."))
    return month
