"""Days and quarters as spans of moments, and when a work is too long to be believed."""

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from linli.ground.trail import clock

LONGEST = timedelta(hours=12)  # one that ran longer was forgotten: it counts when its end has been put right


def midnight(day):
    """The first moment of a day in the bureau's zone."""
    return make_aware(datetime.combine(day, time()))


def moments(first, last):
    """(start, end) of the days from first to last, both whole."""
    return midnight(first), midnight(last + timedelta(days=1))


def is_too_long(started_at, ended_at):
    """Whether a work ran so long that somebody must have forgotten to stop it; a running one up to now."""
    return (ended_at or clock.now()) - started_at > LONGEST
