"""Finds the heading of a sheet: under a merged title, in one row or two, in three languages (``headings.csv``)."""

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from importlib import resources
from itertools import zip_longest

from linli.book import cells
from linli.book.sheets import SHEETS

_LOOK = 12  # filled rows in which a heading may still begin
_REMARK = re.compile(r"[(（\[【].*?[)）\]】]|[*＊:：]")  # 分子（件）, 社區*
_NUMERIC = re.compile(r"[0-9.,/%年月日√-]+")


@dataclass(frozen=True)
class Heading:
    """Where the table begins and what stands in which column (positions from 0)."""

    below: int  # index of the first row after it
    row: int  # of its last row, as counted in the file
    columns: dict  # column of the contract -> position
    written: dict  # position -> heading as written
    twice: tuple  # (position, column): a second heading that means the same
    width: int  # columns the heading spans


def _key(cell):
    """A heading without what people add to it: blanks, underscores, capitals, units in brackets."""
    found = unicodedata.normalize("NFKC", "" if cell is None else str(cell)).casefold()
    return re.sub(r"[\s_]+", "", _REMARK.sub("", found))


@cache
def words(sheet):
    """Heading -> (column, 0 or 1) for one sheet; 1 marks the weaker words of the column ``also``."""
    found = {}
    with (resources.files("linli.book") / "headings.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["column"] in SHEETS[sheet].columns:
                strong = [row["column"], row["zh_Hant"], row["zh_Hans"]]
                found |= {_key(word): (row["column"], 1) for word in row["also"].split("|") if word}
                found |= {_key(word): (row["column"], 0) for word in strong}
    if sheet != "communities":  # there 社區 heads the names; in every other sheet it can only say which community
        found |= {"社區": ("community", 1), "社区": ("community", 1)}
    return found


@cache
def in_chinese(column):
    """The column's heading in Traditional Chinese, as people know it."""
    with (resources.files("linli.book") / "headings.csv").open(encoding="utf-8", newline="") as lines:
        return {row["column"]: row["zh_Hant"] for row in csv.DictReader(lines)}.get(column, column)


def find(grid):
    """The ``Heading`` of a grid, or None when no row names at least two of the sheet's columns."""
    known, best, best_fit = words(grid.sheet), None, (1, 0)
    for index in range(min(_LOOK, len(grid.rows))):
        for depth in (1, 2):
            labels = _labels(grid.rows[index : index + depth], known) if index + depth <= len(grid.rows) else None
            if labels is None:
                continue
            heading = _heading(grid.rows, index + depth, labels, known)
            fit = (len(heading.columns), -depth)
            if fit > best_fit:
                best, best_fit = heading, fit
    return best


def _labels(rows, known):
    """One list of headings from one or two rows; None when the second row is not part of a heading."""
    upper = [_said(cell) for cell in rows[0][1]]
    if len(rows) == 1:
        return [(cell,) for cell in upper]
    lower = [_said(cell) for cell in rows[1][1]]
    if any(_NUMERIC.fullmatch(_key(cell)) for cell in lower):
        return None
    over, labels = "", []
    for above, below in zip_longest(upper, lower, fillvalue=""):
        over = above or over  # a merged cell stands over the blanks to its right
        labels.append((below, over + below, above) if below else (above,))
    named = any(_key(choice) in known for choices in labels for choice in choices[:2] if len(choices) > 1)
    return labels if named else None


def _said(cell):
    return "" if cell is None else " ".join(str(cell).strip("\ufeff").split())


def _heading(rows, below, labels, known):
    columns, strength, written, twice = {}, {}, {}, []
    for position, choices in enumerate(labels):
        label = next((choice for choice in choices if _key(choice) in known), None)
        written[position] = label or choices[0]
        if label is None:
            continue
        column, weak = known[_key(label)]
        if column not in columns or weak < strength[column]:
            columns[column], strength[column] = position, weak
        elif weak == strength[column]:
            twice.append((position, column))
    return Heading(below, rows[below - 1][0], columns, written, tuple(twice), len(labels))


def fact_name(label):
    """The name of an extra column as a covariate: as written, trimmed; "" when it could not be printed."""
    try:
        return cells.text(label)
    except cells.Unreadable:
        return ""
