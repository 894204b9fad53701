"""The command as its users run it: what it prints, what it writes, how it ends."""

import csv
import json
import os
import pickle
import shutil
import subprocess
import sys

import pytest

from heng import quarter
from linli import appraise, cli, folders
from linli.book.problems import BadBook
from tests.journeys.bookmaking import COUNTY, change, copied, messy_workbook

FEW = ["--draws", "500"]
FILES = {"indicators.csv", "scores.csv", "ranks.csv", "proposals.csv", "allowance.csv", "scorebook.xlsx", "notice.docx",
         "cards", "manifest.json"}  # fmt: skip


@pytest.fixture
def book(tmp_path):
    return copied(tmp_path)


_appraised = {}


@pytest.fixture(autouse=True)
def each_quarter_once(monkeypatch):
    """The same book, scheme and seed appraised once for all tests here: they are about files, not figures."""
    appraising = quarter.appraise

    def once(book, scheme, period, seed, draws):
        key = (period, seed, draws, pickle.dumps((book, scheme.complexity.covariates)))
        if key not in _appraised:
            _appraised[key] = appraising(book, scheme, period, seed, draws)
        return _appraised[key]

    monkeypatch.setattr(quarter, "appraise", once)


def run(*words):
    return cli.main(["appraise", *(str(word) for word in words)])


