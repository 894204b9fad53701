"""Spot checks: drawn at random with a seed that is kept, done by station or supervision, answered by the officer."""

import random
import secrets
from datetime import datetime, timedelta

from django.db.models import Max
from django.utils.timezone import localtime, make_aware
from django.utils.translation import gettext as _

from heng.periods import last_day, period_of
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import STATION, SUPERVISION
from linli.ground.officers.queries import related, relatives_of
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.actions import record as trail
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.worklog import rights
from linli.work.worklog.actions import checked
from linli.work.worklog.models import Draw, PlanEntry, SpotCheck, Work
from linli.work.worklog.spans import LONGEST, midnight

AHEAD = timedelta(days=7)
TO_ENTER = timedelta(hours=24)  # after the time that was drawn; later nobody remembers, or somebody has thought it over
AN_ENTRY = 60  # minutes, of a planned line that says no length
WAITING = SpotCheck.Result.WAITING


@action
def draw_checks(*, by, bureau, period="", seed=None, size=3):
    """Draws where to look: among works that run now and planned lines of the coming week. Gives the ``Draw``.

    A station is measured by what it finds: it draws once a day, and never so much that it may pick (``_fair``).
    """
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)  # numbers follow one another
    now = clock.now().replace(second=0, microsecond=0)  # whoever looks enters a time to the minute
    if period and period != period_of(localtime(now).date()):
        raise Refused(_("Checks are drawn for the running quarter."))
    period = period_of(localtime(now).date())
    frame = dict(_running(by, bureau, now)) | dict(_planned(by, bureau, now, period))
    if not frame:
        raise Refused(_("Nothing runs now and nothing is planned: there is nothing to draw from."))
    if not isinstance(by, str) and by.role == STATION:
        _fair(by, bureau, now, size, len(frame))
    seed = secrets.randbits(31) if seed is None else seed
    keys = sorted(frame)
    chosen = random.Random(seed).sample(keys, min(size, len(keys)))
    draw = Draw.objects.create(
        bureau=bureau, number=_next(Draw, bureau), period=period, seed=seed, frame=keys, size=len(chosen),
        drawn_at=now, drawn_by=name_of(by),
    )  # fmt: skip
    first = _next(SpotCheck, bureau)
    SpotCheck.objects.bulk_create(
        SpotCheck(draw=draw, bureau=bureau, number=first + i, **frame[key]) for i, key in enumerate(chosen)
    )
    trail(by=by, action="worklog.draw_checks", subject=f"draw:{draw.number}", bureau=bureau, seed=seed,
          of=len(keys), size=len(chosen), period=period)  # fmt: skip
    return draw


