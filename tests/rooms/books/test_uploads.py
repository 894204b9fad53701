"""Files nobody trusts: known by content, weighed, refused with a reason."""

import io
import struct
import zipfile

import openpyxl
import pytest

from linli.book.problems import BadBook
from linli.faces.desk.books.upload import LARGEST, lay_out


def packed(method=zipfile.ZIP_DEFLATED, **parts):
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in parts.items():
            archive.writestr(name.replace("__", "/").replace("_csv", ".csv"), text)
    return content.getvalue()


def refused(code, tmp_path, *files):
    with pytest.raises(BadBook) as bad:
        path, _sha = lay_out(files, tmp_path)
        from linli.book.read import read_book

        read_book(path)
    assert bad.value.problems[0].code == code, bad.value.said()


def test_csvs_are_laid_under_their_sheets_names(tmp_path):
    lay_out([("縣冊/崗位.csv", b"a"), ("EVIDENCE.CSV", b"b"), ("notes.csv", b"c")], tmp_path)
    assert sorted(p.name for p in tmp_path.iterdir()) == ["evidence.csv", "posts.csv"]


def test_path_in_a_zip_leads_nowhere(tmp_path):
    inside = tmp_path / "inside"
    inside.mkdir()
    with zipfile.ZipFile(tmp_path / "z.zip", "w") as archive:
        archive.writestr("../../posts.csv", "a")
        archive.writestr("..\\evidence.csv", "b")
        archive.writestr("__MACOSX/._posts.csv", "c")
    lay_out([("z.zip", (tmp_path / "z.zip").read_bytes())], inside)
    assert sorted(p.name for p in inside.iterdir()) == ["evidence.csv", "posts.csv"]
    assert not (tmp_path / "posts.csv").exists()


def test_two_files_for_one_sheet_are_refused(tmp_path):
    refused("sheet_once", tmp_path, ("posts.csv", b"a"), ("崗位.csv", b"b"))


def test_too_large_is_refused_before_it_is_opened(tmp_path):
    refused("size", tmp_path, ("book.zip", b"PK\x03\x04" + bytes(LARGEST)))


def test_bomb_in_a_zip_is_refused(tmp_path):
    refused("unpacked", tmp_path, ("book.zip", packed(posts_csv=bytes(8 * 2**20))))
    refused("unpacked", tmp_path, ("book.zip", packed(**{f"p{i}_csv": "" for i in range(61)})))


def test_header_that_lies_about_its_size_is_found_out(tmp_path):
    content = bytearray(packed(posts_csv=b"x" * 4 * 2**20))
    at = content.rfind(b"PK\x01\x02")
    content[at + 24 : at + 28] = struct.pack("<I", 100)
    with pytest.raises(BadBook):
        lay_out([("book.zip", bytes(content))], tmp_path)


def test_zip_in_a_zip_is_refused(tmp_path):
    refused("book", tmp_path, ("book.zip", packed(posts_csv=packed(a="b"))))


@pytest.mark.parametrize("head", [b"PK\x03\x04broken", b"PK\x03\x04"])
def test_damaged_zip_is_refused(tmp_path, head):
    refused("plain_file", tmp_path, ("book.zip", head))


@pytest.mark.parametrize("name", ["book.xlsx", "posts.csv", "photo.jpg"])
@pytest.mark.parametrize("content", [b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), b"%PDF-1.7"])
def test_kind_is_known_by_content_and_not_by_name(tmp_path, name, content):
    refused("book", tmp_path, (name, content))


def workbook(**more):
    content = io.BytesIO()
    openpyxl.Workbook().save(content)
    with zipfile.ZipFile(content, "a") as archive:
        for name, text in more.items():
            archive.writestr(name.replace("__", "/"), text)
    return content.getvalue()


def test_macros_are_refused_whatever_the_file_is_called(tmp_path):
    for name in ("book.xlsx", "book.zip", "posts.csv", "book.xlsm"):
        refused("macros", tmp_path, (name, workbook(**{"xl__vbaProject.bin": b"x"})))


def test_links_to_other_files_are_refused(tmp_path):
    refused("links", tmp_path, ("b.xlsx", workbook(**{"xl__externalLinks__externalLink1.xml": "<a/>"})))


def test_text_in_an_unknown_encoding_is_refused(tmp_path):
    refused("encoding", tmp_path, ("posts.csv", "officer,name\nO01,周".encode("utf-16")))


def test_same_files_have_the_same_fingerprint(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    first.mkdir(), second.mkdir()
    assert lay_out([("posts.csv", b"a")], first)[1] == lay_out([("posts.csv", b"a")], second)[1]
