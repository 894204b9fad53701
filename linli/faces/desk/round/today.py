"""What an officer reads on the way: the own plan and work of the day, open requests, appointments, follow-ups.

It lies on a phone, so it says as little as will do: numbers, kinds, places and days; of residents' words nothing. The
phone erases it at the log-out and after a day.
"""

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.officers.queries import officer_of
from linli.work.disputes import kinds as of_disputes
from linli.work.disputes import queries as disputes
from linli.work.requests import kinds as of_requests
from linli.work.requests import queries as requests
from linli.work.worklog import kinds as of_work
from linli.work.worklog import queries as worklog
from linli.work.worklog.models import Work

MOST = 50  # lines of a group: more is read at a desk


def listed(user, bureau, day):
    """Groups for the script: [{name, lines: [{text, place, due, late, note, work}]}]; always as few queries."""
    officer = officer_of(user)
    groups = [(_("Open requests"), _requests(user, bureau, day)), (_("Appointments"), _appointments(user, bureau, day))]
    groups += [(_("Follow-ups"), _follow_ups(user, bureau, day))]
    if officer:
        found = worklog.day(officer, day)
        groups = [(_("My plan"), _plan(found)), *groups, (_("Written down today"), _works(officer, found))]
    return [{"name": str(name), "lines": lines} for name, lines in groups]


def _plan(found):
    return [
        {
            "text": f"{entry.starts:%H:%M} {of_work.WORKS[entry.kind]}" if entry.starts else _word(entry.kind),
            "place": " · ".join(part for part in (entry.community.name, entry.cell, entry.place) if part),
        }
        for entry in found.entries[:MOST]
    ]


def _requests(user, bureau, day):
    rows = requests.listed(user, bureau, group="open").defer("words", "contact")[:MOST]
    return [
        {
            "text": of_requests.named(one.kind),
            "place": " · ".join(part for part in (one.public_id, one.place_note) if part),
            "url": reverse("requests:one", args=[bureau.code, one.public_id]),
            "due": _day(one.due_on), "late": one.due_on is not None and one.due_on < day,
        }
        for one in rows
    ]  # fmt: skip


def _appointments(user, bureau, day):
    rows = [one for one in disputes.appointments(user, bureau, day, day) if one.state == "planned"][:MOST]
    return [
        {
            "text": f"{localtime(one.at):%H:%M} {of_disputes.KINDS.get(one.dispute.kind, one.dispute.kind)}",
            "place": " · ".join(part for part in (one.dispute.number, one.place) if part),
            "url": reverse("disputes:dispute", args=[bureau.code, one.dispute.number]),
        }
        for one in rows
    ]


def _follow_ups(user, bureau, day):
    rows = disputes.narrowed(disputes.seen_by(user, bureau), user, day, what="follow_up", order="follow_up")[:MOST]
    return [
        {
            "text": str(of_disputes.KINDS.get(one.kind, one.kind)), "place": one.number,
            "url": reverse("disputes:dispute", args=[bureau.code, one.number]),
            "due": _day(one.follow_up_due), "late": one.follow_up_due < day,
        }
        for one in rows
    ]  # fmt: skip


def _works(officer, found):
    """The own works of the day that are over, with what is needed to put one right on the phone."""
    keys = [work.client_key for work in found.works if work.ended_at and not work.struck_at][-MOST:]
    rows = Work.objects.filter(officer=officer, client_key__in=keys).select_related("community").order_by("started_at")
    return [
        {
            "text": f"{_when(work.started_at)}–{_when(work.ended_at)} {_word(work.kind)}", "place": work.community.name,
            "note": work.note,
            "work": {
                "work": work.client_key, "version": work.version, "kind": work.kind, "cell": work.cell,
                "note": work.note, "started_at": work.started_at.isoformat(), "ended_at": work.ended_at.isoformat(),
            },
        }
        for work in rows
    ]  # fmt: skip


def _word(kind):
    return str(of_work.WORKS.get(kind, kind))


def _day(day):
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""


def _when(moment):
    return f"{localtime(moment):%H:%M}"
