"""Draws a quarter's checks from the plans: the same plan, seed and days give the same checks on every machine.

Of each community's checks 40 in a hundred are of people, 30 physical, 30 technical, as far as its plan has them; so the
plain share of checks that passed weighs the classes as the field does, and stays a count of checks over checks.
"""

from datetime import timedelta
from itertools import groupby
from random import Random

from linli.work.incidents.kinds import SHARES


def drawn(plan, seed, size, first, last):
    """(number, point, day) … for each community of the plan, which is ordered by community and code."""
    for code, points in groupby(plan, key=lambda point: point.community.code):
        dice = Random(f"{seed}:{code}")  # each community its own: one that is added moves no other
        chosen = [point for share in _shares(list(points), size) for point in _repeated(dice, *share)]
        days = sorted(first + timedelta(days=dice.randint(0, (last - first).days)) for _ in chosen)
        dice.shuffle(chosen)
        for number, (point, day) in enumerate(zip(chosen, days, strict=True), 1):
            yield number, point, day


def _shares(points, size):
    """(points of a class, checks for it): by largest remainder over the classes that the plan has."""
    classes = {name: [p for p in points if p.weight_class == name] for name in SHARES}
    there = {name: SHARES[name] for name, found in classes.items() if found}
    exact = {name: size * share / sum(there.values()) for name, share in there.items()}
    counts = {name: int(value) for name, value in exact.items()}
    for name in sorted(exact, key=lambda n: (counts[n] - exact[n], list(SHARES).index(n)))[
        : size - sum(counts.values())
    ]:
        counts[name] += 1
    return [(classes[name], counts[name]) for name in there]


def _repeated(dice, points, count):
    """``count`` of the points in random order, every one once before any comes again."""
    found = []
    while len(found) < count:
        found += dice.sample(points, min(len(points), count - len(found)))
    return found
