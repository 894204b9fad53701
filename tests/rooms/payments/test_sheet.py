"""The sign-off sheet: every payee, room to sign, the sum in figures and in capitals."""

import io

import pytest
from django.utils.translation import override
from docx import Document
from openpyxl import load_workbook

from linli.book.capitals import capitals
from linli.quarter.payments import queries, sheet


@pytest.fixture(params=["zh-hant", "en"])
def lang(request):
    with override(request.param):
        yield request.param


def test_excel_sheet_sums_to_the_fen_and_says_the_sum_in_capitals(cast, due, lang):
    lines = list(queries.sheet_lines(cast.bureau, "2026Q3", "allowance"))
    page = load_workbook(io.BytesIO(sheet.as_xlsx(cast.bureau, "2026Q3", "allowance", lines))).active
    total = sum(line.amount_fen for line in lines)
    rows = list(page.iter_rows(min_row=5, values_only=True))
    amounts = [row[6] for row in rows[: len(lines)]]
    assert round(sum(amounts) * 100) == total == round(rows[len(lines)][6] * 100)
    said = capitals(total, "zh_Hant") if lang == "zh-hant" else f"{total / 100:,.2f}"
    assert said in rows[len(lines) + 1][0]
    assert [row[1] for row in rows[: len(lines)]] == [line.payee for line in lines]


def test_word_sheet_has_a_row_to_sign_for_everybody(cast, due, lang):
    lines = list(queries.sheet_lines(cast.bureau, "2026Q3", "allowance"))
    document = Document(io.BytesIO(sheet.as_docx(cast.bureau, "2026Q3", "allowance", lines)))
    (table,) = document.tables
    assert len(table.rows) == len(lines) + 2
    assert {row.cells[-1].text for row in table.rows[1:]} == {""}
    assert any(line.payee_name in table.rows[8].cells[2].text for line in lines)


def test_same_lines_give_the_same_bytes(cast, due):
    lines = list(queries.sheet_lines(cast.bureau, "2026Q3", "allowance"))
    for written, _ in sheet.WRITERS.values():
        assert written(cast.bureau, "2026Q3", "allowance", lines) == written(cast.bureau, "2026Q3", "allowance", lines)


def test_name_that_looks_like_a_formula_is_text(cast, due):
    due[0].__class__.objects.filter(pk=due[0].pk).update(payee_name="=1+1")
    lines = list(queries.sheet_lines(cast.bureau, "2026Q3", "allowance"))
    page = load_workbook(io.BytesIO(sheet.as_xlsx(cast.bureau, "2026Q3", "allowance", lines))).active
    assert page["C5"].data_type == "s" and page["C5"].value == "=1+1"
