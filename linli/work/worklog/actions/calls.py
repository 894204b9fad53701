"""Calls away from the beat: what the officer says, what the station says, and a third person where they differ.

A station that says nothing within five working days has let the officer's word stand (``counts.is_counted``): then it
disputes no more, and takes back nothing of its own either.
"""

from django.db.models import F
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import PERSONNEL, SUPERVISION
from linli.ground.officers.models import Officer
from linli.ground.officers.queries import related
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.actions import record as trail
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.worklog import counts, rights
from linli.work.worklog.actions import checked
from linli.work.worklog.kinds import AWAY
from linli.work.worklog.models import CallAway

SILENT, CONFIRMS, DISPUTES = CallAway.Station.values


@action
def call_away(*, by, officer, kind, started_at, ended_at, ordered_by, why="", client_key=""):
    """Hours away from the beat by order. The officer's entry waits for the station; the station's own stands."""
    officer, key = Officer.objects.select_for_update(no_key=True).get(pk=officer.pk), checked.key_of(client_key)
    if there := CallAway.objects.filter(officer=officer, client_key=key).first():
        return there
    started_at, ended_at = checked.span(started_at, ended_at)
    by_station = _by_station(by, officer, localdate(started_at))
    if kind not in AWAY:
        raise Refused(_("There is no kind of call “%(kind)s”.") % {"kind": str(kind)[:40]})
    if not str(ordered_by).strip():
        raise Refused(_("Say who ordered it."), _("An office or a function is enough."))
    values = {
        "kind": kind, "started_at": started_at, "ended_at": ended_at, "ordered_by": str(ordered_by).strip()[:80],
        "why": checked.note_of(why), "entered_by": name_of(by), "entered_at": clock.now(),
    }  # fmt: skip
    if by_station:
        values |= {"station_says": CONFIRMS, "answered_by": name_of(by), "answered_at": clock.now()}
    made = CallAway.objects.create(bureau=officer.bureau, officer=officer, client_key=key, **values)
    _say(by, made, "call_away", started_at=started_at, ended_at=ended_at, kind=kind, station_says=made.station_says)
    return made


def _by_station(by, officer, day):
    if rights.is_own(by, officer):
        return isinstance(by, str)
    if not rights.is_station_of(by, officer, day):
        raise NotAllowed(_("Only the officer or the own station enters this."), _("Leave it to them."))
    return True


@action
def answer_call(*, by, call, confirms, note="", version=None):
    """The station's word on what an officer entered. A dispute needs a reason; both stay side by side."""
    if not rights.is_station_of(by, call.officer, localdate(call.started_at)):
        raise NotAllowed(_("Only the officer's own station answers."), _("Leave it to them."))
    if not confirms and counts.is_too_late_to_answer(call):
        raise Refused(
            _("The days to answer are over: the officer's word stands."), _("Confirm it, or leave it as it is.")
        )
    note = checked.note_of(note) if confirms else checked.note_of(checked.said_why(note))
    says = CONFIRMS if confirms else DISPUTES
    _change(
        call, CallAway.objects.filter(station_says=SILENT), version, station_says=says, station_note=note,
        answered_by=name_of(by), answered_at=clock.now(),
    )  # fmt: skip
    _say(by, call, "answer_call", station_says=says)
    return call


@action
def decide_call(*, by, call, counts, why, version=None):
    """Where station and officer differ, a third person says whether the hours are taken off what is due."""
    if not isinstance(by, str) and (by.role not in (PERSONNEL, SUPERVISION) or related(by, call.officer)):
        raise NotAllowed(_("Somebody of personnel or supervision who is not related decides (R-61)."))
    why = checked.said_why(why)
    _change(
        call, CallAway.objects.filter(station_says=DISPUTES, decided=None), version, decided=bool(counts),
        decided_because=why, decided_by=name_of(by), decided_at=clock.now(),
    )  # fmt: skip
    _say(by, call, "decide_call", counts=bool(counts))
    return call


@action
def withdraw_call(*, by, call, why):
    """Whoever entered it takes it back while nobody else has had a say; the station only while it may answer."""
    if name_of(by) != call.entered_by:
        raise NotAllowed(_("Only who entered it withdraws it."), _("Answer it instead."))
    why, rows = checked.said_why(why), CallAway.objects.filter(decided=None)
    if rights.is_own(by, call.officer):
        rows = rows.filter(station_says=SILENT)
    elif counts.is_too_late_to_answer(call):
        raise Refused(_("The days to answer are over: this call stands."), _("Leave it as it is."))
    _change(call, rows, None, withdrawn_at=clock.now(), withdrawn_because=why)
    _say(by, call, "withdraw_call", why=why)
    return call


def _change(call, rows, version, **values):
    rows = rows.filter(pk=call.pk, withdrawn_at=None)
    rows = rows if version is None else rows.filter(version=version)
    if not rows.update(**values, version=F("version") + 1):
        raise Refused(_("This call has been answered or withdrawn meanwhile."), _("Look at it as it is now."))
    call.refresh_from_db()


def _say(by, call, verb, why="", **facts):
    subject = f"call:{call.officer.code}:{call.client_key}"
    trail(by=by, action=f"worklog.{verb}", subject=subject, why=why, bureau=call.bureau, **facts)
