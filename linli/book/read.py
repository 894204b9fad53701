"""Reads a county book: opened safely, read cell by cell, checked as a whole; all of it or every problem at once."""

from dataclasses import dataclass

import numpy as np

from heng import evidence
from linli.book import against, asked, checks
from linli.book.columns import Table, nothing, read_table
from linli.book.files import open_book
from linli.book.phrases import phrase
from linli.book.problems import BadBook
from linli.book.sheets import SHEETS


@dataclass(frozen=True)
class Report:
    """Beside a book that was read: what was left out or is worth a warning, what it was read from.

    notes: (code, facts); inputs: file -> SHA-256; periods: the quarters asked for.
    """

    notes: tuple
    inputs: dict
    periods: tuple

    def said(self, lang="en"):
        """The notes as lines."""
        return [phrase(f"note.{code}", lang, **facts) for code, facts in self.notes]


def read_book(path, *, scheme=None, period=None, standing=None):
    """(``heng.evidence.Book``, ``Report``) of a folder of CSVs or an .xlsx workbook; else ``BadBook``.

    With a ``heng.scheme.Scheme`` the figures are also checked against it; with ``period`` ("2026Q3",
    "2026Q1..2026Q3" or "latest") the book must hold evidence of those quarters, and a leader's day written 3月1日 is
    of their year. Rows keep the order of the file. ``standing`` (sheet -> Table) is what is known already: a file may
    lack a sheet of it, and of a sheet it has may leave rows out; what it says is checked against the whole.
    """
    standing = standing or {}
    opened = open_book(path, tuple(standing))
    problems, notes = [], list(opened.notes)
    tables = {sheet: _table(opened, sheet, problems, notes) for sheet in SHEETS if sheet != "leader_days"}
    tables |= {sheet: _joined(tables.get(sheet), standing[sheet], sheet in opened.grids) for sheet in standing}
    periods = _asked(period, tables["evidence"], problems)
    if "leader_days" in opened.grids or "leader_days" not in standing:
        tables["leader_days"] = _table(opened, "leader_days", problems, notes, asked.year_of(periods))
    problems.extend(checks.problems_of(tables))
    problems.extend(against.period_problems(tables, periods))
    if scheme is not None:
        problems.extend(against.scheme_problems(tables, scheme))
    if problems:
        raise BadBook(_in_order(problems, tables))
    notes.extend(_warnings(tables))
    return _book(tables), Report(tuple(notes), opened.inputs, periods)


def book_of(tables, scheme, period):
    """The ``Book`` of tables that were made elsewhere than from a file, under every check a file goes through.

    tables: sheet -> ``linli.book.columns.Table``; ``BadBook`` with every problem.
    """
    problems = [*checks.problems_of(tables), *against.period_problems(tables, (period,))]
    problems += against.scheme_problems(tables, scheme)
    if problems:
        raise BadBook(problems)
    return _book(tables)


def known_facts(book):
    """Names of the place facts that are known for every community: what a default scheme may adjust for."""
    return [name for name, values in book.communities.facts.items() if np.isfinite(values).all()]


def _table(opened, sheet, problems, notes, year=None):
    grid = opened.grids.get(sheet)
    return nothing(sheet) if grid is None else read_table(grid, problems, notes, year)


class _Known(int):
    """The row of what is known already: it stands in no file."""

    def __format__(self, _how):
        return "—"


def _joined(table, known, mentioned):
    """What the file has of a sheet, then the rows that are known and that it does not mention by their key."""
    if not mentioned:
        return known
    if not known.rows:
        return table
    key = SHEETS[known.sheet].key
    said = set(zip(*(table.columns[name] for name in key), strict=True))
    keys = list(zip(*(known.columns[name] for name in key), strict=True))
    keep = [index for index, values in enumerate(keys) if values not in said]
    columns = {name: [*values, *(known.columns[name][i] for i in keep)] for name, values in table.columns.items()}
    facts, blank = {}, [None] * len(table.rows)
    for name in dict.fromkeys([*table.facts, *known.facts]):
        there = known.facts.get(name)
        facts[name] = [*table.facts.get(name, blank), *(there[i] if there else None for i in keep)]
    rows = [*table.rows, *(_Known() for _ in keep)]
    return Table(table.sheet, table.where, rows, columns, facts, table.written)


def _asked(period, table, problems):
    try:
        return asked.quarters(period, {found for _, (found,) in table.lines("period")})
    except BadBook as bad:
        problems.extend(bad.problems)
        return ()


def _in_order(problems, tables):
    """As they stand in the files: sheet by sheet, row by row."""
    order = {table.where: place for place, table in enumerate(tables.values())}
    return sorted(problems, key=lambda p: (order.get(p.where, -1), p.row or 0))


def _warnings(tables):
    """What is no error and yet worth a word."""
    paired = {c for _, (c, leader) in tables["pairings"].lines("community", "leader") if leader}
    held = set(tables["posts"].columns["community"])
    leaders = set(tables["pairings"].columns["leader"])
    for community in tables["communities"].columns["community"]:
        if community not in paired:
            yield "no_leader", {"community": community}
        if community not in held:
            yield "no_post", {"community": community}
    for leader in dict.fromkeys(tables["leader_days"].columns["leader"]):
        if leader not in leaders:
            yield "leader_not_paired", {"leader": leader}
    for _, (period, community, rate, numerator) in tables["evidence"].lines("period", "community", "rate", "numerator"):
        if numerator is None:
            yield "no_figures", {"period": period, "community": community, "rate": rate}


def _book(tables):
    return evidence.Book(
        communities=_sheet(evidence.Communities, tables["communities"], facts=_facts(tables["communities"])),
        posts=_sheet(evidence.Posts, tables["posts"]),
        pairings=_sheet(evidence.Pairings, tables["pairings"]),
        evidence=_sheet(evidence.Evidence, _with_figures(tables["evidence"])),
        leader_days=_sheet(evidence.LeaderDays, tables["leader_days"]),
        history=_sheet(evidence.History, tables["history"]),
    )


def _facts(table):
    return {name: evidence.numbers(values) for name, values in table.facts.items()}


_DAYS = ("start", "end", "date")
_NUMBERS = ("population", "numerator", "denominator", "design_effect", "sd", "hours", "score", "rank")
_FLAGS = ("complex", "ranked")


def _sheet(kind, table, **more):
    return kind(**{name: _array(name, values) for name, values in table.columns.items()}, **more)


def _array(name, values):
    if name in _DAYS:
        return evidence.days(values)
    if name in _NUMBERS:
        return evidence.numbers(values)
    return evidence.text(values) if name not in _FLAGS else evidence.text(values).astype(bool)


def _with_figures(table):
    """The evidence without rows whose figures are blank: a row nobody filled in is no evidence, not a zero."""
    keep = [index for index, numerator in enumerate(table.columns["numerator"]) if numerator is not None]
    columns = {name: [values[index] for index in keep] for name, values in table.columns.items()}
    return type(table)(table.sheet, table.where, [table.rows[index] for index in keep], columns)
