"""Counts of requests, never persons: issues that are hot at a place, and what a community's requests came to.

Hot: the matters of one kind at one place in four weeks against the four weeks before, as two Poisson counts. Given
their sum the later one is binomial with an even chance, so the test is exact at any size. Most cells cannot be told
apart, and say so.
"""

from dataclasses import dataclass
from datetime import timedelta
from statistics import median

from django.db.models import Count, Q
from django.utils.timezone import localtime
from scipy.special import bdtr

from linli.ground.places.queries import communities
from linli.ground.trail import clock
from linli.work.requests import terms
from linli.work.requests.kinds import NO_ISSUE
from linli.work.requests.models import Request
from linli.work.requests.states import CLOSED, OPEN, State

DOUBT = 0.01  # many cells are looked at at once: one in a hundred quiet ones is called hot or cooling by chance
UP, DOWN, SAME = "up", "down", "same"
TOO_FEW = 5  # matters below which a median or a share says nothing


@dataclass(frozen=True)
class Hot:
    """One kind at one place. place: the community's code or the square's name; now and before: matters in four weeks.

    change: "up", "down", or "same" where the two cannot be told apart. None: withheld, because it is small.
    """

    place: str
    name: str
    kind: str
    now: int | None
    before: int | None
    change: str | None


def hot(bureau, since=None, *, by="community", outside=False):
    """``Hot`` cells, the fullest first. since: first day of the four weeks; by: "community" or "cell".

    outside: for whoever is not of the staff; counts from 1 to 4 are withheld, and with them what they would betray.
    """
    since = since or clock.today() - timedelta(days=terms.HOT_DAYS - 1)
    first, end = (clock_day(since + timedelta(days=days)) for days in (-terms.HOT_DAYS, terms.HOT_DAYS))
    middle = clock_day(since)
    rows = Request.objects.filter(bureau=bureau, opened_at__gte=first, opened_at__lt=end).exclude(kind__in=NO_ISSUE)
    fields = ("community__code", "community__name") if by == "community" else ("cell",)
    rows = rows.exclude(community=None) if by == "community" else rows.exclude(cell="")
    later = Count("pk", filter=Q(opened_at__gte=middle))
    cells = rows.order_by().values_list(*fields, "kind").annotate(later=later, every=Count("pk"))
    found = [_hot(cell[0], *cell[len(fields) - 1 :], outside) for cell in cells]
    return sorted(found, key=lambda cell: (-(cell.now or 0), -(cell.before or 0), cell.place, cell.kind))


def clock_day(day):
    """The moment a day begins in the bureau's zone."""
    return localtime(clock.now()).replace(
        year=day.year, month=day.month, day=day.day, hour=0, minute=0, second=0, microsecond=0
    )


def _hot(place, name, kind, later, every, outside):
    earlier = every - later
    shown = _withheld(later, outside), _withheld(earlier, outside)
    change = changed(later, earlier) if None not in shown else None
    return Hot(place, name, kind, *shown, change)


def _withheld(count, outside):
    return None if outside and 0 < count < terms.SMALL else count


def changed(now, before):
    """Whether two counts over equal times can be told apart: "up", "down" or "same".

    >>> changed(9, 4), changed(15, 2), changed(0, 0), changed(2, 15)
    ('same', 'up', 'same', 'down')
    """
    every = now + before
    if not every:
        return SAME
    tail = float(bdtr(min(now, before), every, 0.5))  # half of the two-sided exact test
    if 2 * tail >= DOUBT:
        return SAME
    return UP if now > before else DOWN


@dataclass(frozen=True)
class CommunityCounts:
    """What the requests opened in some days came to in one community. Places are counted here and never ranked.

    days: median of days from opening to the end, None of fewer than five; ended: of how many; timely and dated: how
    many with a deadline were ended by it, of how many whose deadline has come or that have ended.
    """

    code: str
    name: str
    opened: int
    open: int
    overdue: int
    closed: int
    solved: int
    confirmed: int
    reopened: int
    timely: int
    dated: int
    days: float | None
    ended: int


def by_community(bureau, first, last):
    """``CommunityCounts`` of requests opened from first to last, by community code; three queries."""
    today = clock.today()
    rows = Request.objects.filter(bureau=bureau, opened_at__gte=clock_day(first)).exclude(channel="import")
    rows = rows.filter(opened_at__lt=clock_day(last + timedelta(days=1))).order_by()
    late = Q(state__in=OPEN, due_on__lt=today)
    counts = {
        found["community"]: found
        for found in rows.values("community").annotate(
            opened=Count("pk"), still=Count("pk", filter=Q(state__in=OPEN)), late=Count("pk", filter=late),
            closed=Count("pk", filter=Q(state__in=CLOSED)), solved=Count("pk", filter=Q(state=State.SOLVED)),
            confirmed=Count("pk", filter=Q(state=State.SOLVED, sender_said="solved")),
            again=Count("pk", filter=Q(reopened__gt=0)),
        )
    }  # fmt: skip
    spans, timely = _times(rows, today)
    for community in communities(bureau, on=first):
        found, days = counts.get(community.pk, {}), spans.get(community.pk, [])
        said = [found.get(name, 0) for name in ("opened", "still", "late", "closed", "solved", "confirmed", "again")]
        middle = round(median(days), 1) if len(days) >= TOO_FEW else None
        yield CommunityCounts(
            community.code, community.name, *said, *timely.get(community.pk, (0, 0)), middle, len(days)
        )


def _times(rows, today):
    """Days to the end, and (in time, whose deadline has come) by community."""
    spans, timely = {}, {}
    asked = rows.exclude(state=State.MERGED).values_list("community", "opened_at", "ended_at", "promised_on")
    for community, opened, ended, promised in asked.iterator(chunk_size=2000):
        if ended:
            spans.setdefault(community, []).append((ended - opened).total_seconds() / 86_400)
        if promised and (ended or promised < today):
            done, dated = timely.get(community, (0, 0))
            in_time = bool(ended) and localtime(ended).date() <= promised
            timely[community] = (done + in_time, dated + 1)
    return spans, timely
