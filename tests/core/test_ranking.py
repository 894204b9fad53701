"""Ranks and how far to trust them: fast methods beside slow ones that nobody can doubt."""

from math import erf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heng import ranking
from heng.critical import exceeded, greatest_possible
from heng.rank_levels import sets_by_level
from heng.rank_sets import EXACT, surely_above
from tests.core.reference import reference_rows

small_draws = st.integers(1, 6).flatmap(
    lambda n: st.lists(st.lists(st.integers(0, 3).map(float), min_size=n, max_size=n), min_size=1, max_size=8)
)


def places(n, seed=1, low=0.05, high=2.0):
    """Means and standard errors of n invented places."""
    random = np.random.default_rng(seed)
    return random.normal(0, 1, n), np.exp(random.uniform(np.log(low), np.log(high), n))


# --- standing


def test_equal_scores_share_a_rank_and_the_next_is_left_out():
    assert ranking.standing([88.0, 92.5, 88.0, 70.0]).tolist() == [2, 1, 2, 4]


def test_who_has_no_score_has_no_rank_and_takes_nobodys():
    found = ranking.standing([80.0, np.nan, 90.0])
    assert found[[0, 2]].tolist() == [2, 1] and np.isnan(found[1])
    assert ranking.standing([]).shape == (0,)


# --- probabilities


def ranks_one_by_one(draws, higher_is_better):
    """The slow twin: every draw, every place, by counting who is better and who is equal."""
    count, n = draws.shape
    rank = np.zeros((n, n))
    for draw in draws if higher_is_better else -draws:
        for i in range(n):
            better, equal = (draw > draw[i]).sum(), (draw == draw[i]).sum()
            rank[i, better : better + equal] += 1 / equal / count
    return rank


@given(small_draws, st.booleans())
def test_rank_probabilities_are_those_counted_one_by_one(draws, higher_is_better):
    draws = np.array(draws)
    found = ranking.probabilities(draws, higher_is_better)
    slow = ranks_one_by_one(draws, higher_is_better)
    assert found.rank == pytest.approx(slow, abs=1e-12)
    assert found.first == pytest.approx(slow[:, 0]) and found.last == pytest.approx(slow[:, -1])
    assert found.mean == pytest.approx(slow @ np.arange(1, len(slow) + 1))


@given(small_draws)
def test_every_place_has_one_rank_and_every_rank_one_place(draws):
    rank = ranking.probabilities(draws).rank
    assert rank.sum(axis=0) == pytest.approx(1) and rank.sum(axis=1) == pytest.approx(1)


def test_blocks_of_draws_add_up_to_the_whole(monkeypatch):
    draws = np.random.default_rng(1).integers(0, 4, (50, 5))
    whole = ranking.probabilities(draws)
    monkeypatch.setattr(ranking, "_AT_ONCE", 35)
    assert ranking.probabilities(draws).rank == pytest.approx(whole.rank, abs=1e-12)


def test_each_group_ranks_its_own():
    draws = np.random.default_rng(2).normal(size=(400, 7))
    group = np.array([4, 9, 4, 9, 9, 4, 1])
    found = ranking.probabilities(draws, group=group)
    for label in (1, 4, 9):
        rows = np.flatnonzero(group == label)
        alone = ranking.probabilities(draws[:, rows])
        assert np.array_equal(found.rank[rows, : len(rows)], alone.rank)
        assert not found.rank[rows, len(rows) :].any()
        assert np.array_equal(found.last[rows], alone.last)
        assert found.mean[rows] == pytest.approx(alone.mean)
    assert found.first[6] == found.last[6] == found.mean[6] == 1


def test_the_order_of_columns_changes_no_probability():
    draws = np.random.default_rng(3).normal(size=(300, 6)).round(1)
    order = [3, 0, 5, 1, 4, 2]
    straight, turned = ranking.probabilities(draws), ranking.probabilities(draws[:, order])
    assert np.array_equal(straight.rank[order], turned.rank)


