"""Where a table of incidents begins and what its columns say: keys of the row; numbers of a month, kind or place."""

import re
from dataclasses import dataclass, field
from itertools import zip_longest

from linli.book import cells
from linli.book.incident_words import head_of, is_total, key, kind_of, months_of

_NUMBER = re.compile(r"[0-9]+")
_ENOUGH = 50  # rows from which a column without a heading is guessed
_LOOK = 12  # filled rows in which a heading may still begin
DIMENSIONS = ("month", "community", "kind")


@dataclass(frozen=True)
class Column:
    """A column of numbers: which month, kind or community its heading says, in words; ``sums``: of others."""

    position: int
    written: str
    said: dict = field(default_factory=dict)  # dimension -> value
    word: str = ""  # the kind as written: two words of one kind add up, the same word twice is a slip
    sums: bool = False


@dataclass(frozen=True)
class Heading:
    """below: index of the first row after it; row: its last as counted in the file; keys: dimension -> position."""

    below: int
    row: int
    keys: dict
    columns: tuple
    unknown: dict  # position -> heading, of columns that mean nothing here
    problems: tuple = ()  # (position, heading, Unreadable)


def find(rows, place_of, year):
    """The ``Heading`` of a grid's rows, or None. place_of: a word -> the community's code, or ""."""
    best, best_fit = None, (0, 0)
    for index in range(min(_LOOK, len(rows))):
        for depth in (1, 2):
            if index + depth > len(rows):
                continue
            heading = _heading(rows, index, depth, place_of, year)
            if heading is None:
                continue
            keyed = heading.keys and (heading.columns or heading.problems)
            told = sum(len(column.said) or 1 for column in heading.columns)
            fit = (len(heading.keys) + told + len(heading.problems), -depth)
            if keyed and fit > best_fit:
                best, best_fit = heading, fit
    return best


def _heading(rows, index, depth, place_of, year):
    labels = _labels(rows[index : index + depth])
    if labels is None:
        return None
    keys, columns, unknown, problems = {}, [], {}, []
    lower = months_of([label[-1] for label in labels], year)
    upper = months_of([label[0] for label in labels], year)
    for position, parts in enumerate(labels):
        months = [m for m in dict.fromkeys((lower[position], upper[position])) if m is not None]
        wrong = next((m for m in months if isinstance(m, cells.Unreadable)), None)
        written = " ".join(dict.fromkeys(str(part).strip() for part in parts if key(part)))
        head = next((head for head in map(head_of, reversed(parts)) if head), "")
        said, word = _said(parts, place_of)
        said |= {"month": months[0]} if months else {}
        sums = any(is_total(part) for part in parts)
        if wrong:
            problems.append((position, written, wrong))
        elif said or head == "number" or sums:
            columns.append(Column(position, written, said, word, sums))
        elif head not in ("", "left") and head not in keys:
            keys[head] = position
        else:
            unknown[position] = "" if head == "left" else written
    below = index + depth
    _guess(rows[below:], keys, unknown, place_of, year)
    return Heading(below, rows[below - 1][0], keys, tuple(columns), unknown, tuple(problems))


def _labels(rows):
    """(upper, lower) of each column, None for no heading; a merged cell stands over the blanks to its right."""
    if len(rows) == 1:
        return [(cell,) for cell in rows[0][1]]
    if any(_NUMBER.fullmatch(key(cell)) for cell in rows[1][1]):
        return None  # a row of figures, no second row of a heading
    over, labels = None, []
    for above, below in zip_longest(rows[0][1], rows[1][1]):
        over = above if key(above) else over
        labels.append((over, below) if key(below) else (above,))
    return labels


def _said(parts, place_of):
    found, word = {}, ""
    for part in parts:
        if kind_of(part):
            found["kind"], word = kind_of(part), key(part)
        elif isinstance(part, str) and place_of(part):
            found["community"] = place_of(part)
    return found, word


def _guess(body, keys, unknown, place_of, year):
    """A first column whose heading says nothing (blank, 社區\\月份) is known by what stands in it."""
    if not unknown or keys.get("community") is not None:
        return
    position = min(unknown)
    stands = [row[position] for _, row in body[:_ENOUGH] if position < len(row)]
    filled = [cell for cell in stands if key(cell) and not is_total(cell)]
    if not filled:
        return
    told = {
        "community": sum(bool(isinstance(cell, str) and place_of(cell)) for cell in filled),
        "kind": sum(bool(kind_of(cell)) for cell in filled),
        "month": sum(isinstance(m, str) for m in months_of(filled, year or 2000)),
    }
    best = max(told, key=told.get)
    if 2 * told[best] > len(filled) and best not in keys:
        keys[best] = position
        del unknown[position]
