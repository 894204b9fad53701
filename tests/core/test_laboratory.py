"""The laboratory: what is put in is there to be found, faults show, and a seed says all."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit

from heng import laboratory, points, quarter
from heng.faults import Faults
from heng.scheme import Complexity
from tests.core import county as invented
from tests.core.simulated import BETA, LEVEL, QUARTERS, TAU, plan, rates, scheme

INCIDENTS, PREVENTION = rates()


def faulty(places=400, **faults):
    return laboratory.county(scheme(), plan(places=places, faults=Faults(**faults)), seed=3)


def column(book, rate, name="numerator"):
    return getattr(book.evidence.rows(book.evidence.rate == rate), name)


def test_seed_decides_everything():
    one, again, other = (laboratory.one_rate("count", 15, 10, 4, seed=seed) for seed in (1, 1, 2))
    assert (one.numerator == again.numerator).all() and (one.u == again.u).all()
    assert not (one.u == other.u).any()
    books = [laboratory.county(scheme(), plan(), seed).book.evidence.numerator for seed in (1, 1, 2)]
    assert (books[0] == books[1]).all() and not (books[0] == books[2]).all()


@pytest.mark.parametrize(("kind", "level"), [("count", 0.0), ("share", 1.4), ("mean", 3.0)])
def test_much_evidence_tells_the_truth(kind, level):
    one = laboratory.one_rate(kind, 400_000, places=8, groups=3, level=level, seed=4)
    shown = {"count": np.exp, "share": expit, "mean": lambda value: value}[kind](level + one.u)
    seen = one.numerator if kind == "mean" else one.numerator / one.denominator
    assert seen == pytest.approx(shown * (np.exp(-level) if kind == "count" else 1.0), rel=0.02)


def test_groups_of_one_rate_are_drawn_from_the_prior():
    one = laboratory.one_rate("count", 3, places=5, groups=4000, tau_scale=0.5, shift_sd=1.0)
    assert np.median(one.tau) == pytest.approx(0.674 * 0.5, abs=0.02)
    assert one.shift.std() == pytest.approx(1.0, abs=0.04)
    spread = (one.u - one.shift[one.group]) / one.tau[one.group]
    assert spread.std() == pytest.approx(1.0, abs=0.02)


def test_spread_and_level_can_be_held_still():
    one = laboratory.one_rate("share", 100, places=2000, tau=0.25, shift=-0.3)
    assert one.tau.tolist() == [0.25] and one.shift.tolist() == [-0.3]
    assert (one.u.mean(), one.u.std()) == pytest.approx((-0.3, 0.25), abs=0.02)


@pytest.mark.parametrize("wrong", [{"places": 0}, {"groups": 2.5}, {"size": 0}])
def test_a_group_has_at_least_one_place_and_something_to_count(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        laboratory.one_rate(**{"kind": "count", "size": 15, **wrong})


def test_unknown_kind_is_refused_by_name():
    with pytest.raises(ValueError, match="'ratio'"):
        laboratory.one_rate("ratio", 15)


def test_county_spreads_as_planned():
    drawn = laboratory.county(scheme(), plan(places=3000))
    for rate, tau in TAU.items():
        assert drawn.u[rate].std() == pytest.approx(tau, rel=0.05)
        assert (drawn.shift[rate] == 0).all() and (drawn.off[rate] == 0).all()
    rate = column(drawn.book, "incidents").sum() / column(drawn.book, "incidents", "denominator").sum()
    half_variance = (TAU["incidents"] ** 2 + BETA["incidents"] @ BETA["incidents"]) / 2  # a log-normal's mean
    assert np.log(rate) == pytest.approx(LEVEL["incidents"] + half_variance, abs=0.03)


def test_a_countys_own_coefficients_lie_around_the_plans_as_the_covariance_says():
    doubt = np.diag([0.01, 0.04, 0.0])
    truth = {rate: replace(one, covariance=doubt, shift_sd=0.2) for rate, one in plan().rates.items()}
    off = np.array([laboratory.county(scheme(), plan(rates=truth), seed).off["incidents"] for seed in range(300)])
    assert off.std(axis=0) == pytest.approx([0.1, 0.2, 0.0], rel=0.15)
    assert laboratory.pool_of(plan(rates=truth)).rates["incidents"].covariance == pytest.approx(doubt)


def test_officers_may_be_set_instead_of_drawn():
    weak = np.zeros(10)
    weak[3] = -1.0
    drawn = laboratory.county(scheme(), plan(), u={"prevention": weak, "incidents": -weak})
    assert (drawn.u["prevention"] == weak).all()
    assert (drawn.scores(scheme()).argmin(axis=1) == 3).all()


def test_a_rate_more_moves_no_others_figures():
    both = laboratory.county(scheme(), plan()).book
    alone = laboratory.county(scheme(), plan(rates={"prevention": plan().rates["prevention"]})).book
    assert (column(both, "prevention") == column(alone, "prevention")).all()
    assert set(alone.evidence.rate) == {"prevention"}


def test_true_score_of_an_average_place_is_what_its_tables_say():
    average = laboratory.county(scheme(), plan(), u={rate: np.zeros(10) for rate in LEVEL})
    expected = (85 + points.of_values(expit(LEVEL["prevention"]), PREVENTION.points)) / 2
    assert average.scores(scheme()) == pytest.approx(np.full((4, 10), expected))


def test_rows_that_never_came_are_not_in_the_book():
    sound, holes = faulty(), faulty(missing=0.3)
    assert len(sound.book.evidence) == 400 * 4 * 2
    assert len(holes.book.evidence) == pytest.approx(0.7 * len(sound.book.evidence), rel=0.05)
    assert (holes.eta["incidents"] == sound.eta["incidents"]).all()


def test_only_the_newest_quarter_is_late():
    period = faulty(late=0.5).book.evidence.period
    came = [int((period == quarter).sum()) for quarter in QUARTERS]
    assert came[:3] == [800, 800, 800] and came[3] == pytest.approx(400, abs=60)


def test_round_figures_are_multiples_and_never_more_than_were_asked():
    book = faulty(rounding=10).book
    assert (book.evidence.numerator % 10 == 0).all()
    assert (column(book, "prevention") <= column(book, "prevention", "denominator")).all()


def test_embellished_places_look_better_and_are_known():
    sound, painted = faulty(), faulty(inflated=0.25, by=0.5)
    assert painted.inflated.mean() == pytest.approx(0.25, abs=0.06) and not sound.inflated.any()
    places = np.tile(painted.inflated, 4)
    incidents = column(sound.book, "incidents"), column(painted.book, "incidents")
    passed = column(sound.book, "prevention"), column(painted.book, "prevention")
    assert (incidents[0] == incidents[1])[~places].all() and (passed[0] == passed[1])[~places].all()
    assert incidents[1][places].sum() == pytest.approx(0.5 * incidents[0][places].sum(), rel=0.02)
    assert passed[1][places].sum() > 1.1 * passed[0][places].sum()


@pytest.mark.parametrize("wrong", [{"late": 1.5}, {"missing": -0.1}, {"by": 2}, {"rounding": 0}])
def test_fault_is_a_chance_or_refused(wrong):
    with pytest.raises(ValueError, match=next(iter(wrong))):
        Faults(**wrong)


@pytest.mark.parametrize("rate", invented.scheme().rates, ids=lambda rate: rate.id)
def test_truth_of_a_scheme_puts_the_average_place_at_85_points(rate):
    truth = laboratory.truth_of(rate, invented.scheme().complexity.pool)
    value = {"count": lambda level: 1.0, "share": expit}[rate.kind](truth.level)
    assert points.of_values((value - rate.guess) / (1 - rate.guess), rate.points) == pytest.approx(85, abs=0.5)
    assert 0.2 < truth.tau < 0.9


def test_a_drawn_book_is_appraised_like_any_other_and_the_truth_is_near():
    rich = {rate: replace(one, asked=one.asked and 6000) for rate, one in plan().rates.items()}
    known = plan(rates=rich, population=(900_000, 1_000_000))
    used = replace(scheme(), complexity=Complexity(tuple(known.facts), pool=laboratory.pool_of(known)))
    drawn = laboratory.county(used, known, seed=8)
    found = quarter.appraise(drawn.book, used, QUARTERS[3], draws=200)
    assert found.scores.score == pytest.approx(drawn.scores(used)[3], abs=2.0)
    assert np.corrcoef(found.scores.score, drawn.scores(used)[3])[0, 1] > 0.99