def test_no_places_have_no_probabilities():
    found = ranking.probabilities(np.zeros((5, 0)))
    assert found.rank.shape == (0, 0) and found.mean.shape == (0,)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: ranking.probabilities([[1.0, 2.0], [1.0, np.nan]]), r"draws\[1, 1\] = nan"),
        (lambda: ranking.probabilities([1.0, 2.0]), r"draws must have shape \(draws, n\)"),
        (lambda: ranking.probabilities(np.zeros((0, 3))), "at least one draw"),
        (lambda: ranking.probabilities([["a"]]), r"draws\[0\] = 'a' is not a number"),
        (lambda: ranking.probabilities([[1.0, 2.0]], group=[1]), "group has 1 labels for 2 places"),
        (lambda: ranking.probabilities([[1.0, 2.0]], group=[1, 1.5]), r"group\[1\] = 1.5 is not a whole number"),
        (lambda: ranking.rank_sets([1.0, np.inf], [1.0, 1.0]), r"estimate\[1\] = inf"),
        (lambda: ranking.rank_sets([1.0, 2.0], [1.0, -1.0]), r"se\[1\] = -1 is below 0"),
        (lambda: ranking.rank_sets([1.0, 2.0], [1.0]), "estimate has 2 values, se has 1"),
        (lambda: ranking.rank_sets([1.0], [1.0], confidence=1.0), "confidence = 1.0 is not between"),
        (lambda: ranking.rank_sets([1.0], [1.0], draws=10), "draws = 10 are too few for confidence = 0.95"),
        (lambda: ranking.expected([np.nan], [1.0]), r"mean\[0\] = nan"),
        (lambda: ranking.expected([1.0], [-1.0]), r"sd\[0\] = -1 is below 0"),
        (lambda: ranking.expected([1.0], [1.0], bottom=0), "bottom = 0 is not between"),
    ],
)
def test_bad_figures_are_refused_by_name(call, message):
    with pytest.raises(ValueError, match=message):
        call()


# --- rank sets


@pytest.mark.parametrize(("confidence", "column"), [(0.95, "simul95"), (0.75, "simul75")])
def test_countries_of_pisa_2018_have_the_published_rank_sets(confidence, column):
    rows = reference_rows("pisa2018_math_csranks_R20000.csv")
    score, se = ([float(row[name]) for row in rows] for name in ("math_score", "math_se"))
    low, high = ranking.rank_sets(score, se, confidence)
    off = np.abs([low - [int(row[f"{column}_L"]) for row in rows], high - [int(row[f"{column}_U"]) for row in rows]])
    assert off.max() <= 1 and off.any(axis=0).sum() <= 2


def above_by_all_draws(estimate, se, noise, exceeding):
    """The slow twin of the step-down: every pair in every draw, nothing skipped."""
    n = len(se)
    pairs = {(j, k) for j in range(n) for k in range(n) if j != k}
    found = set()
    while pairs:
        spread = {(j, k): np.hypot(se[j], se[k]) for j, k in pairs}
        worst = np.max([(se[j] * noise[j] - se[k] * noise[k]) / spread[j, k] for j, k in pairs], axis=0)
        critical = max(np.sort(worst)[-exceeding], 0)
        new = {(j, k) for j, k in pairs if (estimate[j] - estimate[k]) / spread[j, k] > critical}
        if not new:
            break
        found, pairs = found | new, pairs - new
    return np.array([[(j, k) in found for k in range(n)] for j in range(n)])


@settings(max_examples=25, deadline=None)
@given(st.integers(2, 7), st.integers(0, 10**6), st.sampled_from([0.5, 0.75, 0.95]))
def test_skipping_draws_that_cannot_matter_changes_no_rank_set(n, seed, confidence):
    estimate, se = places(n, seed, 0.05, 0.6)
    noise = np.random.default_rng(seed).standard_normal((n, 999))
    exceeding = int((1 - confidence) * 1000)
    fast = surely_above(estimate, se, noise, exceeding)
    assert np.array_equal(fast, above_by_all_draws(estimate, se, noise, exceeding))


def test_one_place_alone_is_first_for_certain():
    assert [ends.tolist() for ends in ranking.rank_sets([3.0], [9.0])] == [[1], [1]]


def test_no_places_have_no_rank_sets():
    assert [ends.shape for ends in ranking.rank_sets([], [])] == [(0,), (0,)]


def test_equal_estimates_cannot_be_told_apart():
    low, high = ranking.rank_sets([80.0] * 5, [2.0] * 5)
    assert low.tolist() == [1] * 5 and high.tolist() == [5] * 5


def test_figures_known_exactly_have_one_rank_and_ties_share_theirs():
    low, high = ranking.rank_sets([70.0, 90.0, 80.0, 80.0], [0.0] * 4)
    assert low.tolist() == [4, 1, 2, 2] and high.tolist() == [4, 1, 3, 3]


