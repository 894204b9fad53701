"""Quarters from before Linli, and the vectors of rules K that concern whole cycles."""

from datetime import date

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.appraisal import actions, queries
from linli.quarter.appraisal.models import PublishedScore
from tests.rooms.appraisal.conftest import FROZEN_ON

LINE = {"period": "2026Q2", "officer": "O08", "community": "C08", "score": "79.99", "rank": 9, "ranked": True}
OTHER = LINE | {"officer": "O07", "community": "C07", "score": "91.00", "rank": 1}


def _import(cast, *rows):
    return actions.import_history(by=cast.user("personnel"), bureau=cast.bureau, rows=rows)


def test_imported_quarters_are_history_as_the_core_reads_it(cast):
    _import(cast, LINE, LINE | {"officer": "O09", "community": "C09", "score": "", "rank": "", "ranked": False})
    found = queries.history_of(cast.bureau)
    assert list(found.officer) == ["O08", "O09"] and found.score[0] == 79.99 and list(found.ranked) == [True, False]
    assert found.score[1] != found.score[1]  # not known, not 0


def test_the_same_row_twice_is_one(cast):
    assert len(_import(cast, LINE)) == 1 and len(_import(cast, LINE)) == 0


@pytest.mark.parametrize(
    "row",
    [
        LINE | {"score": "81"},
        LINE | {"period": "2026Q9"},
        LINE | {"score": "many"},
        LINE | {"score": "101", "officer": "O01"},
        LINE | {"rank": "", "officer": "O01"},
        {"period": "2026Q2"},
    ],
)
def test_a_wrong_row_is_named_and_nothing_is_half_imported(cast, row):
    _import(cast, LINE)
    with pytest.raises(Refused, match="Row 2"):
        _import(cast, OTHER, row)
    assert PublishedScore.objects.count() == 1


def test_a_quarter_appraised_here_cannot_be_imported_nor_an_imported_one_opened(quarter):
    with pytest.raises(Refused, match="appraised here"):
        _import(quarter.cast, LINE | {"period": "2026Q3"})
    _import(quarter.cast, LINE)
    with clock.at(FROZEN_ON), pytest.raises(Refused, match="before Linli"):
        actions.open_cycle(by=quarter.personnel, bureau=quarter.bureau, period="2026Q2")


def test_history_is_the_personnel_offices_to_import(cast):
    with pytest.raises(NotAllowed):
        actions.import_history(by=cast.user("o08"), bureau=cast.bureau, rows=[LINE])


def _kinds(quarter, officer="O08"):
    found = queries.quarter_of(quarter.cycle.current).proposals
    return {
        (kind, rule) for kind, rule, who in zip(found.kind, found.rule, found.officer, strict=True) if who == officer
    }


def _history(last_score, ranked=True, period="2026Q2"):
    """A whole quarter as it was published, O08 on the last rank."""
    rows = [OTHER | {"officer": f"O0{n}", "community": f"C0{n}", "score": f"{92 - n}", "rank": n} for n in range(1, 8)]
    last = {"score": last_score, "rank": 8} if ranked else {"score": "", "rank": "", "ranked": False}
    return [row | {"period": period} for row in (*rows, LINE | last)]


def test_vector_1_last_twice_below_80_is_a_transfer_proposal(quarter):
    _import(quarter.cast, *_history("79.99"))
    quarter.computed()
    assert ("transfer_review", "R-31") in _kinds(quarter)
    blocked = queries.quarter_of(quarter.cycle.current).proposals
    of_transfer = blocked.blocked_by[(blocked.officer == "O08") & (blocked.kind == "transfer_review")][0]
    assert {"objection_period", "minute_number"} <= set(of_transfer)


def test_vector_2_last_with_80_before_is_no_transfer(quarter):
    _import(quarter.cast, *_history("80.00"))
    quarter.computed()
    assert {kind for kind, _ in _kinds(quarter)} == {"notice", "talk"} and ("notice", "R-32") in _kinds(quarter)


def test_vector_3_an_unranked_quarter_in_between_resets_the_streak(quarter):
    _import(quarter.cast, *_history("75.00", period="2026Q1"), *_history("", ranked=False))
    quarter.computed()
    assert _kinds(quarter) == {("notice", "R-30"), ("talk", "R-30")}


def test_vector_10_the_published_value_counts_for_the_streak(quarter):
    _import(quarter.cast, *_history("79.995"))
    assert PublishedScore.objects.get(officer="O08").score == 80
    quarter.computed()
    assert "transfer_review" not in {kind for kind, _ in _kinds(quarter)}


def test_several_bureaus_are_computed_one_after_the_other_from_the_queue(quarter):
    from linli.ground.jobs.actions import work_one

    with clock.at(date(2026, 10, 13)):
        for period in ("2026Q1", "2026Q2"):
            cycle = actions.open_cycle(by=quarter.personnel, bureau=quarter.bureau, period=period)
            actions.freeze(by=quarter.personnel, cycle=cycle)
        actions.freeze(by=quarter.personnel, cycle=quarter.cycle)
        while work_one():
            pass
    assert {cycle.state for cycle in queries.cycles_of(quarter.bureau)} == {"computed"}


def test_an_import_is_undone_until_a_quarter_has_looked_back_on_it(quarter):
    _import(quarter.cast, LINE, OTHER)
    undo = {"by": quarter.personnel, "bureau": quarter.bureau, "why": "錄入有誤"}
    assert actions.take_out_history(**undo, keys=[("2026Q2", "O08")]) == 1
    assert list(queries.history_of(quarter.bureau).officer) == ["O07"]
    quarter.frozen()
    with pytest.raises(Refused, match="looked back"):
        actions.take_out_history(**undo, keys=[("2026Q2", "O07")])
