"""The doubt is true: intervals hold as often as they say, chances come true, and what speeds the proof up is harmless.

The figures for all sizes are in docs/methods/calibration.md; here is as much of them as a test run can bear.
"""

from dataclasses import replace

import numpy as np
import pytest

from benchmarks.calibration import fixed_spread, kept, prior_drawn, rivals, stages, tally, ten_years, whole_quarter
from heng import laboratory, marginal, posterior
from heng.appraisal import Frame
from heng.posterior import Frozen
from tests.core.county import scheme

KEPT = {name: one["result"] for name, one in kept.read(kept.FULL).items()}


@pytest.mark.slow
@pytest.mark.parametrize(("kind", "size"), [("count", 15), ("share", 100)])
def test_ninety_of_a_hundred_intervals_hold_the_truth_with_ten_places(kind, size):
    found = prior_drawn.cell(kind, size, places=10, groups=500, draws=400, seed=11)
    assert found["covered_error"] < 0.008
    assert abs(found["covered"] - 0.90) < 3 * found["covered_error"]
    evenly = np.array(found["position"]) / 5000  # of the truths in their posteriors, by twentieths
    assert evenly == pytest.approx(np.full(20, 0.05), abs=0.02)


@pytest.mark.slow
def test_chance_of_being_last_comes_true():
    cells = [prior_drawn.cell(kind, size, 10, 300, 1000, seed=12) for kind, size in (("count", 15), ("share", 100))]
    rows = tally.merged(tally.added(cell["last"] for cell in cells), fewest=300)
    assert len(rows) >= 3 and rows[-1][4] > 0.4
    for _, _, _, said, happened, error in rows:
        assert abs(happened - said) < max(0.03, 3 * error)


def test_figures_on_the_page_meet_the_aim_for_every_number_of_places():
    for places in stages.GROUPS:
        covered = [KEPT[f"prior_drawn/{kind}/{size}/{places}"]["covered"] for kind, size in stages.EVIDENCE]
        assert np.mean(covered) == pytest.approx(0.90, abs=0.01)


@pytest.mark.parametrize("what", ["last", "below", "rank"])
@pytest.mark.parametrize("places", stages.GROUPS)
def test_chances_on_the_page_came_true_within_three_hundredths(places, what):
    found = tally.added(KEPT[f"prior_drawn/{kind}/{size}/{places}"][what] for kind, size in stages.EVIDENCE)
    for row in tally.merged(found):
        assert abs(row[4] - row[3]) <= max(0.03, 2 * row[5])


def test_page_leaves_no_cell_out():
    assert {job.name for job in stages.jobs()} == set(KEPT)


def test_spread_of_many_small_counts_is_not_cut_off():
    """A thousand places with three events each: the τ integrated must stand where maximum likelihood finds it."""
    one = laboratory.one_rate("count", 3, places=1000, tau=0.5, shift=0.0, seed=2)
    fit = posterior.fit(one.likelihood, Frozen(0.0, np.zeros(0), np.zeros((1, 1))), np.zeros((1000, 0)), 0.5)
    most_likely = marginal.fit(one.likelihood, np.ones((1000, 1)), precision=np.array([1.0])).tau
    median, low, high = fit.tau()
    assert median == pytest.approx(most_likely, abs=0.03)
    assert low < most_likely - 0.03 and high > most_likely + 0.03


def test_tally_counts_what_was_said_and_what_happened():
    one = tally.tally([0.05, 0.15, 0.15, 1.0], [0, 1, 0, 1], [0, 0, 1, 1])
    assert one["cases"] == [1, 2, 0, 0, 0, 0, 0, 0, 0, 1]
    assert one["predicted"][1] == pytest.approx(0.3) and one["happened"][1] == 1
    assert one["noise"][1] == pytest.approx(0.85**2 + 0.15**2)
    assert tally.added([one, one])["cases"][1] == 4


@pytest.mark.parametrize("fewest", [1, 3, 1000])
def test_merging_tenths_loses_no_case(fewest):
    random = np.random.default_rng(3)
    p = random.beta(0.5, 2, 400)
    one = tally.tally(p, random.random(400) < p, np.arange(400))
    rows = tally.merged(one, fewest)
    assert sum(row[2] for row in rows) == 400 and rows[0][0] == 0.0
    assert [row[1] for row in rows[:-1]] == [row[0] for row in rows[1:]]
    assert len(rows) == 1 or min(row[2] for row in rows) >= fewest


def test_a_wrong_forecaster_is_caught():
    random = np.random.default_rng(4)
    p = random.random(5000)
    honest, bold = (tally.tally(said, random.random(5000) < p, np.arange(5000)) for said in (p, p**2))
    assert abs(tally.worst(honest, 300)[0]) < 0.08 < 0.2 < abs(tally.worst(bold, 300)[0])


