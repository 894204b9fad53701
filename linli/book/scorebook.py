"""The score book (考評表冊): the quarter's tables as one workbook that prints on A4, with a cover and explanations.

The numbers in its cells are those of the CSV files, rounded the same way.
"""

import io
from functools import partial

from openpyxl import Workbook
from openpyxl.styles import Border, Font, Side

from heng import periods
from heng.results import RANKED
from linli.book import scorebook_sheets as sheets
from linli.book.paper import FONTS, across, set_page, table, write
from linli.book.steady import repacked

_SHEETS = {
    "scores": sheets.scores,
    "indicators": sheets.indicators,
    "ranks": sheets.ranks,
    "proposals": sheets.proposals,
    "allowance": sheets.allowance,
    "leader_days": sheets.leader_days,
    "notes": sheets.notes,
    "explanation": sheets.explanation,
}
_COVER_WIDTH = 6


def as_xlsx(shown):
    """The workbook's bytes; the same quarter gives the same bytes."""
    book = Workbook()
    book.properties.creator, book.properties.title = "Linli", shown.words("scorebook.title_cover")
    _cover(book.active, shown)
    for name, build in _SHEETS.items():
        sheet = book.create_sheet(shown.words(f"scorebook.{name}"))
        build(sheet, shown, _tabled(sheet, shown, name))
        sheet.print_area = f"A1:{sheet.dimensions.partition(':')[2]}"
    written = io.BytesIO()
    book.save(written)
    return repacked(written.getvalue(), str(periods.last_day(shown.period)))


def _tabled(sheet, shown, name):
    """How a sheet puts its table on paper: columns and rows in, the next free row out."""
    words = shown.words
    return partial(table, sheet, words, words(f"scorebook.title_{name}"), _subtitle(shown))


def _subtitle(shown):
    words, scheme = shown.words, shown.scheme
    return words("scorebook.subtitle", period=words.period(shown.period), name=scheme.name, version=scheme.version)


def _cover(sheet, shown):
    words, name = shown.words, FONTS[shown.words.lang]
    title, plain = Font(name=name, size=28, bold=True), Font(name=name, size=12)
    strong, soft = Font(name=name, size=12, bold=True), Font(name=name, size=11, color="5B6875")
    sheet.title = words("scorebook.cover")
    for column in "ABCDEF":
        sheet.column_dimensions[column].width = 22
    sheet.row_dimensions[1].height = 44
    across(sheet, 2, _COVER_WIDTH, words("scorebook.title_cover"), title, 50, "center")
    across(sheet, 3, _COVER_WIDTH, _subtitle(shown), Font(name=name, size=16), 34, "center")
    across(sheet, 4, _COVER_WIDTH, _run(shown), soft, 24, "center")
    across(sheet, 6, _COVER_WIDTH, words("scorebook.cover_what"), plain, 44, "center")
    row = _contents(sheet, shown, 8, strong, plain)
    _signatures(sheet, shown, row + 2, plain)
    set_page(sheet, words)
    sheet.print_area = f"A1:F{sheet.max_row}"


def _run(shown):
    unranked = sum(row.status != RANKED for row in shown.scores)
    quarter = shown.quarter
    facts = {"ranked": shown.ranked_posts, "unranked": unranked, "seed": quarter.seed, "draws": f"{quarter.draws:,}"}
    return shown.words("scorebook.cover_run", **facts)


def _contents(sheet, shown, row, strong, plain):
    """What is in the book; gives the next free row."""
    words = shown.words
    across(sheet, row, _COVER_WIDTH, words("scorebook.contents"), strong)
    for offset, name in enumerate(_SHEETS, 1):
        line = row + offset
        write(sheet.cell(line, 1), words(f"scorebook.{name}"), plain)
        sheet.merge_cells(start_row=line, start_column=2, end_row=line, end_column=_COVER_WIDTH)
        write(sheet.cell(line, 2), words(f"scorebook.what_{name}"), plain)
        sheet.row_dimensions[line].height = 21
        for column in range(1, _COVER_WIDTH + 1):
            sheet.cell(line, column).border = Border(bottom=Side(style="hair", color="9AA5B1"))
    return row + len(_SHEETS) + 1


def _signatures(sheet, shown, row, font):
    words = shown.words
    for position, role in enumerate(("prepared", "checked", "approved")):
        column = 1 + 2 * position
        write(sheet.cell(row, column), words(f"scorebook.{role}"), font, "right")
        sheet.cell(row, column + 1).border = Border(bottom=Side(style="thin"))
        write(sheet.cell(row + 1, column + 1), words("scorebook.signed_on"), font)
        sheet.row_dimensions[row].height, sheet.row_dimensions[row + 1].height = 30, 24
