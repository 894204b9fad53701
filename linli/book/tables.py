"""The five tables of the contract: their columns, how each cell is written, and the CSV files themselves.

Machine headings stay English in every language. Scores and points two decimals half up, probabilities four, fen whole,
the rest six significant digits, empty = not known. Names and reasons that begin like a formula get an apostrophe in
front (``safe.csv_text``); ids cannot (letters, digits, _ and -) and stay as they are, so that tables can be joined, and
numbers stay numbers.
"""

import csv
import io
from dataclasses import dataclass

from linli.book.figures import fixed, significant, whole
from linli.book.safe import csv_text


def two(value):
    """Scores and points."""
    return fixed(value, 2)


def four(value):
    """Probabilities."""
    return fixed(value, 4)


def flag(value):
    """1 or 0."""
    return str(int(bool(value)))


def yes_no(value):
    return "yes" if value else "no"


def joined(values):
    """Several ids in one cell."""
    return "|".join(values)


_SCORES = {
    **dict.fromkeys(("period", "officer"), str),
    "name": csv_text,
    "community": str,
    **dict.fromkeys(("score", "low", "high"), two),
    "rank": whole,
    "tied": flag,
    **dict.fromkeys(("p_first", "p_last", "p_below"), four),
    **dict.fromkeys(("rank_low", "rank_high"), whole),
    "present_weight": significant,
    "status": str,
}
_INDICATORS = {
    **dict.fromkeys(("period", "community", "rate"), str),
    **dict.fromkeys(("numerator", "denominator", "crude", "expected", "adjusted", "low", "high"), significant),
    "own_weight": significant,
    **dict.fromkeys(("points", "points_low", "points_high"), two),
    "status": str,
}
_RANKS = {"period": str, "officer": str, "rank": whole, "probability": four}
_PROPOSALS = {
    **dict.fromkeys(("period", "officer", "community", "kind", "rule"), str),
    "reason": csv_text,
    "distinguishable": yes_no,
    "p": four,
    **dict.fromkeys(("blocked_by", "leaders", "offices"), joined),
}
_ALLOWANCE = {"period": str, "officer": str, "months": significant, "score": two, "amount_fen": whole}


# What a written cell is in JSON: the same figure, as a number.
_PLAIN = {
    str: str, csv_text: str, joined: list,
    two: lambda v: _number(two(v)), four: lambda v: _number(four(v)), significant: lambda v: _number(significant(v)),
    whole: lambda v: _number(whole(v)), flag: bool, yes_no: bool,
}  # fmt: skip


def _number(text):
    """The number a cell shows: whole where it is, None where the cell is empty."""
    if not text:
        return None
    return float(text) if "." in text else int(text)


@dataclass(frozen=True)
class Table:
    """One file: where its columns are in a ``Quarter``, and how each is written."""

    part: str
    columns: dict

    def rows(self, quarter):
        """Dicts of written cells, in the quarter's order."""
        return self._rows(quarter, self.columns, "")

    def plain_rows(self, quarter):
        """The same rows with their figures as numbers, rounded as written; None = not known."""
        return self._rows(quarter, {name: _PLAIN[write] for name, write in self.columns.items()}, None)

    def _rows(self, quarter, writers, unknown):
        found = getattr(quarter, self.part)
        written = [[write(v) for v in getattr(found, name)] for name, write in writers.items()]
        rows = [dict(zip(writers, cells, strict=True)) for cells in zip(*written, strict=True)]
        return [_unranked(row, unknown) for row in rows] if self.part == "scores" else rows


TABLES = {
    "indicators": Table("indicators", _INDICATORS),
    "scores": Table("scores", _SCORES),
    "ranks": Table("ranks", _RANKS),
    "proposals": Table("proposals", _PROPOSALS),
    "allowance": Table("allowance", _ALLOWANCE),
}


def _unranked(row, unknown):
    """Whoever has no rank cannot share one: not known, so empty."""
    return row if row["rank"] else {**row, "tied": unknown}


def as_csv(name, quarter):
    """The bytes of ``NAME.csv``: UTF-8 with BOM, CRLF."""
    table = TABLES[name]
    lines = io.StringIO(newline="")
    out = csv.DictWriter(lines, list(table.columns), lineterminator="\r\n")
    out.writeheader()
    out.writerows(table.rows(quarter))
    return lines.getvalue().encode("utf-8-sig")
