"""The evidence of a country as one Parquet file: a row per community and rate; read, checked as a whole, cut by county.

Columns: period (2026Q3), county, community, rate (text), numerator, denominator (numbers). May have: officer (text,
else the community's id), design_effect (1), sd, status (final | provisional | false), months (3), and a column of
numbers for each covariate of the scheme, the same in every row of a community.
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from heng.counties import Places
from heng.evidence import FALSE, FINAL, PROVISIONAL
from heng.window import cell_of
from national import columns, problems
from national.columns import Text

TEXT, NUMBERS = ("county", "community", "rate"), ("numerator", "denominator")
_OPTIONAL_TEXT, _OPTIONAL_NUMBERS = ("officer", "status"), {"design_effect": 1.0, "sd": np.nan, "months": 3.0}
_OPTIONAL = (*_OPTIONAL_TEXT, *_OPTIONAL_NUMBERS)
_STATUS = np.array([FINAL, PROVISIONAL, FALSE], dtype=object)


class BadEvidence(ValueError):
    """What is wrong with a file, every problem a sentence in ``problems``."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Rows:
    """Rows of the file as columns (r,)."""

    county: Text
    community: Text
    officer: Text
    rate: Text
    status: Text
    numerator: np.ndarray
    denominator: np.ndarray
    design_effect: np.ndarray
    sd: np.ndarray
    months: np.ndarray
    facts: dict  # covariate -> (r,)

    def __len__(self):
        return len(self.numerator)


@dataclass(frozen=True)
class Batch:
    """Some whole counties: their places, and their rows with the place and the rate of each."""

    places: Places
    place: np.ndarray
    rate: np.ndarray  # position in the scheme
    status: np.ndarray  # position in _STATUS
    figures: dict  # numerator, denominator, design_effect, sd


@dataclass(frozen=True)
class Evidence:
    """The file's rows in order of county, community and rate, and the rows at which each county begins."""

    rows: Rows
    order: np.ndarray | None  # (r,) of the rows; None: they stand so
    starts: np.ndarray  # (C + 1,)
    period: str
    rates: tuple  # the scheme's ids

    def counties(self):
        """How many counties there are."""
        return len(self.starts) - 1

    def batch(self, first, last):
        """The ``Batch`` of counties ``first`` to ``last`` (not included)."""
        return _batch(self, slice(self.starts[first], self.starts[last]))

    def whole(self):
        """All counties as one ``Batch``."""
        return self.batch(0, self.counties())


def read(path, scheme, period=None):
    """The ``Evidence`` of one quarter of a file, the latest unless a ``period`` is named.

    ``BadEvidence`` with every problem: a column that is missing or of the wrong kind, figures that are none or do not
    fit, a rate the scheme does not know, the same community and rate twice, a community in two counties.
    """
    covariates = scheme.complexity.covariates if any(rate.adjust for rate in scheme.rates) else ()
    have = _schema(path)
    wanted = ["period", *TEXT, *NUMBERS, *covariates]
    missing = [name for name in wanted if name not in have.names]
    if missing:
        raise BadEvidence([f"column {name!r} is missing; the file has {', '.join(have.names)}" for name in missing])
    wanted += [name for name in _OPTIONAL if name in have.names]
    table = columns.read(path, wanted, ("period", *TEXT, *_OPTIONAL_TEXT), have)
    try:
        kept, period = _of_period(columns.text(table, "period"), period)
        rows = _rows(table, covariates, kept)
    except columns.WrongKind as reason:
        raise BadEvidence([str(reason)]) from reason

    def found(name, row):
        at = int(row if kept is None else kept[row])
        return at + 1, table[name][at].as_py()

    _refuse(problems.of_rows(rows, scheme, covariates, found))
    return _in_order(rows, period, tuple(rate.id for rate in scheme.rates))


def _schema(path):
    try:
        return pq.read_schema(path)
    except (OSError, pa.ArrowException) as reason:
        raise BadEvidence([f"{path} cannot be read as Parquet: {reason}"]) from reason


def _refuse(found):
    found = list(found)
    if found:
        raise BadEvidence(found)


