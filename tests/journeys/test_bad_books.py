"""Every problem of a book at once, each with file or sheet, row, column, what was found and what is expected."""

import os

import pytest

from linli.book.phrases import LANGUAGES, _all
from linli.book.problems import BadBook, Problem, shown
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from tests.journeys.bookmaking import COUNTY, add, change, copied, table, with_column, write


@pytest.fixture
def book(tmp_path):
    return copied(tmp_path)


@pytest.fixture(scope="module")
def scheme():
    return read_scheme(COUNTY / "scheme.toml")


def problems(path, **how):
    with pytest.raises(BadBook) as refused:
        read_book(path, **how)
    return refused.value.problems


def codes(path, **how):
    return [problem.code for problem in problems(path, **how)]


# sheet, row, column, written, code; the scheme's rates are known
ONE_CELL = [
    ("communities", 2, "community", "../C01", "id"),
    ("communities", 2, "community", "C" * 41, "id"),
    ("communities", 2, "community", "", "filled"),
    ("communities", 2, "community", "CON", "id"),
    ("communities", 2, "name", "", "filled"),
    ("communities", 2, "name", "東\x07門", "text"),
    ("communities", 2, "name", "東" * 201, "text"),
    ("communities", 2, "name", "#REF!", "no_error"),
    ("communities", 2, "kind", "town", "word"),
    ("communities", 2, "complex", "2", "flag"),
    ("communities", 2, "complex", "", "filled"),
    ("communities", 2, "population", "about 14200", "number"),
    ("communities", 2, "population", "-14200", "range"),
    ("communities", 2, "population", "NaN", "number"),
    ("communities", 2, "population", "inf", "number"),
    ("communities", 2, "population", "1e300", "range"),
    ("communities", 2, "population", "1_000", "number"),
    ("communities", 2, "population", "10²", "number"),
    ("communities", 2, "rental_share", "a fifth", "number"),
    ("communities", 2, "rental_share", "", "covariate_known"),
    ("posts", 3, "community", "C99", "known_community"),
    ("posts", 3, "officer", "O 2", "id"),
    ("posts", 3, "start", "1.12.2024", "day"),
    ("posts", 3, "start", "2025-02-29", "day"),
    ("posts", 3, "start", "12月1日", "day_with_year"),
    ("posts", 3, "start", "45627", "day"),
    ("posts", 3, "end", "2024-11-30", "end_after_start"),
    ("posts", 3, "staffing", "pair", "word"),
    ("posts", 5, "staffing", "couple", "complex_only"),
    ("pairings", 2, "office", "", "filled"),
    ("pairings", 2, "end", "2024-01-01", "end_after_start"),
    ("evidence", 2, "period", "2025", "quarter"),
    ("evidence", 2, "period", "2025Q5", "quarter"),
    ("evidence", 2, "period", "9999Q1", "quarter"),
    ("evidence", 2, "community", "C99", "known_community"),
    ("evidence", 2, "rate", "arrests", "known_rate"),
    ("evidence", 2, "numerator", "130", "not_above"),
    ("evidence", 2, "numerator", "-1", "not_negative"),
    ("evidence", 2, "numerator", "", "both_figures"),
    ("evidence", 2, "denominator", "", "both_figures"),
    ("evidence", 2, "denominator", "-129", "range"),
    ("evidence", 4, "numerator", "2.5", "whole_events"),
    ("evidence", 4, "denominator", "0", "exposure"),
    ("evidence", 2, "design_effect", "0", "above"),
    ("evidence", 2, "status", "maybe", "word"),
    ("leader_days", 2, "hours", "25", "range"),
    ("leader_days", 2, "date", "2026-13-01", "day"),
    ("leader_days", 2, "countersigned_by", "O99", "known_signer"),
    ("leader_days", 2, "community", "C99", "known_community"),
    ("history", 2, "officer", "O99", "known_officer"),
    ("history", 2, "score", "100.5", "range"),
    ("history", 2, "score", "", "ranked_has"),
    ("history", 2, "rank", "1.5", "whole"),
    ("history", 2, "rank", "0", "whole"),
    ("history", 2, "ranked", "0", "unranked_has_not"),
]


