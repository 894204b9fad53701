"""How many hours a week are due in the beat: said before a quarter begins, never afterwards."""

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from heng.periods import first_day, period_of, step
from linli.ground.places.models import Bureau
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of
from linli.ground.trail.actions import record as trail
from linli.ground.trail.refusals import Refused
from linli.work.worklog.actions import checked
from linli.work.worklog.models import DueHours

MOST = 60


@action
def set_due(*, by, bureau, hours_per_week, period="", community=None, why=""):
    """Hours a week from the first day of a quarter on (default: the next), for the bureau or one community.

    A quarter that has begun keeps its hours; only a bureau that has said nothing yet may begin with the running one.
    """
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)
    if community is not None and community.bureau_id != bureau.pk:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    running = period_of(clock.today())
    period = period or step(running, 1)
    begins, is_first = first_day(period).item(), not DueHours.objects.filter(bureau=bureau).exists()
    if not isinstance(by, str) and period <= running and not (is_first and period == running):
        raise Refused(
            _("%(period)s has begun: its due hours stand.") % {"period": period}, _("Choose a quarter to come.")
        )
    values = {"hours_per_week": _hours(hours_per_week), "why": str(why or "").strip()[:200]}
    values |= {"entered_by": name_of(by), "entered_at": clock.now()}
    made, _new = DueHours.objects.update_or_create(bureau=bureau, community=community, since=begins, defaults=values)
    _say(by, made, "set_due", hours_per_week=made.hours_per_week)
    return made


@action
def withdraw_due(*, by, due, why):
    """Takes back hours of a quarter that has not begun."""
    why = checked.said_why(why)
    if due.since <= clock.today() or not DueHours.objects.filter(pk=due.pk).delete()[0]:
        raise Refused(_("These hours are in force or gone."), _("Set others for a quarter to come."))
    _say(by, due, "withdraw_due", why=why)


def _hours(hours):
    try:
        found = Decimal(str(hours)).quantize(Decimal("0.1"))
    except InvalidOperation:
        found = Decimal(0)
    if not 0 < found <= MOST:
        raise Refused(_("Hours a week are a number above 0 and up to %(most)d.") % {"most": MOST})
    return found


def _say(by, due, verb, why="", **facts):
    where = due.community.code if due.community else "bureau"
    trail(by=by, action=f"worklog.{verb}", subject=f"due:{where}:{due.since.isoformat()}", why=why or due.why,
          bureau=due.bureau, **facts)  # fmt: skip
