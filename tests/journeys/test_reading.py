"""A county book as people really make it reads as what they mean."""

import os
from dataclasses import fields

import numpy as np
import pytest

from linli.book.problems import BadBook
from linli.book.read import read_book
from tests.journeys import bookmaking
from tests.journeys.bookmaking import COUNTY, add, change, copied, table, with_column, write


@pytest.fixture(scope="module")
def plain():
    return read_book(COUNTY, period="2026Q3")[0]


@pytest.fixture
def book(tmp_path):
    return copied(tmp_path)


def assert_same(one, other):
    """Two books hold the same, cell by cell; nan and NaT equal themselves."""
    for sheet in fields(one):
        left, right = getattr(one, sheet.name), getattr(other, sheet.name)
        for column in fields(left):
            a, b = getattr(left, column.name), getattr(right, column.name)
            if isinstance(a, dict):
                assert list(a) == list(b)
                for name in a:
                    np.testing.assert_array_equal(a[name], b[name])
            else:
                assert a.dtype == b.dtype
                np.testing.assert_array_equal(a, b, err_msg=f"{sheet.name}.{column.name}")


def test_the_example_county_reads_as_it_stands(plain):
    assert len(plain.communities) == 10
    assert list(plain.communities.facts)[0] == "floating_share"
    assert plain.communities.complex.tolist() == [True, True, True, False, False, True, True, True, False, False]
    leaving = plain.posts.rows(plain.posts.officer == "O09")
    assert str(leaving.end[0]) == "2026-08-14"
    assert plain.posts.staffing.tolist().count("couple") == 1
    assert np.isnan(plain.evidence.sd).all()
    assert set(plain.evidence.design_effect) == {1.0, 1.2, 6.0}
    assert plain.pairings.leader.tolist().count("") == 3
    assert plain.history.score[0] == 84.1


def test_a_messy_workbook_reads_equal_to_the_plain_county(tmp_path, plain):
    messy, report = read_book(bookmaking.messy_workbook(tmp_path / "東河縣.xlsx"), period="2026Q3")
    assert_same(messy, plain)
    assert ("sheet_left_out", {"sheet": "說明"}) in report.notes


def test_a_workbook_of_texts_reads_equal_to_the_plain_county(tmp_path, plain):
    assert_same(read_book(bookmaking.plain_workbook(tmp_path / "county.xlsx"))[0], plain)


@pytest.mark.parametrize("encoding", ["utf-8-sig", "gb18030"])
def test_other_encodings_read_alike(book, plain, encoding):
    for sheet in ("communities", "posts", "pairings", "leader_days"):
        write(book, sheet, table(book, sheet), encoding)
    assert_same(read_book(book)[0], plain)


@pytest.mark.parametrize("script", ["zh_Hant", "zh_Hans"])
def test_headings_in_chinese_read_alike(book, plain, script):
    words = {row[0]: row[1 if script == "zh_Hant" else 2] for row in bookmaking.table(_package(), "headings")}
    for sheet in ("communities", "posts", "pairings", "evidence", "leader_days", "history"):
        heading, *body = table(book, sheet)
        write(book, sheet, [[words.get(column, column) for column in heading], *body])
    assert_same(read_book(book)[0], plain)


def _package():
    import linli.book

    return bookmaking.Path(linli.book.__file__).parent


def test_the_weaker_words_of_a_heading_read_too(book, plain):
    heading, *body = table(book, "posts")
    write(book, "posts", [["警号", "姓名", "社区", "起", "止", "配置方式"], *body])
    assert_same(read_book(book)[0], plain)


def test_a_title_above_and_blank_rows_between_change_nothing(book, plain):
    heading, *body = table(book, "communities")
    blank = [""] * len(heading)
    title = ["東河縣社區一覽", *blank[1:]]
    write(book, "communities", [blank, title, blank, heading, *body[:4], blank, *body[4:], blank])
    assert_same(read_book(book)[0], plain)


def test_rows_are_counted_as_in_the_file_under_a_title(book):
    heading, *body = table(book, "communities")
    body[2][4] = "many"
    write(book, "communities", [["一覽"], [], heading, *body])
    with pytest.raises(BadBook) as refused:
        read_book(book)
    assert [(p.where, p.row, p.found) for p in refused.value.problems] == [("communities.csv", 6, "many")]


def test_a_totals_row_that_agrees_is_dropped(book, plain):
    total = sum(float(row[4]) for row in table(book, "communities")[1:])
    add(book, "communities", f"總計,,,6,{total:g},,,,,")
    assert_same(read_book(book)[0], plain)


@pytest.mark.parametrize(
    "written", ["2024.12.1", "2024/12/01", "2024年12月1日", "２０２４-１２-０１", "2024-12-01 00:00:00"]
)
def test_every_form_of_a_date_is_the_same_day(book, plain, written):
    change(book, "posts", 2, "start", written)
    assert_same(read_book(book)[0], plain)