@pytest.mark.parametrize("sheet, row, column, written, code", ONE_CELL)
def test_one_wrong_cell_is_named_with_its_place(book, scheme, sheet, row, column, written, code):
    change(book, sheet, row, column, written)
    found = [p for p in problems(book, scheme=scheme, period="2026Q3") if p.code == code]
    assert found, codes(book, scheme=scheme, period="2026Q3")
    assert (found[0].where, found[0].row) == (f"{sheet}.csv", row)
    if code not in ("both_figures", "ranked_has", "exposure", "unranked_has_not"):
        assert found[0].column == column


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_problem_is_said_in_every_language(book, scheme, lang):
    for sheet, row, column, written, code in ONE_CELL:
        if code != "filled":
            continue
        change(book, sheet, row, column, written)
    for problem in problems(book, scheme=scheme):
        said = problem.said(lang)
        assert problem.where in said and str(problem.row) in said and "{" not in said


def test_no_phrase_lacks_a_language_and_all_have_the_same_blanks():
    import string

    for code, row in _all().items():
        blanks = [{name for _, name, _, _ in string.Formatter().parse(row[lang]) if name} for lang in LANGUAGES]
        assert all(row[lang] for lang in LANGUAGES), code
        assert blanks[0] == blanks[1] == blanks[2], code


def test_all_problems_of_all_sheets_come_at_once_in_the_order_of_the_files(book, scheme):
    change(book, "communities", 3, "population", "lots")
    change(book, "posts", 4, "community", "C99")
    change(book, "evidence", 2, "numerator", "500")
    change(book, "evidence", 9, "rate", "fines")
    change(book, "history", 2, "score", "abc")
    found = problems(book, scheme=scheme, period="2030Q1")
    assert [(p.where, p.row, p.code) for p in found] == [
        ("communities.csv", 3, "number"),
        ("posts.csv", 4, "known_community"),
        ("evidence.csv", None, "period_present"),
        ("evidence.csv", 2, "not_above"),
        ("evidence.csv", 9, "known_rate"),
        ("history.csv", 2, "number"),
    ]


def test_a_share_above_its_denominator_says_both_numbers(book, scheme):
    change(book, "evidence", 2, "numerator", "130")
    (found,) = problems(book, scheme=scheme)
    assert found.said("en") == (
        "evidence.csv, row 2, column numerator: found 130; "
        "expected a number not above the denominator 129 (satisfaction is a share)"
    )


def test_a_long_list_is_cut_and_the_rest_counted():
    bad = BadBook([Problem("number", "evidence.csv", row) for row in range(300)])
    lines = bad.said("en").splitlines()
    assert len(lines) == 201
    assert "100 more" in lines[-1]
    assert len(bad.problems) == 300


def test_what_is_shown_cannot_steer_a_terminal(book):
    change(book, "communities", 2, "population", "\x1b[2J\x1b[31m")
    (found,) = problems(book)
    assert "\x1b" not in found.said("en")
    assert shown("\x1b]0;") == "\\x1b]0;"


@pytest.mark.parametrize("sheet", ["communities", "posts", "pairings", "evidence"])
def test_a_missing_sheet_is_named(book, sheet):
    os.remove(book / f"{sheet}.csv")
    (found,) = problems(book)
    assert f"{sheet}.csv" in found.expected()


@pytest.mark.parametrize(
    "sheet, column", [("communities", "population"), ("evidence", "denominator"), ("posts", "end")]
)
def test_a_missing_column_is_named_and_once(book, sheet, column):
    rows = table(book, sheet)
    place = rows[0].index(column)
    write(book, sheet, [row[:place] + row[place + 1 :] for row in rows])
    (found,) = problems(book)
    assert (found.where, found.row, found.column, found.code) == (f"{sheet}.csv", 1, column, "column")


def test_a_sheet_without_a_heading_is_told_what_heading(book):
    write(book, "posts", table(book, "posts")[1:])
    assert "heading" in codes(book)


@pytest.mark.parametrize("sheet", ["communities", "posts", "pairings", "evidence", "history"])
def test_the_same_key_twice_is_an_error_even_when_the_rows_agree(book, sheet):
    add(book, sheet, ",".join(table(book, sheet)[1]))
    found = [p for p in problems(book) if p.code == "key_once"]
    assert [p.row for p in found] == [len(table(book, sheet))]
    assert found[0].facts["first"] == 2


def test_ids_that_differ_only_in_capitals_are_refused(book):
    add(book, "posts", "o01,某人,C09,2020-01-01,2020-12-31,single")
    assert codes(book) == ["id_case"]


