"""Tables proposed from last year's places: the percentiles they promise, and when none is proposed."""

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import expit
from scipy.stats import norm

from heng import calibration, points, pool
from heng.scheme import Ranking
from tests.core.simulated import BETA, LEVEL, QUARTERS, TAU, county, rates, scheme


def proposed(places=150, **changes):
    found = calibration.propose(county(places), scheme(**changes), QUARTERS)
    return {proposal.rate: proposal for proposal in found}


def test_nodes_are_the_percentiles_of_the_true_spread():
    """In the truth that made the county, 2.5 % of places lie beyond the 60 node, 20 % beyond 80, 2.5 % beyond 100."""
    table = proposed()["incidents"].points
    beyond = norm.cdf(-np.log(table[:, 0]) / TAU["incidents"])
    assert beyond[1] == pytest.approx(0.025, abs=0.02)
    assert beyond[2] == pytest.approx(0.20, abs=0.05)
    assert 1 - beyond[4] == pytest.approx(0.025, abs=0.02)
    assert (table[:, 1] == [0, 60, 80, 85, 100]).all()


def test_as_expected_is_worth_85_points():
    found = proposed()
    assert found["incidents"].expected == 1.0
    truth = expit(LEVEL["prevention"])
    for name, value in (("incidents", 1.0), ("prevention", truth)):
        assert points.of_values(value, found[name].points) == pytest.approx(85, abs=1.5)


def test_sampling_noise_does_not_widen_a_table():
    """Raw incident ratios of a quarter spread far wider than the places truly do; the table must not follow them."""
    one_quarter = calibration.propose(county(150), scheme(), QUARTERS[:1])[0]
    year = calibration.propose(county(150), scheme(), QUARTERS)[0]
    assert one_quarter.tau[0] == pytest.approx(year.tau[0], abs=0.06)
    assert one_quarter.tau[2] - one_quarter.tau[1] > year.tau[2] - year.tau[1]


def test_values_run_the_way_that_is_better():
    found = proposed()
    assert (np.diff(found["incidents"].points[:, 0]) < 0).all()
    assert (np.diff(found["prevention"].points[:, 0]) > 0).all()


def test_lucky_answers_are_taken_off_the_scale_that_is_scored():
    guessed = (rates()[0], replace(rates()[1], guess=0.25))
    plain, corrected = proposed()["prevention"], proposed(rates=guessed)["prevention"]
    assert corrected.expected == pytest.approx((plain.expected - 0.25) / 0.75, abs=1e-6)
    assert (corrected.points[:, 0] < plain.points[:, 0]).all()


def test_an_adjusted_rate_spreads_less_than_the_same_rate_unadjusted():
    plain = tuple(replace(rate, adjust=False) for rate in rates())
    adjusted, crude = proposed()["incidents"], proposed(rates=plain)["incidents"]
    assert adjusted.tau[0] < crude.tau[0]
    assert crude.tau[0] == pytest.approx(np.hypot(TAU["incidents"], np.linalg.norm(BETA["incidents"])), rel=0.2)
    assert (adjusted.against, crude.against) == ("group", "level")


def test_with_a_pool_85_points_stand_for_the_pools_expectation():
    made = pool.fit([county(200, seed=9)], scheme()).pool
    found = {proposal.rate: proposal for proposal in calibration.propose(county(20), scheme(pool=made), QUARTERS)}
    assert found["prevention"].against == "pool"
    assert found["prevention"].expected == pytest.approx(expit(made.rates["prevention"].intercept))


@pytest.mark.parametrize(("places", "low_confidence"), [(10, True), (76, True), (77, False)])
def test_few_places_are_said_to_be_few(places, low_confidence):
    assert proposed(places)["incidents"].low_confidence is low_confidence


def test_too_few_places_get_no_table():
    found = proposed(calibration.FEWEST - 1)
    assert all(proposal.reason == "few_places" and len(proposal.points) == 0 for proposal in found.values())


def test_a_year_too_thin_is_no_evidence_about_the_spread():
    assert proposed(40, ranking=Ranking(thin_count=241))["prevention"].reason == "few_places"
    assert proposed(40, ranking=Ranking(thin_count=240))["prevention"].reason == ""


def test_hardly_any_events_get_no_table():
    book = county(40)
    book.evidence.numerator[book.evidence.rate == "incidents"] = 0
    book.evidence.numerator[0] = 1
    assert calibration.propose(book, scheme(), QUARTERS)[0].reason == "few_events"


def test_values_that_cannot_be_told_apart_make_no_table():
    assert calibration.table(rates()[0], 0.0, 1e-6).shape == (0, 2)
    guessing = replace(rates()[1], guess=0.9)
    assert calibration.table(guessing, 0.0, 0.5).shape == (0, 2)


def test_steep_tables_keep_as_many_digits_as_they_need():
    wide, narrow = (calibration.table(rates()[0], 0.0, tau)[:, 0] for tau in (0.3, 0.004))
    assert wide == pytest.approx(np.round(wide, 2)) and len(np.unique(narrow)) == 5
