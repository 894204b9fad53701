"""A rate's value becomes points: straight lines between the nodes of a published table, so nowhere a cliff.

A table has shape (k, 2): values on the printed scale (share, ratio or mean), strictly up or strictly down, and points
0..100 that never turn. Which way is better is seen from the table itself. Everybody can redo this with a ruler.
"""

from decimal import ROUND_HALF_UP, Decimal

import numpy as np

from heng import checks

_SLACK = 1e-15  # relative: covers the last bit of the product and of the shortest decimal that names a float


def round_half_up(x, digits=2):
    """x as it is published: decimal half up (四捨五入), on the shortest decimal that names the float.

    A person who reads 79.995 rounds it to 80.00, though the float lies a hair below; so do we. Below zero halves go
    away from zero. nan stays nan; a number gives a number, an array an array of the same shape. Refuses infinity.

    >>> round_half_up(79.995), round_half_up(2.675)
    (80.0, 2.68)
    """
    values = np.asarray(x)
    flat = checks.column("x", values.reshape(-1), missing=True)
    scaled = np.abs(flat) * 10.0**digits
    rounded = np.floor(scaled + 0.5)
    with np.errstate(invalid="ignore"):
        close = np.abs(scaled - np.floor(scaled) - 0.5) <= scaled * _SLACK + 1e-9
    rounded = np.copysign(rounded / 10.0**digits, flat)
    step = Decimal(1).scaleb(-digits)
    for row in np.flatnonzero(close):  # only where the last bit could decide
        rounded[row] = float(Decimal(repr(float(flat[row]))).quantize(step, ROUND_HALF_UP))
    return rounded.reshape(values.shape) if values.ndim else float(rounded[0])


def of_values(values, table):
    """Points of values (any shape) by table (k, 2); flat beyond its ends, nan stays nan. Not rounded.

    >>> of_values([0.40, 0.705, 0.99], [[0.40, 0], [0.65, 60], [0.76, 80], [0.95, 100]])
    array([  0.,  70., 100.])
    """
    nodes = _rising(table)
    shape = np.shape(values)
    found = checks.column("values", np.asarray(values).reshape(-1), missing=True)
    return np.interp(found, nodes[:, 0], nodes[:, 1]).reshape(shape)


def interval(low, high, table):
    """Points at both ends of an interval, the lower points first whichever way is better.

    With fewer is better the low end of the value earns the high end of the points.
    """
    ends = of_values(low, table), of_values(high, table)
    return np.minimum(*ends), np.maximum(*ends)


def gain(now, after, table):
    """Points won (below 0: lost) when the value goes from ``now`` to ``after``, on points as published.

    For the officer's card: "one fewer incident = +x points". Give the value as it is and as it would be with one unit
    more or fewer. 0 where the table is flat: there another unit is not worth chasing.

    >>> gain(1.0, 0.9, [[2.0, 0], [1.0, 85], [0.5, 100]])
    3.0
    """
    before, then = (round_half_up(of_values(value, table)) for value in (now, after))
    return round_half_up(np.subtract(then, before))


def _rising(table):
    """The table's nodes, values upwards; ValueError when it is no table of points."""
    nodes = np.asarray(table, dtype=float)
    if nodes.ndim != 2 or nodes.shape[1] != 2 or len(nodes) < 2:
        raise ValueError(f"table must hold two or more (value, points) pairs, found shape {nodes.shape}")
    if nodes[0, 0] > nodes[-1, 0]:
        nodes = nodes[::-1]
    values = checks.column("table values", nodes[:, 0])
    points = checks.within("table points", nodes[:, 1], 0, 100)
    _refuse(np.diff(values) <= 0, "table values", values, "do not run on in one direction")
    turned = np.diff(points) < 0 if points[0] <= points[-1] else np.diff(points) > 0
    _refuse(turned, "table points", points, "turn back")
    return nodes


def _refuse(faulty, name, found, fault):
    for row in np.flatnonzero(faulty)[:1]:
        raise ValueError(f"{name} {fault}: {found[row]:.15g} then {found[row + 1]:.15g}")
