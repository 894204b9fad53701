"""Reads a table of incidents as the call and case system gives it or as people make it: long or wide, counts alone.

Long: a row for each month, community and kind. Wide: communities down, months or kinds (or both) across; or any other
way round. What the table does not say (its kind, say) may stand in its title or be said beside it. A file with a sign
of a person in it, in whatever sheet, is refused with the cell named before anything else is read.
"""

from dataclasses import dataclass, field
from functools import lru_cache

from linli.book.files import decoded, lone_grid
from linli.book.incident_heading import find
from linli.book.incident_rows import Read, letter
from linli.book.incident_words import key, said_in
from linli.book.persons import heading_of_persons, number_of_a_person
from linli.book.problems import BadBook, Problem

MOST_SAID = 20
MOST_ROWS = 30_000  # a county of forty communities, five kinds, twelve years
HIDDEN = "•••"  # what a person's number is shown as


@dataclass(frozen=True)
class Counts:
    """rows: (month, community code, kind, number), in the order of the file; notes: (code, facts) of what was left."""

    rows: list = field(default_factory=list)
    notes: list = field(default_factory=list)


def read(name, content, places, *, kind="", month="", year=None):
    """The ``Counts`` of a file's bytes; else ``BadBook`` with every problem, each with its cell.

    places: names and codes of communities -> their codes. kind, month, year: what the file need not say itself.
    """
    grids = _grids(name, content)
    if sum(len(grid.rows) for grid in grids) > MOST_ROWS:
        raise BadBook([Problem("rows", name, facts={"most": f"{MOST_ROWS:,}"})])
    _refuse_persons(grids)
    place_of, found, notes, problems, tables = _placed(places), {}, [], [], 0
    for grid in grids:
        said = _said_above(grid.rows)
        asked = {"month": month or said["month"], "kind": kind or said["kind"], "year": year or said["year"]}
        heading = find(grid.rows, place_of, asked["year"])
        if heading is None:
            notes += [("sheet_left_out", {"sheet": grid.where})] if grid.rows else []
            continue
        tables += 1
        Read(grid, heading, place_of, asked, found, notes, problems).all()
    if not tables:
        problems.append(Problem("counts_heading", grids[0].where if grids else name))
    if problems:
        raise BadBook(problems)
    rows = {}
    for (at_month, community, at_kind, _word), (number, _row) in found.items():
        rows[at_month, community, at_kind] = rows.get((at_month, community, at_kind), 0) + number
    return Counts([(*where, number) for where, number in rows.items()], notes)


def _grids(name, content):
    lower = name.lower()
    if content[:4] == b"PK\x03\x04":
        from linli.book.workbook import lone_grids  # openpyxl costs a quarter of a second; a CSV needs none

        return lone_grids(name, content)
    if lower.endswith((".xlsx", ".xls", ".et", ".ods")) or content[:4] == b"\xd0\xcf\x11\xe0" or not content.strip():
        raise BadBook([Problem("counts_file", name, found=name)])
    decoded(name, content)
    return [lone_grid(name, content)]


def _refuse_persons(grids):
    found = []
    for grid in grids:
        for row, line in grid.rows:
            for position, cell in enumerate(line):
                sign = number_of_a_person(cell)
                code = f"no_{sign}" if sign else "no_persons" if heading_of_persons(cell) else ""
                if code:
                    shown = HIDDEN if sign else str(cell).strip()
                    found.append(Problem(code, grid.where, row, letter(position), shown))
    if found:
        raise BadBook(found[:MOST_SAID])


def _placed(places):
    """word -> code or "": by code or name, with or without 社區, in Traditional or Simplified."""
    known = {}
    for word, code in places.items():
        known.setdefault(_bare(word), code)
        known.setdefault(_simplified(_bare(word)), code)

    @lru_cache(maxsize=4096)
    def place_of(word):
        bare = _bare(word)
        return known.get(bare) or known.get(_simplified(bare)) or "" if bare else ""

    return place_of


def _bare(word):
    found = key(word)
    for ending in ("社區", "社区", "居委會", "居委会"):
        found = found.removesuffix(ending) or found
    return found


def _simplified(word):
    return word if word.isascii() else _converter().convert(word)


@lru_cache(maxsize=1)
def _converter():
    from opencc import OpenCC  # loads its dictionaries: a table of codes needs none

    return OpenCC("t2s")


def _said_above(rows):
    """What the title of a sheet says, if it says one thing: the year, the month, the kind."""
    found = {"year": None, "month": "", "kind": ""}
    for _row, line in rows[:3]:
        filled = [cell for cell in line if isinstance(cell, str) and cell.strip()]
        if len(filled) > 2:
            break  # the heading begins
        for cell in filled:
            year, months, kinds = said_in(cell)
            found["year"] = found["year"] or year
            found["month"] = found["month"] or (months[0] if len(months) == 1 else "")
            found["kind"] = found["kind"] or (kinds[0] if len(kinds) == 1 else "")
    return found
