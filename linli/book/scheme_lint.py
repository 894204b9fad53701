"""What is unwise in a scheme that can be read: warnings somebody should answer.

What is wrong (weights, tables, a supplier who verifies himself, a rate about arrests) the reader has refused before.
"""

from dataclasses import dataclass, field
from datetime import date

import numpy as np

from heng.scheme import COUNT, HIGHER

SLOTS = 7
PREVENTION_SLOTS = ("prevention", "visibility", "disputes")  # slots 4, 6 and 7 of the default scheme
LEAST_PREVENTION = 30.0  # weight of them together, R-83
CEILING = 2.0  # times the expected: a count that still earns points beyond it has no ceiling in practice
_CLIFF_POINTS, _CLIFF_WIDTH = 20.0, 0.02  # so many points within so small a part of the table's values
_BY_PLACE = ("incidents", "prevention", "leads")  # slots 3, 4 and 5, R-13


@dataclass(frozen=True)
class Finding:
    """One thing about a scheme: ``code`` is a sentence ``scheme.<code>`` of the wording, ``facts`` fill its blanks."""

    code: str
    facts: dict = field(default_factory=dict)


def findings(scheme):
    """Every ``Finding``, in the order of the scheme."""
    found = [*_whole(scheme)]
    for rate in scheme.rates:
        found += _rate(scheme, rate)
    return found


def _whole(scheme):
    if len(scheme.rates) < SLOTS:
        yield Finding("fewer_rates", facts={"rates": len(scheme.rates), "slots": SLOTS})
    prevention = sum(rate.weight for rate in scheme.rates if rate.id in PREVENTION_SLOTS)
    if prevention < LEAST_PREVENTION:
        yield Finding("little_prevention", facts={"weight": prevention, "least": LEAST_PREVENTION})
    if not _first_of_quarter(scheme.in_force_from):
        yield Finding("within_quarter", facts={"day": scheme.in_force_from})
    complexity = scheme.complexity
    adjusted = [rate.id for rate in scheme.rates if rate.adjust]
    if adjusted and not complexity.covariates:
        yield Finding("no_covariates", facts={"rates": adjusted})
    elif adjusted and complexity.pool is None:
        yield Finding("no_pool", facts={"rates": adjusted})


def _first_of_quarter(day):
    day = date.fromisoformat(day)
    return day.day == 1 and day.month in (1, 4, 7, 10)


def _rate(scheme, rate):
    facts = {"rate": rate.id}
    if not rate.adjust and (rate.kind == COUNT or rate.id in _BY_PLACE):
        yield Finding("not_adjusted", facts=facts)
    if rate.kind == COUNT and rate.better == HIGHER and ceiling(rate) > CEILING:
        yield Finding("no_ceiling", facts=facts | {"ceiling": ceiling(rate), "most": CEILING})
    if steps := cliffs(rate):
        yield Finding("cliff", facts=facts | {"low": steps[0][0], "high": steps[0][1]})


def ceiling(rate):
    """The value from which more earns nothing: the first at which the table reaches its top."""
    table = np.asarray(rate.points, dtype=float)
    return float(table[table[:, 1] == table[:, 1].max(), 0].min())


def cliffs(rate):
    """(value, value) of every stretch of the table so steep that a hair decides many points."""
    table = np.asarray(rate.points, dtype=float)
    width = np.abs(np.diff(table[:, 0])) / np.ptp(table[:, 0])
    steep = (np.abs(np.diff(table[:, 1])) >= _CLIFF_POINTS) & (width <= _CLIFF_WIDTH)
    return [(float(table[at, 0]), float(table[at + 1, 0])) for at in np.flatnonzero(steep)]
