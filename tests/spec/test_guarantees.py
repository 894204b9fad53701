"""The section *Guarantees* of docs/methods/score.md, line by line: each line there names one test here."""

import re
from dataclasses import fields, replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heng import allowance, points, quarter, ranking
from heng.evidence import text
from heng.results import RANKED
from heng.scheme import HIGHER
from linli.book.read import read_book
from linli.book.scheme import read_scheme

ROOT = Path(__file__).resolve().parents[2]
COUNTY, PERIOD, PLACE = ROOT / "examples" / "county", "2026Q3", "C06"
RATES = ("satisfaction", "familiarity", "incidents", "prevention", "leads", "visibility", "disputes")
FIGURES = ("crude", "expected", "adjusted", "own_weight", "points")


@cache
def county():
    return read_book(COUNTY)[0], read_scheme(COUNTY / "scheme.toml")


def appraised(book, seed=1, draws=100):
    return quarter.appraise(book, county()[1], PERIOD, seed, draws)


@pytest.fixture(scope="module")
def usual():
    return appraised(county()[0])


def now(evidence, rate=None, place=None):
    """Mask of the quarter's rows, of one rate or place if named."""
    found = evidence.period == PERIOD
    for column, wanted in ((evidence.rate, rate), (evidence.community, place)):
        found = found & (column == wanted) if wanted else found
    return found


def with_evidence(change):
    """The county with its evidence changed: ``change(evidence) -> evidence``."""
    book, _ = county()
    return replace(book, evidence=change(book.evidence))


def added(which, column, more):
    """A change of evidence: ``more`` added to a column of the rows that ``which`` picks."""

    def change(evidence):
        values = getattr(evidence, column).copy()
        values[which(evidence)] += more
        return replace(evidence, **{column: values})

    return change


def row(found, rate, place=PLACE):
    return found.indicators.rows(int(np.flatnonzero(now(found.indicators, rate, place))[0]))


def figures(found):
    return {name: getattr(found.indicators, name) for name in FIGURES} | {
        name: getattr(found.scores, name) for name in ("score", "rank", "present_weight")
    }


def same(one, other):
    for name, values in figures(one).items():
        np.testing.assert_array_equal(values, figures(other)[name], err_msg=name)


@pytest.mark.slow
def test_taking_a_figure_away_never_scores_it_zero():
    without = appraised(with_evidence(lambda rows: rows.rows(~now(rows, "prevention", PLACE))))
    gone = row(without, "prevention")
    assert gone.status == "no_evidence" and np.isnan(gone.points)
    kept = [(rate.weight, row(without, rate.id).points) for rate in county()[1].rates if rate.id != "prevention"]
    mean = sum(weight * earned for weight, earned in kept) / sum(weight for weight, _ in kept)
    mine = without.scores.community == PLACE
    assert without.scores.score[mine].tolist() == [points.round_half_up(mean)]


@pytest.mark.slow
def test_seed_and_number_of_draws_move_no_score(usual):
    same(usual, appraised(county()[0], seed=20260930, draws=333))


@pytest.mark.slow
def test_order_of_rows_and_names_move_no_score(usual):
    book, _ = county()
    random = np.random.default_rng(1)
    sheets = {field.name: getattr(book, field.name) for field in fields(book)}
    mixed = {name: sheet.rows(random.permutation(len(sheet))) for name, sheet in sheets.items()}
    mixed["posts"] = replace(mixed["posts"], name=text("someone" for _ in mixed["posts"].name))
    same(usual, appraised(replace(book, **mixed)))


@pytest.mark.slow
@pytest.mark.parametrize("rate", RATES)
def test_a_better_figure_never_earns_fewer_points(usual, rate):
    more = 1 if county()[1].rate(rate).better == HIGHER else -1
    better = appraised(with_evidence(added(lambda rows: now(rows, rate, PLACE), "numerator", more)))
    assert row(better, rate).points >= row(usual, rate).points


@pytest.mark.parametrize("rate", RATES)
def test_a_small_change_of_a_value_is_a_small_change_of_points(rate):
    table = county()[1].rate(rate).points
    values = np.linspace(table[:, 0].min() - 0.1, table[:, 0].max() + 0.1, 100_001)
    steepest = np.abs(np.diff(table[:, 1]) / np.diff(table[:, 0])).max()
    assert np.abs(np.diff(points.of_values(values, table))).max() <= steepest * (values[1] - values[0]) * 1.000001


@pytest.mark.slow
def test_all_may_pass_the_line():
    def excellent(evidence):
        quiet = now(evidence, "incidents")
        well = now(evidence) & ~quiet & (evidence.rate != "leads")
        numerator = np.where(quiet, evidence.numerator // 3, np.where(well, evidence.denominator, evidence.numerator))
        return replace(evidence, numerator=numerator)

    scores = appraised(with_evidence(excellent)).scores
    assert (scores.score[scores.status == RANKED] > 80).all()


@pytest.mark.slow
@pytest.mark.parametrize("rate", ["incidents", "prevention", "leads"])
def test_what_is_expected_of_a_place_does_not_move_with_the_quarter(usual, rate):
    fewer = appraised(with_evidence(added(lambda rows: now(rows, rate), "numerator", -1)))
    of_rate = fewer.indicators.rate == rate
    assert (fewer.indicators.crude[of_rate] < usual.indicators.crude[of_rate]).any()
    np.testing.assert_array_equal(fewer.indicators.expected, usual.indicators.expected)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=12))
def test_equal_scores_share_a_rank_and_the_next_is_skipped(scores):
    above = [sum(other > score for other in scores) for score in scores]
    assert ranking.standing(scores).tolist() == [1 + better for better in above]


@given(
    st.lists(st.tuples(st.integers(0, 10_000), st.integers(1, 300)), min_size=1, max_size=12).filter(
        lambda rows: any(score for score, _ in rows)
    ),
    st.integers(0, 10_000_000),
)
def test_allowances_are_whole_fen_and_sum_to_the_pot(rows, pot):
    scores, months = ([hundredths / 100 for hundredths in column] for column in zip(*rows, strict=True))
    shares = allowance.split(scores, months, pot)
    assert shares.dtype.kind == "i" and shares.sum() == pot and (shares >= 0).all()


@pytest.mark.slow
def test_the_same_inputs_give_the_same_quarter_to_the_last_bit(usual):
    again = appraised(county()[0])
    for table in ("indicators", "scores", "ranks", "proposals", "allowance"):
        one, other = getattr(usual, table), getattr(again, table)
        for field in fields(one):
            assert repr(getattr(one, field.name).tolist()) == repr(getattr(other, field.name).tolist()), field.name


def test_every_adverse_proposal_waits_for_something(usual):
    adverse = np.isin(usual.proposals.kind, ["notice", "talk", "transfer_review"])
    assert adverse.any() and all(usual.proposals.blocked_by[adverse])


def test_page_names_every_test_here_and_no_other():
    page = (ROOT / "docs/methods/score.md").read_text(encoding="utf-8")
    guarantees = page[page.index("## Guarantees") : page.index("## Where it stands")]
    here = {name for name in globals() if name.startswith("test_")} - {"test_page_names_every_test_here_and_no_other"}
    assert set(re.findall(r"`(test_\w+)`", guarantees)) == here
