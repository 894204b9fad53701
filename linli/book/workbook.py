"""Opens an .xlsx workbook without trusting it: what it would unpack to is weighed first, macros and links are refused.

A workbook is a zip of XML parts. Refused before openpyxl sees it: parts that are too many or too large, or that unpack
to hundreds of times their size (zip bombs), macros, links to other files and data connections, document type
declarations (entity tricks). Everything else openpyxl may stumble over ends as one problem, never as a traceback.
"""

import hashlib
import io
import re
import warnings
import zipfile

from linli.book.cells import UNCOMPUTED
from linli.book.files import MOST_COLUMNS, Grid, Opened, check_extent, missing_sheets
from linli.book.problems import BadBook, Problem
from linli.book.sheets import named

MOST_PARTS = 2_000
LARGEST_UNPACKED = 128 * 2**20
_STEEPEST, _SMALL = 300, 2**20  # times unpacked to packed; parts below a megabyte may be as steep as they like
_MACROS = re.compile(r"vbaProject|macrosheets/|activeX/", re.IGNORECASE)
_LINKS = re.compile(r"externalLinks/|(^|/)connections\.xml$|queryTables/|embeddings/", re.IGNORECASE)
_FORMULA = re.compile(rb"<(\w+:)?f[\s/>]")


def open_workbook(path, content, lacking=()):
    """A workbook's named sheets as ``linli.book.files.Opened``; ``BadBook`` when it is unsafe or broken."""
    try:
        formulas = _inspected(path.name, content)
        grids, notes, problems = _sheets(path.name, content, formulas)
    except BadBook:
        raise
    except Exception as broken:  # openpyxl fails on a damaged workbook with any of a dozen exceptions
        found = f"{type(broken).__name__}: {broken}"
        raise BadBook([Problem("workbook", path.name, found=found)]) from broken
    problems.extend(missing_sheets(path.name, {*grids, *lacking}))
    if problems:
        raise BadBook(problems)
    return Opened(grids, notes, {path.name: hashlib.sha256(content).hexdigest()})


def lone_grids(where, content):
    """Every sheet, hidden ones too, of a workbook that is no county book, as ``Grid`` without a name."""
    try:
        formulas = _inspected(where, content)
        values = _loaded(content, data_only=True)
        written = _loaded(content, data_only=False) if formulas else None
        return [
            Grid("", sheet.title, _rows(sheet, _cells(written[sheet.title]) if written else None))
            for sheet in values.worksheets
        ]
    except BadBook:
        raise
    except Exception as broken:  # as above
        found = f"{type(broken).__name__}: {broken}"
        raise BadBook([Problem("workbook", where, found=found)]) from broken


def _inspected(where, content):
    """Whether the workbook holds formulas; raises ``BadBook`` when it is not safe to unpack."""
    _count(where, content.count(b"PK\x01\x02"))  # before a directory of a million parts is built in memory
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.infolist()
        _weigh(where, parts)
        for part in parts:
            if _MACROS.search(part.filename):
                raise BadBook([Problem("macros", where, found=part.filename)])
            if _LINKS.search(part.filename):
                raise BadBook([Problem("links", where, found=part.filename)])
        formulas = [_holds_formula(where, archive, part) for part in parts]  # every part is looked at
        return any(formulas)


def _count(where, parts):
    if parts > MOST_PARTS:
        raise BadBook([Problem("unpacked", where, found=f"{parts:,} parts", facts={"most": MOST_PARTS})])


def _weigh(where, parts):
    total = sum(part.file_size for part in parts)
    if total > LARGEST_UNPACKED:
        raise BadBook([Problem("unpacked", where, found=f"{total:,} B", facts={"most": f"{LARGEST_UNPACKED:,} B"})])
    for part in parts:
        if part.file_size > max(_SMALL, _STEEPEST * part.compress_size):
            found = f"{part.filename}: {part.compress_size:,} → {part.file_size:,} B"
            raise BadBook([Problem("unpacked", where, found=found, facts={"most": f"{_STEEPEST} : 1"})])


def _holds_formula(where, archive, part):
    if not part.filename.lower().endswith((".xml", ".rels", ".vml")):
        return False
    xml = archive.read(part)
    if b"<!DOCTYPE" in xml or b"\0" in xml:  # a NUL: UTF-16, in which a DOCTYPE could hide; no spreadsheet writes it
        raise BadBook([Problem("doctype", where, found=part.filename)])
    if b"macroEnabled" in xml and part.filename.endswith("[Content_Types].xml"):
        raise BadBook([Problem("macros", where, found=part.filename)])
    return "worksheets/" in part.filename and bool(_FORMULA.search(xml))


def _sheets(where, content, formulas):
    values = _loaded(content, data_only=True)
    written = _loaded(content, data_only=False) if formulas else None
    grids, notes, problems = {}, [], []
    for sheet in values.worksheets:
        name = named(sheet.title)
        if name is None:
            notes.append(("sheet_left_out", {"sheet": sheet.title}))
        elif name in grids:
            problems.append(Problem("sheet_once", where, found=sheet.title, facts={"sheet": name}))
        else:
            formula_rows = _cells(written[sheet.title]) if written else None
            grids[name] = Grid(name, sheet.title, _rows(sheet, formula_rows))
    return grids, notes, problems


def _loaded(content, data_only):
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of styles and extensions it does not know: none of them is read here
        return openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=data_only, keep_links=False)


def _cells(sheet):
    sheet.reset_dimensions()  # a file may claim any extent; count what is there
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield from sheet.iter_rows(max_col=MOST_COLUMNS + 1, values_only=True)


def _rows(sheet, formula_rows):
    found = []
    for row, cells in enumerate(_cells(sheet), 1):
        cells = _ended(cells)
        if formula_rows is not None:
            cells = _marked(cells, next(formula_rows))
        check_extent(sheet.title, row, len(cells))
        if any(cell is not None and str(cell).strip() for cell in cells):
            found.append((row, cells))
    return found


def _ended(cells):
    """The cells up to the last filled one."""
    if cells.count(None) == len(cells):  # a sheet may claim many an empty row
        return []
    cells = list(cells)
    while cells[-1] is None:
        cells.pop()
    return cells


def _marked(cells, written):
    """The cells, with a mark where a formula stands whose value nobody stored."""
    written = _ended(written)
    cells = cells + [None] * (len(written) - len(cells))
    return [UNCOMPUTED if value is None and w is not None else value for value, w in zip(cells, written, strict=False)]
