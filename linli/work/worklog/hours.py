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
MOST_AWAY_A_DAY = 8.0  # a night on duty takes one working day off what is due, not two
A_DAY = timedelta(days=1)


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

    @property
    def is_written(self):
        """Whether anybody has written down a work: a struck one or a tap that still runs is none."""
        return any(work.struck_at is None and work.ended_at is not None for work, _hours, _why in self.works)

    @property
    def late(self):
        """Hours counted of works that were last written long after their day."""
        return sum(hours for work, hours, _why in self.works if counts.is_late(work))

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
        _count(mine, rows.works[key], rows.failed[key], calls, _held(posts, first, last), moments(first, last))
        found += mine.values()
    return sorted(found, key=lambda share: (share.community.code, share.officer.code))


def _leave_days(leave):
    return {row.first + timedelta(days=i) for row in leave for i in range((row.last - row.first).days + 1)}


def _held(posts, first, last):
    """Community pk -> the spans in which it was held; posts that follow one another are one span."""
    found = defaultdict(list)
    for post in posts:
        found[post.community_id].append(moments(*_ends(post, first, last)))
    return {key: intervals.joined(spans) for key, spans in found.items()}


def _ends(post, first, last):
    return max(post.start, first), min(post.end or last, last)


def _days(post, first, last):
    start, end = _ends(post, first, last)
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
    """Day -> hours of the calls that begin on it. Of a long one each 24 hours begin a day and are capped once.

    Cut at midnight, one night from 20:00 to 08:00 would be capped twice and take 12 hours off.
    """
    found = defaultdict(float)
    for start, end in intervals.joined([(call.started_at, call.ended_at) for call in calls]):
        while start < end:
            hours = intervals.hours([(start, min(end, start + A_DAY))])
            found[localdate(start)] += min(hours, MOST_AWAY_A_DAY)
            start += A_DAY
    return found


def _count(shares, works, failed, calls, held, quarter):
    """Puts each work into its share with the hours that count there."""
    reasons = {work.pk: counts.left_out(work, failed.get(work.community_id, ())) for work in works}
    kept = [work for work in works if not reasons[work.pk]]
    missed = [counts.missed(work, failed.get(work.community_id, ())) for work in works]
    away = [(call.started_at, call.ended_at) for call in calls]
    taken = [("checked", [span for span in missed if span]), ("away", away)]
    spans = dict(
        zip((work.pk for work in kept), intervals.once([(w.started_at, w.ended_at) for w in kept]), strict=True)
    )
    for work in works:
        place, hours, why = work.community_id, 0.0, reasons[work.pk]
        if place not in shares:
            continue
        if not why:
            hours, why = _counted(work, _left(spans[work.pk], taken, quarter, held[place]))
        shares[place].works.append((work, hours, why))
        shares[place].counted += hours


def _left(span, taken, quarter, held):
    """(reason, what is left of a work) after each that takes from it: other entries, checks, calls, quarter, post."""
    parts = [span] if span else []
    yield "overlap", parts
    for reason, others in taken:
        parts = intervals.without(parts, others)
        yield reason, parts
    parts = intervals.cut(parts, *quarter)
    yield "outside", parts
    yield "post", intervals.within(parts, held)


def _counted(work, steps):
    """(hours, why not all): the first reason that took something away."""
    left, why = [(work.started_at, work.ended_at)], ""
    for reason, parts in steps:
        if intervals.hours(parts) < intervals.hours(left) - 1e-9:
            why = why or reason
        left = parts
    return intervals.hours(left), why
