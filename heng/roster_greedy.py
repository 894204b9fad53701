"""A roster at once: one person after another gets the line of shifts that is best for what is still open.

Each line is exact (dynamic programming over the days, every hard rule of the person in its state), so the roster never
breaks a rule; only the order of the people is greedy. Further rounds take one person out and put the best line back.
"""

from collections import defaultdict
from math import gcd, inf

import numpy as np

from heng.roster import DAY, SATURDAY, SUNDAY, Roster, broken, cost

GREEDY = "greedy"
_OFF = -1


def greedy(problem, rounds=1):
    """A ``Roster``: those with the fewest possible shifts choose first. Somebody for whom no line keeps the hard rules
    stays without shifts, and ``broken`` says so. rounds: how often everybody chooses; each can only better it."""
    assigned = np.zeros(problem.shape, dtype=bool)
    order = sorted(range(len(problem.people)), key=lambda i: _freedom(problem, problem.people[i]))
    for _ in range(rounds):
        before = assigned.copy()
        for i in order:
            assigned[i] = False
            assigned[i] = _line(problem, i, _prices(problem, i, assigned.sum(axis=0)))
        if (assigned == before).all():
            break
    faults = broken(problem, assigned)
    return Roster(assigned, inf if faults else cost(problem, assigned), -inf, GREEDY, faults)


def _freedom(problem, person):
    return (problem.days - len(person.off)) * sum(person.most.get(shift.name, 0) > 0 for shift in problem.shifts)


def _prices(problem, i, present):
    """(days, shifts): what one more of this person costs there, cover and wishes together; negative is a gain."""
    price = np.zeros(problem.shape[1:])
    for need in problem.needs:
        shift = problem.shift(need.shift)
        price[need.day, shift] += -need.under if present[need.day, shift] < need.count else need.over
    for wish in problem.wishes:
        if wish.person == problem.people[i].name:
            price[wish.day, problem.shift(wish.shift)] += -wish.weight if wish.on else wish.weight
    return price


def _line(problem, i, price):
    """The best line; where it has a shift oftener than the person may, that shift is made dearer until it has not."""
    most = np.array([problem.people[i].most.get(shift.name, 0) for shift in problem.shifts])
    dearer, step = np.zeros(len(problem.shifts)), 1.0
    for _ in range(20):
        line = _best_line(problem, i, price + dearer)
        above = line.sum(axis=0) > most
        if not above.any():
            break
        dearer[above] += step
        step *= 1.7
    return line


def _best_line(problem, i, price):
    """(days, shifts) of the cheapest line that keeps every rule; all off where there is none."""
    person, days = problem.people[i], problem.days
    unit = gcd(*(shift.minutes for shift in problem.shifts)) or 1
    size = [shift.minutes // unit for shift in problem.shifts]
    able = [n for n, shift in enumerate(problem.shifts) if person.most.get(shift.name, 0) > 0]
    barred = {(n, problem.shift(name)) for n, shift in enumerate(problem.shifts) for name in shift.not_before}
    most = person.minutes // unit
    # State: last shift or off, days of this stretch, whether it began within the horizon, units, weekends, Saturday.
    layers = [{(None, 0, False, 0, 0, False): (0.0, None)}]
    for day in range(days):
        weekday, reached = day % DAY, defaultdict(lambda: (inf, None))
        for state, (paid, _) in layers[-1].items():
            last, run, inner, units, weekends, saturday = state
            for shift in (_OFF, *able):
                if shift != _OFF and day in person.off:
                    continue
                step = _stretch(person, barred, last, run, inner, shift)
                if step is None:
                    continue
                more = units + (size[shift] if shift != _OFF else 0)
                new_weekend = shift != _OFF and (weekday == SATURDAY or (weekday == SUNDAY and not saturday))
                worked = weekends + new_weekend
                if more > most or worked > person.weekends:
                    continue
                key = (shift, *step, more, worked, shift != _OFF and weekday == SATURDAY)
                total = paid + (price[day, shift] if shift != _OFF else 0.0)
                if total < reached[key][0]:
                    reached[key] = (total, state)
        layers.append(dict(reached))
    return _walked_back(problem, layers, -(-person.least // unit))


def _stretch(person, barred, last, run, inner, shift):
    """(days, began within) of the stretch after one more day, or None where a rule forbids the step."""
    on, was_on = shift != _OFF, last not in (None, _OFF)
    if last is None:
        return 1, False
    if on == was_on:
        if on and (run + 1 > person.longest or (last, shift) in barred):
            return None
        # Beyond what any rule asks for, longer stretches of rest are alike.
        return (run + 1 if on else min(run + 1, person.rest)), inner
    if inner and run < (person.shortest if was_on else person.rest):
        return None
    return 1, True


def _walked_back(problem, layers, least):
    line = np.zeros(problem.shape[1:], dtype=bool)
    ends = [(paid, state) for state, (paid, _) in layers[-1].items() if state[3] >= least]
    if not ends:
        return line
    state = min(ends, key=lambda end: end[0])[1]
    for day in range(problem.days - 1, -1, -1):
        if state[0] != _OFF:
            line[day, state[0]] = True
        state = layers[day + 1][state][1]
    return line
