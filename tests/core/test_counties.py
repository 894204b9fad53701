"""Many counties at once: pots and findings are those of every county by itself."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from heng import allowance, counties, pots, rules, standings
from heng.evidence import text
from heng.results import LITTLE_EVIDENCE, RANKED
from heng.scheme import Allowance, Bottom, Ranking, Scheme

RULE = Allowance()

hundredths = st.integers(0, 10_000).map(lambda k: k / 100)
person = st.tuples(st.one_of(hundredths, st.just(np.nan)), st.integers(1, 300).map(lambda k: k / 100))
many_counties = st.lists(st.lists(person, min_size=1, max_size=9), min_size=1, max_size=5)


def starts_of(sizes):
    return np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(int)


@given(many_counties, st.integers(0, 90_000))
def test_every_county_has_the_fen_that_it_has_by_itself(people, per_month):
    rule = Allowance(per_month_fen=per_month)
    scores, months = np.array([one for county in people for one in county]).T
    used, fen = pots.of_counties(scores, months, rule, starts_of([len(county) for county in people]))
    alone = [allowance.of_county(*np.array(county).T, rule) for county in people]
    assert np.array_equal(used, np.concatenate([one for one, _ in alone]), equal_nan=True)
    assert fen.tolist() == np.concatenate([one for _, one in alone]).tolist()


@pytest.mark.parametrize("scores", [[81.005, 74.0, 66.0], [0.0, 0.0, 0.0], [np.nan] * 3, [np.nan, 80.0, 70.01]])
@pytest.mark.parametrize("months", [[3.0, 2.48, 1 / 3], [3.0, 0.0, 1.5]])
def test_scores_and_months_that_are_no_hundredths_are_shared_out_exactly_too(scores, months):
    used, fen = pots.of_counties(scores, months, RULE, [0])
    expected = allowance.of_county(scores, months, RULE)
    assert np.array_equal(used, expected[0], equal_nan=True) and fen.tolist() == expected[1].tolist()


def test_nobody_shares_nothing_and_a_month_below_nought_is_refused():
    assert [len(one) for one in pots.of_counties([], [], RULE, [])] == [0, 0]
    with pytest.raises(ValueError, match=r"months\[1\] = -1 is below 0"):
        pots.of_counties([80.0, 70.0], [3.0, -1.0], RULE, [0])


class Rate:
    """A rate's points, as far as the chain of ties asks for them."""

    def __init__(self, name, points):
        self.rate, self.points, self.counts = type("Named", (), {"id": name}), points, np.isfinite(points)


def quarter_of(people, seed):
    """A ``CountiesQuarter`` of coarse scores, so that ties are common; people: (score, ranked) by county."""
    random = np.random.default_rng(seed)
    n = sum(map(len, people))
    county = text([f"X{i}" for i, one in enumerate(people) for _ in one])
    community, officer = text([f"C{i:03}" for i in range(n)]), text([f"O{i:03}" for i in random.permutation(n)])
    places = counties.Places(county, community, officer, np.full(n, 3.0), {})
    score, ranked = np.array([one for each in people for one in each], dtype=float).T
    score, ranked = 70 + score, ranked > 0
    rank, tied = counties.ranks_within(score, ranked, places.groups())
    rated = tuple(Rate(name, random.choice([60.0, 80.0, np.nan], n)) for name in ("satisfaction", "incidents"))
    blank = np.full(n, np.nan)
    status = np.where(ranked, RANKED, LITTLE_EVIDENCE).astype(object)
    return counties.CountiesQuarter(
        *(places, rated, score, blank, blank, rank, tied, blank, blank, blank, np.full(n, 100.0), status)
    )


def county_by_county(quarter, scheme):
    """What ``counties.findings`` gives, each county's standings in full."""
    places = quarter.places
    points = {
        community: {one.rate.id: one.points[i] for one in quarter.rated if one.counts[i]}
        for i, community in enumerate(places.community)
    }
    for county in dict.fromkeys(places.county):
        rows = np.flatnonzero(places.county == county)
        who = places.officer[rows], places.community[rows], quarter.score[rows], quarter.status[rows] == RANKED
        known = standings.of_scores("2026Q3", *who, scheme, points)
        by_rank = dict(zip(places.community[rows], quarter.rank[rows], strict=True))
        assert np.array_equal([one.rank for one in known], [by_rank[one.community] for one in known], equal_nan=True)
        yield from rules.bottom_findings("2026Q3", {"2026Q3": known}.get, scheme)


@given(
    people=st.lists(
        st.lists(st.tuples(st.integers(0, 3), st.booleans()), min_size=1, max_size=8), min_size=1, max_size=4
    ),
    seed=st.integers(0, 99),
    tie=st.sampled_from(["nobody", "all"]),
    fewest=st.integers(2, 5),
)
def test_findings_are_those_of_every_countys_standings_in_full(people, seed, tie, fewest):
    ranking = Ranking(bottom_tie=tie, min_ranked=fewest)
    scheme = Scheme("test", "1", "2026-01-01", rates=(), ranking=ranking, bottom=Bottom(spare_from=72.5))
    quarter = quarter_of(people, seed)
    found = list(counties.findings(quarter, scheme, "2026Q3"))
    assert [one for one, _ in found] == list(county_by_county(quarter, scheme))
    assert [one.officer for one, _ in found] == [quarter.places.officer[at] for _, at in found]