def read(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return list(csv.DictReader(lines))


def everything(folder):
    """Path -> bytes of all files, the manifest's times aside."""
    files = [path for path in folder.rglob("*") if path.is_file()]
    return {str(path.relative_to(folder)): path.read_bytes() for path in files if path.name != folders.MANIFEST}


def test_a_quarter_is_printed_and_written_beside_the_book(book, capsys):
    assert run(book, "--period", "2026Q3", *FEW) == 0
    out = book.parent / "county-2026Q3"
    assert {path.name for path in out.iterdir()} == FILES
    assert len(read(out / "scores.csv")) == 11
    printed = capsys.readouterr()
    assert "周文清" in printed.out and str(out) in printed.err
    assert sorted(path.name for path in book.parent.iterdir()) == ["county", "county-2026Q3"]


def test_the_same_command_again_gives_the_same_bytes_in_the_same_folder(book, tmp_path):
    out = tmp_path / "out"
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 0
    first = everything(out)
    (out / "minutes.txt").write_text("mine", encoding="utf-8")
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 0
    assert (out / "minutes.txt").read_text(encoding="utf-8") == "mine"
    (out / "minutes.txt").unlink()
    assert everything(out) == first


def test_a_corrected_book_replaces_its_own_quarter_and_old_cards_go(book, tmp_path):
    out = tmp_path / "out"
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 0
    (out / "cards" / "O99.html").write_text("gone", encoding="utf-8")
    change(book, "evidence", 351, "numerator", "11")
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 0
    assert not (out / "cards" / "O99.html").exists()


def test_a_messy_workbook_gives_the_same_tables_as_the_plain_folder(book, tmp_path):
    workbook = messy_workbook(tmp_path / "東河縣.xlsx")
    for name in ("scheme.toml", "pool.toml"):
        shutil.copy(COUNTY / name, tmp_path / name)
    assert run(book, "--period", "2026Q3", *FEW) == 0
    assert run(workbook, "--period", "2026Q3", *FEW) == 0
    plain, messy = everything(tmp_path / "county-2026Q3"), everything(tmp_path / "東河縣-2026Q3")
    assert {n: messy[n] for n in plain if n.endswith(".csv")} == {n: plain[n] for n in plain if n.endswith(".csv")}


def test_a_range_of_quarters_gives_a_folder_each_with_progress(book, tmp_path, capsys):
    out = tmp_path / "out"
    assert run(book, "--period", "2026Q2..2026Q3", "--out", out, *FEW) == 0
    assert sorted(path.name for path in out.iterdir()) == ["2026Q2", "2026Q3"]
    assert {row["period"] for row in read(out / "2026Q2" / "scores.csv")} == {"2026Q2"}
    assert "1/2 2026Q3" in capsys.readouterr().err


def test_json_is_json(book, capsys):
    assert run(book, "--period", "latest", "--json", *FEW) == 0
    assert json.loads(capsys.readouterr().out)
    assert run(book, "--period", "2026Q2..2026Q3", "--json", *FEW) == 0
    assert len(json.loads(capsys.readouterr().out)) == 2


def test_bad_input_ends_with_2_all_problems_on_stderr_and_nothing_written(book, capsys):
    change(book, "evidence", 2, "numerator", "1000")
    change(book, "posts", 2, "community", "C77")
    scheme = (book / "scheme.toml").read_text(encoding="utf-8").replace("weight = 20", "weight = 25")
    (book / "scheme.toml").write_text(scheme, encoding="utf-8")
    assert run(book, "--period", "2026Q3", "--lang", "en") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "scheme.toml" in said.err and "105" in said.err
    assert "posts.csv, row 2, column community: found C77" in said.err
    assert sorted(path.name for path in book.parent.iterdir()) == ["county"]


@pytest.mark.parametrize(
    "words",
    [
        ["--period", "2026Q9"],
        ["--period", "2019Q1"],
        [],
        ["--period", "2026Q3", "--draws", "0"],
        ["--period", "2026Q3", "--draws", "99999999999"],
        ["--period", "2026Q3", "--seed", "-1"],
        ["--period", "2026Q3", "--lang", "fr"],
        ["--period", "2026Q3", "--scheme", "/nowhere.toml"],
        ["--period", "2026Q3", "--frobnicate"],
    ],
)
def test_a_wrong_command_ends_with_2_and_writes_nothing(book, words, capsys):
    assert run(book, *words) == 2
    assert capsys.readouterr().err
    assert sorted(path.name for path in book.parent.iterdir()) == ["county"]


def test_a_missing_book_ends_with_2(tmp_path, capsys):
    assert run(tmp_path / "none", "--period", "2026Q3") == 2
    assert "none" in capsys.readouterr().err


def test_the_languages_say_the_same_problem_differently(book, capsys):
    change(book, "posts", 2, "community", "C77")
    said = set()
    for lang in ("zh_Hant", "zh_Hans", "en"):
        assert run(book, "--period", "2026Q3", "--lang", lang) == 2
        said.add(capsys.readouterr().err)
    assert len(said) == 3


def test_a_folder_with_other_things_is_refused_unless_forced(book, tmp_path, capsys):
    out = tmp_path / "photos"
    out.mkdir()
    (out / "cat.jpg").write_bytes(b"meow")
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 2
    assert [path.name for path in out.iterdir()] == ["cat.jpg"]
    assert run(book, "--period", "2026Q3", "--out", out, "--force", *FEW) == 0
    assert (out / "cat.jpg").read_bytes() == b"meow"
    assert (out / "scores.csv").exists()


def test_another_books_quarter_and_another_quarter_are_refused_unless_forced(book, tmp_path):
    out, other = tmp_path / "out", tmp_path / "other"
    shutil.copytree(book, other)
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 0
    kept = everything(out)
    assert run(other, "--period", "2026Q3", "--out", out, *FEW) == 2
    assert run(book, "--period", "2026Q2", "--out", out, *FEW) == 2
    assert everything(out) == kept
    assert run(other, "--period", "2026Q3", "--out", out, "--force", *FEW) == 0


def test_the_book_itself_survives_being_named_as_the_output(book):
    assert run(book, "--period", "2026Q3", "--out", book, *FEW) == 2
    assert run(book, "--period", "2026Q3", "--out", book, "--force", *FEW) == 0
    assert (book / "evidence.csv").read_bytes() == (COUNTY / "evidence.csv").read_bytes()
    assert (book / "scores.csv").exists()


def test_a_failure_while_writing_leaves_the_old_quarter_as_it_was(book, tmp_path, monkeypatch, capsys):
    out = tmp_path / "out"
    assert run(book, "--period", "2026Q3", "--out", out, *FEW) == 0
    kept = everything(out)
    from linli.book import write

    def full(quarter, book, made, **how):
        made.mkdir()
        (made / "scores.csv").write_text("half", encoding="utf-8")
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(write, "write_quarter", full)
    assert run(book, "--period", "2026Q3", "--out", out, "--lang", "en", *FEW) == 1
    assert "No space left" in capsys.readouterr().err
    assert everything(out) == kept
    assert sorted(path.name for path in tmp_path.iterdir()) == ["county", "out"]


def test_a_fault_of_linlis_is_a_short_message_and_1(book, monkeypatch, capsys):
    def broken(*_):
        raise RuntimeError("a bolt is loose")

    monkeypatch.setattr(appraise, "read", broken)
    assert run(book, "--period", "2026Q3", "--lang", "en") == 1
    said = capsys.readouterr().err
    assert "a bolt is loose" in said and "Traceback" not in said
    monkeypatch.setenv("LINLI_DEBUG", "1")
    with pytest.raises(RuntimeError):
        run(book, "--period", "2026Q3")


def test_a_book_without_a_scheme_takes_the_default_and_says_so(book, capsys):
    (book / "scheme.toml").unlink()
    change(book, "communities", 1, "night_economy", "markets")
    assert run(book, "--period", "2026Q3", "--lang", "en", *FEW) == 0
    said = capsys.readouterr().err
    assert "default scheme" in said and "old_estate_share" in said and "night_economy" not in said


def test_a_failed_swap_brings_the_old_folder_back(tmp_path, monkeypatch):
    old, made = tmp_path / "out", tmp_path / "made"
    for folder, text in ((old, "old"), (made, "new")):
        folder.mkdir()
        (folder / "scores.csv").write_text(text, encoding="utf-8")
    rename, calls = os.rename, []

    def second_fails(one, other):
        calls.append(one)
        if len(calls) == 2:
            raise PermissionError(13, "in use")
        rename(one, other)

    monkeypatch.setattr(os, "rename", second_fails)
    with pytest.raises(PermissionError):
        folders.put(made, old)
    assert (old / "scores.csv").read_text(encoding="utf-8") == "old"


def test_a_file_where_the_folder_should_be_is_refused(tmp_path):
    (tmp_path / "out").write_text("x", encoding="utf-8")
    with pytest.raises(BadBook):
        folders.check_free(tmp_path / "out", "2026Q3", "county", force=True)


@pytest.mark.parametrize("content", ["", "[]", "{", '{"inputs": 3, "period": "2026Q3"}', "[" * 100_000])
def test_a_manifest_that_is_none_does_not_pass_for_one(tmp_path, content):
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(BadBook):
        folders.check_free(tmp_path, "2026Q3", "county")


def test_help_and_version_of_every_command_are_there(capsys):
    assert cli.main(["--help"]) == 0
    said = capsys.readouterr().out
    assert all(command in said for command in ("appraise", "scheme", "pool"))
    assert cli.main([]) == 2


@pytest.mark.slow
def test_the_whole_command_speaks_to_any_terminal(book, tmp_path):
    words = [sys.executable, "-m", "linli", "appraise", str(book), "--period", "2026Q3", "--out", str(tmp_path / "out")]
    done = subprocess.run(words, env=os.environ | {"PYTHONIOENCODING": "ascii"}, capture_output=True, timeout=60)
    assert done.returncode == 0, done.stderr.decode()
    assert (tmp_path / "out" / "scores.csv").is_file()
