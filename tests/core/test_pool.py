"""Coefficients from a pool: the truth found again within its doubt, and what a pool must not be made of."""

from dataclasses import replace

import numpy as np
import pytest

from heng import pool, window
from tests.core.simulated import BETA, FACTS, LEVEL, TAU, county, rates, scheme


def recovered(made, rate):
    """(gap, se) of level and coefficients, the truth moved to the pool's own mean and sd of the facts."""
    found = made.pool.rates[rate]
    scale = np.array([0.1, 8.0])
    beta = BETA[rate] * made.pool.sd / scale
    level = LEVEL[rate] + BETA[rate] @ ((made.pool.mean - [0.2, 15]) / scale)
    gap = np.append(found.intercept - level, found.coefficients - beta)
    return gap, np.sqrt(np.diag(found.covariance))


@pytest.mark.parametrize("rate", list(LEVEL))
@pytest.mark.parametrize("places", [120, 500])
def test_known_coefficients_are_recovered_within_their_intervals(rate, places):
    made = pool.fit([county(places)], scheme())
    gap, se = recovered(made, rate)
    assert (np.abs(gap) < 3 * se).all() and (se < 0.1).all()
    assert made.pool.rates[rate].tau == pytest.approx(TAU[rate], rel=0.25)
    assert not made.low_confidence and made.places[rate] == places


def test_integrated_and_maximised_spread_tell_the_same_story():
    """201 places go the way of large pools, 200 the way of small ones: next to nothing may hang on it."""
    several = county(201)
    large = pool.fit([several], scheme())
    fewer = replace(several, communities=several.communities.rows(slice(0, 200)))
    fewer = replace(fewer, evidence=fewer.evidence.rows(fewer.evidence.community != "P0200"))
    small = pool.fit([fewer], scheme())
    for rate in LEVEL:
        ours, theirs = large.pool.rates[rate], small.pool.rates[rate]
        assert ours.coefficients == pytest.approx(theirs.coefficients, abs=0.02)
        assert ours.tau == pytest.approx(theirs.tau, abs=0.02)
        assert np.diag(ours.covariance) == pytest.approx(np.diag(theirs.covariance), rel=0.1)


def test_books_are_pooled_place_by_place():
    one, other = county(60, seed=1), county(60, seed=2)
    made = pool.fit([one, other], scheme())
    assert made.pool.places == 120 and not made.low_confidence
    again = pool.fit([other, one], scheme())
    assert again.pool.rates["incidents"].coefficients == pytest.approx(made.pool.rates["incidents"].coefficients)


def test_few_places_lean_on_the_prior_and_say_so():
    book = county(12)
    cautious = scheme()
    made = pool.fit([book], cautious)
    bolder = replace(cautious, complexity=replace(cautious.complexity, prior_sd=5.0))
    assert made.low_confidence
    small, large = (pool.fit([book], used).pool.rates["incidents"].coefficients for used in (cautious, bolder))
    assert np.linalg.norm(small) < np.linalg.norm(large)


def test_more_quarters_make_a_level_surer_but_never_surer_than_the_places():
    year, quarter = (pool.fit([county(90, quarters=used)], scheme()) for used in (("2025Q1", "2025Q2"), ("2025Q1",)))
    variance = [made.pool.rates["prevention"].covariance[0, 0] for made in (year, quarter)]
    assert TAU["prevention"] ** 2 / 90 * 0.5 < variance[0] < variance[1]


def test_a_place_whose_facts_are_unknown_is_left_out_by_name():
    book = county(80)
    book.communities.facts["floating_share"][7] = np.nan
    made = pool.fit([book], scheme())
    assert made.without_facts == ((0, "P0007"),) and made.pool.places == 79


def test_false_records_and_empty_denominators_say_nothing():
    book = county(20)
    status = book.evidence.status.copy()
    status[book.evidence.community == "P0003"] = "false"
    denominator = book.evidence.denominator.copy()
    denominator[book.evidence.community == "P0004"] = 0
    spoilt = replace(book, evidence=replace(book.evidence, status=status, denominator=denominator))
    for rate in rates():
        seen = window.over(spoilt, rate, ("2025Q1", "2025Q2"))
        assert (seen.asked[3], seen.asked[4]) == (0, 0) and (seen.asked[5:] > 0).all()


def test_sums_of_answers_are_divided_by_their_design_effect():
    book = county(3)
    doubled = replace(book, evidence=replace(book.evidence, design_effect=np.full(len(book.evidence), 2.0)))
    incidents, prevention = rates()
    plain, halved = (window.over(one, prevention, ("2025Q1",)) for one in (book, doubled))
    assert halved.asked == pytest.approx(plain.asked / 2)
    assert halved.yes == pytest.approx(plain.yes / 2)
    assert window.over(doubled, incidents, ("2025Q1",)).asked == pytest.approx(book.communities.population)


def test_means_add_up_to_the_mean_of_all_answers():
    book = county(2, quarters=("2025Q1", "2025Q2"))
    mean = replace(rates()[1], kind="mean")
    rows = book.evidence.rows(book.evidence.rate == "prevention")
    rows = replace(rows, numerator=np.array([3.0, 4, 5, 2]), denominator=np.array([10.0, 30, 30, 10]))
    found = window.over(replace(book, evidence=replace(rows, sd=np.full(4, 1.5))), mean, ("2025Q1", "2025Q2"))
    likelihood = found.likelihood("mean")
    assert likelihood.mean == pytest.approx([4.5, 3.5])
    assert likelihood.se == pytest.approx(1.5 / np.sqrt(40))


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (lambda book: book.communities.facts.pop("venues_per_10k"), "no column 'venues_per_10k'"),
        (
            lambda book: book.communities.facts["floating_share"].fill(0.2),
            "'floating_share' is the same in every place",
        ),
        (lambda book: book.communities.facts["floating_share"].fill(np.nan), "no place whose covariates"),
        (lambda book: book.evidence.numerator.fill(0), "numerator of 0 in every place"),
        (lambda book: book.evidence.denominator.fill(0), "evidence from 0 places"),
    ],
)
def test_what_no_pool_can_be_made_of_is_refused(spoil, said):
    book = county(90)
    spoil(book)
    with pytest.raises(ValueError, match=said):
        pool.fit([book], scheme())


def test_a_scheme_that_adjusts_nothing_needs_no_pool():
    plain = tuple(replace(rate, adjust=False) for rate in rates())
    with pytest.raises(ValueError, match="nothing to fit"):
        pool.fit([county(90)], scheme(rates=plain))
    assert pool.fit([county(90)], scheme()).pool.covariates == FACTS
