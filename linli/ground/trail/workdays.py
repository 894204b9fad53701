"""Working days (工作日) of the State Council's calendar with its make-up days, from the library ``holidays`` (R-73).

A deadline "within five working days" of a day ends at midnight of the fifth working day after it. Years not yet
announced are the library's estimate: ``announced`` says so.
"""

from datetime import timedelta
from functools import cache, lru_cache

import holidays


@cache
def _calendar():
    return holidays.country_holidays("CN")


@lru_cache(maxsize=4096)
def is_working(day):
    """Whether offices work on that day: make-up Saturdays do, festival weekdays do not."""
    return _calendar().is_working_day(day)


@lru_cache(maxsize=4096)  # a page asks for the same deadlines over and over
def after(day, count):
    """The ``count``-th working day after ``day``; with 0 the day itself, or the next working day if it is none."""
    if count == 0 and is_working(day):
        return day
    return _calendar().get_nth_working_day(day, max(count, 1))


def between(first, last):
    """How many working days lie after ``first`` up to and with ``last``; negative when last is the earlier."""
    if last < first:
        return -between(last, first)
    days = (first + timedelta(days=step) for step in range(1, (last - first).days + 1))
    return sum(map(is_working, days))