def test_an_exact_figure_among_doubtful_ones_is_still_compared():
    low, high = ranking.rank_sets([90.0, 80.0, 80.5], [0.0, 1.0, 1.0])
    assert low.tolist() == [1, 2, 2] and high.tolist() == [1, 3, 3]


def test_lower_is_better_turns_the_sets_round():
    estimate, se = places(12)
    low, high = ranking.rank_sets(estimate, se)
    turned_low, turned_high = ranking.rank_sets(estimate, se, higher_is_better=False)
    assert np.array_equal(turned_low, 13 - high) and np.array_equal(turned_high, 13 - low)


def test_neither_the_order_of_rows_nor_other_groups_change_a_rank_set():
    estimate, se = places(30, low=0.05, high=0.5)
    group = np.arange(30) % 3
    order = np.random.default_rng(4).permutation(30)
    whole = ranking.rank_sets(estimate, se, group=group)
    turned = ranking.rank_sets(estimate[order], se[order], group=group[order])
    alone = ranking.rank_sets(estimate[group == 1], se[group == 1])
    for ends, turned_ends, alone_ends in zip(whole, turned, alone, strict=True):
        assert np.array_equal(ends[order], turned_ends)
        assert np.array_equal(ends[group == 1], alone_ends)


def test_all_true_ranks_lie_in_their_sets_as_often_as_promised():
    truth, se = np.repeat([0.0, 1.0, 2.0], 4), np.linspace(0.2, 0.8, 12)
    best, worst = 1 + (truth[:, None] < truth).sum(axis=1), (truth[:, None] <= truth).sum(axis=1)
    kept = 0
    for seed in range(400):
        low, high = ranking.rank_sets(np.random.default_rng(seed).normal(truth, se), se, 0.9, draws=2000, seed=seed)
        kept += bool(((low <= best) & (worst <= high)).all())
    assert kept >= 342  # 0.9 of 400, less three standard errors


@settings(max_examples=10, deadline=None)
@given(st.integers(2, 60), st.integers(0, 10**6))
def test_levels_never_make_a_rank_set_narrower(n, seed):
    estimate, se = places(n, seed, 0.01, 0.6)
    se[: n // 4] = 0
    low, high = ranking.rank_sets(estimate, se, seed=seed)
    wide_low, wide_high = sets_by_level(estimate, se, 1000, 20000, np.random.default_rng(seed))
    assert (wide_low <= low).all() and (high <= wide_high).all()


def test_levels_of_equal_errors_are_the_single_step_sets():
    estimate, se = places(120)[0], np.full(120, 0.1)
    noise = np.random.default_rng(5).standard_normal((120, 20000))
    critical = np.sort(np.ptp(noise, axis=0))[-1000] / sqrt(2)
    above = np.subtract.outer(estimate, estimate) > critical * 0.1 * sqrt(2)
    low, high = sets_by_level(estimate, se, 1000, 20000, np.random.default_rng(6))
    assert np.abs(low - 1 - above.sum(axis=0)).max() <= 1 and np.abs(120 - high - above.sum(axis=1)).max() <= 1


@pytest.mark.parametrize(("n", "seed"), [(EXACT - 40, 1), (EXACT, 2), (EXACT, 3)])
def test_sets_by_levels_are_nearly_those_of_every_pair_where_the_one_gives_way_to_the_other(n, seed):
    estimate, se = places(n, seed, 0.05, 0.5)
    low, high = ranking.rank_sets(estimate, se)
    wide_low, wide_high = sets_by_level(estimate, se, 1000, 20000, np.random.default_rng(seed))
    assert (wide_low <= low).all() and (high <= wide_high).all()
    assert (wide_high - wide_low + 1).mean() < 1.05 * (high - low + 1).mean()
    assert np.abs([low - wide_low, high - wide_high]).max() <= 0.1 * n


@settings(max_examples=20, deadline=None)
@given(st.integers(2, 12), st.integers(1, 40), st.integers(0, 10**6))
def test_critical_value_of_few_draws_is_that_of_all(n, exceeding, seed):
    random = np.random.default_rng(seed)
    se, noise = np.exp(random.uniform(-2, 1, n)), random.standard_normal((n, 400))
    joint = noise * se[:, None]
    every = [(joint[j] - joint[k]) / np.hypot(se[j], se[k]) for j in range(n) for k in range(n) if j != k]
    greatest = np.max(every, axis=0)
    bound = greatest_possible(noise.max(axis=0), noise.min(axis=0))
    assert (greatest <= bound).all()
    asked = []
    found = exceeded(exceeding, bound, lambda taken: asked.extend(taken) or greatest[taken])
    assert found == np.sort(greatest)[-exceeding]
    assert len(set(asked)) == len(asked)


def test_a_whole_nation_has_rank_sets_around_its_order():
    estimate, se = places(20000, low=0.01, high=0.1)
    low, high = ranking.rank_sets(estimate, se, draws=2000)
    rank = ranking.standing(estimate)
    assert (low >= 1).all() and (low <= rank).all() and (rank <= high).all() and (high <= 20000).all()
    assert (high - low).mean() < 8000


# --- expected ranks


def expected_one_by_one(mean, sd):
    """The slow twin: 1 + the sum of P(other > this), ties one half."""
    ranks = np.ones(len(mean))
    for i in range(len(mean)):
        for k in range(len(mean)):
            gap, spread = mean[k] - mean[i], np.hypot(sd[i], sd[k])
            ahead = 0.5 * (1 + erf(gap / spread / sqrt(2))) if spread else 0.5 * (1 + np.sign(gap))
            ranks[i] += ahead if k != i else 0
    return ranks


@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 3)), min_size=1, max_size=12))
def test_expected_ranks_are_the_sums_over_pairs(rows):
    mean, sd = np.array(rows, dtype=float).T
    assert ranking.expected(mean, sd)[0] == pytest.approx(expected_one_by_one(mean, sd))


