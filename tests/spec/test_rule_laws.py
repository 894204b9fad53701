"""What holds for every quarter, not only for the examples: laws of the rules, and the tests behind the guarantees."""

from dataclasses import replace
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from heng.periods import step
from heng.rules import blocks, bottom_findings, passes_gate
from heng.scheme import Bottom, Gate, Ranking, Year
from heng.standings import of_scores
from heng.year_end import year_findings
from tests.spec.reading import DEFAULT

NOW = "2026Q4"
YEAR = ("2026Q1", "2026Q2", "2026Q3", "2026Q4")
ADVERSE = ("notice", "talk", "transfer_review")

# Few different values, so that ties, and scores on the line, come up again and again; each post is one choice, which
# draws many times faster than a tree of choices.
SCORES = (70.0, 79.99, 80.0, 84.5, 91.25)
POINTS = (
    {},
    {"satisfaction": 60.0},
    {"satisfaction": 80.0},
    {"disputes": 60.0},
    {"disputes": 80.0, "satisfaction": 80.0},
)
POSTS = tuple(product(SCORES, (True, True, True, False), (1, 1, 1, 2), POINTS))  # score, ranked, holders, points
a_post = st.sampled_from(POSTS)
some_posts = st.lists(a_post, min_size=1, max_size=7)
a_county = st.lists(st.lists(a_post, min_size=6, max_size=6), min_size=4, max_size=4)

bottoms = st.builds(
    Bottom,
    inclusive=st.booleans(),
    quarters=st.sampled_from(["both", "second", "either", "mean"]),
    across_years=st.booleans(),
    unranked=st.sampled_from(["reset", "pause"]),
    spare_from=st.sampled_from([0.0, 75.0, 90.0]),
)
rankings = st.builds(Ranking, bottom_tie=st.sampled_from(["nobody", "all"]))
gates = st.builds(Gate, evidence=st.sampled_from(["off", "warn", "require"]))
schemes = st.builds(lambda bottom, ranking, gate: replace(DEFAULT, bottom=bottom, ranking=ranking, gate=gate),
                    bottoms, rankings, gates)  # fmt: skip


def standings(period, posts, scheme, order=None, called=lambda name: name):
    """A quarter's standings of drawn posts: `P3` is held by officers `P3a`, `P3b`; ``order`` shuffles the rows."""
    rows = [
        (called(f"P{i}") + "ab"[holder], called(f"P{i}"), score, ranked)
        for i, (score, ranked, holders, _) in enumerate(posts)
        for holder in range(holders)
    ]
    rows = [rows[i] for i in order(len(rows))] if order else rows
    points = {called(f"P{i}"): known for i, (*_, known) in enumerate(posts)}
    return of_scores(period, *zip(*rows, strict=True), scheme, points)


def county(quarters, scheme, **how):
    """standing_of over four drawn quarters, the last of them NOW."""
    periods = [step(NOW, at - 3) for at in range(4)]
    known = {period: standings(period, posts, scheme, **how) for period, posts in zip(periods, quarters, strict=True)}
    return known.get


def points_of(quarters):
    return lambda period: {f"P{i}": known for i, (*_, known) in enumerate(quarters[YEAR.index(period)])}


@settings(max_examples=60, deadline=None)
@given(a_county, schemes)
def test_transfer_review_never_comes_without_having_been_last_twice_in_the_same_post(quarters, scheme):
    standing_of = county(quarters, scheme)
    for one in bottom_findings(NOW, standing_of, scheme):
        if one.kind == "transfer_review":
            both = [row for p in (NOW, one.earlier) for row in standing_of(p) if row.officer == one.officer]
            assert [row.last for row in both] == [True, True] and both[0].community == both[1].community


@settings(max_examples=60, deadline=None)
@given(a_county)
def test_under_the_default_scheme_both_scores_of_a_transfer_review_are_below_80(quarters):
    for one in bottom_findings(NOW, county(quarters, DEFAULT), DEFAULT):
        if one.kind == "transfer_review":
            assert all(score < 80.0 for _, score in one.facts["run"][-2:])


@settings(max_examples=60, deadline=None)
@given(a_county, schemes, st.randoms(use_true_random=False))
def test_order_of_the_officers_changes_no_finding(quarters, scheme, random):
    as_drawn = bottom_findings(NOW, county(quarters, scheme), scheme)
    shuffled = county(quarters, scheme, order=lambda n: random.sample(range(n), n))
    assert bottom_findings(NOW, shuffled, scheme) == as_drawn


@settings(max_examples=60, deadline=None)
@given(a_county, schemes)
def test_names_decide_nothing_about_the_bottom(quarters, scheme):
    backwards = {f"P{i}": f"P{5 - i}" for i in range(6)}
    as_drawn = bottom_findings(NOW, county(quarters, scheme), scheme)
    renamed = bottom_findings(NOW, county(quarters, scheme, called=backwards.get), scheme)
    expected = {(backwards[one.community] + one.officer[-1], one.kind, one.rule, one.streak) for one in as_drawn}
    assert {(one.officer, one.kind, one.rule, one.streak) for one in renamed} == expected


@settings(max_examples=60, deadline=None)
@given(some_posts, schemes)
def test_with_fewer_than_four_ranked_posts_nobody_is_last(posts, scheme):
    found = standings(NOW, posts, scheme)
    if sum(ranked for _, ranked, *_ in posts) < 4:
        assert not any(one.last or one.shared_last for one in found)


