"""A bureau's book comes out as files, goes through the readers, and coming back changes nothing."""

import io
import subprocess
import sys
import zipfile
from datetime import date

import openpyxl
import pytest

from linli.book.read import read_book
from linli.faces.desk import actions
from linli.faces.desk.books.upload import lay_out
from linli.ground.officers.models import Officer, Pairing, Post
from linli.ground.places.models import Community, CommunityFacts
from linli.quarter.appraisal.actions import import_history
from linli.quarter.appraisal.models import PublishedScore
from linli.quarter.indicators.models import Entry
from tests.rooms.cast import COUNTY


@pytest.fixture
def whole(full_cast, personnel):
    """The cast with its history, so that nothing of the county book is missing."""
    book, _report = read_book(COUNTY)
    rows = [
        {name: getattr(book.history, name)[i].item() if hasattr(getattr(book.history, name)[i], "item")
         else getattr(book.history, name)[i] for name in ("period", "officer", "community", "score", "rank", "ranked")}
        for i in range(len(book.history))
    ]  # fmt: skip
    import_history(by=personnel, bureau=full_cast.bureau, rows=rows)
    return full_cast


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_book_comes_back_as_it_went_out(whole, personnel, kind):
    content, left = actions.export(by=personnel, bureau=whole.bureau, kind=kind)
    assert left == []
    sent = actions.preview(by=personnel, bureau=whole.bureau, files=[(f"book.{kind}", content)])
    assert sent.changes == [] and sent.left_out == []


@pytest.mark.parametrize("kind", ["zip", "xlsx"])
def test_exported_book_holds_what_the_county_book_held(whole, personnel, kind, tmp_path):
    content, _left = actions.export(by=personnel, bureau=whole.bureau, kind=kind)
    path, _sha = lay_out([(f"b.{kind}", content)], tmp_path)
    there, here = read_book(COUNTY)[0], read_book(path)[0]
    for sheet in ("communities", "posts", "pairings", "evidence", "leader_days", "history"):
        assert len(getattr(there, sheet)) == len(getattr(here, sheet)), sheet
    assert sum(here.evidence.numerator) == sum(there.evidence.numerator)
    assert sorted(here.communities.facts) == sorted(there.communities.facts)  # PostgreSQL keeps no order of them


@pytest.mark.slow
def test_exported_book_is_appraised_on_the_command_line(whole, personnel, tmp_path):
    content, _left = actions.export(by=personnel, bureau=whole.bureau, kind="xlsx")
    (tmp_path / "county.xlsx").write_bytes(content)
    done = subprocess.run(
        [sys.executable, "-m", "linli", "appraise", tmp_path / "county.xlsx", "--period", "2026Q3", "--draws", "500",
         "--scheme", COUNTY / "scheme.toml", "--out", tmp_path / "out"],
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out" / "scores.csv").exists()


def test_name_that_looks_like_a_formula_stays_text(whole, personnel):
    Community.objects.filter(code="C01").update(name="=HYPERLINK(1)")
    content, _left = actions.export(by=personnel, bureau=whole.bureau, kind="xlsx")
    cell = openpyxl.load_workbook(io.BytesIO(content))["communities"]["B2"]
    assert (cell.value, cell.data_type) == ("=HYPERLINK(1)", "s")
    content, _left = actions.export(by=personnel, bureau=whole.bureau, kind="zip")
    text = zipfile.ZipFile(io.BytesIO(content)).read("communities.csv").decode()
    assert ",'=HYPERLINK(1)," in text and text.startswith("\ufeff")


def test_community_without_facts_is_left_out_and_said(whole, personnel):
    CommunityFacts.objects.filter(community__code="C03").delete()
    content, left = actions.export(by=personnel, bureau=whole.bureau, kind="zip")
    assert left == ["C03"] and b"C03" not in zipfile.ZipFile(io.BytesIO(content)).read("posts.csv")


def test_same_book_gives_the_same_bytes(whole, personnel):
    first, second = (actions.export(by=personnel, bureau=whole.bureau, kind="zip")[0] for _ in range(2))
    assert first == second


def test_empty_bureau_takes_a_whole_book_over(whole, county):
    """A bureau that begins: places, people, past quarters and history out of one upload, and all of it undone."""
    stranger = whole.user("stranger")
    files = [(f"{sheet}.csv", text.encode()) for sheet, text in county.items()]
    sent = actions.preview(by=stranger, bureau=whole.other_bureau, files=files)
    assert {row[1] for row in sent.left_out} == {"no_scheme", "to_come"}
    actions.apply(by=stranger, sent=sent)
    bureau = whole.other_bureau
    assert Community.objects.filter(bureau=bureau).count() == 10 and Officer.objects.filter(bureau=bureau).count() == 11
    assert Post.objects.get(community__bureau=bureau, officer__code="O09").end == date(2026, 8, 14)
    assert Pairing.objects.filter(community__bureau=bureau).count() == 10
    assert set(Entry.objects.filter(bureau=bureau).values_list("period", flat=True)) == {
        "2025Q2", "2025Q3", "2025Q4", "2026Q1", "2026Q2",
    }  # fmt: skip
    assert PublishedScore.objects.filter(bureau=bureau).count() == 10
    assert CommunityFacts.objects.filter(sheet__bureau=bureau, sheet__year=2026).count() == 10
    sent.refresh_from_db()
    actions.undo(by=stranger, sent=sent)
    for model, where in ((Community, "bureau"), (Officer, "bureau"), (Entry, "bureau"), (PublishedScore, "bureau")):
        assert not model.objects.filter(**{where: bureau}).exists(), model
