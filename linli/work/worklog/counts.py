"""What counts and what does not: of a call away, of a work. The rules alone, over rows that somebody has read."""

from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy

from linli.ground.trail import workdays
from linli.work.worklog.models import CallAway
from linli.work.worklog.spans import is_too_long

DAYS_TO_ANSWER = 5  # working days in which the station may say that it was not so

REASONS = {  # why a work counts for nothing, or for less than its length
    "": pgettext_lazy("work", "counts"),
    "struck": pgettext_lazy("work", "struck"),
    "running": pgettext_lazy("work", "running"),
    "too long": pgettext_lazy("work", "longer than 12 hours: the end is to be put right"),
    "not found": pgettext_lazy("work", "taken out: a spot check found nobody"),
    "overlap": pgettext_lazy("work", "partly counted in another entry"),
    "away": pgettext_lazy("work", "partly away by order of the station"),
    "outside": pgettext_lazy("work", "partly outside these days"),
}


def answer_due(call):
    """The last day on which the station may answer what an officer entered."""
    return workdays.after(localdate(call.entered_at), DAYS_TO_ANSWER)


def is_counted(call, today):
    """Whether a call takes hours off what is due. What the station leaves unanswered stands as the officer wrote it."""
    if call.withdrawn_at is not None:
        return False
    if call.decided is not None:
        return call.decided
    if call.station_says == CallAway.Station.SILENT:
        return answer_due(call) < today
    return call.station_says == CallAway.Station.CONFIRMS


def left_out(work, failed):
    """Why a work counts for nothing, "" if it counts. failed: moments at which a check found nobody in its place."""
    if work.struck_at is not None:
        return "struck"
    if is_too_long(work.started_at, work.ended_at):
        return "too long"
    if work.ended_at is None:
        return "running"
    if any(work.started_at <= moment <= work.ended_at for moment in failed):
        return "not found"
    return ""
