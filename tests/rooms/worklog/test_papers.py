"""The log and the register of visits come out of the records, for Excel and for print."""

import io
from datetime import date

import openpyxl
import pytest
from django.utils import translation

from linli.work.worklog import actions, papers, sheets
from tests.rooms.worklog.conftest import at

FIRST, LAST = date(2026, 9, 1), date(2026, 9, 9)


@pytest.fixture
def written(officer, record):
    record(at(7, 9), at(7, 12), note="=1+1", topics=("fire", "fraud"), cell="B3")
    record(at(7, 11), at(7, 13), kind="patrol")
    record(at(5, 19), at(5, 21), kind="service")
    record(at(3, 9), at(4, 9))  # forgotten
    actions.strike(by=officer.account, work=record(at(2, 9), at(2, 12)), why="x")
    return officer


def cells(content):
    sheet = openpyxl.load_workbook(io.BytesIO(content)).active
    return sheet, [[cell.value for cell in row] for row in sheet.iter_rows()]


def test_log_has_a_line_for_each_day_with_hours_by_kind_each_once(written):
    lines = papers.diary(written, FIRST, LAST, with_notes=True)
    assert [line["day"].day for line in lines] == [5, 7]
    assert lines[1]["total"] == pytest.approx(4) and lines[1]["kinds"][:2] == [pytest.approx(3), pytest.approx(1)]
    assert lines[1]["shift"] == "09:00–13:00"


def test_log_for_excel_has_seven_kinds_totals_and_places_to_sign(written):
    with translation.override("zh-hant"):
        sheet, rows = cells(sheets.diary(written, FIRST, LAST, with_notes=True))
    assert sheet["A1"].value == "社區警務日誌"
    assert len([head for head in rows[3] if head]) == 14
    total = next(row for row in rows if row[0] == "合計")
    assert sum(value or 0 for value in total[3:10]) == pytest.approx(total[10]) == pytest.approx(6)
    assert any("社區民警：" in row for row in rows)


def test_note_that_looks_like_a_formula_is_text(written):
    sheet, _rows = cells(sheets.visits(written, FIRST, LAST, with_notes=True))
    cell = next(cell for row in sheet.iter_rows() for cell in row if cell.value == "=1+1")
    assert cell.data_type == "s"


def test_register_has_a_cell_and_no_address_and_says_why(written):
    with translation.override("zh-hant"):
        _sheet, rows = cells(sheets.visits(written, FIRST, LAST, with_notes=False))
    text = "\n".join(str(value) for row in rows for value in row if value is not None)
    assert "B3" in text and "=1+1" not in text
    assert "入戶走訪登記表" in text and "有意不設" in text
    assert len([row for row in rows if row[0] == 1]) == 1  # one visit that counts


def test_same_records_make_the_same_bytes(written):
    assert sheets.diary(written, FIRST, LAST, True) == sheets.diary(written, FIRST, LAST, True)
    assert sheets.visits(written, FIRST, LAST, True) == sheets.visits(written, FIRST, LAST, True)


def test_empty_days_make_an_empty_paper(officer):
    _sheet, rows = cells(sheets.diary(officer, date(2026, 1, 1), date(2026, 1, 2), True))
    assert rows[3][0] is not None and len(rows) < 12
