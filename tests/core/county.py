"""The invented county as the core sees it, and ways to change one thing about it."""

from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np

from linli.book.read import read_book
from linli.book.scheme import read_scheme

COUNTY = Path(__file__).parents[2] / "examples" / "county"


@cache
def book():
    return read_book(COUNTY)[0]


@cache
def scheme():
    return read_scheme(COUNTY / "scheme.toml")


def with_evidence(changed, **where):
    """The county with the evidence rows that match ``where`` changed: a function of the rows, or None to drop them."""
    evidence = book().evidence
    hit = np.logical_and.reduce([getattr(evidence, name) == value for name, value in where.items()])
    assert hit.any(), f"the county has no evidence row with {where}"
    rest = evidence.rows(~hit)
    if changed is None:
        return replace(book(), evidence=rest)
    rows = changed(evidence.rows(hit))
    return replace(book(), evidence=joined(rest, rows))


def joined(*tables):
    """The rows of several tables of one kind."""
    kind = type(tables[0])
    return kind(**{name: np.concatenate([getattr(t, name) for t in tables]) for name in kind.__annotations__})


def with_rate(rate_id, **changes):
    """The county's scheme with one rate changed."""
    rates = tuple(replace(rate, **changes) if rate.id == rate_id else rate for rate in scheme().rates)
    return replace(scheme(), rates=rates)


def row(table, **where):
    """The one row of a result that matches, as a dict."""
    hit = np.logical_and.reduce([getattr(table, name) == value for name, value in where.items()])
    assert hit.sum() == 1, f"{hit.sum()} rows with {where}"
    return {name: getattr(table, name)[hit][0] for name in type(table).__annotations__}
