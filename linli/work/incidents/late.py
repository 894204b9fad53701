"""How much is still to come: counts that were read again later, chained by the age of their month.

The age of a reading is the whole months since its month ended: 0 in the month after. A step from age j to j+1 pools
all communities, months and kinds: its factor is what they held at j+1 over what the same ones held at j (the chain
ladder, with known weights). What comes is taken as a Poisson count at a rate known only from what came so far
(Jeffreys: half a case more), so its interval is a negative binomial's. Nothing here is ever added to a count.
"""

from dataclasses import dataclass

import numpy as np
from scipy.stats import nbinom

ENOUGH = 3  # months that a step must rest on before anything is said
CONFIDENCE = 0.90


@dataclass(frozen=True)
class Step:
    """From ``age`` to the next: how many months it rests on, what they held before and after."""

    age: int
    months: int
    before: int
    after: int

    @property
    def factor(self):
        """After over before; nan of nothing."""
        return self.after / self.before if self.before else float("nan")


@dataclass(frozen=True)
class ToCome:
    """What is likely still to come to a number: its mean, and between what it lies nine times in ten, whole cases."""

    mean: float
    low: int
    high: int
    until: int  # the age up to which earlier months were read again; nobody knows what comes after


def steps(readings):
    """The ``Step``s that readings show, by age.

    readings: {(month, cell): {age: number}}: cell is whatever belongs together in one month (community and kind). A
    cell read at ages 0 and 3 alone holds at 1 and 2 what it held at 0: its growth is seen where it was read.

    >>> steps({("2026-01", "C01"): {0: 10, 1: 11}, ("2026-02", "C01"): {0: 10}})
    [Step(age=0, months=1, before=10, after=11)]
    """
    pooled = {}
    for (month, _cell), by_age in readings.items():
        known = by_age[min(by_age)]
        for age in range(min(by_age), max(by_age)):
            after = by_age.get(age + 1, known)
            of_step = pooled.setdefault(age, [set(), 0, 0])
            of_step[0].add(month)
            of_step[1] += known
            of_step[2] += after
            known = after
    return [Step(age, len(months), before, after) for age, (months, before, after) in sorted(pooled.items())]


def factor(found, age):
    """What is known at ``age`` times this is what was known at the oldest age read; None where that cannot be said."""
    rest = _rest(found, age)
    return None if rest is None else float(np.prod([step.factor for step in rest]))


def to_come(found, age, number):
    """``ToCome`` to a number read at ``age``; None where too little was read again at that age to say.

    >>> to_come([], 0, 12) is None
    True
    """
    rest = _rest(found, age)
    if rest is None:
        return None
    until = rest[-1].age + 1
    before = np.array([step.before for step in rest], dtype=float)
    came = np.maximum([step.after - step.before for step in rest], 0) + 0.5  # withdrawn cases are no late ones
    grown = 1 + came / before
    whole = grown.prod()
    mean = number * (whole - 1)
    spread = number**2 * whole**2 * (came / before**2 / grown**2).sum()
    if mean == 0:
        return ToCome(0.0, 0, 0, until)
    share, size = mean / (mean + spread), mean**2 / spread
    low, high = nbinom.ppf([(1 - CONFIDENCE) / 2, (1 + CONFIDENCE) / 2], size, share)
    return ToCome(float(mean), int(low), int(high), until)


def _rest(found, age):
    """The steps from an age on, if all of them are there and thick enough; else None."""
    rest = [step for step in found if step.age >= age]
    whole = [step.age for step in rest] == list(range(age, age + len(rest)))
    return rest if rest and whole and all(step.months >= ENOUGH and step.before for step in rest) else None