@settings(max_examples=60, deadline=None)
@given(some_posts)
def test_nobody_tied_last_is_proposed_by_default(posts):
    found = standings(NOW, posts, DEFAULT)
    assert len({one.community for one in found if one.last}) <= 1
    assert not any(one.last and one.shared_last for one in found)
    proposed = {one.officer for one in bottom_findings(NOW, {NOW: found}.get, DEFAULT)}
    assert proposed == {one.officer for one in found if one.last}


@settings(max_examples=60, deadline=None)
@given(some_posts, schemes)
def test_who_is_not_ranked_is_never_last(posts, scheme):
    assert not any(one.last for one in standings(NOW, posts, scheme) if not one.ranked)


@settings(max_examples=60, deadline=None)
@given(st.lists(a_post, min_size=4, max_size=7), schemes, st.data())
def test_a_higher_score_never_makes_an_officer_last(posts, scheme, drawn):
    at = drawn.draw(st.integers(0, len(posts) - 1))
    better = [*posts[:at], (posts[at][0] + drawn.draw(st.sampled_from([0.01, 5.0])), *posts[at][1:]), *posts[at + 1 :]]
    before, after = ({one.officer: one.last for one in standings(NOW, some, scheme)} for some in (posts, better))
    assert before[f"P{at}a"] or not after[f"P{at}a"] or _all_on_one_rank(posts)


def _all_on_one_rank(posts):
    return len({score for score, ranked, *_ in posts if ranked}) == 1


@settings(max_examples=60, deadline=None)
@given(some_posts, schemes)
def test_ranks_count_the_posts_above_and_nothing_else(posts, scheme):
    by_officer = {one.officer: one for one in standings(NOW, posts, scheme)}
    ranked = {i: score for i, (score, is_ranked, *_) in enumerate(posts) if is_ranked}
    for i, score in ranked.items():
        assert by_officer[f"P{i}a"].rank == 1 + sum(other > score for other in ranked.values())


@settings(max_examples=60, deadline=None)
@given(
    st.sampled_from(ADVERSE),
    schemes,
    st.sampled_from(["single", "multi", "couple", "brother", "twinned"]),
    st.booleans(),
)
def test_every_adverse_proposal_waits_for_a_person(kind, scheme, staffing, passes):
    waits = blocks(kind, scheme, staffing, passes)
    assert "objection_period" in waits
    assert kind != "transfer_review" or "minute_number" in waits


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ADVERSE), schemes, *[st.floats(0, 1)] * 3)
def test_gate_only_holds_up_and_only_when_required(kind, scheme, below, bottom3, pooled):
    passes = passes_gate(kind, scheme, p_below=below, p_bottom3=bottom3, p_pooled=pooled)
    assert passes or scheme.gate.evidence == "require"
    assert set(blocks(kind, scheme)) <= set(blocks(kind, scheme, passes=passes))


@settings(max_examples=60, deadline=None)
@given(a_county, st.sampled_from(["reset", "pause"]))
def test_a_new_post_starts_a_new_streak(quarters, unranked):
    scheme = replace(DEFAULT, bottom=Bottom(unranked=unranked))
    old = county(quarters, scheme)
    moved = lambda p: tuple(replace(one, community="M" + one.community) for one in old(p) or ()) if p != NOW else old(p)  # noqa: E731
    assert {one.streak for one in bottom_findings(NOW, moved, scheme)} <= {1}


@settings(max_examples=60, deadline=None)
@given(a_county, schemes)
def test_earlier_quarters_are_asked_for_only_while_a_streak_may_go_on(quarters, scheme):
    standing_of, asked = county(quarters, scheme), []
    found = bottom_findings(NOW, lambda p: asked.append(p) or standing_of(p), scheme)
    if not any(one.last for one in standing_of(NOW)):
        assert asked == [NOW] and found == ()
    if scheme.bottom.unranked == "reset" and found:
        assert min(asked) >= step(NOW, -max(one.streak for one in found)) or any(one.last for one in standing_of(NOW))


@settings(max_examples=60, deadline=None)
@given(a_county, st.integers(1, 4))
def test_prizes_paid_are_the_prizes_of_the_ranks_reached(quarters, min_quarters):
    scheme = replace(DEFAULT, year=Year(min_quarters=min_quarters))
    found = year_findings(NOW, county(quarters, scheme), scheme, points_of(quarters))
    awards = [one.facts for one in found if one.kind == "award"]
    reached = {rank for facts in awards for rank in facts["prize_ranks"]}
    assert sum(facts["amount_fen"] for facts in awards) == sum(scheme.year.awards_fen[: len(reached)])
    assert reached == set(range(1, len(reached) + 1))


@settings(max_examples=60, deadline=None)
@given(a_county)
def test_year_end_comes_in_the_fourth_quarter_only(quarters):
    for period in YEAR[:3]:
        assert year_findings(period, county(quarters, DEFAULT), DEFAULT) == ()


@settings(max_examples=60, deadline=None)
@given(a_county)
def test_a_higher_year_mean_never_gets_the_smaller_prize(quarters):
    found = year_findings(NOW, county(quarters, DEFAULT), DEFAULT, points_of(quarters))
    paid = {}
    for one in found:
        if one.kind == "award":
            post = one.community, one.facts["quarters"]
            paid.setdefault(post, [one.facts["mean"], 0])[1] += one.facts["amount_fen"]
    by_mean = sorted(paid.values(), reverse=True)
    assert all(a[1] >= b[1] - 1 for a, b in zip(by_mean, by_mean[1:], strict=False) if a[0] > b[0])
    assert all(fen > 0 for _, fen in paid.values())
