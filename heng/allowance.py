"""Money in whole fen: the quarter's allowance by score and months served, always summing to the pot (R-50).

Everything is reckoned in exact fractions of the decimals as printed, so that a clerk with paper gets the same fen.
"""

from fractions import Fraction
from math import floor, lcm

import numpy as np

from heng import checks, periods
from heng.points import round_half_up

_LARGEST_POT = 2**53


def split(scores, months, pot_fen):
    """Whole fen (n,), int, in proportion to scores * months and summing to ``pot_fen`` exactly.

    Largest remainder (Hamilton's method): everyone gets the whole fen of the own share, the fen left over go to the
    largest fractions, ties to whoever stands first. All scores 0: by months alone. Nobody: an empty array, if the pot
    is empty. Refuses a score or month that is missing or below 0, and a pot to be paid to nobody.

    >>> split([92, 81, 74], [3, 3, 1.5], 375000).tolist()
    [164286, 144643, 66071]
    """
    scores = _exact(checks.at_least("scores", scores, 0))
    months = _exact(checks.at_least("months", months, 0))
    checks.as_long_as("scores", scores, "months", months)
    pot_fen = int(checks.whole("pot_fen", checks.within("pot_fen", pot_fen, 0, _LARGEST_POT))[0])
    claims = [score * month for score, month in zip(scores, months, strict=True)]
    return np.array(_largest_remainder(_in_whole_parts(claims if any(claims) else months), pot_fen), dtype=np.int64)


def months_served(start, end, period):
    """Months in post (n,): over the quarter's months, days in post / days in the month, half up to two decimals.

    start, end: first and last day in post, ``datetime64[D]``; ``end`` NaT = still in post.

    >>> months_served(np.array(["2026-07-17"], "M8[D]"), np.array(["NaT"], "M8[D]"), "2026Q3")
    array([2.48])
    """
    start, end = np.asarray(start, dtype="datetime64[D]"), np.asarray(end, dtype="datetime64[D]")
    checks.as_long_as("start", start, "end", end)
    _refuse_days(start, end)
    first = periods.months(period).astype("datetime64[D]")
    last = (periods.months(period) + 1).astype("datetime64[D]") - 1
    length = (last - first).astype(int) + 1
    whole = lcm(*length.tolist())  # a month in parts that a day of each of the three is a whole number of
    held = sum(periods.days_held(start, end, a, z) * (whole // n) for a, z, n in zip(first, last, length, strict=True))
    return (200 * held + whole) // (2 * whole) / 100


def pot(per_month_fen, months):
    """The pot in whole fen, int: ``per_month_fen`` for every month served, half up.

    >>> pot(50000, [3] * 9 + [1.5])
    1425000
    """
    rate = _exact(checks.at_least("per_month_fen", per_month_fen, 0))[0]
    return floor(rate * sum(_exact(checks.at_least("months", months, 0))) + Fraction(1, 2))


def of_county(scores, months, rule):
    """(scores used (n,), fen (n,)): one county's allowance, officers in the order of their ids.

    scores: nan for whoever has none; they take the mean of those who have one, and where nobody has one all share by
    months alone (scores used nan). rule: ``heng.scheme.Allowance``.
    """
    scores = np.asarray(scores, dtype=float)
    known = np.isfinite(scores)
    mean = round_half_up(scores[known].mean()) if known.any() else np.nan
    used = np.where(known, scores, mean)
    shares = used if known.any() else np.ones(len(scores))
    return used, split(shares, months, pot(rule.per_month_fen, months))


def _exact(values):
    """Each float as the fraction that its shortest decimal names: 2.48 is 62/25."""
    return [Fraction(repr(value)) for value in values.tolist()]


def _in_whole_parts(claims):
    """The claims in one common unit, whole numbers of any size."""
    unit = lcm(*(claim.denominator for claim in claims))
    return [claim.numerator * (unit // claim.denominator) for claim in claims]


def _largest_remainder(claims, pot_fen):
    total = sum(claims)
    if not total:
        if pot_fen:
            raise ValueError(f"pot_fen[0] = {pot_fen}, but months hold nobody to pay it to")
        return [0] * len(claims)
    paid = [pot_fen * claim // total for claim in claims]
    by_fraction = sorted(range(len(claims)), key=lambda i: (-(pot_fen * claims[i] % total), i))
    for i in by_fraction[: pot_fen - sum(paid)]:
        paid[i] += 1
    return paid


def _refuse_days(start, end):
    for row in np.flatnonzero(np.isnat(start))[:1]:
        raise ValueError(f"start[{row}] = NaT is not a day")
    for row in np.flatnonzero(end < start)[:1]:
        raise ValueError(f"end[{row}] = {end[row]} is before start[{row}] = {start[row]}")
