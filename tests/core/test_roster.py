"""Rosters: the solved one against every roster there is, the greedy one against the hard rules."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heng.roster import Need, Person, Problem, Shift, Wish, broken, cost, weekends
from heng.roster_greedy import greedy
from heng.roster_solved import NONE, PROVEN, solve

DAY, NIGHT = Shift("D", 480), Shift("N", 600, ("D",))


def _person(name, least=0, off=(), shortest=1, rest=1, longest=3, most=5):
    return Person(name, {"D": most, "N": most}, least, 2000, longest, shortest, rest, 1, off)


def _every(problem):
    shifts = len(problem.shifts)
    choices = [np.zeros(shifts, dtype=bool), *np.eye(shifts, dtype=bool)]
    for picked in product(range(shifts + 1), repeat=len(problem.people) * problem.days):
        yield np.array([choices[i] for i in picked]).reshape(problem.shape)


PEOPLE = st.builds(
    _person, st.just("A"), least=st.sampled_from((0, 480)), off=st.sampled_from(((), (1,))),
    shortest=st.integers(1, 2), rest=st.integers(1, 2), longest=st.integers(1, 2), most=st.integers(0, 3),
)  # fmt: skip


@settings(max_examples=25, deadline=None)
@given(PEOPLE, st.integers(0, 2), st.sampled_from((1, 3)))
def test_solved_roster_is_what_trying_every_roster_finds(person, count, weight):
    needs = tuple(Need(day, "N" if day % 2 else "D", count, 10, 1) for day in range(4))
    problem = Problem(4, (DAY, NIGHT), (person,), (Wish("A", 2, "D", weight, True),), needs)
    whole = [cost(problem, roster) for roster in _every(problem) if not broken(problem, roster)]
    found = solve(problem)
    if not whole:
        assert found.how == NONE and found.value == np.inf
        return
    assert found.how == PROVEN and found.value == min(whole) == pytest.approx(found.bound)
    assert not found.broken
    first = greedy(problem)
    assert not first.broken and first.value >= found.value
    if person.most["D"] >= 3:  # no shift is asked oftener than the person may: then the greedy line is the best one
        assert first.value == found.value


def test_what_no_roster_can_keep_is_said_and_the_standing_one_is_kept():
    problem = Problem(3, (DAY,), (Person("A", {"D": 0}, 480, 480, 1, 1, 1, 1),))
    assert solve(problem).how == NONE
    assert greedy(problem).broken == ("A: 0 minutes, 480 to 480 wanted",)


def test_better_roster_that_stands_already_is_not_given_up():
    problem = Problem(2, (DAY,), (_person("A"),), (), (Need(0, "D", 1, 10, 1), Need(1, "D", 1, 10, 1)))
    first = greedy(problem)
    assert first.value == 0 and solve(problem, first, seconds=10).value == 0


def test_weekend_counts_once_however_much_of_it_is_worked():
    assert weekends([False] * 5 + [True, True] + [False] * 5 + [False, True]) == 2


def test_each_hard_rule_is_named_where_it_is_broken():
    person = Person("A", {"D": 1, "N": 9}, 0, 9999, 2, 2, 2, 0, (0,))
    problem = Problem(8, (DAY, NIGHT), (person,))
    roster = np.zeros((1, 8, 2), dtype=bool)
    for day, shift in ((0, 0), (2, 1), (3, 0), (5, 1), (6, 1), (7, 1)):
        roster[0, day, shift] = True
    said = " | ".join(broken(problem, roster))
    for fault in ("2 × D", "D follows N on day 3", "day off", "3 days in a row from day 5", "1 days off", "1 weekends"):
        assert fault in said
