"""Everything a quarter's hours are made of, read in a few queries however many officers there are."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from linli.ground.officers.models import Leave, Post
from linli.ground.officers.queries import within
from linli.work.worklog.hours import HOURS_A_WEEK, Quarter, shares_of
from linli.work.worklog.models import CallAway, DueHours, SpotCheck, Work
from linli.work.worklog.spans import moments

NOT_FOUND = SpotCheck.Result.NOT_FOUND


@dataclass
class Rows:
    """Rows of some officers over some days, by officer; ``failed`` further by community."""

    posts: list
    leave: dict
    calls: dict
    works: dict
    failed: dict
    checks: list
    due: list  # (community or None, since, hours), newest first

    def hours_a_week(self, community, day):
        """Hours due a week in a community on a day: its own, else the bureau's, else the default."""
        for wanted in (community.pk, None):
            for place, since, hours in self.due:
                if place == wanted and since <= day:
                    return hours
        return HOURS_A_WEEK


def read(bureau, first, last, officers=None):
    """The ``Rows`` of a bureau's days, of all its officers or of some."""
    posts = within(Post.objects.filter(community__bureau=bureau), first, last)
    posts = posts if officers is None else posts.filter(officer__in=officers)
    posts = list(posts.select_related("officer", "community").order_by("officer__code", "start", "community__code"))
    keys = {post.officer_id for post in posts}
    start, end = moments(first, last)
    leave = Leave.objects.filter(officer__in=keys, first__lte=last, last__gte=first).defer("reason")
    calls = CallAway.objects.filter(officer__in=keys, started_at__lt=end, ended_at__gt=start)
    works = Work.objects.filter(officer__in=keys, started_at__lt=end).filter(Q(ended_at=None) | Q(ended_at__gt=start))
    checks = SpotCheck.objects.filter(bureau=bureau, officer__in=keys, look_from__gte=start, look_from__lt=end)
    checks = list(checks.select_related("officer", "community").order_by("number"))
    failed = defaultdict(lambda: defaultdict(list))
    for check in checks:
        if check.result == NOT_FOUND and not check.lifted_because:
            failed[check.officer_id][check.community_id].append(check.looked_at)
    due = DueHours.objects.filter(bureau=bureau, since__lte=last).order_by("-since")
    return Rows(
        posts, _by_officer(leave), _by_officer(calls.defer("why", "station_note", "decided_because")),
        _by_officer(works.select_related("officer").defer("note").order_by("started_at", "pk")), failed, checks,
        [(row.community_id, row.since, float(row.hours_per_week)) for row in due],
    )  # fmt: skip


def _by_officer(rows):
    found = defaultdict(list)
    for row in rows:
        found[row.officer_id].append(row)
    return found


def quarters(bureau, first, last, today, officers=None):
    """Community code -> ``hours.Quarter`` for every community that somebody held on one of the days."""
    rows, found = read(bureau, first, last, officers), defaultdict(list)
    for share in shares_of(rows, first, last, today):
        found[share.community].append(share)
    checks = defaultdict(list)
    for check in rows.checks:
        checks[check.community_id].append(check)
    return {place.code: Quarter(place, shares, checks[place.pk]) for place, shares in found.items()}