def test_raw_figures_keep_their_promise_and_a_plugged_in_spread_does_not():
    found = fixed_spread.cell("count", 15, places=10, tau=0.1, groups=40, seed=5)
    assert found["raw"]["ratio"] == 1.0 and found["raw"]["covered"] >= 0.88
    assert found["plug_in"]["covered"] < 0.75 < 0.85 < found["linli"]["covered"]
    assert found["linli"]["ratio"] + 3 * found["linli"]["ratio_error"] < 1


@pytest.mark.parametrize("method", [rivals.raw, rivals.plug_in, rivals.dersimonian_laird])
@pytest.mark.parametrize(("kind", "size"), [("count", 60), ("share", 400)])
def test_rivals_near_the_truth_when_evidence_is_rich(method, kind, size):
    one = laboratory.one_rate(kind, size * 50, places=30, level=0.0, tau=0.4, shift=0.0, seed=6)
    truth = np.exp(one.u) if kind == "count" else 1 / (1 + np.exp(-one.u))
    middle, low, high = method(kind, one.numerator[None], one.denominator[None])
    assert middle[0] == pytest.approx(truth, rel=0.08)
    assert (low < middle).all() and (middle < high).all()


def test_plug_in_believes_in_no_spread_when_all_look_alike():
    middle, low, high = rivals.plug_in("count", np.full((1, 10), 5.0), np.full((1, 10), 5.0))
    assert middle == pytest.approx(np.ones((1, 10)), abs=0.01) and (high - low).max() < 0.02


def test_dersimonian_and_lairds_moments_agree_with_their_formula_by_hand():
    value, variance = np.array([0.0, 1.0, 3.0]), np.array([1.0, 1.0, 1.0])
    assert rivals._moments(value, variance) == pytest.approx((14 / 3 - 2) / 2)  # (Q − 2) / (3 − 3/3)


def decade_world(seed=7, counties=2):
    """A scene of the ten years and one quarter's evidence in it."""
    plan, random = whole_quarter.known_plan(scheme()), np.random.default_rng(seed)
    world = ten_years.scene(scheme(), plan, counties, random)
    effect = random.standard_normal((counties, ten_years.PLACES, len(scheme().rates)))
    return world, ten_years.seen(world, effect, random)


def as_book(world, now, county):
    """The same evidence as a book, appraised like any other."""
    plan = replace(world.plan, places=ten_years.PLACES)
    book = laboratory.county(world.scheme, plan).book
    for k, (mean, sd) in enumerate(plan.facts.values()):
        book.communities.facts[list(plan.facts)[k]][:] = mean + sd * world.x[county, :, k]
    for rate, (numerator, denominator) in now["counted"].items():
        rows = book.evidence.rate == rate
        book.evidence.numerator[rows], book.evidence.denominator[rows] = numerator[county], denominator[county]
    return book


def test_scores_of_the_ten_years_are_an_appraisals_to_a_tenth_of_a_point():
    world, now = decade_world()
    found = ten_years.scores(world, now)
    used = whole_quarter.knowing(world.scheme, world.plan)
    for county in range(2):
        exact = Frame(as_book(world, now, county), used).appraisal(whole_quarter.PERIOD).composite.score
        assert np.sqrt(((found[county] - exact) ** 2).mean()) < 0.1
        assert found[county] == pytest.approx(exact, abs=0.3)


def test_review_needs_the_same_last_twice_and_both_below_the_line():
    def quarter(*scores):
        return {"score": np.array([scores], dtype=float)}

    def called(first, second):
        ten_years.calls(first, None, scheme())
        return ten_years.calls(second, first, scheme())

    assert called(quarter(70, 90, 85), quarter(75, 90, 85)) == [(0, 0)]
    assert called(quarter(70, 90, 85), quarter(95, 90, 75)) == []
    assert called(quarter(70, 90, 85), quarter(80, 90, 85)) == []
    assert called(quarter(70, 70, 85), quarter(75, 90, 85)) == []


def test_weak_officer_goes_and_average_ones_stay_when_the_evidence_is_asked():
    plan = whole_quarter.known_plan(scheme())
    found = ten_years.cell(scheme(), plan, "one_weak", "raw", counties=3, seed=8)
    assert found["weak"] == 3 and found["weak_stayed"] == 0 and found["good"] == 27
    assert found["sent"] == found["sent_good"] + len(found["weak_gone_after"])


def test_every_cell_has_a_name_of_its_own_and_kept_ones_are_not_done_again():
    every = stages.jobs()
    assert len({job.name for job in every}) == len(every)
    done = every[0]
    stored = {done.name: {"settings": stages.described(done), "core": "here", "result": {}}}
    assert done not in kept.missing(every, stored, "here") and done in kept.missing(every, stored, "elsewhere")
    assert len(kept.missing(every, {}, "here")) == len(every)
