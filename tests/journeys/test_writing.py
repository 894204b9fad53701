"""A quarter becomes files: the formats of the contract, the same bytes every time, and nothing that runs."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heng.results import KINDS
from linli.book.figures import chance, fixed, grouped, percent, significant
from linli.book.tables import TABLES, as_csv
from linli.book.terminal import width, wrapped
from linli.book.words import LANGUAGES, Words
from linli.book.write import as_json, printed, write_quarter
from tests.core.sample_quarter import NOTES, PERIOD, sample_book, sample_quarter

RUN = {
    "published": False,
    "inputs": {"county/posts.csv": "ab" * 32, "county/evidence.csv": "cd" * 32},
    "started": datetime(2026, 10, 8, 9, 0, tzinfo=UTC),
    "finished": datetime(2026, 10, 8, 9, 1, tzinfo=UTC),
}
FILES = {
    *(f"{name}.csv" for name in TABLES),
    *(f"cards/O{number}.html" for number in range(1, 8)),
    *("scorebook.xlsx", "notice.docx", "manifest.json"),
}
NOTE_CODES = {
    *("recomputed", "scheme_not_in_force", "low_confidence", "current", "late_supply", "provisional", "falsified"),
    *("vacant", "no_leader", "partial", "too_few_ranked", "shared_last", "spared", "published"),
}


def rows_of(name, quarter=None):
    text = as_csv(name, quarter or sample_quarter()).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def named(name):
    """The sample quarter with an officer of that name."""
    quarter = sample_quarter()
    names = quarter.scores.name.copy()
    names[0] = name
    return replace(quarter, scores=replace(quarter.scores, name=names))


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """What two runs wrote, one after the other: folder by folder, name -> bytes."""
    folders = [tmp_path_factory.mktemp("quarter") / each for each in ("first", "second")]
    for folder in folders:
        write_quarter(sample_quarter(), sample_book(), folder, lang="zh_Hant", **RUN)
    return [
        {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}
        for folder in folders
    ]


def test_every_file_of_the_contract_is_written_and_no_other(written):
    assert set(written[0]) == FILES


def test_same_quarter_gives_the_same_bytes(written):
    first, second = written
    assert [name for name in first if first[name] != second[name]] == []


def test_all_paths_written_are_given_back(tmp_path):
    given_back = write_quarter(sample_quarter(), sample_book(), tmp_path, lang="en", **RUN)
    assert {str(path.relative_to(tmp_path)) for path in given_back} == FILES


@pytest.mark.parametrize("name", TABLES)
def test_table_has_a_byte_order_mark_and_windows_line_ends(written, name):
    content = written[0][f"{name}.csv"]
    assert content.startswith(b"\xef\xbb\xbf")
    assert content.count(b"\n") == content.count(b"\r\n") > 1


@pytest.mark.parametrize(
    "name, columns",
    [
        ("indicators", "period community rate numerator denominator crude expected adjusted low high own_weight points"
         " points_low points_high status"),
        ("scores", "period officer name community score low high rank tied p_first p_last p_below rank_low rank_high"
         " present_weight status"),
        ("ranks", "period officer rank probability"),
        ("proposals", "period officer community kind rule reason distinguishable p blocked_by leaders offices"),
        ("allowance", "period officer months score amount_fen"),
    ],
)  # fmt: skip
def test_columns_are_those_of_the_contract(written, name, columns):
    head = written[0][f"{name}.csv"].decode("utf-8-sig").splitlines()[0]
    assert head == columns.replace(" ", ",")


def test_scores_have_two_decimals_and_probabilities_four():
    row = rows_of("scores")[2]
    assert (row["score"], row["p_last"], row["rank"], row["tied"]) == ("80.00", "0.0900", "4", "0")


def test_what_is_not_known_is_empty_and_never_zero():
    row = rows_of("scores")[-1]
    assert row["status"] == "not_ranked:short_post"
    blank = ("score", "low", "high", "rank", "tied", "p_first", "p_last", "p_below", "rank_low", "rank_high")
    assert {row[name] for name in blank} == {""}


def test_rate_nobody_supplied_has_no_figures():
    row = next(row for row in rows_of("indicators") if row["status"] == "no_evidence")
    assert {value for name, value in row.items() if name not in ("period", "community", "rate", "status")} == {""}


def test_several_names_in_a_cell_are_parted_by_a_bar():
    review = next(row for row in rows_of("proposals") if row["kind"] == "transfer_review")
    assert review["blocked_by"] == "objection_period|minute_number|law_check|evidence"
    assert (review["distinguishable"], review["p"]) == ("yes", "0.8760")


def test_money_is_whole_fen_that_sum_to_the_pot():
    amounts = [row["amount_fen"] for row in rows_of("allowance")]
    assert all(amount.isdigit() for amount in amounts)
    assert sum(map(int, amounts)) == 50000 * 1955 // 100


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "＝", "＋", "－", "＠"])
def test_name_that_begins_like_a_formula_is_kept_from_running(start):
    name = f"{start}cmd|' /C calc'!A0"
    assert rows_of("scores", named(name))[0]["name"] == f"'{name}"


def test_number_below_zero_stays_a_number():
    assert significant(-0.25) == "-0.25"


def test_name_with_comma_quote_and_line_break_comes_back_whole():
    assert rows_of("scores", named('周,"文\n清'))[0]["name"] == '周,"文\n清'


@pytest.mark.parametrize(
    "value, digits, text",
    [(79.995, 2, "80.00"), (2.675, 2, "2.68"), (0.00005, 4, "0.0001"), (-0.0, 2, "0.00"), (float("nan"), 2, "")],
)
def test_decimals_are_rounded_half_up_as_printed(value, digits, text):
    assert fixed(value, digits) == text


@given(st.floats(-1e9, 1e9, allow_nan=False))
def test_six_significant_digits_read_back_as_nearly_the_same_number(value):
    text = significant(value)
    assert "e" not in text.lower()
    assert float(text) == pytest.approx(value, rel=5e-6, abs=1e-300)


def test_what_is_not_certain_is_never_said_to_be():
    assert (percent(0.004), percent(0.996), chance(0.0), chance(1.0)) == ("<1%", ">99%", "<1%", ">99%")
    assert (percent(0.0), percent(1.0), grouped(1234567, 0)) == ("0%", "100%", "1,234,567")


def test_manifest_says_what_went_in_and_by_which_coefficients(written):
    manifest = json.loads(written[0]["manifest.json"])
    assert manifest["inputs"] == RUN["inputs"]
    assert (manifest["format"], manifest["seed"], manifest["draws"]) == (1, 20260930, 20000)
    assert manifest["scheme"] == {"name": "default", "version": "2026.1"}
    incidents = next(one for one in manifest["coefficients"] if one["rate"] == "incidents")
    assert (incidents["source"], incidents["beta"]) == ("pool", {"floating_share": 0.2})
    assert manifest["started"] < manifest["finished"]
    assert {"linli", "python", "numpy", "scipy"} <= set(manifest)


def test_json_holds_the_figures_of_the_files_as_numbers():
    quarter = sample_quarter()
    told = json.loads(as_json(quarter, sample_book()))
    assert told["scores"][0]["score"] == 86.41
    assert told["scores"][-1]["score"] is None
    assert told["scores"][-1]["tied"] is None
    assert told["proposals"][0]["blocked_by"] == ["objection_period", "law_check"]
    assert told["alike"]["O4"] == ["O3"]
    for name in TABLES:
        assert len(told[name]) == len(rows_of(name, quarter))


def test_json_has_no_apostrophe_before_a_name():
    told = json.loads(as_json(named("=周"), sample_book("=周")))
    assert told["scores"][0]["name"] == "=周"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_printed_quarter_fits_a_hundred_columns(lang):
    lines = printed(sample_quarter(), sample_book("歐陽" * 60), lang).splitlines()
    assert max(map(width, lines)) <= 100


@pytest.mark.parametrize("lang", LANGUAGES)
def test_columns_of_the_printed_table_stand_under_their_headings(lang):
    lines = printed(sample_quarter(), sample_book(), lang).splitlines()
    table = lines[2:11]
    ends = {width(line.split("%")[0]) for line in table if line.count("%") >= 2 and "O7" not in line}
    assert len(ends) == 1


def test_printed_quarter_says_proposal_and_names_leader_and_office_with_the_officer():
    text = printed(sample_quarter(), sample_book(), "zh_Hant")
    assert "不是決定" in text
    assert "一併通報：局領導丁、指揮中心" in text
    assert "待：異議期滿、任職迴避核查" in text


def test_notes_alike_but_for_the_place_are_said_once():
    text = printed(sample_quarter(), sample_book(), "zh_Hant")
    assert text.count("刑偵大隊未報送線索提供率") == 1
    assert "（南市社區、桃林社區）" in text


def test_terminal_is_not_steered_by_a_name():
    text = printed(named("周\x1b[2J\u202e清"), sample_book("周\x1b[2J\u202e清"), "en")
    assert "\x1b" not in text
    assert "\u202e" not in text


@given(st.text(alphabet=st.sampled_from("周文清，。（）「」 abc"), max_size=80), st.integers(8, 40))
def test_wrapped_text_keeps_every_character_and_its_width(text, columns):
    lines = wrapped(text, columns)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    for line in lines:  # closing marks hang with the character before them
        assert width(line.rstrip("，。）」 ")) <= columns or " " not in line.strip()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_note_proposal_and_block_has_words(lang):
    words = Words(lang)
    assert [code for code in NOTE_CODES if f"notes.{code}" not in words] == []
    assert [kind for kind in KINDS if f"proposals.kind_{kind}" not in words] == []


def test_simplified_words_hold_no_traditional_character():
    from opencc import OpenCC

    to_simplified, words = OpenCC("t2s").convert, Words("zh_Hans")
    assert [text for text in words._sentences.values() if to_simplified(text) != text] == []


def test_mainland_words_survive_the_conversion():
    words = Words("zh_Hans")
    assert words("notes.no_leader", communities=["甲"]) == "甲无结对领导，须予补齐。"
    assert words.office("人民調解委員會") == "人民调解委员会"
    assert words.office("my own office") == "my own office"


def test_unknown_language_is_refused_by_name():
    with pytest.raises(ValueError, match="lang 'fr'"):
        Words("fr")


def test_sample_notes_are_of_codes_that_the_core_gives():
    assert {code for code, _ in NOTES} <= NOTE_CODES


def test_quarter_in_which_nobody_was_ranked_is_still_written(tmp_path):
    quarter = sample_quarter()
    nobody = np.zeros(len(quarter.scores), dtype=bool)
    nobody[-1] = True
    parts = {name: getattr(quarter, name) for name in ("ranks", "proposals", "leader_months")}
    empty = {name: part.rows(np.zeros(len(part), dtype=bool)) for name, part in parts.items()}
    bare = replace(quarter, scores=quarter.scores.rows(nobody), alike={}, notes=(), **empty)
    for lang in LANGUAGES:
        write_quarter(bare, sample_book(), tmp_path / lang, lang=lang, **RUN)
        assert PERIOD[:4] in printed(bare, sample_book(), lang)
