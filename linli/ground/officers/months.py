"""Who met the two days a month (R-41): the leaders' months of a quarter, counted by the core."""

from dataclasses import dataclass

from heng import binding
from heng.evidence import LeaderDays, Pairings, days, numbers, text
from heng.periods import span_of
from heng.scheme import LeaderDayRule
from linli.ground.officers.models import Leader, LeaderDay
from linli.ground.officers.queries import pairings_in
from linli.ground.places.asked import scheme_on
from linli.ground.places.models import Community


@dataclass(frozen=True)
class Month:
    """One leader's month in one community; ``met``: None when nothing was due."""

    leader: object
    community: object
    month: str
    days: float
    due: float
    uncounted: int

    @property
    def met(self):
        return None if self.due == 0 else self.days >= self.due


def leader_months(bureau, period):
    """Every ``Month`` of a quarter, by community, leader and month."""
    first, last = span_of(period)
    scheme = scheme_on(bureau, first)
    rule = scheme.leader_days if scheme else LeaderDayRule()
    counted = binding.leader_months(
        _days(bureau, first, last), columns_of(pairings_in(bureau, first, last)), period, rule
    )
    leaders = {one.code: one for one in Leader.objects.filter(bureau=bureau)}
    places = {one.code: one for one in Community.objects.filter(bureau=bureau)}
    columns = (counted.leader, counted.community, counted.month, counted.days, counted.due, counted.uncounted)
    return [
        Month(leaders[leader], places[place], month, float(had), float(due), int(uncounted))
        for leader, place, month, had, due, uncounted in zip(*columns, strict=True)
    ]


def columns_of(pairings):
    """Pairings as the core takes them."""
    rows = list(pairings)
    return Pairings(
        community=text(row.community.code for row in rows),
        leader=text(row.leader.code if row.leader else "" for row in rows),
        office=text(row.office.code for row in rows),
        start=days(row.start for row in rows),
        end=days(row.end for row in rows),
    )


def _days(bureau, first, last):
    """Days that were not refused; who counter-signed as the core takes it."""
    found = LeaderDay.objects.filter(leader__bureau=bureau, date__gte=first, date__lte=last, refused_because="")
    rows = list(found.select_related("leader", "community"))
    return LeaderDays(
        leader=text(row.leader.code for row in rows),
        community=text(row.community.code for row in rows),
        date=days(row.date for row in rows),
        hours=numbers(float(row.hours) for row in rows),
        countersigned_by=text(row.countersigned_by for row in rows),
    )
