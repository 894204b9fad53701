"""What every write of the day asks first: whose day, a moment that has come, a place that is a cell, a key."""

import re
from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from linli.ground.officers.models import Officer
from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.worklog import grid, rights
from linli.work.worklog.kinds import TOPICS, WORKS
from linli.work.worklog.models import SpotCheck, new_key

A_PHONE_IS_FAST = timedelta(minutes=10)
LONGEST_NOTE = 2000
_KEY = re.compile(r"[A-Za-z0-9_.:-]{1,64}")


def own_day(by, officer):
    """The officer's row, locked until the end: what one person writes at once is written one by one."""
    if not rights.is_own(by, officer):
        raise NotAllowed(_("Nobody writes another officer's day."), _("Leave it to the officer."))
    return Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)


def key_of(client_key):
    """The sender's key, or a new one."""
    if not client_key:
        return new_key()
    if not _KEY.fullmatch(str(client_key)):
        raise Refused(_("The key of this record is not one."), _("Send a UUID."))
    return str(client_key)


def moment(at):
    """A moment in whole seconds that is not to come; by default now."""
    now = clock.now().replace(microsecond=0)
    if at is None:
        return now
    at = timezone.make_aware(at) if timezone.is_naive(at) else at
    if at > now + A_PHONE_IS_FAST:
        raise Refused(_("This moment is still to come."), _("Look at the date and the clock of the phone."))
    return min(at.replace(microsecond=0), now)


def span(started_at, ended_at):
    """(start, end), in order and not to come."""
    if ended_at is None or started_at is None:
        raise Refused(_("A start and an end are needed."))
    started_at, ended_at = moment(started_at), moment(ended_at)
    if ended_at <= started_at:
        raise Refused(_("The end does not lie after the start."), _("Put the times right."))
    return started_at, ended_at


def kind_of(kind):
    """One of the seven."""
    if kind not in WORKS:
        raise Refused(_("There is no kind of work “%(kind)s”.") % {"kind": str(kind)[:40]})
    return kind


def cell_of(cell):
    """A cell of the grid, or blank."""
    cell = str(cell or "").strip().upper()
    if cell and not grid.is_cell(cell):
        raise Refused(_("“%(cell)s” is no cell of the grid.") % {"cell": cell[:10]}, _("Choose A1 to F6, or none."))
    return cell


def topics_of(topics):
    """Codes of what it was about, each once, in the order of the list."""
    unknown = [topic for topic in topics if topic not in TOPICS]
    if unknown:
        raise Refused(_("There is no topic “%(topic)s”.") % {"topic": str(unknown[0])[:40]})
    return [topic for topic in TOPICS if topic in topics]


def note_of(note):
    """Free text of a bounded length."""
    note = str(note or "").strip().replace("\0", "")
    if len(note) > LONGEST_NOTE:
        raise Refused(_("The note is longer than %(most)d characters.") % {"most": LONGEST_NOTE}, _("Shorten it."))
    return note


def not_looked_for(work, since=None):
    """Refuses where a spot check found nobody inside the work's time as it stands (``since``: after that moment)."""
    rows = SpotCheck.objects.filter(
        officer=work.officer_id, community=work.community_id, result=SpotCheck.Result.NOT_FOUND, lifted_because="",
        looked_at__gte=work.started_at,
    )  # fmt: skip
    rows = rows if work.ended_at is None else rows.filter(looked_at__lte=work.ended_at)
    check = (rows if since is None else rows.filter(looked_at__gt=since)).order_by("number").first()
    if check:
        raise Refused(
            _("Spot check %(number)d found nobody in this work: its times and its community stay, it is not struck.")
            % {"number": check.number},
            _("Answer the check; supervision may set its result aside."),
        )


def held_then(officer, community, day):
    """The community, which the officer held on that day."""
    if not rights.holds(officer, community, day):
        raise Refused(
            _("%(officer)s did not hold %(community)s on %(day)s.")
            % {"officer": officer.name, "community": community.name, "day": day.isoformat()},
            _("Choose a community of your own post."),
        )
    return community


def said_why(why):
    """A reason, which may not be missing."""
    why = str(why or "").strip()[:200]
    if not why:
        raise Refused(_("Say why."), _("One sentence is enough."))
    return why
