"""Opens a county book, a folder of CSVs or one workbook, and gives its sheets as grids of raw cells.

Nothing is read before its size is known to be bearable; nothing outside the book's folder is followed.
"""

import csv
import hashlib
import io
import os
import stat
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from linli.book.problems import BadBook, Problem
from linli.book.sheets import SHEETS, named

LARGEST_FILE = 64 * 2**20  # bytes; a county of years is far below one megabyte
MOST_ROWS = 200_000
MOST_COLUMNS = 200
_LONGEST_LINE = 100_000
_MOST_ODD = 0.10
_OTHER_BOOKS = (".xlsm", ".xlsb", ".xls", ".xltx", ".xltm", ".ods", ".et")


@dataclass(frozen=True)
class Grid:
    """One sheet as it stands in the file: ``rows`` are (row as counted in the file, raw cells), blank rows left out."""

    sheet: str  # its name in the contract
    where: str  # what to call it when something is wrong: file, or sheet of the workbook
    rows: list
    ragged: bool = False  # a CSV: a row longer than the heading is a slip, not a remark beside the table


@dataclass(frozen=True)
class Opened:
    """A book's grids by sheet, what was left unread (note code, facts), and the SHA-256 of every file that counted."""

    grids: dict
    notes: list
    inputs: dict


def open_book(path, lacking=()):
    """Everything a book holds, as ``Opened``; ``BadBook`` when a file cannot be read at all.

    lacking: sheets that somebody else has, so that the book may lack them.
    """
    path = Path(path)
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as missing:
        raise BadBook([Problem("book", str(path), found=_reason(missing))]) from missing
    if stat.S_ISDIR(mode):
        return _folder(path, lacking)
    if path.suffix.lower() == ".xlsx":
        from linli.book.workbook import open_workbook  # openpyxl costs a quarter of a second; a folder needs none

        return open_workbook(path, read_bytes(path), lacking)
    code = "macros" if path.suffix.lower() in (".xlsm", ".xltm") else "book"
    found = path.suffix if path.suffix.lower() in _OTHER_BOOKS else path.name
    raise BadBook([Problem(code, path.name, found=found)])


def read_bytes(path, largest=LARGEST_FILE):
    """The whole file, refused by its size before a byte is read."""
    try:
        about = path.stat()
        if not stat.S_ISREG(about.st_mode):
            raise BadBook([Problem("plain_file", path.name, found=stat.filemode(about.st_mode))])
        if about.st_size > largest:
            raise BadBook([Problem("size", path.name, found=f"{about.st_size:,} B", facts={"most": f"{largest:,} B"})])
        with path.open("rb") as file:
            return file.read(largest)
    except OSError as broken:
        raise BadBook([Problem("plain_file", path.name, found=_reason(broken))]) from broken


def _reason(error):
    return getattr(error, "strerror", None) or str(error)


def _folder(folder, lacking):
    grids, notes, inputs, problems = {}, [], {}, []
    for path in _csvs(folder, problems):
        sheet = named(path.stem)
        if sheet is None:
            notes.append(("file_left_out", {"file": path.name}))
        elif sheet in grids:
            problems.append(Problem("sheet_once", path.name, found=path.name, facts={"sheet": sheet}))
        else:
            grids[sheet] = None
            try:
                content = _inside(folder, path)
                grids[sheet] = Grid(sheet, path.name, list(_rows(path.name, content)), ragged=True)
                inputs[path.name] = hashlib.sha256(content).hexdigest()
            except BadBook as bad:
                problems.extend(bad.problems)
    problems.extend(missing_sheets(folder.name or str(folder), {*grids, *lacking}, ".csv"))
    if problems:
        raise BadBook(problems)
    return Opened(grids, notes, inputs)


def lone_grid(where, content):
    """A CSV that is no sheet of the contract, as a ``Grid`` without a name; ``BadBook`` when it cannot be read."""
    return Grid("", where, list(_rows(where, content)), ragged=True)


def _csvs(folder, problems):
    try:
        return sorted(p for p in folder.iterdir() if p.suffix.lower() == ".csv" and not p.name.startswith("."))
    except OSError as broken:
        problems.append(Problem("book", folder.name, found=_reason(broken)))
        return []


def _inside(folder, path):
    """The file's bytes; a link that leads out of the book is refused, whoever made the folder."""
    if not path.resolve().is_relative_to(folder.resolve()):
        raise BadBook([Problem("inside", path.name, found=os.readlink(path))])
    return read_bytes(path)


def missing_sheets(where, grids, suffix=""):
    """A problem for every sheet the contract asks for and the book lacks."""
    lacking = [sheet for sheet, spec in SHEETS.items() if spec.needed and sheet not in grids]
    return [Problem("sheet", where, facts={"sheet": sheet + suffix}) for sheet in lacking]


def _rows(where, content):
    lines = io.StringIO(decoded(where, content), newline="").readlines()
    long = next((i for i, line in enumerate(lines, 1) if len(line) > _LONGEST_LINE), None)
    if long is not None:
        raise BadBook([Problem("line", where, row=long, found=lines[long - 1], facts={"most": _LONGEST_LINE})])
    row = 0
    try:
        for row, cells in enumerate(csv.reader(lines, strict=True), 1):
            if not any(cell.strip() for cell in cells):
                continue
            check_extent(where, row, len(cells))
            yield row, cells
    except csv.Error as broken:
        raise BadBook([Problem("csv", where, row=row + 1, found=str(broken))]) from broken


def check_extent(where, row, columns):
    """Refuses a sheet longer or wider than any county's."""
    if row > MOST_ROWS:
        raise BadBook([Problem("rows", where, row=row, found=f"{row:,}", facts={"most": f"{MOST_ROWS:,}"})])
    if columns > MOST_COLUMNS:
        raise BadBook([Problem("columns", where, row=row, found=f"{columns:,}", facts={"most": MOST_COLUMNS})])


def decoded(where, content):
    """Text of UTF-8 (with or without BOM) or GB18030; anything else is refused.

    GB18030 reads almost any bytes as some text. Big5 and Shift JIS give themselves away: read so, a sixth or more of
    their characters are ones nobody writes. (One now and then is honest: rare characters of names.)
    """
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = content.decode("gb18030", errors="replace")
        text = "\0" if "\ufffd" in text or _odd(text) else text
    if "\0" in text:  # also UTF-16, whose every other byte of plain text is a NUL
        raise BadBook([Problem("encoding", where, found=_shown_bytes(content))])
    return text


def _odd(text):
    """Whether more than a tenth of the characters beyond ASCII are in neither GB 2312 nor Big5."""
    written = Counter(c for c in text if c > "\x7f")
    odd = sum(times for c, times in written.items() if not (_has("gb2312", c) or _has("big5", c)))
    return odd > _MOST_ODD * written.total()


def _has(repertoire, character):
    try:
        return bool(character.encode(repertoire))
    except UnicodeEncodeError:
        return False


def _shown_bytes(content):
    """The first bytes that are not plain ASCII, in hexadecimal: what an unknown encoding looks like."""
    first = next((i for i, byte in enumerate(content) if byte > 127 or byte == 0), 0)
    return content[first : first + 8].hex(" ")