def test_a_leaders_day_without_a_year_is_of_the_year_of_the_period(book, plain):
    change(book, "leader_days", 2, "date", "7月6日")
    assert_same(read_book(book, period="2026Q3")[0], plain)
    assert_same(read_book(book, period="2026Q1..2026Q3")[0], plain)
    assert_same(read_book(book, period="latest")[0], plain)


def test_a_leaders_day_without_a_year_asks_for_one_when_the_periods_span_two(book):
    change(book, "leader_days", 2, "date", "7月6日")
    for period in (None, "2025Q4..2026Q3"):
        with pytest.raises(BadBook, match="day with its year"):
            read_book(book, period=period)


def test_ticks_leave_blank_boxes_unticked(book, plain):
    heading, *body = table(book, "communities")
    for row in body:
        row[3] = "√" if row[3] == "1" else ""
    write(book, "communities", [heading, *body])
    assert_same(read_book(book)[0], plain)


def test_a_share_written_with_a_per_cent_sign_is_a_share(book, plain):
    change(book, "communities", 2, "floating_share", "18%")
    assert_same(read_book(book)[0], plain)


def test_extra_columns_are_left_out_with_a_note(book, plain):
    with_column(book, "evidence", "備註", ["已核"] * 419)
    with_column(book, "communities", "社區書記", ["某人"] * 10)
    read, report = read_book(book)
    assert_same(read, plain)
    left = [facts["column"] for code, facts in report.notes if code == "column_left_out"]
    assert left == ["社區書記", "備註"]
    assert any("備註" in line for line in report.said("zh_Hant"))


def test_a_numeric_extra_column_of_communities_is_a_fact(book):
    with_column(book, "communities", "schools", ["3", "2", "", *"1111111"])
    read, _ = read_book(book)
    assert read.communities.facts["schools"][1] == 2
    assert np.isnan(read.communities.facts["schools"][2])


def test_a_book_without_the_optional_sheets_and_columns_is_whole(book, plain):
    for sheet in ("history", "leader_days"):
        (book / f"{sheet}.csv").unlink()
    keep = [0, 1, 2, 3, 4]
    write(book, "evidence", [[row[i] for i in keep] for row in table(book, "evidence")])
    read, _ = read_book(book)
    assert len(read.history) == len(read.leader_days) == 0
    assert read.evidence.design_effect.tolist() == [1.0] * len(read.evidence)
    assert set(read.evidence.status) == {"final"}
    np.testing.assert_array_equal(read.evidence.numerator, plain.evidence.numerator)


def test_a_row_nobody_filled_in_is_no_evidence_and_never_zero(book):
    change(book, "evidence", 420, "numerator", "")
    change(book, "evidence", 420, "denominator", "")
    read, report = read_book(book)
    assert len(read.evidence) == 418
    assert ("no_figures", {"period": "2026Q3", "community": "C10", "rate": "disputes"}) in report.notes


@pytest.mark.parametrize(
    "written, meant", [("", "final"), ("暫定", "provisional"), ("不实", "false"), ("FALSE", "false")]
)
def test_words_of_status_are_understood(book, written, meant):
    change(book, "evidence", 2, "status", written)
    assert read_book(book)[0].evidence.status[0] == meant


def test_communities_without_leader_are_a_warning_and_no_error(book):
    _, report = read_book(book)
    assert [facts["community"] for code, facts in report.notes if code == "no_leader"] == ["C08", "C09", "C10"]


def test_the_latest_quarter_is_found(book):
    assert read_book(book, period="latest")[1].periods == ("2026Q3",)


def test_every_file_that_counted_is_fingerprinted(book):
    (book / "notes.csv").write_text("a,b\n", encoding="utf-8")
    _, report = read_book(book)
    assert sorted(report.inputs) == [
        f"{s}.csv" for s in sorted(("communities", "posts", "pairings", "evidence", "leader_days", "history"))
    ]
    assert ("file_left_out", {"file": "notes.csv"}) in report.notes


def test_several_holders_who_share_a_post_may_overlap(book):
    change(book, "posts", 8, "staffing", "couple")
    add(book, "posts", "O12,某人,C07,2025-01-01,,couple")
    assert len(read_book(book)[0].posts) == 12


def test_visits_on_one_date_may_be_several_rows(book):
    add(book, "leader_days", "局領導甲,C01,2026-07-06,3,O01", "局領導甲,C01,2026-07-06,3,O01")
    assert len(read_book(book)[0].leader_days) == 43


def test_reading_a_county_of_years_is_quick(book, tmp_path):
    """20,000 rows of evidence; a bound far above what it takes, to catch anything quadratic."""
    import time

    heading, *body = table(book, "evidence")
    years = [[f"{1900 + n // 4}Q{n % 4 + 1}", *row[1:]] for n in range(290) for row in body[:70]]
    write(book, "evidence", [heading, *years])
    begun = time.perf_counter()
    assert len(read_book(book)[0].evidence) == 20_300
    assert time.perf_counter() - begun < 8


def test_a_link_within_the_book_is_followed(book):
    os.rename(book / "history.csv", book / "old.txt")
    os.symlink("old.txt", book / "history.csv")
    assert len(read_book(book)[0].history) == 10
