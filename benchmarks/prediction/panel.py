"""A panel: the same places, period after period, from one CSV that anybody can make.

=============  =====================================================================================================
place          the place's name or number
period         ``2019Q3``, ``2019-07`` or ``2019``; one form throughout. A period without rows is a gap, never a zero
count          events of the period, with
exposure       what they are counted over: residents, doors; 1 where nothing is
yes            or, instead of these two, how many answered yes, of
asked          how many were asked. A weighted survey: both divided by its design effect, then rounded
anything else  a column of numbers is a covariate, a fact of the place; a column of words is left out
=============  =====================================================================================================

Count, yes and asked are whole numbers. A figure that is not known is a row that is not there. Everything that is
wrong is told at once, by row and column.
"""

import csv
import re
from dataclasses import dataclass
from pathlib import Path

import numpy as np

COUNT, SHARE = "count", "share"
FIGURES = {COUNT: ("count", "exposure"), SHARE: ("yes", "asked")}
FEWEST_PERIODS = 3  # one to forecast from, one to learn the scatter on, one to be scored
_PERIOD = re.compile(r"(\d{4})(?:Q([1-4])|-(0[1-9]|1[0-2]))?")
_TOLD = 12


class BadPanel(ValueError):
    """A panel that cannot be used; ``problems`` holds every one of them."""

    def __init__(self, problems):
        self.problems = tuple(problems)
        more = [f"... and {len(self.problems) - _TOLD} more"] if len(self.problems) > _TOLD else []
        super().__init__("\n".join([*self.problems[:_TOLD], *more]))


@dataclass(frozen=True)
class Panel:
    """Figures (T, n) of n places in T consecutive periods; where no row was given, ``of`` is 0.

    ``seen``: events or yes; ``of``: exposure or people asked; ``facts`` (T, n, p); ``year``: periods in a year;
    ``left_out``: columns of words.
    """

    kind: str
    places: tuple
    periods: tuple
    seen: np.ndarray
    of: np.ndarray
    covariates: tuple
    facts: np.ndarray
    year: int
    left_out: tuple = ()


def read(path):
    """``Panel`` of a CSV file; ``BadPanel`` with everything that is wrong with it."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            return of_rows(list(csv.DictReader(lines, restval="")))
    except (OSError, UnicodeDecodeError, csv.Error) as trouble:
        raise BadPanel([f"{path} cannot be read as a CSV file in UTF-8: {trouble}"]) from trouble


def of_rows(rows):
    """``Panel`` of rows as dicts of text or numbers, the first row being row 2 of a file; ``BadPanel`` as ``read``."""
    kind = _kind(rows)
    covariates, words = _others(rows, kind)
    table, problems = _numbers(rows, (*FIGURES[kind], *covariates))
    problems += [problem for at, row in enumerate(rows) for problem in _row_problems(kind, row, table[at], at + 2)]
    problems += _repeated(rows)
    if problems:
        raise BadPanel(problems)
    return _laid_out(kind, rows, table, covariates, words)


def _kind(rows):
    if not rows:
        raise BadPanel(["the panel has no rows"])
    columns = set(rows[0]) - {None}
    absent = [f"there is no column {name!r}" for name in ("place", "period") if name not in columns]
    kinds = [kind for kind, figures in FIGURES.items() if set(figures) <= columns]
    if len(kinds) != 1:
        absent.append("there must be the columns 'count' and 'exposure', or 'yes' and 'asked', and not both pairs")
    if absent:
        raise BadPanel([f"{problem}; the columns are {', '.join(sorted(columns))}" for problem in absent])
    return kinds[0]


def _others(rows, kind):
    """(covariates, columns of words): a column with a number anywhere is meant as a covariate."""
    others = [name for name in rows[0] if name not in (None, "place", "period", *FIGURES[kind])]
    numeric = [name for name in others if any(_number(row[name]) is not None for row in rows)]
    return tuple(numeric), tuple(name for name in others if name not in numeric)


def _number(cell):
    try:
        return float(cell)
    except (TypeError, ValueError):
        return None


def _numbers(rows, names):
    """(table of the columns (rows, columns), problems of cells that are no finite number)."""
    cells = [[_number(row[name]) for name in names] for row in rows]
    table = np.array([[np.nan if cell is None else cell for cell in row] for row in cells])
    return table, [
        f"row {i + 2}, column {names[j]}: {rows[i][names[j]]!r} is not a number; leave the row out if it is not known"
        for i, j in np.argwhere(~np.isfinite(table))
    ]


def _row_problems(kind, row, values, at):
    """What is wrong with one row's figures, period and place."""
    (seen, of), (seen_name, of_name) = values[:2], FIGURES[kind]
    if seen < 0:
        yield f"row {at}, column {seen_name}: {seen:g} is below 0"
    if of <= 0:
        yield f"row {at}, column {of_name}: {of:g} must be above 0; a period without it is a row left out"
    for name, value in ((seen_name, seen), (of_name, 0 if kind == COUNT else of)):
        if np.isfinite(value) and value != round(value):
            yield f"row {at}, column {name}: {value:g} is not a whole number"
    if kind == SHARE and seen > of > 0:
        yield f"row {at}, column {seen_name}: {seen:g} is more than {of:g} asked"
    if not _PERIOD.fullmatch(str(row["period"])):
        yield f"row {at}, column period: {row['period']!r} is none of 2019Q3, 2019-07, 2019"
    if not str(row["place"]).strip():
        yield f"row {at}, column place: is empty"


def _repeated(rows):
    first = {}
    for at, row in enumerate(rows, start=2):
        key = (str(row["place"]), str(row["period"]))
        if key in first:
            yield f"row {at}: {key[0]} has {key[1]} twice (row {first[key]} before)"
        first.setdefault(key, at)


def _laid_out(kind, rows, table, covariates, words):
    steps, year = _steps([str(row["period"]) for row in rows])
    order = sorted({str(row["place"]) for row in rows})
    at = {place: i for i, place in enumerate(order)}
    periods = range(min(steps), max(steps) + 1)
    if len(set(steps)) < FEWEST_PERIODS or len(order) < 2:
        found = f"there are {len(order)} places and {len(set(steps))} periods"
        raise BadPanel([f"{found}; a forecast can be scored from 2 places and {FEWEST_PERIODS} periods on"])
    figures = np.zeros((len(periods), len(order), table.shape[1]))
    figures[np.array(steps) - periods[0], [at[str(row["place"])] for row in rows]] = table
    names = tuple(_named(step, year) for step in periods)
    return Panel(
        *(kind, tuple(order), names, figures[..., 0], figures[..., 1], covariates, figures[..., 2:], year, words)
    )


def _steps(periods):
    """(whole numbers that count periods, periods in a year) of periods in one form."""
    parsed = [_PERIOD.fullmatch(period).groups() for period in periods]
    years = {4 if quarter else 12 if month else 1 for _, quarter, month in parsed}
    if len(years) > 1:
        raise BadPanel(["column period: quarters, months and years are mixed; one form throughout"])
    (year,) = years
    return [int(y) * year + int(quarter or month or 1) - 1 for y, quarter, month in parsed], year


def _named(step, year):
    form = {1: "{:04d}", 4: "{:04d}Q{}", 12: "{:04d}-{:02d}"}[year]
    return form.format(step // year, step % year + 1)
