"""Sheets of a workbook laid out for A4: titles, headings that repeat, borders, widths, and text that stays text."""

from dataclasses import dataclass

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.pagebreak import Break

from linli.book.safe import FORMULA, clean
from linli.book.terminal import width

FONTS = {"zh_Hant": "Microsoft JhengHei", "zh_Hans": "Microsoft YaHei", "en": "Calibri"}
_THIN = Side(style="thin", color="9AA5B1")
GRID = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
HEAD = PatternFill("solid", fgColor="E3EBF2")
BAND = PatternFill("solid", fgColor="F6F8FA")
_HEAD_ROW = 4  # 1 title, 2 subtitle, 3 air


@dataclass(frozen=True)
class Column:
    """One column of a printed table."""

    heading: str
    width: float
    format: str = "General"
    align: str = "center"


def set_page(sheet, words):
    """A4 landscape, one page wide, with page numbers."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_margins.left = sheet.page_margins.right = 0.55
    sheet.page_margins.top, sheet.page_margins.bottom = 0.6, 0.7
    sheet.print_options.horizontalCentered = True
    sheet.oddFooter.center.text = words("scorebook.page")
    sheet.oddFooter.center.size = 9
    sheet.sheet_view.showGridLines = False


def write(cell, value, font, align="left", format="General", wrap=True):
    """A value into a cell; text that begins like a formula is marked as text, so that no program calculates it."""
    cell.value = clean(value) if isinstance(value, str) else value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(FORMULA)
    cell.font, cell.number_format = font, format
    indent = 1 if align == "left" and wrap else 0
    cell.alignment = Alignment(horizontal=align, vertical="center", wrap_text=wrap, indent=indent)


def fonts(lang):
    """(body, head, title, subtitle) fonts of a language."""
    name = FONTS[lang]
    return (
        Font(name=name, size=10),
        Font(name=name, size=10, bold=True),
        Font(name=name, size=18, bold=True),
        Font(name=name, size=10, color="5B6875"),
    )


def table(sheet, words, title, subtitle, columns, rows, band=1, height=22):
    """A printed table: title, subtitle, headings repeated on every page, frozen panes. Gives the row after its last.

    Every other ``band`` rows are shaded; rows are at least ``height`` points high.
    """
    body, head, title_font, small = fonts(words.lang)
    last = get_column_letter(len(columns))
    for row, text, font, height in ((1, title, title_font, 32), (2, subtitle, small, 18)):
        sheet.merge_cells(f"A{row}:{last}{row}")
        write(sheet.cell(row, 1), text, font, "center")
        sheet.row_dimensions[row].height = height
    sheet.row_dimensions[3].height = 6
    for position, column in enumerate(columns, 1):
        cell = sheet.cell(_HEAD_ROW, position)
        write(cell, column.heading, head, "center")
        cell.border, cell.fill = GRID, HEAD
        sheet.column_dimensions[get_column_letter(position)].width = column.width
    sheet.row_dimensions[_HEAD_ROW].height = _height([c.heading for c in columns], columns, 24)
    for offset, values in enumerate(rows, 1):
        shaded = (offset - 1) // band % 2 == 1
        _row(sheet, _HEAD_ROW + offset, columns, values, body, shaded, height)
    sheet.freeze_panes = f"A{_HEAD_ROW + 1}"
    sheet.print_title_rows = f"{_HEAD_ROW}:{_HEAD_ROW}"
    set_page(sheet, words)
    return _HEAD_ROW + len(rows) + 1


def _row(sheet, row, columns, values, font, shaded, height):
    for position, (column, value) in enumerate(zip(columns, values, strict=True), 1):
        cell = sheet.cell(row, position)
        write(cell, value, font, column.align, column.format)
        cell.border = GRID
        if shaded:
            cell.fill = BAND
    sheet.row_dimensions[row].height = _height(values, columns, height)


def _height(values, columns, least):
    """Points high enough for the longest wrapped text of a row."""
    lines = (_lines(value, column.width) for value, column in zip(values, columns, strict=True))
    return max(least, 14 * max(lines) + 6)


def _lines(value, column_width):
    return -(-width(str(value)) // max(int(column_width * 0.95) - 2, 1)) if isinstance(value, str) else 1


def across(sheet, row, last, text, font, height=22, align="left"):
    """One line of text over the whole width of a sheet."""
    sheet.merge_cells(start_row=row, start_column=1, end_row=row, end_column=last)
    write(sheet.cell(row, 1), text, font, align)
    sheet.row_dimensions[row].height = height


def break_after(sheet, row):
    """The next row begins a page."""
    sheet.row_breaks.append(Break(id=row))
