"""Reading the day: what an officer did and planned, hours by kind and week, and what waits for whom."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db.models import F, Q
from django.urls import reverse
from django.utils.timezone import localdate
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heng.periods import span_of
from linli.ground.accounts.items import Item
from linli.ground.accounts.roles import OFFICER, PERSONNEL, STATION, SUPERVISION
from linli.ground.officers.queries import officer_of, related
from linli.ground.trail import clock
from linli.work.worklog import counts, intervals
from linli.work.worklog.loaded import quarters
from linli.work.worklog.models import CallAway, DueHours, Plan, SpotCheck, Work
from linli.work.worklog.spans import LONGEST, moments

WAITING, NOT_FOUND = SpotCheck.Result.WAITING, SpotCheck.Result.NOT_FOUND
SILENT, DISPUTES = CallAway.Station.SILENT, CallAway.Station.DISPUTES

LONG_ENOUGH = 30  # days: more than five working days and the longest holidays


@dataclass
class Day:
    """One day of an officer: works by their start (struck ones too), what runs, plan lines, calls, hours."""

    date: object
    works: list = field(default_factory=list)
    running: object = None
    plan: object = None
    entries: list = field(default_factory=list)
    calls: list = field(default_factory=list)

    @property
    def hours(self):
        """Hours of what counts by itself, each once; what a quarter takes off is not known of a day."""
        return intervals.hours(intervals.joined(_spans(self.works)))


def _spans(works):
    return [(work.started_at, work.ended_at) for work in works if not counts.left_out(work, ())]


def day(officer, date):
    """The officer's ``Day``."""
    return days(officer, date, date)[0]


def days(officer, first, last):
    """A ``Day`` for each date from first to last; the same few queries for one as for seven."""
    found = {first + timedelta(days=i): Day(first + timedelta(days=i)) for i in range((last - first).days + 1)}
    start, end = moments(first, last)
    works = Work.objects.filter(officer=officer).filter(
        Q(started_at__gte=start, started_at__lt=end) | Q(ended_at=None, struck_at=None, started_at__lt=end)
    )
    for work in works.select_related("community").defer("note").order_by("started_at", "pk"):
        on = found.get(localdate(work.started_at))
        if on:
            on.works.append(work)
        if work.ended_at is None and work.struck_at is None and (today := found.get(clock.today())):
            today.running = work
    for plan in Plan.objects.filter(officer=officer, day__in=found).prefetch_related("entries__community"):
        found[plan.day].plan, found[plan.day].entries = plan, list(plan.entries.all())
    for call in CallAway.objects.filter(officer=officer, started_at__lt=end, ended_at__gt=start, withdrawn_at=None):
        if localdate(call.started_at) in found:
            found[localdate(call.started_at)].calls.append(call)
    return list(found.values())


def forgotten(rows):
    """Those of some works that ran longer than anybody works: their end is to be put right."""
    running = Q(ended_at=None, started_at__lt=clock.now() - LONGEST)
    return rows.filter(running | Q(ended_at__gt=F("started_at") + LONGEST), struck_at=None)


def of_quarter(bureau, period, officers=None):
    """Community code -> ``hours.Quarter`` of a period, of a running one up to today."""
    first, last = span_of(period)
    today = clock.today()
    return quarters(bureau, first, min(last, today), today, officers) if first <= today else {}


def due_hours(bureau, period):
    """Community code -> hours due in a quarter, leave and calls away taken off; of a running one up to today."""
    return {code: found.due for code, found in of_quarter(bureau, period).items()}


def delivered(bureau, period):
    """Community code -> hours that count in a quarter, not capped."""
    return {code: found.counted for code, found in of_quarter(bureau, period).items()}


def by_week(rows):
    """Monday -> kind -> [hours, works]. rows: (work, hours, why) as a quarter has them; struck ones are left out."""
    found = defaultdict(lambda: defaultdict(lambda: [0.0, 0]))
    for work, hours, why in rows:
        if why != "struck":
            started = localdate(work.started_at)
            cell = found[started - timedelta(days=started.weekday())][work.kind]
            cell[0] += hours
            cell[1] += 1
    return {week: dict(kinds) for week, kinds in sorted(found.items())}


def calls_for(user, bureau):
    """Calls away that this user's page lists: an officer's own, a station's, the bureau's."""
    rows = CallAway.objects.filter(bureau=bureau).select_related("officer", "bureau")
    if user.role == OFFICER:
        return rows.filter(officer__account=user)
    return rows.filter(pk__in=_of_station(rows, user)) if user.role == STATION else rows


def _of_station(rows, user):
    if user.office_id is None:
        return []
    return rows.filter(officer__posts__community__station=user.office_id).order_by().values("pk")


