"""Leave: days an officer was away. The reason is read by the personnel office and the officer alone."""

from django.utils.translation import gettext as _

from linli.ground.officers.models import Leave, Officer
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused

KINDS = ("leave", "sick", "training", "lent")
LONGEST = 366  # days; longer ones are entered year by year


@action
def record_leave(*, by, officer, first, last, kind, reason):
    """Days away from first to last, both counted; no two of one officer meet."""
    if kind not in KINDS:
        raise Refused(_("There is no kind of leave “%(kind)s”.") % {"kind": str(kind)[:40]})
    if last < first or (last - first).days >= LONGEST:
        raise Refused(_("The last day lies before the first, or more than a year after."), _("Put the days right."))
    Officer.objects.select_for_update(no_key=True).get(pk=officer.pk)
    clash = officer.leave.filter(first__lte=last, last__gte=first).first()
    if clash:
        raise Refused(
            _("%(officer)s is already away from %(first)s to %(last)s.")
            % {"officer": officer.name, "first": clash.first.isoformat(), "last": clash.last.isoformat()},
            _("Cancel that entry first, or choose days that do not meet."),
        )
    reason = str(reason).strip()[:1000]
    leave = Leave.objects.create(officer=officer, first=first, last=last, kind=kind, reason=reason)
    _record(by, leave, "record_leave")
    return leave


@action
def cancel_leave(*, by, leave, why):
    """Takes back an entry that was wrong."""
    if not str(why).strip():
        raise Refused(_("Say why the entry is taken back."))
    if not Leave.objects.filter(pk=leave.pk).delete()[0]:
        raise Refused(_("Somebody else has already taken it back."))
    _record(by, leave, "cancel_leave", why=str(why))


def _record(by, leave, verb, why=""):
    record(by=by, action=f"officers.{verb}", subject=f"officer:{leave.officer.code}", why=why,
           bureau=leave.officer.bureau, first=leave.first, last=leave.last, kind=leave.kind)  # fmt: skip
