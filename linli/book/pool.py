"""pool.toml: complexity coefficients from a larger pool, read strictly (contract, "The scheme")."""

import re

import numpy as np

from heng.scheme import Pool, PoolRate
from linli.book import cells
from linli.book.problems import BadBook, Problem
from linli.book.rates import ident
from linli.book.toml import Document, Refused, listing, number, parsed, read_toml, whole, words

_BESIDE = re.compile(r"(?!.*(^|/)\.\.?(/|$))[^/\\:\x00-\x1f][^\\:\x00-\x1f]*")
_ROUNDING = 1e-8  # of the largest variance: what printing to a few digits may do to a covariance


def path_beside(raw):
    """A relative path that stays beside the scheme file; "" for none."""
    if not isinstance(raw, str) or len(raw) > 200 or (raw and not _BESIDE.fullmatch(raw)):
        raise Refused("beside")
    return raw


def _quarters(raw):
    try:
        first, last = (cells.quarter(item) for item in listing(words)(raw))
    except (ValueError, cells.Unreadable) as wrong:
        raise Refused("two_periods") from wrong
    if last < first:
        raise Refused("two_periods")
    return first, last


def _matrix(raw):
    return listing(listing(number()))(raw)


_POOL = {
    "name": words,
    "places": whole(1),
    "periods": _quarters,
    "covariates": listing(words, once=True),
    "mean": listing(number()),
    "sd": listing(number(above=0)),
}
_RATE = {
    "id": ident,
    "intercept": number(-100, 100),
    "coefficients": listing(number(-100, 100)),
    "covariance": _matrix,
    "tau": number(above=0, high=100),
}


def read_pool(path, covariates=None):
    """``heng.scheme.Pool`` of a file; its covariates must be those given, in order. ``BadBook`` with every problem."""
    return _read(read_toml(path), covariates)


def _read(document, covariates):
    top = document.section(document.content, (), {"format": whole(1), "pool": dict_of, "rate": list_of}, ("pool",))
    if top.get("format", 1) != 1:
        document.refuse("format", ("format",), top["format"])
    pool = document.section(top.get("pool", {}), ("pool",), _POOL, tuple(_POOL) if "pool" in top else ())
    names = pool.get("covariates", ())
    if covariates is not None and "covariates" in pool and names != tuple(covariates):
        document.refuse("pool_covariates", ("pool", "covariates"), list(names), covariates=list(covariates) or "[]")
    for key in ("mean", "sd"):
        _length(document, ("pool", key), pool.get(key), len(names))
    rates = _rates(document, top.get("rate", []), len(names))
    if document.problems:
        raise BadBook(document.problems)
    return Pool(**(pool | {"mean": np.array(pool["mean"]), "sd": np.array(pool["sd"])}), rates=rates)


def dict_of(raw):
    """A table."""
    if not isinstance(raw, dict):
        raise Refused("table")
    return raw


def list_of(raw):
    """A list."""
    if not isinstance(raw, list):
        raise Refused("list")
    return raw


def _length(document, path, found, length):
    if found is not None and len(found) != length:
        document.refuse("length", path, list(found), length=length)


def _rates(document, raw, covariates):
    found = {}
    for place, one in enumerate(raw):
        path = ("rate", place)
        rate = document.section(one, path, _RATE, tuple(_RATE))
        _length(document, (*path, "coefficients"), rate.get("coefficients"), covariates)
        _covariance(document, (*path, "covariance"), rate.get("covariance"), covariates + 1)
        if rate.get("id") in found:
            document.refuse("once", (*path, "id"), rate["id"])
        elif not document.problems:
            arrays = {key: np.array(rate[key]) for key in ("coefficients", "covariance")}
            name = rate.pop("id")
            found[name] = PoolRate(**(rate | arrays))
    return found


def _covariance(document, path, rows, size):
    """Square, symmetric, positive semi-definite; intercept first."""
    if rows is None:
        return
    if len(rows) != size or any(len(row) != size for row in rows):
        document.refuse("square", path, f"{len(rows)} × {max(map(len, rows), default=0)}", size=size)
        return
    matrix = np.array(rows)
    allowed = _ROUNDING * max(np.abs(matrix).max(), 1e-300)
    if np.abs(matrix - matrix.T).max() > allowed or np.linalg.eigvalsh(matrix).min() < -allowed:
        document.refuse("covariance", path, matrix.tolist())


def pool_of(document: Document, path, folder, covariates):
    """The pool a scheme names, or None when it names none or a wrong one (noted in the scheme's problems)."""
    if not path:
        return None
    file = folder / path
    if not file.resolve().is_relative_to(folder.resolve()):
        document.refuse("beside", ("complexity", "pool"), path)
        return None
    if not file.is_file():
        document.problems.append(Problem("plain_file", path, found=""))
        return None
    return _read_or_note(document, lambda: read_pool(file, covariates))


def pool_in(document: Document, path, text, covariates):
    """The pool a scheme names, from the text that stands beside it; as ``pool_of``."""
    if not path:
        return None
    if not text.strip():
        document.problems.append(Problem("plain_file", path, found=""))
        return None
    return _read_or_note(document, lambda: _read(parsed(path, text), covariates))


def _read_or_note(document, read):
    try:
        return read()
    except BadBook as bad:
        document.problems.extend(bad.problems)
        return None
