"""The allowance of many counties at once (R-50): each its own pot, in whole numbers, to the fen as ``heng.allowance``.

Published scores and months have two decimals, so that a county's shares are whole hundredths of hundredths and fit into
64 bits. A county where they do not, or where all scores are 0, goes through ``heng.allowance`` by itself.
"""

from fractions import Fraction

import numpy as np

from heng import allowance, checks

_EXACT, _ROOM = 2.0**53, 2.0**62  # up to which a float names whole numbers; of 64 bits


def of_counties(scores, months, rule, starts):
    """(scores used, whole fen) by place, (n,) each; places stand county after county from ``starts`` (G,) on.

    As ``heng.allowance.of_county`` for every county: scores nan where there is none; rule: ``heng.scheme.Allowance``.
    """
    scores, months = np.asarray(scores, dtype=float), checks.at_least("months", months, 0)
    checks.as_long_as("scores", scores, "months", months)
    used, fen = scores.copy(), np.zeros(len(scores), dtype=np.int64)
    if not len(scores):
        return used, fen
    starts = np.asarray(starts)
    ends = np.append(starts[1:], len(scores))
    of = np.repeat(np.arange(len(starts)), ends - starts)
    alone = _not_whole(scores, months, rule, starts, of)
    rows = ~alone[of]
    fen[rows] = _shared_out(scores[rows], months[rows], rule, of[rows])
    for county in np.flatnonzero(alone):
        mine = slice(starts[county], ends[county])
        used[mine], fen[mine] = allowance.of_county(scores[mine], months[mine], rule)
    return used, fen


def _not_whole(scores, months, rule, starts, of):
    """Counties (G,) that whole numbers cannot serve: a score missing, none above 0, finer decimals, or too large."""
    fine = ~(_two_decimals(scores) & _two_decimals(months))
    claim = np.where(fine, 0.0, 1e4 * scores * months)
    total, largest = np.add.reduceat(claim, starts), np.maximum.reduceat(claim, starts)
    pot = rule.per_month_fen * np.add.reduceat(months, starts)
    found = (total <= 0) | (total > _EXACT) | (pot > _EXACT) | ((pot + 1) * (largest + 1) > _ROOM)
    found[of[fine]] = True
    return found


def _two_decimals(values):
    """Where a number (0 or more) is named by a decimal of at most two places; not where it is missing."""
    return (values >= 0) & (np.round(values * 100) / 100 == values)


def _shared_out(scores, months, rule, of):
    """Largest remainder within each county, in hundredths."""
    if not len(scores):
        return np.zeros(0, dtype=np.int64)
    opens = np.flatnonzero(np.diff(of, prepend=-1))
    size = np.diff(np.append(opens, len(of)))
    months = np.round(months * 100).astype(np.int64)
    claim = np.round(scores * 100).astype(np.int64) * months
    pot = np.repeat(_pots(np.add.reduceat(months, opens), rule), size)
    paid, rest = np.divmod(pot * claim, np.repeat(np.add.reduceat(claim, opens), size))
    left = pot - np.repeat(np.add.reduceat(paid, opens), size)
    order = np.lexsort((-rest, of))  # stable: ties to whoever stands first
    place = np.empty(len(of), dtype=np.int64)
    place[order] = np.arange(len(of)) - np.repeat(opens, size)
    return paid + (place < left)


def _pots(hundredths, rule):
    """Each county's pot, half up, for so many hundredths of a month."""
    rate = Fraction(repr(float(rule.per_month_fen))) / 100
    top, bottom = rate.numerator, rate.denominator
    return np.array([(2 * top * one + bottom) // (2 * bottom) for one in hundredths.tolist()], dtype=np.int64)
