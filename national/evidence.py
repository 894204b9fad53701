"""The evidence of a country as one Parquet file: a row per community and rate; read, checked as a whole, cut by county.

Columns: period (2026Q3), county, community, rate (text), numerator, denominator (numbers). May have: officer (text,
else the community's id), design_effect (1), sd, status (final | provisional | false), months (3), and a column of
numbers for each covariate of the scheme, the same in every row of a community.
"""

import re
from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from heng.counties import Places
from heng.evidence import FALSE, FINAL, PROVISIONAL
from heng.scheme import COUNT, MEAN
from heng.window import cell_of

TEXT, NUMBERS = ("county", "community", "rate"), ("numerator", "denominator")
_OPTIONAL = {"officer": None, "design_effect": 1.0, "sd": np.nan, "status": FINAL, "months": 3.0}
_ID = r"^[\p{L}\p{N}_-]{1,40}$"
_SHOWN = 5  # examples named of each problem


class BadEvidence(ValueError):
    """What is wrong with a file, every problem a sentence in ``problems``."""

    def __init__(self, problems):
        super().__init__("\n".join(problems))
        self.problems = tuple(problems)


@dataclass(frozen=True)
class Evidence:
    """The file's rows in order of county, community and rate, and the positions at which each county begins."""

    table: pa.Table
    starts: np.ndarray  # (C + 1,)
    period: str

    def counties(self):
        """How many counties there are."""
        return len(self.starts) - 1

    def batch(self, first, last):
        """The rows of counties ``first`` to ``last`` (not included)."""
        return self.table.slice(self.starts[first], self.starts[last] - self.starts[first]).combine_chunks()


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
    table = pq.read_table(path, columns=[*wanted, *(name for name in _OPTIONAL if name in have.names)])
    table, period = _of_period(_typed(table), period)
    _refuse(_problems(table, scheme, covariates))
    table = table.sort_by([("county", "ascending"), ("community", "ascending"), ("rate", "ascending")])
    _refuse(_key_problems(table))
    county = _codes(table, "county")
    starts = np.flatnonzero(np.diff(county, prepend=-1))
    return Evidence(table, np.append(starts, len(county)), period)


def _schema(path):
    try:
        return pq.read_schema(path)
    except (OSError, pa.ArrowException) as reason:
        raise BadEvidence([f"{path} cannot be read as Parquet: {reason}"]) from reason


def _refuse(problems):
    if problems:
        raise BadEvidence(problems)


def _of_period(table, period):
    """The rows of one quarter, and which it is."""
    found = sorted(set(pc.unique(table["period"]).to_pylist()) - {None})
    wrong = [each for each in found if not re.fullmatch(r"\d{4}Q[1-4]", each)]
    if wrong or not found:
        raise BadEvidence(
            [f"column period: found {each!r}, expected a quarter such as 2026Q3" for each in wrong or [""]]
        )
    period = period or found[-1]
    if period not in found:
        raise BadEvidence([f"period {period} is not in the file; it holds {', '.join(found)}"])
    return table.filter(pc.equal(table["period"], period)).drop_columns("period"), period


def _typed(table):
    """The table with text as plain strings and figures as floats; absent optional columns filled in."""
    columns = {}
    for name in table.column_names:
        kind = pa.string() if name in ("period", *TEXT, "officer", "status") else pa.float64()
        try:
            columns[name] = table[name].cast(kind)
        except pa.ArrowException as reason:
            raise BadEvidence([f"column {name!r} holds {table[name].type}, expected {kind}"]) from reason
    for name, default in _OPTIONAL.items():
        if name not in columns:
            columns[name] = columns["community"] if default is None else pa.repeat(pa.scalar(default), len(table))
    return pa.table(columns)


