"""An old ledger read in: what each row says, or where it cannot be read. A person's number in a cell refuses the file.

Only the intake is read: community, kind, what about, how many, day. How a matter ended is entered by its mediator, for
only then do both sides confirm it.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from linli.book import cells
from linli.book.problems import BadBook
from linli.book.workbook import lone_grids
from linli.ground.trail import clock
from linli.ground.trail.language import reader, told
from linli.work.disputes.kinds import KINDS, SCALES
from linli.work.disputes.plain_words import number_in

MOST = 2000  # rows of one file
HEADINGS = {
    "taken_in_on": ("登記日期", "日期", "受理日期", "Day of intake"),
    "community": ("社區", "所在社區", "地點", "Community"),
    "kind": ("類別", "糾紛類別", "種類", "Kind"),
    "title": ("事由", "標題", "糾紛名稱", "What the dispute is about"),
    "scale": ("涉及人數", "規模", "人數", "How many people"),
}
PERSONAL = ("姓名", "身份證號", "身份證", "電話", "手機", "住址", "當事人", "當事人姓名", "性別", "Name", "Phone")


@dataclass(frozen=True)
class Found:
    """What a file says: rows (community by its code, day as text), or problems, each a line that names its cell."""

    rows: tuple = ()
    problems: tuple = ()


def read_ledger(content, places):
    """A ``Found`` for a workbook's bytes. places: communities by code that the reader works in."""
    try:
        grids = lone_grids(_("the ledger"), content)
    except BadBook as bad:
        return Found(problems=tuple(bad.said(reader()).splitlines()))
    headed = [grid for grid in grids if _heading(grid)]
    persons = [problem for one in grids for problem in _persons(one)]
    if persons:
        return Found(problems=tuple(persons[:20]))
    if not headed:
        return Found(
            problems=(_("There is no row of headings: day of intake, community, kind, what the dispute is about."),)
        )
    if len(headed) > 1:  # hidden sheets too
        names = {"sheets": ", ".join(grid.where for grid in headed)[:200]}
        return Found(problems=(_("More than one sheet has headings: %(sheets)s. Send one sheet at a time.") % names,))
    return _rows(headed[0], places)


def _heading(grid):
    """(row number, column -> name) of the first row that names community, kind and what about."""
    for row, line in grid.rows[:10]:
        named = {column: name for column, cell in enumerate(line) if (name := _named(cell))}
        if {"community", "kind", "title"} <= set(named.values()):
            return row, named
    return None


def _named(cell):
    plain = cells.plain(cell).replace(" ", "")
    return next((name for name, words in _all_headings().items() if plain in words), None)


def _all_headings():
    return {
        name: {form.replace(" ", "") for word in words for form in _forms(word)} for name, words in HEADINGS.items()
    }


def _forms(word):
    return (word, told({"zh_Hant": word}, "zh_Hans"))


def _persons(grid):
    """Where a file names persons: a column for them, or a phone or identity number in any cell."""
    personal = {form for word in PERSONAL for form in _forms(word)}
    for row, line in grid.rows:
        for column, cell in enumerate(line):
            where = {"sheet": grid.where, "cell": f"{_letter(column)}{row}"}
            if isinstance(cell, float) and cell.is_integer():
                cell = int(cell)
            if cell is not None and not isinstance(cell, (date, datetime)) and number_in(cell):
                yield _("Sheet %(sheet)s, cell %(cell)s: a phone or identity number. Take it out first.") % where
            elif row <= 10 and cells.plain(cell).replace(" ", "") in personal:
                yield _("Sheet %(sheet)s, cell %(cell)s: a column about persons. Take it out first.") % where


def _letter(column):
    return chr(65 + column) if column < 26 else _letter(column // 26 - 1) + _letter(column % 26)


def _rows(grid, places):
    start, columns = _heading(grid)
    by_name = {word: place for place in places.values() for word in (place.code, place.name)}
    kinds, scales = _codes(KINDS), _codes(SCALES)
    rows, problems, seen = [], [], Counter()
    for row, line in grid.rows:
        if row <= start:
            continue
        said = {name: line[column] if column < len(line) else None for column, name in columns.items()}
        if not cells.plain(said["title"]) or not cells.plain(said["community"]):
            continue  # a totals row, a line for signatures
        if len(rows) == MOST:
            problems.insert(0, _("More than %(most)s rows. Send the ledger in parts.") % {"most": MOST})
            break
        values, wrong = _row(said, by_name, kinds, scales)
        values["client_key"] = _key(values, seen)
        problems += [_("Row %(row)s: %(what)s") % {"row": row, "what": what} for what in wrong]
        rows.append(values)
    if not rows and not problems:
        problems = [_("No row says both a community and what the dispute is about.")]
    return Found(tuple(rows) if not problems else (), tuple(problems[:50]))


def _row(said, by_name, kinds, scales):
    wrong = []
    place = by_name.get(cells.plain(said["community"]))
    if place is None:
        wrong.append(_("%(found)s is not one of your communities.") % {"found": cells.plain(said["community"])[:40]})
    kind = kinds.get(cells.plain(said["kind"]), "other")
    scale = scales.get(cells.plain(said.get("scale") or ""), "two")
    on = _day(said.get("taken_in_on"))
    if on is None or on > clock.today():
        wrong.append(_("the day of intake is missing or still to come."))
    title = cells.plain(said["title"])
    if len(title) > 120:
        wrong.append(_("what the dispute is about is longer than 120 characters."))
    values = {"community": place and place.code, "kind": kind, "title": title, "scale": scale, "taken_in_on": str(on)}
    return values, wrong


def _key(values, seen):
    """A row's own key, the same whenever the file is sent; two matters of one day, place and title are two."""
    same = (values["community"], values["taken_in_on"], values["title"])
    seen[same] += 1
    said = "|".join(map(str, (*same, seen[same])))
    return f"ledger:{hashlib.blake2b(said.encode(), digest_size=16).hexdigest()}"


def _day(cell):
    try:
        return cells.day(cell)
    except cells.Unreadable:
        return None


def _codes(words):
    """Codes by their words in every language, and by themselves."""
    found = {code: code for code in words}
    for language, _name in settings.LANGUAGES:
        with override(language):
            found |= {cells.plain(str(word)): code for code, word in words.items()}
    return found


def ready(rows, places):
    """The rows of a ``Found`` as ``actions.read_in`` takes them, of the communities the account still works in."""
    there = [row for row in rows if row["community"] in places]
    days = [date.fromisoformat(row["taken_in_on"]) for row in there]
    known = [places[row["community"]] for row in there]
    return [row | {"community": place, "taken_in_on": day} for row, place, day in zip(there, known, days, strict=True)]