@pytest.mark.parametrize(("low", "high"), [(0.05, 0.5), (0.02, 5.0)])
def test_many_expected_ranks_by_fft_are_those_of_the_pairs(low, high):
    mean, sd = places(3000, 7, low, high)
    sd[:20], mean[:10], mean[10] = 0, mean[0], 40.0  # exact figures, ties among them, and one far away
    found = ranking.expected(mean, sd)[0]
    gap, spread = mean - mean[:, None], np.hypot.outer(sd, sd)
    some = np.arange(0, 3000, 7)
    for i in [*range(12), *some]:
        ahead = [
            0.5 * (1 + (erf(g / s / sqrt(2)) if s else np.sign(g))) for g, s in zip(gap[i], spread[i], strict=True)
        ]
        assert found[i] == pytest.approx(0.5 + sum(ahead), abs=3)  # a thousandth of 3,000 places
    assert found.sum() == pytest.approx(3000 * 3001 / 2)


def test_certain_ties_share_their_ranks_and_the_bottom_however_many_they_are():
    for n in (10, 100, 3000):
        rank, last = ranking.expected(np.full(n, 1e6), np.zeros(n))
        assert rank == pytest.approx((n + 1) / 2) and last == pytest.approx(0.1, abs=1e-5)


@pytest.mark.parametrize("n", [1, 2, 10, 32, 100])
def test_chance_of_the_bottom_tenth_is_that_of_simulation(n):
    mean, sd = places(n, 8, 0.2, 2.0)
    p = ranking.expected(mean, sd)[1]
    lowest = -(-n // 10)
    drawn = np.random.default_rng(9).normal(mean, sd, (100_000, n))
    simulated = (drawn <= np.partition(drawn, lowest - 1, axis=1)[:, [lowest - 1]]).mean(axis=0)
    assert p == pytest.approx(simulated, abs=0.008)
    assert p.sum() == pytest.approx(lowest)


def test_chance_of_the_bottom_tenth_among_many_is_that_of_simulation():
    mean, sd = places(1000, 10, 0.2, 2.0)
    p = ranking.expected(mean, sd)[1]
    drawn = np.random.default_rng(11).normal(mean, sd, (10_000, 1000))
    simulated = (drawn <= np.partition(drawn, 99, axis=1)[:, [99]]).mean(axis=0)
    assert p == pytest.approx(simulated, abs=0.03) and np.abs(p - simulated).mean() < 0.003
    assert p.sum() == pytest.approx(100)


def test_expected_ranks_stay_within_the_group():
    mean, sd = places(25)
    group = np.arange(25) % 2
    found = ranking.expected(mean, sd, group=group)
    alone = ranking.expected(mean[group == 1], sd[group == 1])
    for whole, part in zip(found, alone, strict=True):
        assert np.array_equal(whole[group == 1], part)


def test_a_hundred_thousand_places_are_no_trouble():
    mean, sd = places(100_000, low=0.1)
    rank, last = ranking.expected(mean, sd)
    assert rank.sum() == pytest.approx(100_000 * 100_001 / 2) and last.sum() == pytest.approx(10_000)
    assert rank.min() >= 1 and rank.max() <= 100_000
