"""A book or a quarter as text and back, exactly: what a frozen revision keeps, so that nothing can move it later.

JSON with the few shapes the core knows: arrays, days, tuples, the core's own dataclasses. Floats keep every bit
(``repr``), unknown ones are null in an array of numbers. The same value gives the same text.
"""

import hashlib
import json
import math
from dataclasses import fields, is_dataclass

import numpy as np

from heng import evidence, results, scheme

_KNOWN = {
    kind.__name__: kind
    for module in (evidence, results, scheme)
    for kind in vars(module).values()
    if isinstance(kind, type) and is_dataclass(kind)
}


def dumps(value):
    """Text of a ``heng.evidence.Book``, a ``heng.results.Quarter`` or any of their parts; TypeError for strangers."""
    return json.dumps(_plain(value), ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def loads(text):
    """What ``dumps`` was given: equal values in equal types; ValueError for text that it did not make."""
    return _value(json.loads(text))


def sha256(text):
    """64 hex digits of a text."""
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(value):
    if is_dataclass(value):
        parts = {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
        return {"is": type(value).__name__, **parts}
    if isinstance(value, np.ndarray):
        return _array(value)
    if isinstance(value, dict):
        return {"is": "dict", "items": [[_plain(key), _plain(item)] for key, item in value.items()]}
    if isinstance(value, tuple | list):
        return {"is": "tuple", "items": [_plain(item) for item in value]}
    if isinstance(value, np.datetime64):
        return {"is": "day", "at": str(value)}
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, float) and not math.isfinite(value):
        return {"is": "float", "at": str(value)}
    if value is None or isinstance(value, str | int | float):
        return value
    raise TypeError(f"{type(value).__name__} is no part of a book or a quarter")


def _array(array):
    kind = array.dtype.kind
    if kind == "f":
        cells = [number if math.isfinite(number) else (None if math.isnan(number) else str(number))
                 for number in array.reshape(-1).tolist()]  # fmt: skip
    elif kind == "M":
        cells = np.datetime_as_string(array.reshape(-1)).tolist()
    elif kind in "iub":
        cells = array.reshape(-1).tolist()
    else:
        cells = [_plain(cell) for cell in array.reshape(-1)]
    return {"is": "array", "kind": kind if kind in "fMiub" else "O", "shape": list(array.shape), "cells": cells}


_DTYPES = {"f": "float64", "M": "datetime64[D]", "i": "int64", "u": "uint64", "b": "bool", "O": "object"}


def _value(plain):
    if not isinstance(plain, dict):
        return plain
    kind = plain.get("is")
    if kind == "array":
        return _read_array(plain)
    if kind == "tuple":
        return tuple(_value(item) for item in plain["items"])
    if kind == "dict":
        return {_value(key): _value(item) for key, item in plain["items"]}
    if kind == "day":
        return np.datetime64(plain["at"], "D")
    if kind == "float":
        return float(plain["at"])
    if kind not in _KNOWN:
        raise ValueError(f"{kind!r} is no part of a book or a quarter")
    return _KNOWN[kind](**{name: _value(part) for name, part in plain.items() if name != "is"})


def _read_array(plain):
    dtype, cells = _DTYPES[plain["kind"]], plain["cells"]
    if plain["kind"] == "f":
        cells = [math.nan if cell is None else float(cell) for cell in cells]
    elif plain["kind"] == "O":
        read = np.empty(len(cells), dtype=object)
        read[:] = [_value(cell) for cell in cells]
        return read.reshape(plain["shape"])
    return np.array(cells, dtype=dtype).reshape(plain["shape"])
