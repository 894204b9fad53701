"""Which disputes the rate counts and in which quarter: the table ``counted.csv`` is the rule and its test."""

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heng.periods import between
from linli.ground.trail import clock
from linli.work.disputes import actions, days, evidence
from linli.work.disputes.counting import due_in, is_timely
from linli.work.disputes.models import Dispute

with (Path(__file__).parent / "counted.csv").open(encoding="utf-8", newline="") as _file:
    CASES = list(csv.DictReader(_file))
SIGNED = {"both": (True, True), "one": (True, False), "none": (False, False)}


def done(by, dispute, step, *more):
    """One step of a case."""
    asked = {"by": by, "dispute": dispute}
    if step == "consent":
        for side in "ab":
            actions.consent(**asked, side=side, given=True)
    elif step == "decline":
        actions.consent(**asked, side="b", given=False)
    elif step == "appoint":
        actions.appoint(**asked, at=clock.now(), place="社區調解室")
    elif step == "settle":
        actions.settle(**asked, agreement="協議內容", sides_confirm=SIGNED[more[0]])
    elif step in ("confirm", "deny"):
        actions.confirm(**asked, side="b", given=step == "confirm")
    elif step == "deny_by_number":
        code = actions.give_code(**asked, side="b")
        actions.confirm_by_code(bureau=dispute.bureau, code=code, yes=False)
    elif step == "fail":
        actions.fail(**asked, why="各執一詞")
    elif step == "transfer":
        actions.transfer(**asked, to="court", ground="民法典")
    elif step == "strike":
        actions.strike(**asked, why="重複錄入")
    elif step in ("hold", "relapse"):
        actions.follow_up(**asked, relapse=step == "relapse")
    else:
        actions.follow_up(**asked, relapse=True, on=dispute.taken_in_on + timedelta(days=int(more[0])))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["case"])
def test_dispute_is_counted_as_the_table_says(mediation, case):
    start = date.fromisoformat(case["taken_in_on"])
    dispute = mediation.taken_in(start)
    for step in case["steps"].split():
        name, after, *more = step.split(":")
        with clock.at(start + timedelta(days=int(after))):
            done(mediation.mediator, dispute, name, *more)
    dispute.refresh_from_db()
    assert dispute.counts_on == date.fromisoformat(case["counts_on"])
    counted = {
        period: (row.denominator, row.numerator)
        for period in between("2026Q1", "2027Q4")
        for row in evidence.figures(mediation.bureau, period)
    }
    denominator, numerator = int(case["denominator"]), int(case["numerator"])
    assert counted == ({case["quarter"]: (denominator, numerator)} if denominator else {})
    assert is_timely(dispute) == (case["handled_in_time"] == "1") or not denominator


@settings(max_examples=50, deadline=None)
@given(entered=st.integers(0, 200), signed_before=st.integers(0, 30))
def test_counting_day_never_moves_once_it_has_passed_nor_into_the_past(entered, signed_before):
    taken_in = date(2026, 6, 10)
    first, today = days.counts_first(taken_in), taken_in + timedelta(days=entered)
    moved = days.counts_after_settling(first, today - timedelta(days=signed_before), today)
    assert moved == first if today > first else moved > today


def test_dispute_without_a_quarter_of_its_own_gives_no_row_rather_than_zero(mediation):
    mediation.taken_in(date(2026, 9, 1))
    assert list(evidence.figures(mediation.bureau, "2026Q3")) == []
    assert list(evidence.figures(mediation.cast.other_bureau, "2026Q4")) == []


def test_figure_says_beside_itself_what_is_not_scored_and_how_far_the_records_had_come(mediation):
    mediation.closed(date(2026, 6, 10))
    dispute = mediation.taken_in(date(2026, 6, 10))
    with clock.at(date(2026, 6, 11)):
        actions.consent(by=mediation.mediator, dispute=dispute, side="a", given=False)
    (first,) = evidence.figures(mediation.bureau, "2026Q3")
    shown = {str(label): text for label, text in first.shown}
    assert list(shown.values()) == ["1 / 1", "1", "0", "0", "0 / 2", "0 / 1"]
    assert len(first.source) <= 200 and first.revision
    mediation.taken_in(date(2026, 6, 12))
    (second,) = evidence.figures(mediation.bureau, "2026Q3")
    assert second.revision != first.revision and second.denominator == 2


def test_what_was_struck_out_stands_beside_the_rate_and_in_none_of_its_numbers(mediation):
    mediation.closed(date(2026, 6, 10))
    dispute = mediation.taken_in(date(2026, 6, 10))
    with clock.at(date(2026, 6, 12)):
        actions.strike(by=mediation.mediator, dispute=dispute, why="重複錄入")
    (row,) = evidence.figures(mediation.bureau, "2026Q3")
    shown = {str(label): text for label, text in row.shown}
    assert (row.numerator, row.denominator) == (1, 1) and shown["不計：註銷"] == "1"
    assert dispute in due_in(mediation.bureau, "2026Q3")


def test_figure_is_provisional_until_every_day_has_passed_and_every_agreement_was_looked_at(mediation):
    dispute = mediation.settled(date(2026, 6, 10))  # counts on the fourteenth of August
    mediation.taken_in(date(2026, 6, 10))  # on the eighth of September
    said = {}
    for day in (date(2026, 9, 8), date(2026, 9, 9)):
        with clock.at(day):
            said[day.day] = [row.provisional for row in evidence.figures(mediation.bureau, "2026Q3")]
    with clock.at(date(2026, 9, 10)):
        actions.follow_up(by=mediation.mediator, dispute=dispute, relapse=False)
        looked = [row.provisional for row in evidence.figures(mediation.bureau, "2026Q3")]
    assert (said, looked) == ({8: [True], 9: [True]}, [False])
    with clock.at(date(2026, 9, 8)):
        assert [row.provisional for row in evidence.figures(mediation.bureau, "2026Q3")] == [True]


def test_reading_a_quarter_takes_as_many_queries_for_many_disputes_as_for_one(mediation, django_assert_max_num_queries):
    for day in range(1, 13):
        mediation.settled(date(2026, 6, day))
    with django_assert_max_num_queries(2):
        assert [row.denominator for row in evidence.figures(mediation.bureau, "2026Q3")] == [12]
    assert due_in(mediation.bureau, "2026Q3").count() == Dispute.objects.count()


def test_path_leads_to_the_records_of_this_rooms_rate_alone(mediation):
    found = evidence.path(mediation.bureau, "2026Q3", mediation.community, "disputes")
    assert found == "/disputes/linjiang/2026Q3/C01/"
    assert evidence.path(mediation.bureau, "2026Q3", mediation.community, "leads") == ""
