"""What every door of the core asks of its arguments, and how it says no.

Each check gives the argument back as floats, shape (n,), or raises ValueError naming the argument, the index and the
value found. A single number counts as a column of one. NaN and None mean "not known" and are refused unless
``missing=True``, infinity always; a column of length 0 passes.
"""

from decimal import Decimal
from numbers import Real

import numpy as np


def column(name, values, missing=False):
    """The values as floats (n,): finite numbers in one dimension, nothing read out of text.

    >>> column("asked", [30, 41])
    array([30., 41.])
    """
    found = _floats(name, values)
    if found.ndim != 1:
        raise ValueError(f"{name} must be one column, found an array of shape {found.shape}")
    refused = np.isinf(found) if missing else ~np.isfinite(found)
    return _unless(refused, name, found, "is not a finite number")


def whole(name, values, missing=False):
    """The values as floats, each a whole number."""
    found = column(name, values, missing)
    return _unless(found != np.round(found), name, found, "is not a whole number", missing)


def at_least(name, values, low, missing=False):
    """The values as floats, none below ``low``."""
    found = column(name, values, missing)
    return _unless(found < low, name, found, f"is below {low}")


def within(name, values, low, high, missing=False):
    """The values as floats, none below ``low`` or above ``high``."""
    found = at_least(name, values, low, missing)
    return _unless(found > high, name, found, f"is above {high}")


def not_above(name, values, other_name, others, missing=False):
    """The values as floats, none above the other column's value in the same row."""
    found, limit = column(name, values, missing), column(other_name, others, missing)
    if len(limit) != 1 and len(found) != 1:
        as_long_as(name, found, other_name, limit)
    found, limit = np.broadcast_arrays(found, limit)
    above = np.flatnonzero(found > limit)
    if above.size:
        first = above[0]
        raise ValueError(f"{name}[{first}] = {found[first]:.15g} is above {other_name}[{first}] = {limit[first]:.15g}")
    return found


def open_unit(name, value):
    """One number strictly between 0 and 1: a confidence, a share of places."""
    found = column(name, value)
    if len(found) != 1 or not 0 < found[0] < 1:
        raise ValueError(f"{name} = {value!r} is not between 0 and 1")
    return float(found[0])


def as_long_as(name, values, other_name, others):
    """The values, when both columns have one length."""
    if len(values) != len(others):
        raise ValueError(f"{name} has {len(values)} values, {other_name} has {len(others)}")
    return values


def _floats(name, values):
    """Floats of any shape. Only numbers pass: text that looks like one was not read by the reader it was meant for."""
    try:
        found = np.asarray(values)
    except ValueError as uneven:
        raise ValueError(f"{name} is not a column of numbers: {uneven}") from None
    if found.dtype.kind in "fiub":
        return found.astype(float).reshape(found.shape or 1)
    flat = np.asarray(values, dtype=object).reshape(-1)  # as given: NumPy would turn numbers beside text into text
    read = np.array([_number(name, index, value) for index, value in enumerate(flat)], dtype=float)
    return read.reshape(found.shape or 1)


def _number(name, index, value):
    if value is None:
        return np.nan
    if not isinstance(value, Real | Decimal):
        raise ValueError(f"{name}[{index}] = {value!r} is not a number")
    try:
        return float(value)
    except OverflowError:
        return np.inf


def _unless(refused, name, found, fault, missing=False):
    """``found``, unless some row is refused; a missing row is nobody's fault where it is allowed."""
    rows = np.flatnonzero(refused & ~np.isnan(found) if missing else refused)
    if rows.size:
        raise ValueError(f"{name}[{rows[0]}] = {found[rows[0]]:.15g} {fault}")
    return found
