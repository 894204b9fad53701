"""The work itself: two taps to start and stop, a record afterwards, many records from a paper log.

The same client key again gives the same row and writes nothing, so that a phone may send as often as it likes.
"""

from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.actions import record as trail
from linli.ground.trail.refusals import Refused, Stale
from linli.work.worklog.actions import checked, enclosed
from linli.work.worklog.models import Work

MOST_AT_ONCE = 5000


@action
def start(*, by, officer, community, kind, at=None, client_key="", cell=""):
    """A running ``Work``. One runs at a time: starting another stops the one before at that moment."""
    officer, key = checked.own_day(by, officer), checked.key_of(client_key)
    if there := Work.objects.filter(officer=officer, client_key=key).first():
        return there
    at = checked.moment(at)
    checked.held_then(officer, community, localdate(at))
    values = {"kind": checked.kind_of(kind), "cell": checked.cell_of(cell), "started_at": at}
    running = Work.objects.filter(officer=officer, ended_at=None, struck_at=None).first()
    if running and running.started_at == at:
        raise Refused(_("Another work started at the same moment."), _("Stop it first, or strike it."))
    if running and running.started_at < at:
        _end(by, running, at)
    elif running:  # sent late: what began afterwards had ended it
        values["ended_at"] = running.started_at
    return _made(by, officer, community, key, "start", values)


@action
def stop(*, by, work, at=None, note="", version=None):
    """The work's end. Sent again with the same end it changes nothing; with another, both are shown."""
    checked.own_day(by, work.officer)
    stands = Work.objects.select_related("officer", "community", "bureau").get(pk=work.pk)
    at, note = checked.moment(at), checked.note_of(note)
    if stands.struck_at:
        raise Refused(_("This entry is struck."), _("Start or record another."))
    if stands.ended_at is not None:
        if stands.ended_at == at:
            return stands
        raise _ended_already(stands, at)
    if version is not None and version != stands.version:
        raise _ended_already(stands, at)
    if at <= stands.started_at:
        raise Refused(_("The end does not lie after the start."), _("Put the times right."))
    return _end(by, stands, at, note)


@action
def record(
    *, by, officer, community, kind, started_at, ended_at, note="", cell="", topics=(), photo=None, voice=None,
    client_key="",
):  # fmt: skip
    """A ``Work`` written down afterwards. photo: bytes of a picture; voice: bytes of webm, ogg or mp4."""
    officer, key = checked.own_day(by, officer), checked.key_of(client_key)
    if there := Work.objects.filter(officer=officer, client_key=key).first():
        return there
    started_at, ended_at = checked.span(started_at, ended_at)
    checked.held_then(officer, community, localdate(started_at))
    values = {
        "kind": checked.kind_of(kind), "started_at": started_at, "ended_at": ended_at, "note": checked.note_of(note),
        "cell": checked.cell_of(cell), "topics": checked.topics_of(topics),
    }  # fmt: skip
    made = _made(by, officer, community, key, "record", values)
    enclosed.enclose(made, photo=photo, voice=voice)
    return made


@action
def copy(*, by, officer, rows):
    """Many works of one officer from a log kept elsewhere, all of them or none; one entry of the trail.

    rows: dicts of community, kind, started_at, ended_at and, if known, note, cell, topics, client_key. Rows whose key
    is already there are left out.
    """
    officer = checked.own_day(by, officer)
    if len(rows) > MOST_AT_ONCE:
        raise Refused(_("At most %(most)d records at once.") % {"most": MOST_AT_ONCE}, _("Send them in parts."))
    known = set(Work.objects.filter(officer=officer).values_list("client_key", flat=True))
    made, posts = {}, list(officer.posts.all())
    for row in rows:
        key = checked.key_of(row.get("client_key", ""))
        if key not in known and key not in made:
            made[key] = _from_row(by, officer, key, row, posts)
    Work.objects.bulk_create(made.values())
    facts = {"works": len(made), "left_out": len(rows) - len(made)}
    trail(by=by, action="worklog.copy", subject=f"officer:{officer.code}", bureau=officer.bureau, **facts)
    return list(made.values())


def _from_row(by, officer, key, row, posts):
    started_at, ended_at = checked.span(row["started_at"], row["ended_at"])
    community, day = row["community"], localdate(started_at)
    mine = (post for post in posts if post.community_id == community.pk)
    if not any(post.start <= day and (post.end is None or day <= post.end) for post in mine):
        checked.held_then(officer, community, day)
    return Work(
        bureau_id=officer.bureau_id, officer=officer, community=community, client_key=key,
        kind=checked.kind_of(row["kind"]), started_at=started_at, ended_at=ended_at,
        cell=checked.cell_of(row.get("cell")), topics=checked.topics_of(row.get("topics", ())),
        note=checked.note_of(row.get("note")), **_entered(by),
    )  # fmt: skip


def _entered(by):
    now = clock.now()
    return {"entered_at": now, "changed_at": now, "entered_by": name_of(by)}


def _made(by, officer, community, key, verb, values):
    made = Work.objects.create(
        bureau=officer.bureau, officer=officer, community=community, client_key=key, **values, **_entered(by)
    )
    say(by, made, verb)
    return made


def _end(by, work, at, note=""):
    checked.not_looked_for(work, since=at)  # nobody ends a work before the moment at which it was looked for
    values = {"ended_at": at, "changed_at": clock.now(), "version": work.version + 1} | ({"note": note} if note else {})
    Work.objects.filter(pk=work.pk, version=work.version).update(**values)
    work.refresh_from_db()
    say(by, work, "stop")
    return work


def _ended_already(stands, at):
    from django.utils.formats import date_format
    from django.utils.timezone import localtime

    theirs = date_format(localtime(stands.ended_at), "DATETIME_FORMAT") if stands.ended_at else ""
    mine = date_format(localtime(at), "DATETIME_FORMAT")
    return Stale(
        _("This work has been changed in the meantime."), [(_("Ended"), mine, theirs)], stands.version,
        _("Change the entry if its end is wrong."),
    )  # fmt: skip


def subject_of(work):
    """What the trail calls a work."""
    return f"work:{work.officer.code}:{work.client_key}"


def say(by, work, verb, why="", **facts):
    """Leaves in the trail what was done to a work: kind, place and times, never its words."""
    facts = {"kind": work.kind, "community": work.community.code, "started_at": work.started_at} | facts
    facts |= {"ended_at": work.ended_at} if work.ended_at else {}
    trail(by=by, action=f"worklog.{verb}", subject=subject_of(work), why=why, bureau=work.officer.bureau, **facts)
