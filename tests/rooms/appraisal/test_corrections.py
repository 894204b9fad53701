"""R-74 and R-31: a correction is a new revision, and every effect of it is worked out again."""

from datetime import date

import pytest

from linli.ground.officers.models import Relation
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.appraisal import actions, queries
from linli.quarter.appraisal.models import Computation, PublishedScore
from linli.quarter.indicators.models import Revision

RIGHT = {("C08", "visibility"): {"numerator": 250.0, "denominator": 260.0}}


def _correct(quarter, cycle=None, **more):
    how = {"by": quarter.personnel, "changes": RIGHT, "reason": "漏計巡查", "approved_by": quarter.second} | more
    with clock.at(date(2026, 11, 2)):
        return actions.correct(cycle=cycle or quarter.cycle, **how)


def test_a_correction_is_a_new_revision_computed_at_once(quarter):
    quarter.computed()
    before = quarter.cycle.current
    after = _correct(quarter)
    assert (after.revision.number, after.revision.reason, after.revision.approved_by) == (2, "漏計巡查", "personnel2")
    assert quarter.read().current == after and Computation.objects.count() == 2
    assert Revision.objects.get(number=1).sha256 == before.revision.sha256


def test_what_it_moved_is_said_value_by_value(quarter):
    quarter.computed()
    before = quarter.cycle.current
    moved = queries.diff(before, _correct(quarter))
    figures = {(*one.key, one.column): (one.before, one.after) for one in moved.figures}
    assert figures["C08", "visibility", "numerator"] == (184.0, 250.0)
    scores = {(one.key[0], one.column): (one.before, one.after) for one in moved.scores}
    assert scores["O08", "score"][1] > scores["O08", "score"][0]
    assert not queries.diff(before, before)


def test_a_figure_can_be_taken_out_and_is_then_missing_and_not_zero(quarter):
    quarter.computed()
    after = _correct(quarter, changes={("C08", "visibility"): None})
    row = after.figures.get(community="C08", rate="visibility")
    assert (row.status, row.points) == ("no_evidence", None)


@pytest.mark.parametrize("approver", ["personnel", "o07", "stranger", "nobody", ""])
def test_somebody_else_of_the_bureau_approves_it(quarter, approver):
    quarter.computed()
    with pytest.raises(Refused):
        _correct(quarter, approved_by=approver)
    assert Revision.objects.count() == 1


def test_relatives_neither_correct_nor_approve(quarter):
    quarter.computed()
    Relation.objects.create(officer=quarter.officer("O08"), relative=quarter.second, kind="spouse")
    with pytest.raises(NotAllowed):
        _correct(quarter)
    assert Revision.objects.count() == 1


@pytest.mark.parametrize("more", [{"changes": {}}, {"reason": "  "}])
def test_without_a_change_or_a_reason_nothing_is_corrected(quarter, more):
    quarter.computed()
    with pytest.raises(Refused):
        _correct(quarter, **more)


def test_before_the_score_there_is_nothing_to_correct_here(quarter):
    with pytest.raises(Refused, match="not computed"):
        _correct(quarter)


def test_after_publication_the_published_lines_change_and_the_trail_says_whose(quarter):
    quarter.published()
    stood = PublishedScore.objects.get(officer="O08").score
    after = _correct(quarter)
    now = PublishedScore.objects.get(officer="O08")
    assert now.score > stood and now.computation == after
    assert PublishedScore.objects.exclude(computation=after).count() == 0
    assert "O08" in Entry.objects.get(action="appraisal.republish").facts
    assert quarter.read().state == "published"


def test_a_correction_that_lifts_an_officer_off_the_bottom_ends_the_streak_in_later_quarters(full_cast):
    personnel, secretary = full_cast.user("personnel"), full_cast.user("secretary")

    def published(period, freeze, notice, publish):
        with clock.at(freeze):
            cycle = actions.open_cycle(by=personnel, bureau=full_cast.bureau, period=period)
            actions.compute(by="linli", revision=actions.freeze(by=personnel, cycle=cycle))
        with clock.at(notice):
            actions.give_notice(by=personnel, cycle=cycle)
        with clock.at(publish):
            return actions.publish(by=personnel, cycle=cycle, minute_number="2026-1")

    second = published("2026Q2", date(2026, 7, 7), date(2026, 7, 10), date(2026, 7, 20))
    third = published("2026Q3", date(2026, 10, 13), date(2026, 10, 19), date(2026, 10, 28))
    kinds = _kinds(third.current, "O08")
    assert PublishedScore.objects.get(period="2026Q2", officer="O08").rank == 10 and "transfer_review" in kinds
    rates = list(second.current.figures.filter(community="C08", denominator__gt=0).values_list("rate", "denominator"))
    shares = ("visibility", "disputes", "prevention")
    best = {("C08", rate): {"numerator": due} for rate, due in rates if rate in shares}
    with clock.at(date(2026, 11, 2)):
        actions.correct(by=personnel, cycle=second, changes=best, reason="整季漏報", approved_by=secretary)
    assert PublishedScore.objects.get(period="2026Q2", officer="O08").rank < 10
    third.refresh_from_db()
    assert third.current.revision.number == 2 and "2026Q2" in third.current.revision.reason
    assert "transfer_review" not in _kinds(third.current, "O08") and "notice" in _kinds(third.current, "O08")


def _kinds(computation, officer):
    found = queries.quarter_of(computation).proposals
    return set(found.kind[found.officer == officer])
