"""docs/methods/score.md can be followed by hand: every step done plainly lands where ``appraise`` landed."""

from math import exp

import pytest

from heng.points import round_half_up
from heng.scheme import SHARE
from tests.house import by_hand
from tests.house.pages import OFFICER, county

RATES = ("satisfaction", "familiarity", "incidents", "prevention", "leads", "visibility", "disputes")


@pytest.fixture(scope="module")
def file():
    return by_hand.File(*county(), OFFICER)


@pytest.fixture(params=RATES)
def rate_and_row(request, file):
    return next((rate, row) for rate, row in file.rates if rate.id == request.param)


def test_crude_is_numerator_over_denominator_with_guesses_taken_out(rate_and_row):
    rate, row = rate_and_row
    assert row.crude == pytest.approx(by_hand.guessed_out(rate, row.numerator / row.denominator * rate.per))


@pytest.mark.parametrize("rate_id", ["incidents", "leads"])
def test_expected_is_the_pools_intercept_and_products(file, rate_id):
    row = {rate.id: row for rate, row in file.rates}[rate_id]
    assert row.expected == pytest.approx(exp(sum(by_hand.expected_log(file, rate_id))) * 10_000)


def test_adjusted_is_own_and_peers_by_own_weight_as_near_as_the_page_says(file, rate_and_row):
    rate, row = rate_and_row
    near = 0.01 if rate.kind == SHARE else 0.05
    assert by_hand.drawn(file, rate, row) == pytest.approx(row.adjusted, abs=near)


def test_points_lie_on_the_line_between_two_nodes(rate_and_row):
    rate, row = rate_and_row
    assert row.points == round_half_up(by_hand.on_the_line(rate, row.adjusted))


def test_score_is_the_weighted_mean_of_points_that_count(file):
    counting = by_hand.weights_and_points(file)
    mean = sum(w * p for _, w, p in counting) / sum(w for _, w, _ in counting)
    assert file.scored.score == round_half_up(mean)


def test_the_officer_of_the_page_has_all_seven_rates(file):
    assert {row.status for _, row in file.rates} == {"ok"}
