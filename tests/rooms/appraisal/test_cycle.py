"""A quarter from its opening to publication: each step once, and nothing half done."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from linli.book.frozen import sha256
from linli.ground.jobs import actions as jobs
from linli.ground.jobs.models import Job
from linli.ground.trail import clock
from linli.ground.trail.immutable import Written
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.appraisal import actions, queries
from linli.quarter.appraisal.computing import worked_out
from linli.quarter.appraisal.models import Computation, Cycle, Figure, PublishedScore, Score
from tests.rooms.appraisal.conftest import FROZEN_ON, LAST_DAY, PERIOD


def test_a_quarter_goes_from_open_to_published(quarter):
    assert quarter.cycle.state == "open"
    assert quarter.frozen().state == "frozen"
    with clock.at(FROZEN_ON):
        jobs.work_one()
    assert quarter.read().state == "computed"
    with clock.at(date(2026, 10, 19)):
        actions.give_notice(by=quarter.personnel, cycle=quarter.cycle)
    assert (quarter.read().state, quarter.cycle.objections_until) == ("noticed", LAST_DAY)
    with clock.at(date(2026, 10, 27)):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number=" 2026-41 ")
    assert (quarter.read().state, quarter.cycle.minute_number) == ("published", "2026-41")


def test_each_step_leaves_a_trail(quarter):
    quarter.published()
    done = list(Entry.objects.filter(subject=f"cycle:{PERIOD}").order_by("number").values_list("action", flat=True))
    verbs = ("open_cycle", "freeze", "compute", "give_notice", "publish")
    assert done == [f"appraisal.{verb}" for verb in verbs]


@pytest.mark.parametrize("period, said", [("2026Q5", "no quarter"), ("", "no quarter"), ("2027Q1", "not begun")])
def test_only_a_quarter_that_has_begun_is_opened(cast, period, said):
    with clock.at(date(2026, 10, 8)), pytest.raises(Refused, match=said):
        actions.open_cycle(by=cast.user("personnel"), bureau=cast.bureau, period=period)


def test_a_quarter_is_opened_once(quarter):
    with clock.at(date(2026, 7, 7)), pytest.raises(Refused, match="open already"):
        actions.open_cycle(by=quarter.personnel, bureau=quarter.bureau, period=PERIOD)


def test_a_quarter_is_opened_under_the_scheme_of_its_first_day_and_not_without_one(cast):
    with clock.at(date(2026, 7, 7)):
        made = actions.open_cycle(by=cast.user("personnel"), bureau=cast.bureau, period="2026Q2")
        assert made.scheme == cast.scheme
        with pytest.raises(Refused, match="No scheme"):
            actions.open_cycle(by=cast.user("personnel"), bureau=cast.bureau, period="2024Q4")


@pytest.mark.parametrize("name", ["o08", "leader1", "secretary", "supervision", "stranger", "administrator"])
def test_nobody_but_the_personnel_office_of_the_bureau_freezes(quarter, name):
    with clock.at(FROZEN_ON), pytest.raises(NotAllowed):
        actions.freeze(by=quarter.cast.user(name), cycle=quarter.cycle)
    assert quarter.read().state == "open"


def test_a_quarter_is_not_frozen_before_it_is_over(quarter):
    with clock.at(date(2026, 9, 30)), pytest.raises(Refused, match="not over"):
        actions.freeze(by=quarter.personnel, cycle=quarter.cycle)


def test_a_quarter_nobody_supplied_a_figure_for_is_not_frozen(cast):
    with clock.at(FROZEN_ON):
        cycle = actions.open_cycle(by=cast.user("personnel"), bureau=cast.bureau, period=PERIOD)
        with pytest.raises(Refused):
            actions.freeze(by=cast.user("personnel"), cycle=cycle)
    assert Cycle.objects.get(pk=cycle.pk).state == "open" and not Job.objects.exists()


def test_frozen_twice_is_refused_and_asks_for_no_second_computation(quarter):
    quarter.frozen()
    with clock.at(FROZEN_ON), pytest.raises(Refused, match="no longer at this step"):
        actions.freeze(by=quarter.personnel, cycle=quarter.cycle)
    assert Job.objects.count() == 1


def test_a_stale_page_cannot_take_a_step_twice(quarter):
    stale = Cycle.objects.get(pk=quarter.cycle.pk)
    quarter.noticed()
    assert stale.state == "open"
    with clock.at(date(2026, 10, 20)), pytest.raises(Refused, match="no longer at this step"):
        actions.give_notice(by=quarter.personnel, cycle=stale)


def test_the_computation_is_the_same_heng_and_kept_whole(quarter):
    quarter.computed()
    found = queries.quarter_of(quarter.cycle.current)
    assert (found.seed, found.draws, found.period) == (20260930, 20000, PERIOD)
    assert sha256(quarter.cycle.current.quarter) == quarter.cycle.current.sha256
    assert Score.objects.count() == len(found.scores) and Figure.objects.count() == len(found.indicators)
    rows = {(row.officer, row.community): row for row in Score.objects.all()}
    for i, officer in enumerate(found.scores.officer):
        row = rows[officer, found.scores.community[i]]
        assert row.score is None or float(row.score) == found.scores.score[i]
        assert (row.rank is None) == (row.status != "ranked")


def test_what_is_unknown_is_null_and_never_zero(quarter):
    quarter.computed()
    assert Score.objects.filter(status="not_ranked:short_post", score=None, rank=None).exists()
    blank = Figure.objects.filter(status="no_evidence")
    assert blank.exists() and not blank.exclude(points=None).exists()


def test_computed_twice_is_computed_once(quarter):
    quarter.computed()
    first = quarter.cycle.current
    again = actions.compute(by="linli", revision=quarter.revision)
    assert (again.pk, Computation.objects.count()) == (first.pk, 1)
    assert Score.objects.count() == 11


def test_a_computation_never_changes(quarter):
    quarter.computed()
    with pytest.raises(Written):
        Computation.objects.update(seed=1)
    with pytest.raises(Written):
        quarter.cycle.current.save()


@pytest.mark.parametrize("line", ["before", "kept"])
def test_a_worker_that_dies_is_followed_by_another_without_harm(quarter, line):
    quarter.frozen()
    with clock.at(FROZEN_ON):
        job = jobs.take()
        quarter_found = worked_out(quarter.revision)
        if line == "kept":  # it died after keeping the result and before saying so
            actions.compute(by="linli", revision=quarter.revision, quarter=quarter_found)
        Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))
        assert jobs.work_one()
    assert Job.objects.get().state == "done" and Computation.objects.count() == 1
    assert quarter.read().state == "computed" and Score.objects.count() == 11


def test_a_computation_that_stopped_can_be_asked_for_again(quarter, monkeypatch):
    quarter.frozen()
    fault = {"appraisal.compute": lambda job, progress: 1 / 0}
    with clock.at(FROZEN_ON):
        kept = dict(jobs.KINDS)
        monkeypatch.setitem(jobs.KINDS, "appraisal.compute", fault["appraisal.compute"])
        jobs.work_one()
        assert Job.objects.get().state == "failed" and quarter.read().state == "frozen"
        monkeypatch.setitem(jobs.KINDS, "appraisal.compute", kept["appraisal.compute"])
        actions.ask_again(by=quarter.personnel, cycle=quarter.cycle)
        assert jobs.work_one() and not jobs.work_one()
    assert quarter.read().state == "computed"


def test_an_older_revision_computed_late_does_not_take_the_place_of_a_newer(quarter):
    quarter.computed()
    with clock.at(date(2026, 10, 14)):
        newer = actions.correct(
            by=quarter.personnel, cycle=quarter.cycle, changes={("C08", "visibility"): {"numerator": 190.0}},
            reason="漏計", approved_by=quarter.second,
        )  # fmt: skip
    actions.compute(by="linli", revision=quarter.revision)
    assert quarter.read().current_id == newer.pk


def test_nothing_is_published_while_objections_may_still_be_sent(quarter):
    quarter.noticed()
    with clock.at(LAST_DAY), pytest.raises(Refused, match="until"):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="2026-41")
    assert not PublishedScore.objects.exists()


def test_nothing_is_published_without_a_minute(quarter):
    quarter.noticed()
    with clock.at(date(2026, 10, 27)), pytest.raises(Refused, match="minute"):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="  ")


def test_nothing_is_published_while_an_answer_is_owed_and_overdue_ones_are_named(quarter):
    quarter.noticed()
    sent = quarter.objection()
    with clock.at(date(2026, 10, 27)), pytest.raises(Refused, match="still wait"):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="2026-41")
    with clock.at(date(2026, 10, 28)), pytest.raises(Refused, match=f"overdue: {sent.reference}"):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="2026-41")
    assert quarter.read().state == "noticed"


def test_a_quarter_that_was_not_noticed_is_not_published(quarter):
    quarter.computed()
    with clock.at(date(2026, 10, 28)), pytest.raises(Refused, match="no longer at this step"):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="2026-41")


def test_published_scores_are_history_and_the_quarter_itself_is_not_computed_with_its_own(quarter):
    quarter.published()
    assert set(queries.history_of(quarter.bureau).period) == {PERIOD}
    assert len(queries.history_of(quarter.bureau, before=PERIOD)) == 0
    last = PublishedScore.objects.get(officer="O08")
    assert (last.ranked, last.rank, last.computation) == (True, 9, quarter.cycle.current)


def test_names_are_for_those_who_run_the_quarter_until_it_is_published(quarter):
    seen = {"before": set(), "after": set()}
    names = ("personnel", "secretary", "leader1", "o08", "station", "command", "supervision", "cadre", "auditor")
    quarter.noticed()
    seen["before"] = {n for n in names if queries.may_see_names(quarter.cast.user(n), quarter.cycle)}
    with clock.at(date(2026, 10, 27)):
        actions.publish(by=quarter.personnel, cycle=quarter.cycle, minute_number="2026-41")
    seen["after"] = {n for n in names if queries.may_see_names(quarter.cast.user(n), quarter.read())}
    assert seen["before"] == {"personnel", "secretary", "leader1"}
    assert seen["after"] == seen["before"] | {"o08", "station", "command", "supervision"}
    assert not queries.may_see_names(quarter.cast.user("stranger"), quarter.cycle)


def test_the_distribution_has_a_score_for_each_ranked_post_and_no_name(quarter):
    quarter.computed()
    scores = queries.distribution(quarter.cycle.current)
    assert len(scores) == 9 and scores == sorted(scores, reverse=True)


def test_the_own_figures_are_seen_from_the_freeze_on_and_the_score_when_it_is_computed(quarter):
    officer = quarter.officer("O08")
    assert not queries.own_figures(quarter.cycle, officer).exists()
    quarter.frozen()
    assert {value.community for value in queries.own_figures(quarter.cycle, officer)} == {"C08"}
    assert not queries.own_lines(quarter.cycle, officer).exists()
    with clock.at(FROZEN_ON):
        jobs.work_one()
    assert queries.own_lines(quarter.read(), officer).get().rank == 9


def test_the_whole_quarter_is_shown_in_the_languages_of_the_pages(quarter):
    quarter.computed()
    assert queries.shown(quarter.cycle.current, "zh-hant").rate("visibility") == "見警率"
    assert queries.shown(quarter.cycle.current, "zh-hans").rate("visibility") == "见警率"
    assert queries.shown(quarter.cycle.current, "en").by_rank[0].rank == 1


def test_a_clock_set_back_takes_no_step(quarter):
    quarter.computed()
    with clock.at(date(2026, 10, 9)), pytest.raises(Refused, match="clock"):
        actions.give_notice(by=quarter.personnel, cycle=quarter.cycle)
    quarter.read()
    assert quarter.cycle.state == "computed" and quarter.cycle.objections_until is None
