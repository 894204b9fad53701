"""Which posts watch which places: held against every choice there is, on problems small enough to try them all."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heng import coverage

SMALL = st.integers(1, 6).flatmap(
    lambda posts: st.lists(st.lists(st.booleans(), min_size=posts, max_size=posts), min_size=1, max_size=6)
)


def _every_choice(posts):
    return (list(some) for count in range(posts + 1) for some in combinations(range(posts), count))


@given(SMALL, st.randoms(use_true_random=False))
def test_cheapest_cover_is_what_trying_every_choice_finds(watches, rng):
    watches = np.array(watches)
    cost = np.array([rng.randint(1, 9) for _ in range(watches.shape[1])])
    if not watches.any(axis=1).all():
        with pytest.raises(ValueError, match="watched by no post"):
            coverage.cover(watches, cost)
        return
    best = min(cost[some].sum() for some in _every_choice(len(cost)) if watches[:, some].any(axis=1).all())
    found = coverage.cover(watches, cost)
    assert found.value == best == cost[found.chosen].sum() and found.how == coverage.PROVEN
    assert watches[:, found.chosen].any(axis=1).all() and found.bound == pytest.approx(best)


@given(SMALL, st.integers(0, 4))
def test_most_that_few_posts_watch_is_what_trying_every_choice_finds(watches, count):
    watches = np.array(watches)
    worth = np.arange(1, len(watches) + 1)
    best = max(
        worth[watches[:, some].any(axis=1)].sum() if some else 0
        for some in _every_choice(watches.shape[1])
        if len(some) <= count
    )
    found = coverage.most_covered(watches, count, worth)
    assert found.value == best and len(found.chosen) <= count


@given(SMALL)
def test_greedy_cover_watches_everything_and_holds_no_needless_post(watches):
    watches = np.array(watches)
    if not watches.any(axis=1).all():
        return
    chosen = coverage.greedy_cover(watches).chosen
    assert watches[:, chosen].any(axis=1).all()
    assert all(not watches[:, np.delete(chosen, i)].any(axis=1).all() for i in range(len(chosen)))


def test_costs_that_are_none_are_refused():
    with pytest.raises(ValueError, match="above 0"):
        coverage.cover([[1, 1]], [1, 0])
