"""The hours of a quarter: what was due in each community, and what was counted there.

Due is hours a week over the days of the post, less leave (the share of working days away) and less calls away by the
station, which are its breach and not the officer's fault (R-03). Counted are the hours of the officer's works in the
community, each hour once. Several officers of one community add up; who holds several communities owes each its part.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.utils.timezone import localdate

from linli.ground.trail import workdays
from linli.work.worklog import counts, intervals
from linli.work.worklog.spans import moments

HOURS_A_WEEK = 20.0  # where a bureau has said nothing
MOST_AWAY_A_DAY = 8.0  # a night on duty takes one working day off what is due, not three


@dataclass
class Share:
    """One officer's part in one community: hours due before and after what is taken off, hours counted, works."""

    officer: object
    community: object
    base: float = 0.0
    leave: float = 0.0
    away: float = 0.0
    counted: float = 0.0
    works: list = field(default_factory=list)  # (work, hours that count, why not or not all)

    @property
    def due(self):
        return max(self.base - self.leave - self.away, 0.0)


@dataclass
class Quarter:
    """A community's quarter: the shares of its officers and the checks made in it."""

    community: object
    shares: list
    checks: list

    def _sum(self, name):
        return sum(getattr(share, name) for share in self.shares)

    base = property(lambda self: self._sum("base"))
    leave = property(lambda self: self._sum("leave"))
    away = property(lambda self: self._sum("away"))
    due = property(lambda self: self._sum("due"))
    counted = property(lambda self: self._sum("counted"))

    @property
    def works(self):
        rows = [row for share in self.shares for row in share.works]
        return sorted(rows, key=lambda row: (row[0].started_at, row[0].pk))

    def left_out(self, why):
        """How many works count for nothing for that reason."""
        return sum(reason == why for share in self.shares for _work, _hours, reason in share.works)


def shares_of(rows, first, last, today):
    """Every ``Share`` of the days from first to last. rows: ``loaded.Rows`` of the officers whose posts they are."""
    by_officer, found = defaultdict(list), []
    for post in rows.posts:
        by_officer[post.officer_id].append(post)
    for key, posts in by_officer.items():
        calls = [call for call in rows.calls[key] if counts.is_counted(call, today)]
        mine = _dues(posts, rows, first, last, calls, _leave_days(rows.leave[key]))
        _count(mine, rows.works[key], rows.failed[key], calls, moments(first, last))
        found += mine.values()
    return sorted(found, key=lambda share: (share.community.code, share.officer.code))


def _leave_days(leave):
    return {row.first + timedelta(days=i) for row in leave for i in range((row.last - row.first).days + 1)}


def _days(post, first, last):
    start, end = max(post.start, first), min(post.end or last, last)
    return [start + timedelta(days=i) for i in range((end - start).days + 1)]


def _dues(posts, rows, first, last, calls, on_leave):
    """community pk -> ``Share`` with what is due."""
    held, found = defaultdict(list), {}
    for post in posts:
        for day in _days(post, first, last):
            if post.community not in held[day]:
                held[day].append(post.community)
        found.setdefault(post.community_id, Share(post.officer, post.community))
    away, work_days, leave_days = _away_by_day(calls), defaultdict(int), defaultdict(int)
    for day, communities in held.items():
        working, absent = workdays.is_working(day), day in on_leave
        for community in communities:
            share = found[community.pk]
            share.base += rows.hours_a_week(community, day) / 7 / len(communities)
            work_days[community.pk] += working
            leave_days[community.pk] += working and absent
            if not absent:  # nobody is called away from a day that is not due
                share.away += min(away.get(day, 0.0), MOST_AWAY_A_DAY) / len(communities)
    for key, share in found.items():
        share.leave = share.base * leave_days[key] / work_days[key] if work_days[key] else 0.0
        share.away = min(share.away, share.base - share.leave)
    return found


def _away_by_day(calls):
    """Day -> hours of the calls that lie in it, each hour once."""
    found = defaultdict(float)
    for start, end in intervals.joined([(call.started_at, call.ended_at) for call in calls]):
        day = localdate(start)
        while moments(day, day)[0] < end:
            found[day] += intervals.hours(intervals.cut([(start, end)], *moments(day, day)))
            day += timedelta(days=1)
    return found


def _count(shares, works, failed, calls, quarter):
    """Puts each work into its share with the hours that count there."""
    reasons = {work.pk: counts.left_out(work, failed.get(work.community_id, ())) for work in works}
    kept = [work for work in works if not reasons[work.pk]]
    away = [(call.started_at, call.ended_at) for call in calls]
    spans = dict(
        zip((work.pk for work in kept), intervals.once([(w.started_at, w.ended_at) for w in kept]), strict=True)
    )
    for work in works:
        if work.community_id not in shares:
            continue
        hours, why = _counted(work, spans.get(work.pk), away, quarter, reasons[work.pk])
        share = shares[work.community_id]
        share.works.append((work, hours, why))
        share.counted += hours


def _counted(work, span, away, quarter, why):
    """(hours, why not all) of one work: less what another entry, a call away or the edge of the quarter takes."""
    if why:
        return 0.0, why
    whole = [(work.started_at, work.ended_at)]
    steps = [[span] if span else []]
    steps.append(intervals.without(steps[-1], away))
    steps.append(intervals.cut(steps[-1], *quarter))
    left = whole
    for reason, parts in zip(("overlap", "away", "outside"), steps, strict=True):
        if intervals.hours(parts) < intervals.hours(left) - 1e-9:
            why = why or reason
        left = parts
    return intervals.hours(left), why