def _of_period(column, period):
    """Positions of the rows of one quarter, None when it is all of them; and which quarter it is."""
    names, used = column.names.to_pylist(), np.unique(column.codes)
    found = sorted({names[code] for code in used if code >= 0} - {None})
    wrong = [each for each in found if not re.fullmatch(r"\d{4}Q[1-4]", each)]
    if wrong or not found:
        raise BadEvidence(
            [f"column period: found {each!r}, expected a quarter such as 2026Q3" for each in wrong or [""]]
        )
    period = period or found[-1]
    if period not in found:
        raise BadEvidence([f"period {period} is not in the file; it holds {', '.join(found)}"])
    mine = column.codes == names.index(period)
    return (None if mine.all() else np.flatnonzero(mine)), period


def _rows(table, covariates, kept):
    """The ``Rows`` that are kept; absent optional columns filled in."""
    which = slice(None) if kept is None else kept
    text = {name: columns.text(table, name).rows(which) for name in TEXT}
    for name in _OPTIONAL_TEXT:
        if name in table.column_names:
            text[name] = columns.text(table, name).rows(which)
        else:
            text[name] = text["community"] if name == "officer" else _same(FINAL, len(text["rate"].codes))
    n = len(text["rate"].codes)
    figures = {name: np.broadcast_to(default, n) for name, default in _OPTIONAL_NUMBERS.items()}
    for name in (*NUMBERS, *_OPTIONAL_NUMBERS):
        if name in table.column_names:
            figures[name] = columns.numbers(table, name)[which]
    facts = {name: columns.numbers(table, name)[which] for name in covariates}
    return Rows(**text, **figures, facts=facts)


def _same(word, n):
    return Text(pa.array([word]), np.zeros(n, dtype=np.int32))


def _in_order(rows, period, rates):
    """The ``Evidence`` of rows that are right each by itself."""
    county, community, rate = rows.county.in_order(), rows.community.in_order(), rows.rate.among(rates).astype(np.int64)
    key = (county * (len(rows.community.names) + 1) + community) * len(rates) + rate
    order = None if (key[1:] > key[:-1]).all() else np.argsort(key, kind="stable")
    if order is not None:
        county, community, rate = county[order], community[order], rate[order]
    _refuse(problems.of_keys(county, community, rate, rows if order is None else _Named(rows, order)))
    starts = np.flatnonzero(np.diff(county, prepend=-1))
    return Evidence(rows, order, np.append(starts, len(county)), period, rates)


class _Named:
    """The names of rows that are to be put in order."""

    def __init__(self, rows, order):
        self.community, self.rate = rows.community.rows(order), rows.rate.rows(order)


def _batch(evidence, span):
    rows = evidence.rows
    at = span if evidence.order is None else evidence.order[span]
    county, community = rows.county.codes[at], rows.community.codes[at]
    opens = np.append(True, (np.diff(county) != 0) | (np.diff(community) != 0))[: len(county)]
    place = np.cumsum(opens, dtype=np.int32) - 1
    firsts = np.flatnonzero(opens) + (span.start if evidence.order is None else 0)
    firsts = firsts if evidence.order is None else at[firsts]
    community = rows.community.spelt(firsts)
    places = Places(
        county=rows.county.spelt(firsts),
        community=community,
        officer=community if rows.officer is rows.community else rows.officer.spelt(firsts),
        months=rows.months[firsts],
        facts={name: values[firsts] for name, values in rows.facts.items()},
    )
    figures = {name: getattr(rows, name)[at] for name in ("numerator", "denominator", "design_effect", "sd")}
    status = rows.status.rows(at).among(_STATUS.tolist())
    return Batch(places, place, rows.rate.rows(at).among(evidence.rates), status, figures)


def places_and_cells(batch, scheme):
    """(``heng.counties.Places``, rate id -> ``heng.window.Cell``) of some counties."""
    cells = {}
    for position, one in enumerate(scheme.rates):
        rows = np.flatnonzero(batch.rate == position)
        mine = {name: values[rows] for name, values in batch.figures.items()}
        status = _STATUS[batch.status[rows]]
        cells[one.id] = cell_of(one.kind, batch.place[rows], len(batch.places), **mine, status=status)
    return batch.places, cells
