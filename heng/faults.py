"""How figures go wrong on their way (漏報、遲報、虛報): what a simulated book suffers between truth and sheet."""

from dataclasses import dataclass

import numpy as np

from heng import checks
from heng.scheme import COUNT, HIGHER, SHARE


@dataclass(frozen=True)
class Faults:
    """Chances and sizes; the default is a book without fault."""

    late: float = 0.0  # chance that a row of the newest quarter has not come in yet
    missing: float = 0.0  # chance that a row of any quarter never comes
    rounding: float = 1.0  # counts and answers are written to the nearest multiple of this
    inflated: float = 0.0  # chance that a place embellishes, in every rate and quarter
    by: float = 0.0  # the part of what speaks against it that such a place turns round or leaves out

    def __post_init__(self):
        for name in ("late", "missing", "inflated", "by"):
            checks.within(name, getattr(self, name), 0, 1)
        checks.at_least("rounding", self.rounding, 1)


def embellished(rate, numerator, denominator, which, by):
    """Numerators (..., n) as the places in ``which`` (n,) write them: better than they are by the part ``by``.

    Of a share the unfavourable answers become favourable; of a count where fewer is better events are left out, where
    more is better some are added. A mean is left alone. Whole numbers stay whole.
    """
    if rate.kind == SHARE:
        gap = denominator - numerator if rate.better == HIGHER else -numerator
    elif rate.kind == COUNT:
        gap = numerator if rate.better == HIGHER else -numerator
    else:
        return numerator
    return numerator + np.where(which, np.round(by * gap), 0.0)


def rounded(rate, numerator, denominator, to):
    """Numerators as somebody writes them who likes round figures; a share stays within its denominator."""
    if to == 1 or rate.kind not in (SHARE, COUNT):
        return numerator
    near = np.floor(numerator / to + 0.5) * to
    return np.minimum(near, denominator) if rate.kind == SHARE else near


def arrived(faults, shape, random):
    """Which rows (quarters, n) are in the book, the last quarter being the newest."""
    there = random.random(shape) >= faults.missing
    there[-1] &= random.random(shape[1]) >= faults.late
    return there