def _fair(by, bureau, now, size, of):
    colleagues = User.objects.filter(office=by.office_id).values("username")
    today = Draw.objects.filter(bureau=bureau, drawn_by__in=colleagues, drawn_at__gte=midnight(localtime(now).date()))
    if today.exists():
        raise Refused(_("The station has drawn today already."), _("Make the checks that are drawn; draw tomorrow."))
    if of < 2:
        raise Refused(
            _("There is only one to draw from: that is no draw."), _("Draw when more is under way or planned.")
        )
    if size > of // 2:
        raise Refused(
            _("A station draws at most half of what there is: %(most)d of %(of)d.") % {"most": of // 2, "of": of},
            _("Draw fewer."),
        )


def _next(model, bureau):
    return (model.objects.filter(bureau=bureau).aggregate(last=Max("number"))["last"] or 0) + 1


def _mine(by, rows, bureau):
    """Rows of officers that this checker may look at: of the own station, and never of a relative (R-61)."""
    if isinstance(by, str):
        return rows
    if by.role == STATION:
        rows = rows.filter(community__station=by.office_id, community__station__isnull=False)
    return rows.exclude(officer__in=relatives_of(by))


def _running(by, bureau, now):
    rows = Work.objects.filter(bureau=bureau, struck_at=None, started_at__gt=now - LONGEST, started_at__lte=now)
    for work in _mine(by, rows, bureau).select_related("officer"):
        until = work.ended_at or work.started_at + LONGEST
        if until > now:
            yield f"work:{work.officer.code}:{work.client_key}", _what(work, work.officer_id, now, until)


def _planned(by, bureau, now, period):
    today, most = localtime(now).date(), min(localtime(now).date() + AHEAD, last_day(period).item())
    rows = PlanEntry.objects.filter(plan__officer__bureau=bureau, plan__day__gte=today, plan__day__lte=most)
    if not isinstance(by, str):
        rows = rows.exclude(plan__officer__in=relatives_of(by))
        rows = rows.filter(community__station=by.office_id) if by.role == STATION else rows
    for entry in rows.filter(starts__isnull=False).select_related("plan__officer"):
        start = make_aware(datetime.combine(entry.plan.day, entry.starts))
        if start >= now:
            until = start + timedelta(minutes=entry.minutes or AN_ENTRY)
            key = f"plan:{entry.plan.officer.code}:{entry.plan.day.isoformat()}:{entry.position:02d}"
            yield key, _what(entry, entry.plan.officer_id, start, until)


def _what(row, officer_id, start, until):
    return {
        "officer_id": officer_id, "community_id": row.community_id, "kind": row.kind, "cell": row.cell,
        "look_from": start, "look_until": until,
    }  # fmt: skip


@action
def check(*, by, spot_check, found, note="", at=None):
    """What was seen. found: True, False, or None where nobody could look. Said once, and within a day."""
    _may_look(by, spot_check)
    at, note = checked.moment(at), checked.note_of(note)
    if found is not None and not spot_check.look_from <= at <= spot_check.look_until:
        raise Refused(
            _("This is not the time that was drawn."), _("Enter when you looked, or that you could not look.")
        )
    if found is not None and clock.now() > spot_check.look_until + TO_ENTER:
        raise Refused(
            _("A result is entered within 24 hours of the time that was drawn."), _("Enter that you could not look.")
        )
    result = {True: "found", False: "not found", None: "could not"}[found]
    values = {"result": result, "looked_at": at, "note": note, "checked_by": name_of(by)}
    if not SpotCheck.objects.filter(pk=spot_check.pk, result=WAITING).update(**values):
        raise Refused(_("This check has been answered already."))
    spot_check.refresh_from_db()
    _say(by, spot_check, "check", result=result, looked_at=at)
    return spot_check


def _may_look(by, spot_check):
    if isinstance(by, str):
        return
    station = rights.is_station_of(by, spot_check.officer, localtime(spot_check.look_from).date())
    if not station and by.role != SUPERVISION or related(by, spot_check.officer):
        raise NotAllowed(_("Station or supervision looks in, and nobody on a relative (R-61)."))


@action
def answer_check(*, by, spot_check, text):
    """The officer's word on a check that is done; it stands beside the result and may be written anew."""
    if not rights.is_own(by, spot_check.officer):
        raise NotAllowed(_("Only the officer concerned answers."))
    text = checked.note_of(text)
    rows = SpotCheck.objects.filter(pk=spot_check.pk).exclude(result=WAITING)
    if not text or not rows.update(officer_says=text):
        raise Refused(_("Write a sentence about a check that is done."))
    spot_check.refresh_from_db()
    _say(by, spot_check, "answer_check")
    return spot_check


@action
def lift_check(*, by, spot_check, why):
    """Supervision sets a result aside, with the reason: it takes no work out any more, and stays to be read."""
    if not isinstance(by, str) and (by.role != SUPERVISION or related(by, spot_check.officer)):
        raise NotAllowed(_("Supervision alone sets a result aside, and never of a relative (R-61)."))
    why = checked.said_why(why)
    rows = SpotCheck.objects.filter(pk=spot_check.pk, lifted_because="").exclude(result=WAITING)
    if not rows.update(lifted_because=why, lifted_by=name_of(by)):
        raise Refused(_("There is no result to set aside."))
    spot_check.refresh_from_db()
    _say(by, spot_check, "lift_check", why=why)
    return spot_check


def _say(by, spot_check, verb, why="", **facts):
    subject = f"check:{spot_check.number}"
    trail(by=by, action=f"worklog.{verb}", subject=subject, why=why, bureau=spot_check.bureau, **facts)
