"""A correction is a new revision beside the old one, with its reason, its approver and what moved (R-74)."""

import pytest

from heng import quarter
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.indicators import actions, queries
from linli.quarter.indicators.models import Revision
from tests.rooms.indicators.conftest import PERIOD

CELL = ("C07", "incidents")


@pytest.fixture
def correct(full_cast):
    """``correct(changes, by="personnel", …)`` of the cast's third quarter."""

    def corrected(changes, by="personnel", reason="double count", approved_by="secretary"):
        return actions.correct(
            by=full_cast.user(by), bureau=full_cast.bureau, period=PERIOD, changes=changes, reason=reason,
            approved_by=approved_by, history=full_cast.book.history,
        )  # fmt: skip

    return corrected


def test_correction_is_the_next_revision_and_the_first_stays(froze, correct):
    before = froze.values.get(community="C07", rate="incidents")
    second = correct({CELL: {"numerator": 5.0}})
    assert (second.number, second.reason, second.approved_by) == (2, "double count", "secretary")
    assert second.values.get(community="C07", rate="incidents").numerator == 5
    assert Revision.objects.get(number=1).values.get(community="C07", rate="incidents").numerator == before.numerator
    assert second.values.count() == froze.values.count()


def test_difference_names_the_cell_and_the_field_that_moved(froze, correct):
    second = correct({CELL: {"numerator": 5.0}})
    (moved,) = queries.differences(froze, second)
    assert (moved.community, moved.rate) == CELL
    assert [(old, new) for _label, old, new in moved.rows] == [(moved.before.numerator, 5.0)]


def test_corrected_book_scores_otherwise(full_cast, froze, correct):
    scheme = queries.parsed(full_cast.scheme)
    second = correct({CELL: {"numerator": 0.0}})
    old, new = (quarter.appraise(queries.book_of(r), scheme, PERIOD, draws=0) for r in (froze, second))
    at = list(old.scores.community).index("C07")
    assert new.scores.score[at] > old.scores.score[at]


def test_figure_taken_out_is_missing_and_one_put_in_is_there(froze, correct):
    second = correct({CELL: None})
    assert not second.values.filter(community="C07", rate="incidents").exists()
    third = correct({CELL: {"numerator": 4.0, "denominator": 9000.0}}, by="supervision")
    assert third.number == 3 and third.values.get(community="C07", rate="incidents").denominator == 9000
    evidence = queries.book_of(third).evidence
    assert ((evidence.period == PERIOD) & (evidence.community == "C07")).sum() == 7


@pytest.mark.parametrize(
    ("changes", "more"),
    [
        ({}, {}),
        ({CELL: {"numerator": 0.5}}, {}),
        ({("C99", "incidents"): {"numerator": 1.0, "denominator": 2.0}}, {}),
        ({("C07", "arrests"): {"numerator": 1.0, "denominator": 2.0}}, {}),
        ({("C07", "prevention"): {"numerator": 9.0, "denominator": 2.0}}, {}),
        ({CELL: {"numerator": 5.0}}, {"reason": " "}),
        ({CELL: {"numerator": 5.0}}, {"approved_by": ""}),
    ],
)
def test_correction_without_sense_reason_or_approver_is_refused(froze, correct, changes, more):
    with pytest.raises(Refused):
        correct(changes, **more)
    assert Revision.objects.count() == 1


def test_what_is_not_frozen_is_not_corrected(full_cast, correct):
    with pytest.raises(Refused):
        correct({CELL: {"numerator": 5.0}})


def test_only_supervision_finds_a_frozen_figure_false(froze, correct):
    with pytest.raises(NotAllowed):
        correct({CELL: {"status": "false"}})
    assert correct({CELL: {"status": "false"}}, by="supervision").values.filter(status="false").count() == 1


def test_department_and_stranger_correct_nothing(froze, correct):
    for name in ("command", "stranger", "o07"):
        with pytest.raises(NotAllowed):
            correct({CELL: {"numerator": 5.0}}, by=name)
