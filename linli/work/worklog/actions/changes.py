"""Putting a work right: over the version that was read, both shown when another stands; struck, never deleted."""

from datetime import timedelta

from django.utils.formats import date_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action
from linli.ground.trail.actions import record as trail
from linli.ground.trail.refusals import Refused, Stale
from linli.work.worklog.actions import checked, enclosed
from linli.work.worklog.actions.works import say
from linli.work.worklog.kinds import TOPICS, WORKS
from linli.work.worklog.models import Enclosure, Work

FIELDS = ("community", "kind", "started_at", "ended_at", "cell", "topics", "note")
WHERE_AND_WHEN = {"community", "started_at", "ended_at"}  # what a spot check looked for
ENCLOSURES_KEPT = timedelta(days=180)


@action
def change(*, by, work, version, **fields):
    """Another kind, time, place or note. fields: of ``FIELDS``, and photo or voice; the rest stays."""
    photo, voice = fields.pop("photo", None), fields.pop("voice", None)
    if unknown := set(fields) - set(FIELDS):
        raise TypeError(f"a work has no {sorted(unknown)}")
    checked.own_day(by, work.officer)
    stands = Work.objects.select_related("officer__bureau", "community").get(pk=work.pk)
    if stands.struck_at:
        raise Refused(_("This entry is struck."), _("Record another."))
    if version != stands.version:
        raise _stale(stands, fields)
    values = _checked(stands, fields)
    moved = [name for name in values if values[name] != getattr(stands, name)]
    if not moved and not photo and not voice:
        return stands
    if WHERE_AND_WHEN & set(moved):
        checked.not_looked_for(stands)
    values |= {"changed_at": clock.now(), "version": version + 1}
    Work.objects.filter(pk=stands.pk, version=version).update(**values)
    enclosed.enclose(stands, photo=photo, voice=voice)
    stands.refresh_from_db()
    say(by, stands, "change", changed=moved)
    return stands


@action
def strike(*, by, work, why):
    """The entry was wrong: it stays, with the reason, and counts nowhere."""
    checked.own_day(by, work.officer)
    why, now = checked.said_why(why), clock.now()
    stands = Work.objects.select_related("officer__bureau", "community").get(pk=work.pk)
    values = {"struck_at": now, "struck_because": why, "changed_at": now, "version": stands.version + 1}
    if not Work.objects.filter(pk=work.pk, struck_at=None).update(**values):
        raise Refused(_("This entry is struck already."))
    checked.not_looked_for(stands)
    stands.refresh_from_db()
    say(by, stands, "strike", why=why)
    return stands


@action
def erase_old(*, by, today):
    """Removes photos and voice notes kept longer than ``ENCLOSURES_KEPT``; how many there were."""
    old = Enclosure.objects.filter(at__lt=clock.now() - ENCLOSURES_KEPT)
    count = old.delete()[0]
    if count:
        trail(by=by, action="worklog.erase_old", subject="enclosures", count=count, day=today)
    return count


def _checked(stands, fields):
    values = {
        "kind": checked.kind_of(fields.get("kind", stands.kind)),
        "community": fields.get("community", stands.community),
        "cell": checked.cell_of(fields.get("cell", stands.cell)),
        "topics": checked.topics_of(fields.get("topics", stands.topics)),
        "note": checked.note_of(fields.get("note", stands.note)),
        "started_at": fields.get("started_at", stands.started_at),
        "ended_at": fields.get("ended_at", stands.ended_at),
    }
    if values["ended_at"] is None and stands.ended_at is None:
        values["started_at"] = checked.moment(values["started_at"])
    else:
        values["started_at"], values["ended_at"] = checked.span(values["started_at"], values["ended_at"])
    checked.held_then(stands.officer, values["community"], localdate(values["started_at"]))
    return values


def _stale(stands, fields):
    names = {
        "community": _("Community"), "kind": _("Kind of work"), "started_at": _("Started"), "ended_at": _("Ended"),
        "cell": _("Cell of the grid"), "topics": _("Topics"), "note": _("Note"),
    }  # fmt: skip
    rows = [
        (names[name], _said(name, value), _said(name, getattr(stands, name)))
        for name, value in fields.items()
        if value != getattr(stands, name)
    ]
    return Stale(_("This work has been changed in the meantime."), rows, stands.version)


def _said(name, value):
    if value is None:
        return ""
    if name in ("started_at", "ended_at"):
        return date_format(localtime(value), "DATETIME_FORMAT")
    if name == "kind":
        return str(WORKS.get(value, value))
    if name == "topics":
        return " · ".join(str(TOPICS.get(topic, topic)) for topic in value)
    return str(value)