def checks_for(user, bureau):
    """Spot checks that this user's page lists. An officer sees the own ones when they are done, never before."""
    rows = SpotCheck.objects.filter(bureau=bureau).select_related("officer", "community", "draw")
    if user.role == OFFICER:
        return rows.filter(officer__account=user).exclude(result=WAITING)
    if user.role == STATION:
        return rows.filter(community__station=user.office_id) if user.office_id else rows.none()
    return rows


def items(user, bureau, today):
    """What waits in this room: ends to put right, calls to answer or decide, checks to make, hours to set."""
    if user.role == OFFICER and (officer := officer_of(user)):
        yield from _for_officer(officer, bureau)
    if user.role == STATION:
        yield from _calls(calls_for(user, bureau).filter(station_says=SILENT, withdrawn_at=None), bureau)
    if user.role in (STATION, SUPERVISION):
        yield from _checks(checks_for(user, bureau), bureau)
    if user.role in (PERSONNEL, SUPERVISION):
        yield from _disputed(user, bureau)
    if user.role == PERSONNEL and not DueHours.objects.filter(bureau=bureau).exists():
        said = _("Say how many hours a week are due in the beat")
        yield Item(said, reverse("worklog:due", args=[bureau.code]), note=_("Until then it is 20."))


def _for_officer(officer, bureau):
    for work in forgotten(Work.objects.filter(officer=officer)).order_by("started_at")[:5]:
        url = reverse("worklog:work", args=[bureau.code, work.client_key])
        yield Item(_("Put the end of a work right"), url, note=_("It ran longer than 12 hours and does not count."))
    disputed = CallAway.objects.filter(officer=officer, station_says=DISPUTES, decided=None, withdrawn_at=None).count()
    if disputed:
        said = ngettext("The station disputes %(n)d call away", "The station disputes %(n)d calls away", disputed)
        yield Item(said % {"n": disputed}, reverse("worklog:calls", args=[bureau.code]), count=disputed)
    yield from _entered_by_station(officer, bureau)
    unanswered = SpotCheck.objects.filter(officer=officer, result=NOT_FOUND, lifted_because="", officer_says="")
    for check in unanswered.order_by("number")[:5]:
        url = reverse("worklog:check", args=[bureau.code, check.number])
        yield Item(_("A spot check did not find you: you may answer"), url)


def _entered_by_station(officer, bureau):
    """What the station entered of the officer's time, for as long as the station itself would have to answer."""
    since = clock.now() - timedelta(days=LONG_ENOUGH)
    rows = CallAway.objects.filter(officer=officer, entered_at__gt=since, withdrawn_at=None).exclude(
        entered_by=officer.account.username
    )
    new = [call for call in rows.only("entered_at") if not counts.is_too_late_to_answer(call)]
    if new:
        said = ngettext("The station entered %(n)d call away", "The station entered %(n)d calls away", len(new))
        note = _("It comes off what you owe. If it was not so, say so to supervision.")
        yield Item(said % {"n": len(new)}, reverse("worklog:calls", args=[bureau.code]), note=note, count=len(new))


def _calls(rows, bureau):
    waiting = sorted(counts.answer_due(call) for call in rows.select_related(None).only("entered_at"))
    if waiting:
        said = ngettext("Answer %(n)d call away", "Answer %(n)d calls away", len(waiting)) % {"n": len(waiting)}
        url = reverse("worklog:calls", args=[bureau.code]) + "?state=silent"
        yield Item(said, url, due=waiting[0], note=_("Unanswered, the officer's word stands."), count=len(waiting))


def _checks(rows, bureau):
    waiting = list(rows.filter(result=WAITING).order_by("look_until").values_list("look_until", flat=True))
    if waiting:
        said = ngettext("Make %(n)d spot check", "Make %(n)d spot checks", len(waiting)) % {"n": len(waiting)}
        url = reverse("worklog:checks", args=[bureau.code]) + "?result=waiting"
        yield Item(said, url, due=localdate(waiting[0]), count=len(waiting))


def _disputed(user, bureau):
    rows = CallAway.objects.filter(bureau=bureau, station_says=DISPUTES, decided=None, withdrawn_at=None)
    count = rows.count()
    if count:
        said = ngettext("Decide %(n)d disputed call away", "Decide %(n)d disputed calls away", count) % {"n": count}
        yield Item(said, reverse("worklog:calls", args=[bureau.code]) + "?state=disputes", count=count)


def may_decide(user, call):
    """Whether this user is the third person of a disputed call."""
    return user.role in (PERSONNEL, SUPERVISION) and not related(user, call.officer)
