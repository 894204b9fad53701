"""Who to ask, how many, and how sure: against textbook tables, by the chances a draw promises, and against itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heng import sampling, shares

# Krejcie & Morgan, Educational and Psychological Measurement 30 (1970): sample for a population, ± 5 %, share one half.
KREJCIE_MORGAN = [(10, 10), (100, 80), (500, 217), (1000, 278), (5000, 357), (10000, 370), (100000, 384)]


def rng(seed=1):
    return np.random.default_rng(seed)


@pytest.mark.parametrize(("population", "printed"), KREJCIE_MORGAN)
def test_size_is_within_one_of_what_krejcie_and_morgan_printed(population, printed):
    assert abs(sampling.size(0.05, population=population).answers - printed) <= 1


@pytest.mark.parametrize(("half", "answers"), [(0.05, 385), (0.10, 97), (0.03, 1068)])
def test_size_without_a_limit_is_the_textbooks(half, answers):
    assert sampling.size(half).answers == answers


def test_answer_rate_and_design_effect_ask_for_more():
    plain, real = sampling.size(0.1), sampling.size(0.1, answer_rate=0.6, design_effect=1.5)
    assert real.answers == 145 and real.asked == 242 and plain.answers == plain.asked


def test_everybody_is_asked_where_few_live():
    assert sampling.size(0.05, population=30, answer_rate=0.5) == sampling.Size(28, 30, True)


def test_size_keeps_its_promise():
    found = sampling.size(0.1).answers
    low, high = shares.wilson(found / 2, found)
    assert (high - low) / 2 == pytest.approx(0.1, abs=0.003)


@pytest.mark.parametrize(
    "wrong",
    [{"half_width": 0}, {"half_width": 1}, {"half_width": 0.1, "share": 1}, {"half_width": 0.1, "answer_rate": 0},
     {"half_width": 0.1, "design_effect": 0.9}, {"half_width": 0.1, "population": 0}],
)  # fmt: skip
def test_size_refuses_what_says_nothing(wrong):
    with pytest.raises(ValueError, match=r"="):
        sampling.size(**wrong)


@pytest.mark.parametrize("draw", [sampling.simple, sampling.systematic])
@given(count=st.integers(0, 400), wanted=st.integers(0, 500), seed=st.integers(0, 9))
def test_draw_takes_each_once_and_as_many_as_wanted(draw, count, wanted, seed):
    drawn = draw(count, wanted, rng(seed))
    assert len(drawn) == len(set(drawn.tolist())) == min(count, wanted)
    assert all(0 <= one < count for one in drawn.tolist()) and sorted(drawn.tolist()) == drawn.tolist()


@pytest.mark.parametrize("draw", [sampling.simple, sampling.systematic])
def test_everybody_has_the_same_chance(draw):
    maker, hits = rng(), np.zeros(23)
    for _ in range(4000):
        hits[draw(23, 5, maker)] += 1
    assert hits / 4000 == pytest.approx(5 / 23, abs=0.03)


def test_every_pair_may_be_drawn_simply():
    maker, pairs = rng(), set()
    for _ in range(400):
        pairs.add(tuple(sampling.simple(6, 2, maker)))
    assert len(pairs) == 15


def test_same_generator_draws_the_same():
    assert sampling.simple(1000, 50, rng(8)).tolist() == sampling.simple(1000, 50, rng(8)).tolist()
    assert sampling.simple(1000, 50, rng(8)).tolist() != sampling.simple(1000, 50, rng(9)).tolist()


@given(sizes=st.lists(st.integers(0, 300), min_size=1, max_size=12), wanted=st.integers(0, 500))
def test_strata_give_their_share_to_within_one(sizes, wanted):
    given_ = sampling.allocate(sizes, wanted)
    total = min(wanted, sum(sizes))
    assert given_.sum() == total and (given_ <= sizes).all()
    if total:
        assert np.abs(given_ - np.array(sizes) * total / sum(sizes)).max() < 1


def test_stratified_draw_takes_from_each_stratum_what_it_was_given():
    strata = ["a"] * 50 + ["b"] * 30 + ["c"] * 20
    drawn = sampling.stratified(strata, 20, rng())
    assert [sum(strata[i] == label for i in drawn) for label in "abc"] == [10, 6, 4]
    assert len(sampling.stratified([], 5, rng())) == 0


def test_walks_begin_where_people_live():
    plan = sampling.route([10, 0, 30], 20_000, step=4, a_walk=5, rng=rng())
    starts = plan.cell[::5]
    assert (starts == 1).sum() == 0 and (starts == 2).mean() == pytest.approx(0.75, abs=0.03)
    assert plan.side.mean() == pytest.approx(0.5, abs=0.05)


def test_every_fourth_door_of_a_walk_is_asked_from_a_random_one():
    plan = sampling.route([5], 400, step=4, a_walk=5, rng=rng())
    doors = plan.door.reshape(-1, 5)
    assert (np.diff(doors) == 4).all() and set(doors[:, 0].tolist()) == {1, 2, 3, 4}


@pytest.mark.parametrize("wrong", [{"dwellings": [0, 0]}, {"step": 0}, {"a_walk": 0}, {"dwellings": [-1]}])
def test_walk_without_a_beginning_is_refused(wrong):
    with pytest.raises(ValueError, match=r"\d"):
        sampling.route(**{"dwellings": [5], "wanted": 4, "step": 2, "a_walk": 2, "rng": rng(), **wrong})


def test_share_of_equal_weights_is_the_plain_share_with_wilsons_interval():
    found = sampling.share_of([1] * 81 + [0] * 182)
    assert found.share == pytest.approx(81 / 263) and found.design_effect == 1.0 and found.effective == 263
    assert (found.low, found.high) == pytest.approx(shares.wilson(81, 263))


@given(st.lists(st.tuples(st.sampled_from([0, 0.75, 1]), st.floats(0.1, 9)), min_size=1, max_size=60))
def test_weighted_share_as_a_naive_twin_has_it(rows):
    values, weights = zip(*rows, strict=True)
    found = sampling.share_of(values, weights)
    total = sum(weights)
    share = sum(v * w for v, w in rows) / total
    squares = sum(w * w for w in weights)
    assert found.share == pytest.approx(share) and found.effective == pytest.approx(total * total / squares)
    assert found.low - 1e-9 <= found.share <= found.high + 1e-9


def test_unequal_weights_and_neighbours_widen_the_interval():
    values = [1, 0] * 50
    plain, weighted = sampling.share_of(values), sampling.share_of(values, [1, 1, 4, 4] * 25)
    neighbours = sampling.share_of(values, cluster_effect=2.0)
    assert plain.high - plain.low < weighted.high - weighted.low
    assert neighbours.effective == 50 and neighbours.design_effect == 2.0


def test_interval_holds_the_truth_nineteen_times_in_twenty():
    maker, held = rng(4), 0
    for _ in range(600):
        weights = maker.choice([0.5, 1.0, 2.5], size=150)
        values = (maker.random(150) < 0.8).astype(float)
        found = sampling.share_of(values, weights)
        held += found.low <= 0.8 <= found.high
    assert 0.93 <= held / 600 <= 0.98


def test_who_chose_themselves_have_no_margin_and_a_reason():
    found = sampling.share_of([1, 1, 0], probability=False)
    assert found.low is None and found.high is None and found.reason == sampling.NOT_PROBABILITY
    assert found.share == pytest.approx(2 / 3)


def test_nobody_asked_is_unknown_and_not_zero():
    found = sampling.share_of([])
    assert np.isnan(found.share) and found.low is None and found.reason == sampling.NOBODY


NO_SHARE = [
    {"values": [1.2]},
    {"values": [1, 0], "weights": [1]},
    {"values": [1], "weights": [-1]},
    {"values": [1], "cluster_effect": 0.5},
]


@pytest.mark.parametrize("wrong", NO_SHARE)
def test_share_refuses_what_is_no_share(wrong):
    with pytest.raises(ValueError, match=r"[=\d]"):
        sampling.share_of(**wrong)
