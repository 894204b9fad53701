"""No input ends in a traceback: whatever the bytes, reading gives a book or ``BadBook``, and nothing else."""

import io
import tempfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.book import asked, cells
from linli.book.phrases import LANGUAGES
from linli.book.problems import BadBook
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.book.sheets import SHEETS
from tests.journeys.bookmaking import COUNTY, copied, plain_workbook, table, write

SCHEME = read_scheme(COUNTY / "scheme.toml")
SCHEME_TEXT = (COUNTY / "scheme.toml").read_bytes()
POOL_TEXT = (COUNTY / "pool.toml").read_bytes()
quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
ODD = [
    *("", "0", "-1", "1e9", "nan", "√", "合計", "2026Q3", "C01", "O01", "3月1日"),
    *("=1+1", "1,000", "１２", "\0", "\ud7ff", "../x"),
]
VALUES = [
    *("", "[]", "{}", "[[]]", "{ a = 1 }", "true", "-1", "1e400", "inf", "nan", '""', '"x"', "[1]", '["a", "a"]'),
    *("2026-01-01", "07:32:00", "[[1, 2]]", "[[0, 0], [1, 100]]", "[[nan, 1], [1, 2]]", "[[[1]]]", "[1e300]"),
    *("10_000", "9" * 400),
]
cell = st.one_of(st.sampled_from(ODD), st.text(max_size=12))


def book_or_refusal(path):
    """Reads with everything asked for; True for a book."""
    try:
        book, _ = read_book(path, scheme=SCHEME, period="latest")
    except BadBook as bad:
        assert bad.problems
        assert all(bad.said(lang) for lang in LANGUAGES)
        return False
    assert len(book.communities) == len(set(book.communities.community))
    return True


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    return copied(tmp_path_factory.mktemp("fuzz"))


@pytest.fixture(scope="module")
def workbook(tmp_path_factory):
    return plain_workbook(tmp_path_factory.mktemp("fuzz") / "county.xlsx").read_bytes()


@quick
@given(sheet=st.sampled_from(list(SHEETS)), content=st.binary(max_size=300))
def test_any_bytes_as_a_sheet_are_a_book_or_a_refusal(book, sheet, content):
    kept = (book / f"{sheet}.csv").read_bytes()
    try:
        (book / f"{sheet}.csv").write_bytes(content)
        book_or_refusal(book)
    finally:
        (book / f"{sheet}.csv").write_bytes(kept)


@quick
@given(st.data())
def test_any_texts_in_the_cells_are_a_book_or_a_refusal(book, data):
    sheet = data.draw(st.sampled_from(list(SHEETS)))
    kept = (book / f"{sheet}.csv").read_bytes()
    rows = table(book, sheet)[:12]
    for _ in range(data.draw(st.integers(1, 4))):
        row = rows[data.draw(st.integers(0, len(rows) - 1))]
        row[data.draw(st.integers(0, len(row) - 1))] = data.draw(cell)
    try:
        write(book, sheet, rows)
        book_or_refusal(book)
    finally:
        (book / f"{sheet}.csv").write_bytes(kept)


@quick
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=4))
def test_a_damaged_workbook_is_a_book_or_a_refusal(workbook, changes):
    damaged = bytearray(workbook)
    for place, byte in changes:
        damaged[place % len(damaged)] = byte
    _read_as_workbook(bytes(damaged))


@quick
@given(st.data())
def test_a_workbook_whose_xml_is_changed_is_a_book_or_a_refusal(workbook, data):
    with zipfile.ZipFile(io.BytesIO(workbook)) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    at = data.draw(st.integers(0, len(parts[name]) - 1))
    put = data.draw(st.sampled_from([b"", b"<", b"</c>", b'"', b"99999999999", b"e", b"&amp;", b"<f>1</f>", b"\xff"]))
    parts[name] = parts[name][:at] + put + parts[name][at + data.draw(st.integers(0, 30)) :]
    changed = io.BytesIO()
    with zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as archive:
        for part, content in parts.items():
            archive.writestr(part, content)
    _read_as_workbook(changed.getvalue())


def _read_as_workbook(content):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "county.xlsx"
        path.write_bytes(content)
        book_or_refusal(path)


@quick
@given(st.binary(max_size=200))
def test_any_bytes_as_a_scheme_are_refused_or_read(content):
    _read_as_scheme(content, POOL_TEXT)


@settings(quick, max_examples=150)
@given(st.data())
def test_a_scheme_with_any_value_changed_is_refused_or_read(data):
    text, other = (SCHEME_TEXT, POOL_TEXT) if data.draw(st.booleans()) else (POOL_TEXT, SCHEME_TEXT)
    lines = text.decode().splitlines()
    valued = [place for place, line in enumerate(lines) if "=" in line]
    place = data.draw(st.sampled_from(valued))
    lines[place] = f"{lines[place].split('=')[0]}= {data.draw(st.sampled_from(VALUES))}"
    changed = "\n".join(lines).encode()
    scheme, pool = (changed, other) if text is SCHEME_TEXT else (other, changed)
    _read_as_scheme(scheme, pool)


def _read_as_scheme(scheme, pool):
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "scheme.toml").write_bytes(scheme)
        (Path(folder) / "pool.toml").write_bytes(pool)
        try:
            found = read_scheme(Path(folder) / "scheme.toml")
        except BadBook as bad:
            assert bad.problems and bad.said("zh_Hant")
        else:
            assert abs(sum(rate.weight for rate in found.rates) - 100) < 1e-3


@settings(max_examples=300, deadline=None)
@given(st.one_of(cell, st.integers(), st.floats(), st.booleans(), st.dates(), st.datetimes(), st.times(), st.none()))
def test_every_reader_of_a_cell_reads_it_or_says_why_not(raw):
    readers = {column.read for sheet in SHEETS.values() for column in sheet.columns.values()}
    for read in [*readers, cells.plain, cells.fact, cells.day_in(2026)]:
        try:
            read(raw)
        except cells.Unreadable as why:
            assert why.code


@given(st.text(max_size=30))
def test_any_period_asked_for_is_quarters_or_a_refusal(text):
    try:
        found = asked.quarters(text, ["2026Q3"])
    except BadBook:
        return
    assert found


@given(st.integers(-(10**9), 10**9))
def test_a_whole_number_reads_alike_in_every_writing(number):
    full_width = "".join(chr(ord(c) + 0xFEE0) if c.isdigit() else c for c in str(number))
    for written in (number, float(number), str(number), f"{number:,}", full_width, f" {number} "):
        assert cells.number()(written) == number
