"""Files that are no county book: refused by kind, size or shape before anything in them is believed."""

import os
import zipfile

import openpyxl
import pytest

from linli.book.problems import BadBook
from linli.book.read import read_book
from tests.journeys.bookmaking import copied, plain_workbook


@pytest.fixture
def book(tmp_path):
    return copied(tmp_path)


def problems(path, **how):
    with pytest.raises(BadBook) as refused:
        read_book(path, **how)
    return refused.value.problems


def codes(path, **how):
    return [problem.code for problem in problems(path, **how)]


@pytest.mark.parametrize("encoding", ["big5hkscs", "utf-16", "utf-16-le", "shift_jis"])
def test_a_csv_in_another_encoding_is_refused_not_misread(book, encoding):
    for sheet in ("communities", "posts", "pairings"):
        text = (book / f"{sheet}.csv").read_text(encoding="utf-8")
        (book / f"{sheet}.csv").write_bytes(text.encode(encoding, errors="ignore"))
        assert "encoding" in codes(book), sheet
        (book / f"{sheet}.csv").write_text(text, encoding="utf-8")


def test_a_file_of_two_gigabytes_is_refused_by_its_size(book, tmp_path):
    for path in (book / "evidence.csv", tmp_path / "county.xlsx"):
        with path.open("wb") as file:
            file.truncate(2 * 2**30)
    assert codes(book) == ["size"]
    assert codes(tmp_path / "county.xlsx") == ["size"]


@pytest.mark.parametrize("name", ["county.xlsm", "county.xls", "county.ods", "county.csv", "county.txt"])
def test_other_kinds_of_files_are_refused(tmp_path, name):
    (tmp_path / name).write_bytes(b"PK\x03\x04")
    assert codes(tmp_path / name)[0] in ("book", "macros")


def test_a_book_that_is_not_there_is_a_problem(tmp_path):
    assert codes(tmp_path / "nowhere") == ["book"]
    assert codes("a\0b") == ["book"]


def test_a_link_out_of_the_book_is_not_followed(book, tmp_path):
    os.rename(book / "history.csv", tmp_path / "elsewhere.csv")
    os.symlink(tmp_path / "elsewhere.csv", book / "history.csv")
    assert codes(book) == ["inside"]


def test_a_pipe_in_the_book_is_refused_not_waited_for(book):
    os.remove(book / "history.csv")
    os.mkfifo(book / "history.csv")
    assert codes(book) == ["plain_file"]


def rezipped(path, change):
    """The workbook with its parts changed: ``change`` gets and gives a dict of name -> bytes."""
    with zipfile.ZipFile(path) as archive:
        parts = change({name: archive.read(name) for name in archive.namelist()})
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def workbook(tmp_path):
    return plain_workbook(tmp_path / "county.xlsx")


@pytest.mark.parametrize(
    "part, code",
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/macrosheets/sheet1.xml", "macros"),
        ("xl/externalLinks/externalLink1.xml", "links"),
        ("xl/connections.xml", "links"),
        ("xl/embeddings/oleObject1.bin", "links"),
    ],
)
def test_a_workbook_with_macros_or_links_is_refused(workbook, part, code):
    rezipped(workbook, lambda parts: parts | {part: b"x"})
    (found,) = problems(workbook)
    assert (found.code, found.found) == (code, part)


def test_a_zip_bomb_is_refused_before_it_is_unpacked(workbook):
    rezipped(workbook, lambda parts: parts | {"xl/worksheets/sheet9.xml": b"\0" * (200 * 2**20)})
    assert codes(workbook) == ["unpacked"]


def test_a_steep_part_below_the_limit_is_refused_too(workbook):
    rezipped(workbook, lambda parts: parts | {"xl/media/image1.bin": b"\0" * (20 * 2**20)})
    assert codes(workbook) == ["unpacked"]


def test_a_workbook_of_thousands_of_parts_is_refused(workbook):
    rezipped(workbook, lambda parts: parts | {f"xl/{n}": b"" for n in range(2_500)})
    assert codes(workbook) == ["unpacked"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_entities_in_a_workbook_are_refused(workbook, encoding):
    trick = '<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>'
    rezipped(workbook, lambda parts: parts | {"xl/sharedStrings.xml": trick.encode(encoding)})
    assert codes(workbook) == ["doctype"]


def test_a_text_file_called_xlsx_is_refused(tmp_path):
    (tmp_path / "county.xlsx").write_text("not a zip", encoding="utf-8")
    assert codes(tmp_path / "county.xlsx") == ["workbook"]


def test_a_formula_nobody_computed_is_asked_for(workbook):
    book = openpyxl.load_workbook(workbook)
    book["communities"]["E2"] = "=SUM(1,2)"
    book.save(workbook)
    (found,) = problems(workbook)
    assert (found.code, found.where, found.row) == ("stored_value", "communities", 2)


def test_a_workbook_that_names_a_row_at_the_far_end_is_not_filled_up_to_it(workbook):
    book = openpyxl.load_workbook(workbook)
    book["posts"].cell(1_048_576, 1, "O99")
    book.save(workbook)
    assert codes(workbook) == ["rows"]


def test_a_missing_sheet_of_a_workbook_is_named(workbook):
    book = openpyxl.load_workbook(workbook)
    del book["pairings"]
    book.save(workbook)
    (found,) = problems(workbook)
    assert (found.code, found.where, found.facts) == ("sheet", "county.xlsx", {"sheet": "pairings"})
