"""What counts and what does not: of a call away, of a work. The rules alone, over rows that somebody has read."""

from django.utils.timezone import localdate
from django.utils.translation import pgettext_lazy

from linli.ground.trail import clock, workdays
from linli.work.worklog.models import CallAway
from linli.work.worklog.spans import LONGEST, is_too_long

DAYS_TO_ANSWER = 5  # working days in which the station may say that it was not so
SOON = 2  # days within which a day is still well remembered

REASONS = {  # why a work counts for nothing, or for less than its length
    "": pgettext_lazy("work", "counts"),
    "struck": pgettext_lazy("work", "struck"),
    "running": pgettext_lazy("work", "running"),
    "too long": pgettext_lazy("work", "longer than 12 hours: the end is to be put right"),
    "not found": pgettext_lazy("work", "taken out: a spot check found nobody"),
    "overlap": pgettext_lazy("work", "partly counted in another entry"),
    "checked": pgettext_lazy("work", "partly in hours in which a spot check found nobody"),
    "away": pgettext_lazy("work", "partly away by order of the station"),
    "outside": pgettext_lazy("work", "partly outside these days"),
    "post": pgettext_lazy("work", "partly outside the days of the post"),
}


def answer_due(call):
    """The last day on which the station may answer what an officer entered."""
    return workdays.after(localdate(call.entered_at), DAYS_TO_ANSWER)


def is_too_late_to_answer(call):
    """Whether the days to answer are over: what was written stands from then on."""
    return answer_due(call) < clock.today()


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


def missed(work, failed):
    """The span of a work inside which a check found nobody, or None; of one without an end, as long as one may last.

    Nobody who was not there in these hours was elsewhere either: they count in no other entry (``hours``).
    """
    end = min(work.ended_at or clock.now(), work.started_at + LONGEST)
    inside = work.struck_at is None and any(work.started_at <= moment <= end for moment in failed)
    return (work.started_at, end) if inside else None


def days_later(work):
    """Days from the day of a work until it was last written: an early stub does not hide what is filled in later."""
    return (localdate(max(work.entered_at, work.changed_at)) - localdate(work.started_at)).days


def is_late(work):
    """Whether a work was last written when its day was no longer well remembered: a reason to look, no deduction."""
    return days_later(work) > SOON
