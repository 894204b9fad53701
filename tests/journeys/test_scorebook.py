"""The score book: sheets with Chinese headings that print on A4, and text that no spreadsheet calculates."""

import io
import shutil
import subprocess
import zipfile

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.book.capitals import capitals
from linli.book.common_rates import common_ranks
from linli.book.scorebook import as_xlsx
from linli.book.shown import Shown
from linli.book.words import LANGUAGES, Words
from tests.core.sample_quarter import sample_book, sample_quarter
from tests.journeys.test_writing import named

SHEETS = ["封面", "得分名次", "指標", "名次概率", "建議", "津貼簽領", "領導聯繫", "提示", "說明"]
PAPER_A4 = 9


def book_of(lang="zh_Hant", name=None):
    quarter = sample_quarter() if name is None else named(name)
    return as_xlsx(Shown(quarter, sample_book(name or "周文清"), Words(lang)))


@pytest.fixture(scope="module")
def workbook():
    return openpyxl.load_workbook(io.BytesIO(book_of()))


def column(sheet, heading):
    """The cells under a heading."""
    at = next(cell.column for cell in sheet[4] if cell.value == heading)
    return [sheet.cell(row, at).value for row in range(5, sheet.max_row + 1)]


def test_sheets_are_those_of_the_files_with_cover_and_explanation(workbook):
    assert workbook.sheetnames == SHEETS


def test_every_sheet_prints_on_landscape_a4_one_page_wide(workbook):
    for sheet in workbook:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (PAPER_A4, "landscape")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert sheet.print_area.endswith(str(sheet.max_row))


def test_every_table_repeats_its_headings_and_keeps_them_in_sight(workbook):
    for sheet in workbook.worksheets[1:]:
        assert sheet.print_title_rows == "$4:$4"
        assert sheet.freeze_panes == "A5"


def test_scores_stand_best_first_with_the_doubt_beside_them(workbook):
    sheet = workbook["得分名次"]
    assert column(sheet, "名次")[:6] == [1, 2, 3, 4, 5, 5]
    assert column(sheet, "得分")[0] == 90.12
    assert column(sheet, "不能區分的民警")[4] == "歐陽濤"
    assert column(sheet, "說明")[-1] == "免考：任職不足60天"


def test_whoever_lacks_a_rate_is_also_ranked_on_the_rates_all_have(workbook):
    ranks = dict(zip(column(workbook["得分名次"], "姓名"), column(workbook["得分名次"], "共有指標名次"), strict=True))
    assert ranks == {"陳玉梅": 1, "周文清": 2, "何秀蘭": 3, "歐陽濤": 4, "李德勝": 5, "李勝男": 5, "盤少華": None}


def test_order_on_common_rates_is_not_shown_when_nobody_lacks_one():
    quarter = sample_quarter()
    quarter.indicators.status[:] = "ok"
    assert common_ranks(Shown(quarter, sample_book(), Words("en"))) == {}


def test_missing_evidence_is_an_empty_cell(workbook):
    sheet = workbook["指標"]
    missing = column(sheet, "說明").index("無證據")
    assert column(sheet, "原始率")[missing] is None
    assert column(sheet, "分數")[missing] is None


def test_allowance_is_totalled_in_figures_and_in_words(workbook):
    sheet = workbook["津貼簽領"]
    assert column(sheet, "金額（元）")[7] == 9775.00
    assert any("玖仟柒佰柒拾伍元整" in str(cell.value) for row in sheet.iter_rows() for cell in row)


@pytest.mark.parametrize(
    "fen, words",
    [
        (0, "零元整"), (100, "壹元整"), (1000000, "壹萬元整"), (1000500, "壹萬零伍元整"), (10000050, "壹拾萬元伍角"),
        (10050003, "壹拾萬零伍佰元零叁分"), (100000000000, "壹拾億元整"), (1000100000000, "壹佰億零壹佰萬元整"),
    ],
)  # fmt: skip
def test_money_in_capitals(fen, words):
    assert capitals(fen, "zh_Hant") == words


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "＝1"])
def test_name_that_begins_like_a_formula_is_text(name):
    workbook = openpyxl.load_workbook(io.BytesIO(book_of(name=name)))
    cells = [cell for sheet in workbook for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []
    marked = [cell for cell in cells if str(cell.value).strip() == name.strip()]
    assert marked
    assert all(cell.quotePrefix for cell in marked if not str(cell.value).startswith(" "))


@settings(max_examples=10, deadline=None)
@given(st.text(min_size=1, max_size=30))
def test_any_name_gives_a_workbook_that_opens(name):
    openpyxl.load_workbook(io.BytesIO(book_of(name=name)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_same_quarter_gives_the_same_bytes_in_every_language(lang):
    assert book_of(lang) == book_of(lang)


def test_no_clock_is_left_in_the_archive():
    with zipfile.ZipFile(io.BytesIO(book_of())) as archive:
        assert {part.date_time for part in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.read("docProps/core.xml").count(b"2026-09-30T00:00:00Z") == 2


@pytest.mark.slow
@pytest.mark.parametrize("lang", LANGUAGES)
def test_libreoffice_opens_and_prints_it(tmp_path, lang):
    soffice = shutil.which("soffice") or pytest.skip("LibreOffice (soffice) is not installed")
    (tmp_path / "book.xlsx").write_bytes(book_of(lang))
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [soffice, profile, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "book.xlsx"]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    pages = (tmp_path / "book.pdf").read_bytes().count(b"/Type/Page/")
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    assert len(SHEETS) <= pages <= len(SHEETS) + 2
