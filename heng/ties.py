"""Ties (並列): the chain of rates that parts officers on one published score; paid and adverse ranks only (R-23)."""

import math
from dataclasses import dataclass


@dataclass(frozen=True)
class Parted:
    """Some of the tied that the chain leaves together, and the points that set them apart from the rest."""

    members: tuple
    steps: tuple = ()  # (rate, points) in the order in which they parted the tied; () = nothing did


def untie(tied, chain, points, steps=()):
    """The tied as a list of `Parted`, best first; one `Parted` that holds them all when nothing tells them apart.

    ``points(who, rate)`` gives published points, nan where not known. A rate that any of those still tied lacks is
    passed over: a missing rate is no lower and no higher than a present one, so it cannot break a tie.

    >>> known = {("A", "satisfaction"): 81.0, ("B", "satisfaction"): 84.5}
    >>> [part.members for part in untie(("A", "B"), ("satisfaction",), lambda who, rate: known[who, rate])]
    [('B',), ('A',)]
    """
    for position, rate in enumerate(chain if len(tied) > 1 else ()):
        values = [points(who, rate) for who in tied]
        if len(set(values)) == 1 or any(math.isnan(value) for value in values):
            continue
        parts = []
        for level in sorted(set(values), reverse=True):
            level_with = tuple(who for who, value in zip(tied, values, strict=True) if value == level)
            parts += untie(level_with, chain[position + 1 :], points, (*steps, (rate, level)))
        return parts
    return [Parted(tuple(tied), steps)]
