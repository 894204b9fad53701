"""Standings from published history and from scores; streaks and findings at their edges."""

import math

import numpy as np
import pytest

from heng.evidence import History, numbers, text
from heng.rules import bottom_findings, spared
from heng.scheme import Bottom, Ranking, Scheme
from heng.standings import BOTH, EVIDENCE, HISTORY, of_history, of_scores
from heng.ties import untie
from heng.year_end import year_findings

SCHEME = Scheme("test", "1", "2026-01-01", rates=())
ALL_TIED = Scheme("test", "1", "2026-01-01", rates=(), ranking=Ranking(bottom_tie="all"))


def history(*rows, period="2026Q2"):
    """History of (officer, community, score, rank); rank None = not ranked."""
    officer, community, score, rank = zip(*rows, strict=True)
    ranked = np.array([one is not None for one in rank])
    return History(text([period] * len(rows)), text(officer), text(community), numbers(score), numbers(rank), ranked)


PUBLISHED = history(
    ("O1", "C1", 90, 1), ("O2", "C2", 85, 2), ("O3", "C3", 80, 3), ("O4", "C4", 75, 4), ("O5", "C5", None, None)
)  # fmt: skip


def test_quarter_that_was_never_published_is_unknown():
    assert of_history(PUBLISHED, "2026Q1", SCHEME) is None


def test_printed_rank_decides_and_not_the_score():
    odd = history(("O1", "C1", 90, 1), ("O2", "C2", 75, 2), ("O3", "C3", 80, 3), ("O4", "C4", 75, 4))
    assert [one.officer for one in of_history(odd, "2026Q2", SCHEME) if one.last] == ["O4"]


def test_published_officer_without_a_rank_has_neither_rank_nor_score():
    unranked = of_history(PUBLISHED, "2026Q2", SCHEME)[-1]
    assert not unranked.ranked and math.isnan(unranked.rank) and math.isnan(unranked.score) and unranked.of == 4


def test_source_says_whether_the_book_has_evidence_of_a_published_quarter():
    assert of_history(PUBLISHED, "2026Q2", SCHEME)[0].source == HISTORY
    assert of_history(PUBLISHED, "2026Q2", SCHEME, has_evidence=True)[0].source == BOTH
    assert of_scores("2026Q2", ["O1"], ["C1"], [80.0], [True], SCHEME)[0].source == EVIDENCE


def test_last_rank_shared_in_print_stays_shared():
    tied = history(("O1", "C1", 90, 1), ("O2", "C2", 85, 2), ("O3", "C3", 75, 3), ("O4", "C4", 75, 3))
    found = of_history(tied, "2026Q2", SCHEME)
    assert [one.shared_last for one in found] == [False, False, True, True] and not any(one.last for one in found)
    assert [one.last for one in of_history(tied, "2026Q2", ALL_TIED)] == [False, False, True, True]


def test_couple_in_print_is_one_post():
    couple = history(("O1", "C1", 90, 1), ("O2", "C2", 85, 2), ("O3", "C3", 75, 3), ("O4", "C3", 75, 3))
    assert {one.of for one in of_history(couple, "2026Q2", SCHEME)} == {3}


def test_ranked_officer_without_a_score_is_refused():
    with pytest.raises(ValueError, match=r"scores\[1\] is nan, but officer O2 is ranked"):
        of_scores("2026Q3", ["O1", "O2"], ["C1", "C2"], [80.0, np.nan], [True, True], SCHEME)


def test_quarter_of_nobody_has_no_standings():
    assert of_scores("2026Q3", [], [], [], [], SCHEME) == ()


def test_tie_is_named_with_those_who_share_it_and_not_with_those_the_chain_set_apart():
    points = {"C2": {"satisfaction": 90.0}, "C3": {"satisfaction": 70.0}, "C4": {"satisfaction": 70.0}}
    names = ["O1", "O2", "O3", "O4"], ["C1", "C2", "C3", "C4"]
    found = of_scores("2026Q3", *names, [90, 75, 75, 75], [True] * 4, ALL_TIED, points)
    assert found[2].tied_with == ("O2", "O4") and found[2].shared_with == ("O4",)
    (notice, *_) = bottom_findings("2026Q3", {"2026Q3": found}.get, ALL_TIED)
    assert "Tied with O2, O4, parted by points: satisfaction 70.00." in notice.reason
    assert "The last rank is shared with O4." in notice.reason


def test_chain_parts_three_by_two_rates():
    points = {"A": (80, 1), "B": (80, 2), "C": (90, 0)}
    parted = untie("ABC", ("first", "second"), lambda who, rate: float(points[who][rate == "second"]))
    assert [part.members for part in parted] == [("C",), ("B",), ("A",)]
    assert parted[-1].steps == (("first", 80.0), ("second", 1.0))


def test_spared_bottom_is_known_as_such_for_the_circular():
    scheme = Scheme("test", "1", "2026-01-01", rates=(), bottom=Bottom(spare_from=75.0))
    assert [one.officer for one in of_history(PUBLISHED, "2026Q2", scheme) if spared(one, scheme)] == ["O4"]
    assert not any(spared(one, SCHEME) for one in of_history(PUBLISHED, "2026Q2", SCHEME))


def test_pause_passes_over_a_quarter_in_which_only_the_others_are_listed():
    pausing = Scheme("test", "1", "2026-01-01", rates=(), bottom=Bottom(unranked="pause"))
    others = history(*[(f"O{i}", f"C{i}", 90, i) for i in (1, 2, 3)], period="2026Q2")
    known = {"2026Q2": of_history(others, "2026Q2", pausing)}
    for period in ("2026Q1", "2026Q3"):
        everybody = history(*[(f"O{i}", f"C{i}", 95 - 5 * i, i) for i in range(1, 5)], period=period)
        known[period] = of_history(everybody, period, pausing)
    assert {one.streak for one in bottom_findings("2026Q3", known.get, pausing)} == {2}
    assert {one.streak for one in bottom_findings("2026Q3", known.get, SCHEME)} == {1}


def test_review_says_when_the_earlier_quarter_is_known_by_its_result_only():
    now = of_history(PUBLISHED, "2026Q2", SCHEME, has_evidence=True)
    low = history(*[(f"O{i}", f"C{i}", 95 - 5 * i, i) for i in range(1, 5)], period="2026Q1")
    for has_evidence, said in ((False, True), (True, False)):
        quarters = {"2026Q2": now, "2026Q1": of_history(low, "2026Q1", SCHEME, has_evidence)}
        review = bottom_findings("2026Q2", quarters.get, SCHEME)[-1]
        assert (
            review.kind == "transfer_review"
            and ("2026Q1 is known by its published result only" in review.reason) == said
        )


def test_tie_points_of_the_year_are_asked_for_only_when_there_is_a_tie():
    def nobody_asks(period):
        raise AssertionError(period)

    quarters = {f"2026Q{i}": of_history(PUBLISHED, "2026Q2", SCHEME) for i in range(1, 5)}
    assert year_findings("2026Q4", quarters.get, SCHEME, nobody_asks)
