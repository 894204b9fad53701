"""Asked → did → result: what became of a community's requests in the last four whole quarters, small counts withheld.

Whole quarters, so that today's numbers less yesterday's do not tell of one request. Two lists with one total: what came
of all of them, and what they were about. A table of both would in a small community be little but gaps.
"""

from dataclasses import dataclass

from django.db.models import Count

from heng.disclosure import withheld
from heng.periods import first_day, last_day, period_of, step
from linli.ground.trail import clock
from linli.work.requests.counts import clock_day
from linli.work.requests.kinds import KINDS, named
from linli.work.requests.models import Request
from linli.work.requests.states import OPEN, SOLVED, State

QUARTERS = 4
OUTCOMES = (SOLVED, (State.DECLINED, State.OUTSIDE, State.SILENT), OPEN, (State.ENDED,))


@dataclass(frozen=True)
class Came:
    """Requests from first to last, two days; a count that is withheld is None. kinds: (name, count, share of the
    largest in per cent); few: names of the kinds withheld. any: whether anybody asked for anything."""

    first: object
    last: object
    every: int | None
    solved: int | None
    closed: int | None
    open: int | None
    silent: int | None  # ended, and nobody says how: the past of another system mostly
    kinds: list
    few: list
    any: bool

    @property
    def hidden(self):
        """Whether a count is withheld."""
        return bool(self.few) or None in (self.every, self.solved, self.closed, self.open, self.silent)


def of_community(community):
    """``Came`` of a community."""
    last = step(period_of(clock.today()), -1)
    first = step(last, 1 - QUARTERS)
    counts = _counted(community, first_day(first).item(), step(last, 1))
    by_outcome = _shown([sum(column) for column in zip(*counts.values(), strict=True)])
    by_kind = _shown([sum(row) for row in counts.values()])
    every = None if None in (by_outcome[-1], by_kind[-1]) else by_outcome[-1]
    told = dict(zip(counts, by_kind, strict=False))
    most = max((count for count in told.values() if count), default=1)
    rows = [(named(kind), count, round(100 * count / most)) for kind, count in told.items() if count]
    rows.sort(key=lambda row: -row[1])
    few = [named(kind) for kind, count in told.items() if count is None]
    days = first_day(first).item(), last_day(last).item()
    return Came(*days, every, *by_outcome[:-1], rows, few, any(map(any, counts.values())))


def _counted(community, since, after):
    """kind -> [solved, closed, open, silent]."""
    rows = Request.objects.filter(community=community, opened_at__gte=clock_day(since))
    rows = rows.filter(opened_at__lt=clock_day(first_day(after).item())).exclude(state=State.MERGED).order_by()
    found = {kind: [0] * len(OUTCOMES) for kind in KINDS}
    for kind, state, many in rows.values_list("kind", "state").annotate(many=Count("pk")):
        place = next(place for place, states in enumerate(OUTCOMES) if state in states)
        found[kind if kind in KINDS else "other"][place] += many
    return found


def _shown(counts):
    """The counts with their total, None where it is withheld."""
    whole = [*counts, sum(counts)]
    return [None if hide else count for count, hide in zip(whole, withheld(counts, zeros=True).tolist(), strict=True)]
