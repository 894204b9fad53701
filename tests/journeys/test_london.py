"""Real London, from the published files to the page. What needs the files skips, saying so, where they are absent."""

import csv
import doctest
import importlib
import re
import tomllib
from collections import Counter

import numpy as np
import pytest

from examples.london import chart, hours, make_book, offences, page, published, survey, tables
from examples.london.appraised import SCHEME, london

WHERE = published.folder()
needs_london = pytest.mark.skipif(
    bool(published.missing(WHERE)), reason=f"London's published files are not in {WHERE}; set LINLI_DATA"
)
ID = re.compile(r"[\w-]{1,40}")


@pytest.fixture(scope="module")
def book():
    return make_book.sheets(WHERE)


@pytest.fixture(scope="module")
def evidence(book):
    return {(row["period"], row["community"], row["rate"]): row for row in book["evidence"]}


# --- without the files: each kind of doubt against figures whose doubt is known


def test_doctests_of_the_adapter_hold():
    for name in ("survey", "make_book", "tables"):
        found = doctest.testmod(importlib.import_module(f"examples.london.{name}"))
        assert found.attempted and not found.failed


def test_absent_files_are_named_and_nothing_is_written(tmp_path, capsys):
    assert make_book.main([str(tmp_path / "book"), "--data", str(tmp_path)]) == 2
    assert "LINLI_DATA" in capsys.readouterr().err
    assert not (tmp_path / "book").exists()


def test_folder_of_the_files_comes_from_the_environment(monkeypatch, tmp_path):
    monkeypatch.setenv("LINLI_DATA", str(tmp_path))
    assert published.folder() == tmp_path / "london"


def test_unpublished_cells_are_unknown_and_not_zero(tmp_path):
    (tmp_path / published.PANEL).write_text("gss,borough,quarter,good_job_local\nE1,A,2021Q1,\nE2,B,2021Q1,0\n")
    assert [r["good_job_local"] for r in published.panel(tmp_path)] == [None, 0.0]


def test_survey_of_independent_answers_needs_no_design_effect():
    rng = np.random.default_rng(1)
    share = rng.uniform(0.3, 0.7, 4000)
    records = [
        {"gss": i, "quarter": quarter, "good_job_local": rng.binomial(n, p) / n}
        for quarter, n in (("2020Q4", 400), ("2021Q4", 600))
        for i, p in enumerate(share)
    ]
    assert survey.moved_apart(records, "good_job_local", "2021Q4", "2020Q4") == pytest.approx(1, abs=0.08)


def test_offences_that_are_poisson_are_not_overdispersed():
    rng = np.random.default_rng(2)
    level = rng.uniform(100, 900, 300)
    records = [
        {"gss": i, "quarter": quarter, "burglary": count, "robbery": 0, "vehicle": 0}
        for i, mean in enumerate(level)
        for quarter, count in enumerate(rng.poisson(mean * np.array([1.0, 0.8, 1.3, 1.1])))
    ]
    assert offences.overdispersion(records) == pytest.approx(1, abs=0.12)