def test_two_holders_at_once_are_an_error_unless_all_share_the_post(book):
    add(book, "posts", "O12,某人,C07,2025-01-01,,single")
    (found,) = problems(book)
    assert (found.code, found.row, found.facts) == ("one_holder", 13, {"community": "C07", "row": 8})


def test_one_day_of_overlap_is_an_overlap(book):
    change(book, "posts", 12, "start", "2026-08-14")
    assert codes(book) == ["one_holder"]


def test_one_officer_in_two_communities_at_once_is_an_error(book):
    change(book, "posts", 10, "officer", "O10")
    found = problems(book)
    assert "one_post" in [p.code for p in found]


@pytest.mark.parametrize("column", ["leader", "office"])
def test_a_leader_or_office_paired_with_two_communities_on_a_day_is_an_error(book, column):
    who = table(book, "pairings")[1][1 if column == "leader" else 2]
    change(book, "pairings", 5, column, who)
    (found,) = problems(book)
    assert (found.code, found.row, found.column) == ("one_pairing", 5, column)


def test_a_pairing_that_moves_is_fine_when_the_first_has_ended(book):
    change(book, "pairings", 2, "end", "2025-12-31")
    add(book, "pairings", "C08,局領導甲,政工室,2026-01-01,")
    read_book(book)


def test_a_quarter_the_book_lacks_is_named_with_those_it_has(book):
    (found,) = problems(book, period="2027Q1")
    assert found.found == "2027Q1"
    assert "2026Q3" in found.expected()


@pytest.mark.parametrize("period", ["2026", "2026Q5", "Q3", "2026Q3..", "2026Q3..2025Q1", "2026Q3..x", "../2026Q3"])
def test_a_period_that_is_none_is_refused(book, period):
    assert "asked" in codes(book, period=period)


def test_latest_of_a_book_without_evidence_is_a_problem(book):
    write(book, "evidence", table(book, "evidence")[:1])
    assert codes(book, period="latest") == ["period_present"]


def test_a_mean_needs_its_standard_deviation(book, tmp_path):
    text = (COUNTY / "scheme.toml").read_text(encoding="utf-8")
    (book / "scheme.toml").write_text(text.replace('kind = "share"', 'kind = "mean"', 1), encoding="utf-8")
    found = problems(book, scheme=read_scheme(book / "scheme.toml"))
    assert {p.code for p in found} == {"mean_has_sd"}
    with_column(book, "evidence", "sd", ["1.1"] * 419)
    read_book(book, scheme=read_scheme(book / "scheme.toml"))


def test_a_covariate_the_scheme_needs_must_be_a_column(book, scheme):
    rows = table(book, "communities")
    write(book, "communities", [row[:-1] for row in rows])
    (found,) = problems(book, scheme=scheme)
    assert (found.code, found.column) == ("covariate", "old_estate_share")


def test_a_totals_row_that_disagrees_is_an_error(book):
    add(book, "communities", "合計,,,,133471,,,,,")
    (found,) = problems(book)
    assert (found.code, found.row, found.column, found.found) == ("total", 12, "population", "133471")
    assert "133470" in found.expected()


def test_a_comma_inside_a_number_is_a_slip_not_a_shift(book):
    rows = table(book, "communities")
    lines = [",".join(row) for row in rows]
    lines[1] = lines[1].replace("14200", "14,200")
    (book / "communities.csv").write_text("\n".join(lines), encoding="utf-8")
    assert "stray" in codes(book)


def test_a_quote_that_is_never_closed_does_not_swallow_the_last_row(book):
    with (book / "evidence.csv").open("a", encoding="utf-8") as file:
        file.write('2026Q3,C04,leads,1,11840,,"lead register,指揮中心,final\n2026Q3,C10,extra,1,2,,x,y,final\n')
    (found,) = problems(book)
    assert (found.code, found.row) == ("csv", 421)


def test_two_headings_that_mean_one_column_are_an_error(book):
    with_column(book, "evidence", "分子", ["1"] * 419)
    (found,) = problems(book)
    assert (found.code, found.column) == ("column_once", "分子")


def test_two_files_that_are_one_sheet_are_an_error(book):
    (book / "社區.csv").write_bytes((book / "communities.csv").read_bytes())
    assert codes(book) == ["sheet_once"]
