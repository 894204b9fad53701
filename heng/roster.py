"""People to shifts: hard rules that nothing breaks, wishes and cover that are paid for.

The greedy roster is always there first; HiGHS (through ``scipy.optimize.milp``) then looks for a better one and gives
the bound that says how far from the best it can be. Form and instances: Curtois and Qu, shift scheduling (2014).
"""

from dataclasses import dataclass, field

import numpy as np

DAY = 7
SATURDAY, SUNDAY = 5, 6  # every horizon begins on a Monday


@dataclass(frozen=True)
class Shift:
    """name; minutes; not_before: shifts that may not follow it on the next day (too little rest between)."""

    name: str
    minutes: int
    not_before: tuple = ()


@dataclass(frozen=True)
class Person:
    """What one person may be asked for. most: shift -> how often at most in the horizon (0 = never: not trained);
    least, minutes: minutes at least and at most; longest, shortest: working days in a row; rest: days off in a row at
    least; weekends: worked at most; off: days on which nothing may be asked."""

    name: str
    most: dict
    least: int
    minutes: int
    longest: int
    shortest: int
    rest: int
    weekends: int
    off: tuple = ()


@dataclass(frozen=True)
class Wish:
    """Somebody would like a shift (``on``) or would like to be spared it; weight is paid when it is not met."""

    person: str
    day: int
    shift: str
    weight: float
    on: bool


@dataclass(frozen=True)
class Need:
    """count people on a shift of a day; under, over: paid for each one missing, each one too many."""

    day: int
    shift: str
    count: int
    under: float
    over: float


@dataclass(frozen=True)
class Problem:
    """days of horizon, and who, when, what for."""

    days: int
    shifts: tuple
    people: tuple
    wishes: tuple = ()
    needs: tuple = ()

    @property
    def shape(self):
        """(people, days, shifts) of every roster of this problem."""
        return len(self.people), self.days, len(self.shifts)

    def shift(self, name):
        """The number of a shift; ``KeyError`` where there is none of that name."""
        return {shift.name: i for i, shift in enumerate(self.shifts)}[name]


@dataclass(frozen=True)
class Roster:
    """assigned: (people, days, shifts) booleans; value: what its unmet wishes and cover cost (``inf`` when a hard rule
    is broken); bound: what no roster can better; how: proven, stopped, greedy or none; broken: hard rules in words."""

    assigned: np.ndarray
    value: float
    bound: float
    how: str
    broken: tuple = field(default=())


def cost(problem, assigned):
    """What a roster's unmet wishes and cover cost."""
    shift = {one.name: i for i, one in enumerate(problem.shifts)}
    person = {one.name: i for i, one in enumerate(problem.people)}
    paid = 0.0
    for wish in problem.wishes:
        got = bool(assigned[person[wish.person], wish.day, shift[wish.shift]])
        paid += wish.weight if got != wish.on else 0.0
    present = assigned.sum(axis=0)
    for need in problem.needs:
        there = int(present[need.day, shift[need.shift]])
        paid += need.under * max(need.count - there, 0) + need.over * max(there - need.count, 0)
    return paid


def broken(problem, assigned):
    """The hard rules that a roster breaks, in words; none is what every roster must have."""
    each = enumerate(problem.people)
    return tuple(f"{one.name}: {fault}" for i, one in each for fault in _faults(problem, one, assigned[i]))


def _faults(problem, person, mine):
    """mine: (days, shifts). Runs at either end of the horizon go on beyond it, so they are never too short."""
    work, counts = mine.any(axis=1), mine.sum(axis=0)
    if (mine.sum(axis=1) > 1).any():
        yield f"two shifts on day {int(np.argmax(mine.sum(axis=1) > 1))}"
    for i, shift in enumerate(problem.shifts):
        if counts[i] > person.most.get(shift.name, 0):
            yield f"{counts[i]} × {shift.name}, at most {person.most.get(shift.name, 0)}"
        for name in shift.not_before:
            after = mine[:-1, i] & mine[1:, problem.shift(name)]
            if after.any():
                yield f"{name} follows {shift.name} on day {int(np.argmax(after)) + 1}"
    minutes = int(counts @ np.array([shift.minutes for shift in problem.shifts]))
    if not person.least <= minutes <= person.minutes:
        yield f"{minutes} minutes, {person.least} to {person.minutes} wanted"
    if any(work[day] for day in person.off):
        yield "works on a day off"
    for on, first, length in runs(work):
        inner = first > 0 and first + length < problem.days
        if on and length > person.longest:
            yield f"{length} days in a row from day {first}"
        if on and inner and length < person.shortest:
            yield f"only {length} days in a row from day {first}"
        if not on and inner and length < person.rest:
            yield f"only {length} days off from day {first}"
    if weekends(work) > person.weekends:
        yield f"{weekends(work)} weekends, at most {person.weekends}"


def runs(work):
    """(whether worked, first day, how many) of each stretch of like days.

    >>> runs([True, True, False])
    [(True, 0, 2), (False, 2, 1)]
    """
    work = np.asarray(work, dtype=bool)
    edges = [0, *(np.flatnonzero(work[1:] != work[:-1]) + 1), len(work)]
    return [(bool(work[a]), int(a), int(b - a)) for a, b in zip(edges, edges[1:], strict=False) if b > a]


def weekends(work):
    """On how many weekends somebody works."""
    work = np.asarray(work, dtype=bool)
    saturdays = range(SATURDAY, len(work), DAY)
    return sum(bool(work[day] or (day + 1 < len(work) and work[day + 1])) for day in saturdays)