@pytest.mark.parametrize("block", [1, 8, 150])
def test_hours_lost_in_blocks_scatter_by_the_block(block):
    rng = np.random.default_rng(3)
    level, season = rng.uniform(0.84, 0.93, 200), [0.0, -0.03, 0.02, 0.01, -0.02, 0.03]
    months = []
    for place, own in enumerate(level):
        for month, common in enumerate(season):
            kept = rng.binomial(9000 // block, own + common) * block
            lost = 9000 // block * block - kept
            months.append({"borough": place, "month": str(month), "hours_not_abstracted": kept, "hours_aid": lost})
    assert hours.scatter(months, "0", "5") == pytest.approx(block, rel=0.12)


# --- with the files: the book


@needs_london
def test_book_holds_32_boroughs_each_with_a_team_and_an_office_of_its_own(book):
    communities = {row["community"] for row in book["communities"]}
    assert len(communities) == len(book["communities"]) == 32
    for sheet, key in (("posts", "officer"), ("pairings", "office")):
        assert {row["community"] for row in book[sheet]} == communities
        assert len({row[key] for row in book[sheet]}) == 32
        assert all(ID.fullmatch(row[key]) and ID.fullmatch(row["community"]) for row in book[sheet])


@needs_london
def test_evidence_has_no_row_twice_and_no_share_above_one(book, evidence):
    assert len(evidence) == len(book["evidence"])
    assert all(row["numerator"] <= row["denominator"] for row in book["evidence"])


@needs_london
def test_boroughs_without_published_hours_have_no_row_rather_than_a_zero(evidence):
    rows = Counter(period for period, _, rate in evidence if rate == "visibility")
    assert rows.pop("2019Q1") == 26
    assert min(rows) == "2019Q2" and set(rows.values()) == {32}


@needs_london
def test_offences_of_the_book_are_the_sum_of_the_months_published_elsewhere(book, evidence):
    code = {row["name"]: row["community"] for row in book["communities"]}
    sums = Counter()
    with (WHERE / "london_boroughs_crime_month.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["borough"] in code and row["month"] in ("2021-10", "2021-11", "2021-12"):  # not the airports
                sums[code[row["borough"]]] += sum(int(row[kind]) for kind in offences.COUNTED)
    assert dict(sums) == {c: evidence["2021Q4", c, "incidents"]["numerator"] for c in code.values()}


@needs_london
def test_shares_of_the_book_are_the_published_ones(evidence):
    for record in published.panel(WHERE):
        for rate, column in survey.RATES.items():
            if row := evidence.get((record["quarter"], record["gss"], rate)):
                assert row["numerator"] / row["denominator"] == pytest.approx(record[column], abs=1e-9)


@needs_london
def test_hours_are_claimed_no_more_independent_than_they_were():
    scatter = [hours.scatter(published.months(WHERE), *s) for s in (("2019-02", "2020-02"), ("2020-07", "2021-12"))]
    assert min(scatter) < hours.DESIGN_EFFECT < max(scatter)


@needs_london
def test_survey_design_effect_stays_under_what_the_windows_allow():
    records = published.panel(WHERE)
    for column in survey.RATES.values():
        for year in (2019, 2020, 2021):
            assert survey.moved_apart(records, column, f"{year}Q4", f"{year - 1}Q4") > survey.WEIGHTING


@needs_london
def test_points_of_the_scheme_come_from_the_year_before():
    of = {rate["id"]: dict(map(reversed, rate["points"])) for rate in tomllib.loads(SCHEME.read_text())["rate"]}
    year = [r for r in published.panel(WHERE) if r["quarter"].startswith("2020")]
    seen = {rate: [r[column] for r in year if r["quarter"] == "2020Q4"] for rate, column in survey.RATES.items()}
    seen["visibility"] = [np.mean([r["dwo_share_on_ward"] for r in year if r["gss"] == gss]) for gss in _boroughs(year)]
    for rate, shares in seen.items():
        for points, share in zip((60, 80, 85, 100), np.quantile(shares, (0.025, 0.2, 0.5, 0.975)), strict=True):
            assert of[rate][points] == pytest.approx(share, abs=0.007), (rate, points)


def _boroughs(records):
    return {record["gss"] for record in records}


# --- with the files: the quarters and the page


@pytest.fixture(scope="module")
def appraised():
    return london(WHERE)


@needs_london
@pytest.mark.slow
def test_page_is_true_to_the_run(appraised):
    text = page.PAGE.read_text(encoding="utf-8")
    assert set(re.findall(r"<!-- run: (\w+) -->", text)) == set(page.blocks(appraised))
    assert_same_but_for_the_last_figure(text, page.renewed(text, appraised))


@needs_london
@pytest.mark.slow
def test_chart_is_true_to_the_run(appraised):
    text = page.CHART.read_text(encoding="utf-8")
    assert_same_but_for_the_last_figure(text, page.drawn(appraised), step=chart.STEP)


@needs_london
@pytest.mark.slow
def test_survey_windows_that_share_interviews_are_never_pooled(appraised):
    assert all(rate.pool_quarters == 1 for rate in appraised.scheme.rates)
    assert not any("pooled" in quarter.indicators.status for quarter in appraised.quarters.values())


@needs_london
@pytest.mark.slow
def test_boroughs_without_hours_keep_their_rank_and_lose_no_point(appraised):
    quarter = appraised.quarters["2019Q1"]
    rows = quarter.indicators
    absent = rows.community[(rows.rate == "visibility") & (rows.status == "no_evidence")]
    teams = quarter.scores.rows(np.isin(quarter.scores.community, absent))
    assert len(teams) == 6 and set(teams.status) == {"ranked"} and set(teams.present_weight) == {80.0}
    assert np.isnan(rows.points[rows.status == "no_evidence"]).all()


@needs_london
@pytest.mark.slow
def test_what_the_page_says_of_westminster_in_words_is_so(appraised):
    ratio, rank = {}, {}
    for period, quarter in appraised.quarters.items():
        rows = tables.incidents(quarter)
        ratio[period] = rows.adjusted[rows.community == tables.WESTMINSTER][0]
        rank[period] = quarter.scores.rank[quarter.scores.community == tables.WESTMINSTER][0]
    rows = tables.incidents(appraised.quarter)
    at = rows.community == tables.WESTMINSTER
    assert all(tables.standing(v)[at] == 32 for v in (rows.numerator, rows.crude, rows.adjusted))  # last by all three
    assert ratio["2020Q2"] < 0.5 and rank["2020Q2"] <= 5 and rank["2021Q4"] == 32
    assert np.median(rows.adjusted) > 1


@needs_london
@pytest.mark.slow
def test_what_the_page_says_of_the_gate_in_words_is_so(appraised):
    proposed = [quarter.proposals for quarter in appraised.quarters.values()]
    held = dict.fromkeys(tables.ADVERSE, 0)
    seen = dict(held)
    for rows in proposed:
        for kind, stops in zip(rows.kind, rows.blocked_by, strict=True):
            if kind in seen:
                seen[kind] += 1
                held[kind] += "evidence" in stops
    assert 0 < held["notice"] < seen["notice"]
    assert held["transfer_review"] == 0 < seen["transfer_review"]
    last = proposed[-1].rows(proposed[-1].kind == "notice")
    assert not last.distinguishable.any() and "evidence" not in last.blocked_by[0]


@needs_london
@pytest.mark.slow
def test_facts_of_the_place_move_more_ranks_than_assumptions_about_noise(appraised):
    rank = appraised.quarter.scores.rank
    moved = {said: np.abs(quarter.scores.rank - rank) for said, quarter in appraised.otherwise.items()}
    facts = moved.pop("deprivation left out")
    assert all((facts > 3).sum() > (noise > 3).sum() and facts.max() > noise.max() for noise in moved.values())


NUMBER = re.compile(r"-?\d[\d,]*(?:\.\d+)?")


def assert_same_but_for_the_last_figure(told, run, step=None):
    """Same words; a number may be off by one of its last figure, or by ``step`` (other machines round otherwise)."""
    told, run = (re.sub(r"\s+", " ", text) for text in (told, run))
    assert NUMBER.sub("#", told) == NUMBER.sub("#", run)
    for ours, theirs in zip(NUMBER.findall(told), NUMBER.findall(run), strict=True):
        off = step or 10.0 ** -len(ours.partition(".")[2])
        assert float(ours.replace(",", "")) == pytest.approx(float(theirs.replace(",", "")), abs=off * 1.001), ours
