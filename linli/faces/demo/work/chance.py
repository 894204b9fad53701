"""Chance with a seed, and the days of a quarter."""

import random
from datetime import datetime, time, timedelta

from heng import periods
from linli.ground.trail import clock


def drawn_for(*what):
    """A generator of its own for each thing: adding a room changes nothing in the others."""
    return random.Random("|".join(map(str, what)))


def days(period, until=None):
    """The dates of a quarter, up to a day where it has not ended."""
    first, last = periods.span_of(period)
    last = min(last, until or last)
    return [first + timedelta(days=i) for i in range((last - first).days + 1)]


def evening(day, hour=18, minute=0):
    """Within it the clock stands at that hour of a day."""
    return clock.at(datetime.combine(day, time(hour, minute)))


def figures(county, period, rate):
    """(community code, numerator, denominator) as the county book has them."""
    found = county.book.evidence.rows((county.book.evidence.period == period) & (county.book.evidence.rate == rate))
    return [(found.community[i], float(found.numerator[i]), float(found.denominator[i])) for i in range(len(found))]


def parts(total, count, rng):
    """A whole number in ``count`` whole parts, by chance.

    >>> parts(7, 3, drawn_for("an example")), sum(parts(7, 3, drawn_for("another")))
    ([0, 7, 0], 7)
    """
    cuts = sorted(rng.randint(0, total) for _ in range(count - 1))
    return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]


def officer_of(county, code, on):
    """The account of whoever held a community on a day."""
    posts = county.communities[code].posts.select_related("officer__account")
    return next(post.officer.account for post in posts if post.start <= on and (post.end is None or on <= post.end))
