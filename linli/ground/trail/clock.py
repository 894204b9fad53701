"""The installation's clock: the real one, unless a demo or a rehearsal has set it elsewhere. Rooms ask no other."""

import tomllib
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import datetime, timedelta
from functools import cache

from django.conf import settings
from django.utils import timezone

_fixed = ContextVar("fixed", default=None)


def now():
    """The moment, aware of its zone."""
    return _fixed.get() or timezone.now() + offset()


def today():
    """The day in the bureau's zone; a deadline ends at its midnight (R-73)."""
    return timezone.localtime(now()).date()


@contextmanager
def at(moment):
    """Within it the clock stands at ``moment`` (a datetime, or a date's 9 o'clock): for demos and tests."""
    if not isinstance(moment, datetime):
        moment = datetime(moment.year, moment.month, moment.day, 9)
    if timezone.is_naive(moment):
        moment = timezone.make_aware(moment)
    token = _fixed.set(moment)
    try:
        yield moment
    finally:
        _fixed.reset(token)


@cache
def offset():
    """How far the installation's clock is from the real one; zero but for demos."""
    if not settings.CLOCK_FILE.exists():
        return timedelta(0)
    return timedelta(seconds=tomllib.loads(settings.CLOCK_FILE.read_text(encoding="utf-8"))["offset_seconds"])


def start_at(moment):
    """From now on the installation's clock runs on from ``moment``; None puts it right again."""
    if moment is None:
        settings.CLOCK_FILE.unlink(missing_ok=True)
    else:
        ahead = (timezone.make_aware(moment) - timezone.now()).total_seconds()
        settings.CLOCK_FILE.write_text(f"offset_seconds = {ahead:.0f}\n", encoding="utf-8")
    offset.cache_clear()
