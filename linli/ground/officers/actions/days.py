"""Leaders' days in their community: entered by the leader, counted once somebody there has counter-signed (R-41)."""

from decimal import Decimal, InvalidOperation

from django.db.models import Sum
from django.utils.translation import gettext as _

from heng.evidence import COMMITTEE
from linli.ground.accounts.roles import Role
from linli.ground.officers.models import Leader, LeaderDay
from linli.ground.officers.queries import holders_of, leader_of, officer_of
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import NotAllowed, Refused

A_DAY = 24  # hours


@action
def record_leader_day(*, by, leader, community, date, hours):
    """Hours a leader spent in a community on a date that is not to come; all of a date's are at most 24."""
    return _entered(by, leader, community, date, hours, "record_leader_day")


@action
def copy_leader_day(*, by, leader, community, date, hours, countersigned_by=""):
    """A leader's day from a signed paper record (a county book): ``countersigned_by`` as it stands there."""
    known = leader.bureau.officers.filter(code=countersigned_by).exists() or countersigned_by in ("", COMMITTEE)
    if not known:
        raise Refused(_("There is no officer %(code)s to have counter-signed.") % {"code": countersigned_by[:40]})
    return _entered(by, leader, community, date, hours, "copy_leader_day", countersigned_by)


def _entered(by, leader, community, date, hours, verb, signed=""):
    if community.bureau_id != leader.bureau_id:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    hours = _hours(hours)
    if date > clock.today():
        raise Refused(_("%(date)s is still to come.") % {"date": date.isoformat()}, _("Enter the day when it is over."))
    # so that two entries of one date are summed one by one
    Leader.objects.select_for_update(no_key=True).get(pk=leader.pk)
    others = LeaderDay.objects.filter(leader=leader, date=date, refused_because="")
    entered = others.aggregate(sum=Sum("hours"))["sum"] or 0
    if entered + hours > A_DAY:
        raise Refused(
            _("%(date)s would have more than 24 hours: %(entered)s are already entered.")
            % {"date": date.isoformat(), "entered": f"{entered.normalize():f}" if entered else "0"},
            _("Put the hours right, or withdraw the other entry."),
        )
    day = LeaderDay.objects.create(
        leader=leader, community=community, date=date, hours=hours, entered_by=name_of(by),
        countersigned_by=signed, countersigned_at=clock.now() if signed else None,
    )  # fmt: skip
    _record(by, day, verb, hours=hours, countersigned_by=signed)
    return day


def _hours(hours):
    try:
        found = Decimal(str(hours))
        found = found.quantize(Decimal("0.01")) if found.is_finite() else Decimal(0)
    except InvalidOperation:
        found = Decimal(0)
    if not 0 < found <= A_DAY:
        raise Refused(_("Hours are a number above 0 and up to 24."), _("Six hours or more count as a whole day."))
    return found


@action
def countersign(*, by, leader_day, as_):
    """Somebody who was there confirms the day. as_: the code of the community's officer, or "committee"."""
    _check_signer(by, leader_day, as_)
    values = {"countersigned_by": as_, "countersigned_at": clock.now()}
    if not _still_open(leader_day).update(**values):
        raise Refused(_("This day has already been answered."), _("Look at the list again."))
    _record(by, leader_day, "countersign", countersigned_by=as_)
    leader_day.refresh_from_db()
    return leader_day


@action
def refuse_leader_day(*, by, leader_day, why):
    """The one who would counter-sign says that it was not so, and why: the day does not count."""
    why = str(why).strip()
    if not why:
        raise Refused(_("Say why you do not counter-sign."), _("The leader reads it and can enter the day anew."))
    _check_signer(by, leader_day, None)
    if not _still_open(leader_day).update(refused_because=why[:200]):
        raise Refused(_("This day has already been answered."), _("Look at the list again."))
    _record(by, leader_day, "refuse_leader_day", why=why)
    leader_day.refresh_from_db()
    return leader_day


def _still_open(leader_day):
    return LeaderDay.objects.filter(pk=leader_day.pk, countersigned_by="", refused_because="")


def _check_signer(by, day, as_):
    """Never the leader, never who entered it; only whoever held the community that day, or a cadre of it."""
    if by == "linli":
        return
    own = leader_of(by)
    if (own and own.pk == day.leader_id) or day.entered_by == by.username:
        raise NotAllowed(_("Nobody counter-signs their own day."), _("The community's officer or a cadre does."))
    if by.role == Role.CADRE:
        allowed = by.community_id == day.community_id and as_ in (None, COMMITTEE)
    else:
        officer = officer_of(by)
        held = officer and holders_of(day.community, day.date, day.date).filter(officer=officer).exists()
        allowed = held and as_ in (None, officer.code)
    if not allowed:
        raise NotAllowed(
            _("Only the officer who held the community that day, or one of its cadres, counter-signs."),
            _("Leave it to them."),
        )


@action
def withdraw_leader_day(*, by, leader_day):
    """The leader takes back an own entry that nobody has counter-signed."""
    own = leader_of(by) if by != "linli" else None
    if by != "linli" and (own is None or own.pk != leader_day.leader_id):
        raise NotAllowed(_("Only the leader withdraws an own day."))
    _removed(by, leader_day, "withdraw_leader_day", LeaderDay.objects.filter(pk=leader_day.pk, countersigned_by=""))


@action
def remove_leader_day(*, by, leader_day, why):
    """Takes back a day that was copied by mistake."""
    if not str(why).strip():
        raise Refused(_("Say why the day is taken back."))
    _removed(by, leader_day, "remove_leader_day", LeaderDay.objects.filter(pk=leader_day.pk), why=str(why))


def _removed(by, day, verb, rows, why=""):
    if not rows.delete()[0]:
        raise Refused(_("This day has been counter-signed or is gone."), _("Look at the list again."))
    _record(by, day, verb, why=why, hours=day.hours)


def _record(by, day, verb, why="", **facts):
    record(by=by, action=f"officers.{verb}", subject=f"leader:{day.leader.code}", why=why, bureau=day.leader.bureau,
           community=day.community.code, date=day.date, **facts)  # fmt: skip
