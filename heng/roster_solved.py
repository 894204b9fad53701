"""The roster as an integer program, for HiGHS: one variable for each person, day and shift, rows for the hard rules."""

import numpy as np
from scipy import optimize, sparse

from heng.roster import DAY, SATURDAY, Roster, broken, cost

PROVEN, STOPPED, GREEDY, NONE = "proven", "stopped", "greedy", "none"
_OPTIMAL = 0


def solve(problem, first=None, seconds=60.0, gap=0.0):
    """The best ``Roster`` found in ``seconds``; ``first`` (a roster that stands already) when nothing better was.

    gap: stop when the bound is this close (a share of the value). Where no roster keeps the hard rules, ``how`` is
    "none" and the value infinite.
    """
    model = _Model(problem)
    options = {"time_limit": float(seconds), "mip_rel_gap": float(gap)}
    found = optimize.milp(
        model.objective, constraints=model.constraints(), bounds=model.bounds(), integrality=model.whole,
        options=options,
    )  # fmt: skip
    bound = -np.inf if found.mip_dual_bound is None else float(found.mip_dual_bound) + model.constant
    if found.x is None:
        nothing = Roster(np.zeros(problem.shape, dtype=bool), np.inf, bound, NONE)
        return first if first is not None and not first.broken else nothing
    assigned = found.x[: model.size].reshape(problem.shape) > 0.5
    value = cost(problem, assigned)
    if first is not None and not first.broken and first.value < value:
        return Roster(first.assigned, first.value, bound, STOPPED)
    how = PROVEN if found.status == _OPTIMAL and gap == 0 else STOPPED
    return Roster(assigned, value, bound, how, broken(problem, assigned))


class _Model:
    """Variables: x (person, day, shift), w (person, weekend), u and o (need). Rows: (columns, factors, low, high)."""

    def __init__(self, problem):
        self.problem = problem
        people, days, shifts = problem.shape
        self.size = people * days * shifts
        self.saturdays = list(range(SATURDAY, days, DAY))
        self.weekends = self.size
        self.under = self.weekends + people * len(self.saturdays)
        self.over = self.under + len(problem.needs)
        self.total = self.over + len(problem.needs)
        self.rows, self.constant = [], 0.0
        self.objective = np.zeros(self.total)
        self.high = np.ones(self.total)
        self.high[self.under :] = people
        self.whole = np.r_[np.ones(self.under), np.zeros(self.total - self.under)]
        for i, person in enumerate(problem.people):
            self._person(i, person)
        self._wishes()
        self._needs()

    def x(self, person, day, shift):
        _, days, shifts = self.problem.shape
        return (person * days + day) * shifts + shift

    def day(self, person, day):
        """The columns of one person's day: their sum is whether he works."""
        return [self.x(person, day, shift) for shift in range(len(self.problem.shifts))]

    def _row(self, columns, factors, low, high):
        self.rows.append((columns, factors, low, high))

    def _sum(self, columns, low, high):
        self._row(columns, [1.0] * len(columns), low, high)

    def _person(self, i, person):
        problem, days = self.problem, self.problem.days
        for day in range(days):
            self._sum(self.day(i, day), 0, 1)
        for day in person.off:
            self.high[self.day(i, day)] = 0
        every = [column for day in range(days) for column in self.day(i, day)]
        minutes = [float(shift.minutes) for _ in range(days) for shift in problem.shifts]
        self._row(every, minutes, person.least, person.minutes)
        for number, shift in enumerate(problem.shifts):
            self._sum([self.x(i, day, number) for day in range(days)], 0, person.most.get(shift.name, 0))
            barred = [problem.shift(name) for name in shift.not_before]
            for day in range(days - 1):
                if barred:  # one row for all that may not follow: tighter than one for each
                    self._sum([self.x(i, day, number), *(self.x(i, day + 1, other) for other in barred)], 0, 1)
        self._runs(i, person)
        self._weekends(i, person)

    def _runs(self, i, person):
        """No stretch of work too long or too short, none of rest too short; at the ends stretches go on beyond."""
        days = self.problem.days
        for first in range(days - person.longest):
            stretch = [c for day in range(first, first + person.longest + 1) for c in self.day(i, day)]
            self._sum(stretch, 0, person.longest)
        for length in range(1, person.shortest):
            for first in range(days - length - 1):
                self._between(i, first, length, 1.0, length - 1)
        for length in range(1, person.rest):
            for first in range(days - length - 1):
                self._between(i, first, length, -1.0, 1)

    def _between(self, i, first, length, sign, high):
        """sign × (days between − the days around) ≤ high: not just ``length`` days between two of the other kind."""
        ends = [*self.day(i, first), *self.day(i, first + length + 1)]
        inner = [c for day in range(first + 1, first + length + 1) for c in self.day(i, day)]
        self._row([*inner, *ends], [sign] * len(inner) + [-sign] * len(ends), -np.inf, high)

    def _weekends(self, i, person):
        mine = [self.weekends + i * len(self.saturdays) + k for k in range(len(self.saturdays))]
        for column, saturday in zip(mine, self.saturdays, strict=True):
            for day in (saturday, saturday + 1):
                if day < self.problem.days:
                    work = self.day(i, day)
                    self._row([*work, column], [1.0] * len(work) + [-1.0], -np.inf, 0)
        if mine:
            self._sum(mine, 0, person.weekends)

    def _wishes(self):
        person = {one.name: i for i, one in enumerate(self.problem.people)}
        for wish in self.problem.wishes:
            column = self.x(person[wish.person], wish.day, self.problem.shift(wish.shift))
            if wish.on:
                self.constant += wish.weight
            self.objective[column] += -wish.weight if wish.on else wish.weight

    def _needs(self):
        people = len(self.problem.people)
        for k, need in enumerate(self.problem.needs):
            shift = self.problem.shift(need.shift)
            there = [self.x(i, need.day, shift) for i in range(people)]
            columns = [*there, self.under + k, self.over + k]
            self._row(columns, [1.0] * people + [1.0, -1.0], need.count, need.count)
            self.objective[self.under + k], self.objective[self.over + k] = need.under, need.over
            self.high[self.under + k] = need.count

    def bounds(self):
        return optimize.Bounds(0, self.high)

    def constraints(self):
        columns = np.concatenate([np.array(row[0], dtype=int) for row in self.rows])
        factors = np.concatenate([np.array(row[1], dtype=float) for row in self.rows])
        pointers = np.cumsum([0, *(len(row[0]) for row in self.rows)])
        matrix = sparse.csr_matrix((factors, columns, pointers), shape=(len(self.rows), self.total))
        return optimize.LinearConstraint(matrix, [row[2] for row in self.rows], [row[3] for row in self.rows])
