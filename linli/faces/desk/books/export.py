"""The standing book as files that ``linli appraise`` reads back: a zip of CSVs, or one workbook."""

import csv
import io
import zipfile
from datetime import date

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.writer.excel import save_workbook

from linli.book.safe import clean, csv_text

_STEADY = (1980, 1, 1, 0, 0, 0)  # the same book gives the same bytes


def as_zip(tables):
    """Bytes of a zip with one CSV for each sheet: UTF-8 with its mark, CRLF."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for sheet, table in tables.items():
            text = io.StringIO()
            writer = csv.writer(text, lineterminator="\r\n")
            for row in _rows(table):
                writer.writerow([csv_text(cell) if isinstance(cell, str) else _written(cell) for cell in row])
            info = zipfile.ZipInfo(f"{sheet}.csv", _STEADY)
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, ("\ufeff" + text.getvalue()).encode())
    return packed.getvalue()


def as_workbook(tables):
    """Bytes of an .xlsx workbook with one sheet for each; text stays text, whatever it begins with."""
    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for row in _rows(table):
            sheet.append([_cell(sheet, cell) for cell in row])
    packed = io.BytesIO()
    save_workbook(book, packed)
    return packed.getvalue()


def _rows(table):
    """The heading, then every line with its place facts."""
    columns = {**table.columns, **table.facts}
    yield list(columns)
    yield from zip(*columns.values(), strict=True)


def _written(cell):
    """A value as the readers take it back exactly.

    >>> _written(0.1), _written(14200.0), _written(True), _written(None), _written(date(2026, 9, 1))
    ('0.1', '14200', '1', '', '2026-09-01')
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        return repr(cell).removesuffix(".0")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _cell(sheet, value):
    if isinstance(value, bool):
        value = int(value)
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    if not isinstance(value, str):
        return WriteOnlyCell(sheet, value)
    cell = WriteOnlyCell(sheet)
    cell._value, cell.data_type = clean(value), "s"  # set as text: a name that begins with = is no formula
    return cell
