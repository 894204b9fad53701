"""A leader's days of the running month, counted as the scheme counts them (R-41)."""

from heng.periods import period_of
from linli.ground.officers.models import Pairing
from linli.ground.officers.queries import days_of, within
from linli.quarter.indicators.queries import parsed, scheme_for


def of_month(leader, bureau, today):
    """(days counted so far, days due) this month; due is 0 where the leader is paired with nobody."""
    first = today.replace(day=1)
    paired = within(Pairing.objects.filter(leader=leader), first, today).exists()
    period = period_of(today)
    scheme = scheme_for(bureau, period)
    if not paired or scheme is None:
        return 0.0, 0.0
    rule, hours = parsed(scheme).leader_days, {}
    for day in days_of(leader, first, today):
        if day.countersigned_by:
            hours[day.date] = hours.get(day.date, 0) + float(day.hours)
    whole = sum(total >= rule.full_day_hours for total in hours.values())
    half = sum(rule.half_day_hours <= total < rule.full_day_hours for total in hours.values())
    return whole + half / 2, rule.per_month
