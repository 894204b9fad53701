"""Asked → did → result: what became of a community's requests in the last four whole quarters, small counts withheld.

Whole quarters, so that today's table less yesterday's does not tell of one request.
"""

from dataclasses import dataclass

from django.db.models import Count

from heng.disclosure import withheld
from heng.periods import first_day, last_day, step
from linli.ground.trail import clock
from linli.work.requests.counts import clock_day
from linli.work.requests.kinds import KINDS, named
from linli.work.requests.models import Request
from linli.work.requests.states import CLOSED, OPEN, SOLVED, State

QUARTERS = 4
OUTCOMES = (SOLVED, CLOSED, OPEN)


@dataclass(frozen=True)
class Came:
    """rows: (kind's name, cells) with the total last; cells: solved, closed otherwise, open, all; None: withheld."""

    first: str
    last: str
    rows: list
    totals: list
    hidden: bool


def of_community(community):
    """``Came`` of a community; no rows where nobody asked for anything."""
    last = step(period_of(clock.today()), -1)
    first = step(last, 1 - QUARTERS)
    counts = _counted(community, first_day(first).item(), step(last, 1))
    kinds = [kind for kind in KINDS if any(counts.get(kind, ()))]
    if not kinds:
        return Came(first, last, [], [], False)
    table = [counts[kind] for kind in kinds]
    shown = _shown(table)
    rows = [(named(kind), cells) for kind, cells in zip(kinds, shown, strict=False)]
    return Came(first, last, rows, shown[-1], any(None in cells for cells in shown))


def period_of(day):
    """The quarter a day lies in.

    >>> from datetime import date
    >>> period_of(date(2026, 11, 25))
    '2026Q4'
    """
    return f"{day.year}Q{(day.month + 2) // 3}"


def _counted(community, since, after):
    rows = Request.objects.filter(community=community, opened_at__gte=clock_day(since))
    rows = rows.filter(opened_at__lt=clock_day(first_day(after).item())).exclude(state=State.MERGED).order_by()
    found = {}
    for kind, state, many in rows.values_list("kind", "state").annotate(many=Count("pk")):
        place = next(place for place, states in enumerate(OUTCOMES) if state in states)
        found.setdefault(kind, [0, 0, 0])[place] += many
    return found


def _shown(table):
    """The table with its totals, None where it is withheld. A kind nobody asked for has no row, so 0 says little: a
    line's zeros are withheld like other small counts all the same."""
    mask = withheld(table)
    rows = [[*row, sum(row)] for row in table]
    rows.append([sum(column) for column in zip(*rows, strict=True)])
    return [
        [None if hide else count for count, hide in zip(row, hidden, strict=True)]
        for row, hidden in zip(rows, mask.tolist(), strict=True)
    ]


def days_of(came):
    """First and last day of the quarters counted."""
    return first_day(came.first).item(), last_day(came.last).item()