def _problems(table, scheme, covariates):
    """What is wrong with single rows, a few examples of each kind."""
    rates = [rate.id for rate in scheme.rates]
    whole = pa.array([rate.id for rate in scheme.rates if rate.kind == COUNT], pa.string())
    means = pa.array([rate.id for rate in scheme.rates if rate.kind == MEAN], pa.string())
    top, bottom, months = table["numerator"], table["denominator"], table["months"]
    is_count, is_mean = pc.is_in(table["rate"], whole), pc.is_in(table["rate"], means)
    is_share = pc.invert(pc.or_(is_count, is_mean))
    nothing_to_count_over = pc.and_(pc.equal(bottom, 0), pc.greater(top, 0))
    known_status = pc.is_in(table["status"], pa.array([FINAL, PROVISIONAL, FALSE]))
    checks = [
        ("county", _no_id(table["county"]), "an id of 1 to 40 letters, digits, _ or -"),
        ("community", _no_id(table["community"]), "an id of 1 to 40 letters, digits, _ or -"),
        ("officer", _no_id(table["officer"]), "an id of 1 to 40 letters, digits, _ or -"),
        ("rate", _not(pc.is_in(table["rate"], pa.array(rates))), f"one of {', '.join(rates)}"),
        ("numerator", pc.or_(_no_number(top), pc.and_(_not(is_mean), pc.less(top, 0))), "a number of at least 0"),
        ("denominator", pc.or_(_no_number(bottom), pc.less(bottom, 0)), "a number of at least 0"),
        ("numerator", pc.and_(is_share, pc.greater(top, bottom)), "no more than the denominator"),
        ("numerator", pc.and_(is_count, pc.not_equal(top, pc.round(top))), "a whole number of events"),
        ("numerator", pc.and_(is_count, nothing_to_count_over), "0 where the exposure is 0"),
        ("design_effect", _not_above_nought(table["design_effect"]), "a number above 0"),
        ("sd", pc.and_(is_mean, _not_above_nought(table["sd"])), "a number above 0"),
        ("status", _not(known_status), "final, provisional or false"),
        ("months", pc.or_(_no_number(months), pc.or_(pc.less(months, 0), pc.greater(months, 3))), "0 to 3"),
    ]
    checks += [(name, _no_number(table[name]), "a number for every community") for name in covariates]
    return [said for name, wrong, expected in checks for said in _examples(table, name, wrong, expected)]


def _not(mask):
    return pc.invert(pc.fill_null(mask, False))


def _no_id(column):
    return _not(pc.match_substring_regex(column, _ID))


def _not_above_nought(column):
    return pc.or_(_no_number(column), pc.less_equal(column, 0))


def _no_number(column):
    return pc.fill_null(_not(pc.is_finite(column)), True)


def _examples(table, name, wrong, expected):
    rows = np.flatnonzero(pc.fill_null(wrong, True).to_numpy(zero_copy_only=False))
    for row in rows[:_SHOWN]:
        yield f"row {row + 1}, column {name}: found {table[name][row].as_py()!r}, expected {expected}"
    if len(rows) > _SHOWN:
        yield f"column {name}: {len(rows) - _SHOWN} more like these"


def _key_problems(table):
    """Keys that come twice, and communities that stand in two counties."""
    county, community, rate = (_codes(table, name) for name in TEXT)
    same_place = (np.diff(county) == 0) & (np.diff(community) == 0)
    twice = np.flatnonzero(same_place & (np.diff(rate) == 0))
    found = [
        f"community {table['community'][row].as_py()} has rate {table['rate'][row].as_py()} twice"
        for row in twice[:_SHOWN]
    ]
    firsts = np.append(0, np.flatnonzero(~same_place) + 1) if len(county) else np.zeros(0, dtype=int)
    codes, times = np.unique(community[firsts], return_counts=True)
    for code in codes[times > 1][:_SHOWN]:
        row = int(np.flatnonzero(community == code)[0])
        found.append(f"community {table['community'][row].as_py()} stands in more than one county")
    return found


def _codes(table, name):
    return pc.dictionary_encode(table[name]).combine_chunks().indices.to_numpy()


def places_and_cells(batch, scheme):
    """(``heng.counties.Places``, rate id -> ``heng.window.Cell``) of some counties' rows."""
    county, community, rate = (_codes(batch, name) for name in TEXT)
    firsts = np.flatnonzero((np.diff(county, prepend=-1) != 0) | (np.diff(community, prepend=-1) != 0))
    place = np.cumsum(np.isin(np.arange(len(county)), firsts)) - 1
    covariates = [name for name in batch.column_names if name in scheme.complexity.covariates]
    places = Places(
        county=_text(batch, "county", firsts),
        community=_text(batch, "community", firsts),
        officer=_text(batch, "officer", firsts),
        months=batch["months"].to_numpy()[firsts],
        facts={name: batch[name].to_numpy()[firsts] for name in covariates},
    )
    named = pc.dictionary_encode(batch["rate"]).combine_chunks().dictionary.to_pylist()
    figures = {name: batch[name].to_numpy() for name in ("numerator", "denominator", "design_effect", "sd")}
    status = np.array(batch["status"].to_pylist(), dtype=object) if "status" in batch.column_names else None
    cells = {}
    for one in scheme.rates:
        rows = np.flatnonzero(rate == named.index(one.id)) if one.id in named else np.zeros(0, dtype=int)
        mine = {name: values[rows] for name, values in figures.items()}
        cells[one.id] = cell_of(one.kind, place[rows], len(firsts), **mine, status=status[rows])
    return places, cells


def _text(batch, name, rows):
    return np.array(batch[name].take(pa.array(rows)).to_pylist(), dtype=object)
