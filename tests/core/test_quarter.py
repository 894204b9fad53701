"""A whole quarter of the invented county: the laws that hold for every book."""

from dataclasses import fields, replace

import numpy as np
import pytest

from heng import allowance
from heng.evidence import Evidence, History, Posts, days, numbers, text
from heng.quarter import appraise
from tests.core.county import book, joined, row, scheme, with_evidence, with_rate

DRAWS = 400


def quarter(a_book=None, a_scheme=None, period="2026Q3", **more):
    return appraise(a_book or book(), a_scheme or scheme(), period, **{"draws": DRAWS, **more})


@pytest.fixture(scope="module")
def plain():
    return quarter()


def same(one, other, but=()):
    for field in fields(one):
        if field.name not in but:
            left, right = getattr(one, field.name), getattr(other, field.name)
            assert all(a == b or (a != a and b != b) for a, b in zip(left, right, strict=True)), field.name


def shuffled(table, seed):
    return table.rows(np.random.default_rng(seed).permutation(len(table)))


def test_the_order_of_rows_changes_nothing(plain):
    mixed = type(book())(*(shuffled(getattr(book(), f.name), i) for i, f in enumerate(fields(book()))))
    other = quarter(mixed)
    for table in ("indicators", "scores", "ranks", "proposals", "allowance", "leader_months"):
        same(getattr(plain, table), getattr(other, table))
    assert plain.notes == other.notes


def test_names_change_no_score(plain):
    posts = replace(book().posts, name=text(f"甲{i}" for i in range(len(book().posts))))
    communities = replace(book().communities, name=text("乙" for _ in range(len(book().communities))))
    other = quarter(replace(book(), posts=posts, communities=communities))
    same(plain.scores, other.scores, but=("name",))
    same(plain.indicators, other.indicators)


def test_seed_and_draws_change_no_score_rank_or_point(plain):
    other = quarter(seed=5, draws=150)
    same(plain.indicators, other.indicators)
    assert np.array_equal(plain.scores.score, other.scores.score, equal_nan=True)
    assert np.array_equal(plain.scores.rank, other.scores.rank, equal_nan=True)
    assert np.array_equal(plain.allowance.amount_fen, other.allowance.amount_fen)


def test_every_community_has_every_rate(plain):
    assert len(plain.indicators) == len(book().communities) * len(scheme().rates)


def test_a_missing_row_is_no_evidence_and_its_weight_is_spread(plain):
    found = row(plain.indicators, community="C04", rate="leads")
    assert found["status"] == "no_evidence"
    assert all(np.isnan(found[name]) for name in ("numerator", "crude", "expected", "adjusted", "points"))
    own = row(plain.scores, officer="O04")
    assert own["present_weight"] == 90
    mine = plain.indicators.rows((plain.indicators.community == "C04") & (plain.indicators.status != "no_evidence"))
    weights = {rate.id: rate.weight for rate in scheme().rates}
    total = sum(weights[rate] * points for rate, points in zip(mine.rate, mine.points, strict=True))
    assert own["score"] == pytest.approx(total / 90, abs=0.005001)
    assert ("late_supply", {"rate": "leads", "community": "C04", "supplier": "investigation brigade"}) in plain.notes


def test_nought_of_nought_is_no_evidence_and_not_nought():
    zero = with_evidence(
        lambda rows: replace(rows, numerator=rows.numerator * 0, denominator=rows.denominator * 0),
        period="2026Q3", community="C01", rate="visibility",
    )  # fmt: skip
    gone = with_evidence(None, period="2026Q3", community="C01", rate="visibility")
    same(quarter(zero).scores, quarter(gone).scores)
    assert row(quarter(zero).indicators, community="C01", rate="visibility")["status"] == "no_evidence"


def test_a_false_record_scores_nought_in_its_own_rate_only(plain):
    falsified = with_evidence(
        lambda rows: replace(rows, status=text(["false"])), period="2026Q3", community="C02", rate="prevention"
    )
    found = quarter(falsified)
    mine = row(found.indicators, community="C02", rate="prevention")
    assert (mine["status"], mine["points"]) == ("false", 0)
    assert mine["numerator"] == row(plain.indicators, community="C02", rate="prevention")["numerator"]
    assert np.isnan(mine["adjusted"])
    before = row(plain.scores, officer="O02")["score"]
    lost = 15 * row(plain.indicators, community="C02", rate="prevention")["points"] / 100
    assert row(found.scores, officer="O02")["score"] == pytest.approx(before - lost, abs=0.011)
    assert ("falsified", {"rate": "prevention", "community": "C02"}) in found.notes


def test_a_provisional_figure_is_used_and_flagged(plain):
    early = with_evidence(
        lambda rows: replace(rows, status=text(["provisional"])), period="2026Q3", community="C02", rate="prevention"
    )
    found = quarter(early)
    assert row(found.indicators, community="C02", rate="prevention")["status"] == "provisional"
    same(found.scores, plain.scores)


def test_too_little_evidence_shows_a_score_and_no_rank():
    rates = ("satisfaction", "familiarity", "incidents")  # 50 of 100
    thinned = book()
    for rate in rates[:2]:
        thinned = replace(thinned, evidence=_without(thinned.evidence, "2026Q3", "C06", rate))
    found = row(quarter(thinned).scores, officer="O06")
    assert found["status"] == "not_ranked:little_evidence"
    assert found["present_weight"] == 65
    assert np.isfinite(found["score"]) and np.isnan(found["rank"]) and np.isnan(found["p_last"])


def _without(evidence, period, community, rate):
    gone = (evidence.period == period) & (evidence.community == community) & (evidence.rate == rate)
    return evidence.rows(~gone)


def test_short_posts_are_listed_without_score_and_paid_for_their_days(plain):
    for officer in ("O09", "O11"):
        found = row(plain.scores, officer=officer)
        assert found["status"] == "not_ranked:short_post" and np.isnan(found["score"])
    paid = [row(plain.allowance, officer=officer) for officer in ("O09", "O11")]
    assert [one["months"] for one in paid] == [1.45, 1.55]
    scores = plain.scores.score[np.isfinite(plain.scores.score)]
    assert paid[0]["score"] == pytest.approx(scores.mean(), abs=0.0051)


def test_the_pot_is_exact(plain):
    assert plain.allowance.amount_fen.sum() == allowance.pot(50000, plain.allowance.months) == 1_500_000


def test_probabilities_add_up(plain):
    ranked = plain.scores.rows(plain.scores.status == "ranked")
    assert ranked.p_first.sum() == pytest.approx(1)
    assert ranked.p_last.sum() == pytest.approx(1)
    assert len(plain.ranks) == len(ranked) ** 2
    assert (ranked.rank_low <= ranked.rank).all() and (ranked.rank <= ranked.rank_high).all()


def test_a_window_adds_the_quarters_the_officer_held_the_post():
    found = quarter(a_scheme=with_rate("leads", pool_quarters=3))
    mine = row(found.indicators, community="C01", rate="leads")
    assert mine["status"] == "pooled"
    evidence = book().evidence
    hit = (
        (evidence.community == "C01")
        & (evidence.rate == "leads")
        & np.isin(evidence.period, ["2026Q1", "2026Q2", "2026Q3"])
    )
    assert mine["numerator"] == evidence.numerator[hit].sum()
    assert mine["denominator"] == evidence.denominator[hit].sum()
    newcomer = row(found.indicators, community="C09", rate="leads")  # nobody there long enough: this quarter alone
    assert newcomer["status"] == "ok"


def test_a_thin_rate_is_pooled_and_a_newcomers_stays_thin(plain):
    few = with_evidence(
        lambda rows: replace(rows, numerator=numbers([4]), denominator=numbers([5])),
        period="2026Q3", community="C01", rate="disputes",
    )  # fmt: skip
    assert row(quarter(few).indicators, community="C01", rate="disputes")["status"] == "pooled"
    new = replace(few, posts=_moved(few.posts, "C01", "2026-07-01"))
    mine = row(quarter(new).indicators, community="C01", rate="disputes")
    assert mine["status"] == "thin"
    assert np.isfinite(mine["points"])
    assert row(quarter(new).scores, officer="O77")["present_weight"] == 85


def _moved(posts, community, day):
    start, officer = posts.start.copy(), posts.officer.copy()
    start[posts.community == community] = np.datetime64(day)
    officer[posts.community == community] = "O77"
    return replace(posts, start=start, officer=officer)


def test_history_decides_the_score_and_rank_of_a_published_quarter():
    recomputed = quarter(period="2026Q2")
    ranked = recomputed.scores.rows(recomputed.scores.status == "ranked")
    printed = History(
        period=text(["2026Q2"] * len(ranked)),
        officer=ranked.officer,
        community=ranked.community,
        score=ranked.score[::-1].copy(),
        rank=ranked.rank[::-1].copy(),
        ranked=np.ones(len(ranked), dtype=bool),
    )
    published = replace(book(), history=joined(book().history, printed))
    found = quarter(published, period="2026Q2")
    for officer, score in zip(printed.officer, printed.score, strict=True):
        assert row(found.scores, officer=officer)["score"] == score
    assert ("published", {"period": "2026Q2"}) in found.notes
    assert ("recomputed", {"period": "2026Q2"}) not in quarter(published).notes
    assert ("recomputed", {"period": "2026Q2"}) in quarter().notes


def test_officers_who_share_a_post_share_one_score_and_one_rank():
    posts = book().posts
    couple = Posts(*(np.append(getattr(posts, f.name), v) for f, v in zip(fields(posts), _spouse(), strict=True)))
    both = np.where(couple.community == "C02", "couple", couple.staffing).astype(object)
    found = quarter(replace(book(), posts=replace(couple, staffing=both)))
    one, other = (row(found.scores, officer=officer) for officer in ("O02", "O92"))
    assert (one["score"], one["rank"]) == (other["score"], other["rank"])
    assert found.scores.rank[found.scores.status == "ranked"].max() == 9
    assert not one["tied"]
    assert "O92" not in found.alike["O02"]
    assert row(found.allowance, officer="O92")["amount_fen"] > 0


def _spouse():
    return text(["O92"]), text(["何家屬"]), text(["C02"]), days(["2024-12-01"]), days([None]), text(["couple"])


def test_a_transfer_review_rests_on_both_quarters_evidence(plain):
    found = row(plain.proposals, kind="transfer_review")
    assert found["officer"] == "O08"
    assert found["rule"] == "R-31"
    assert found["blocked_by"] == ("objection_period", "minute_number")
    notice = row(plain.proposals, kind="notice")
    assert 0 < found["p"] < 1 and found["p"] != notice["p"]
    assert "2026Q2" in found["reason"] and "Below 80.00 in both quarters" in found["reason"]


def test_a_bottom_that_cannot_be_told_apart_names_who_else_may_be_last(plain):
    notice = row(plain.proposals, kind="notice")
    assert not notice["distinguishable"]
    assert "Not distinguishable: " in notice["reason"]
    assert notice["facts"]["may_be_last"] == plain.alike["O08"]


def test_the_gate_may_ask_for_evidence():
    strict = replace(scheme(), gate=replace(scheme().gate, evidence="require", notice_p_bottom3=1.0))
    found = quarter(a_scheme=strict)
    assert "evidence" in row(found.proposals, kind="notice")["blocked_by"]


def test_a_year_end_brings_awards_nomination_and_pool():
    found = quarter(period="2025Q4")
    kinds = [kind for kind in found.proposals.kind if kind in ("award", "nomination", "talent_pool")]
    assert kinds.count("award") == 3 and kinds.count("nomination") == 1 and kinds.count("talent_pool") == 2
    for one in (row(found.proposals, kind="nomination"),):
        assert 0 < one["p"] <= 1 and one["blocked_by"] == ("minute_number",)


def test_a_county_without_pool_says_so():
    alone = replace(scheme(), complexity=replace(scheme().complexity, pool=None))
    found = quarter(a_scheme=alone)
    assert {one.source for one in found.coefficients} == {"low_confidence"}
    first = quarter(a_scheme=alone, period="2025Q2")
    assert {one.source for one in first.coefficients} == {"current"}


def test_expected_can_be_recomputed_by_anybody(plain):
    places = {community: i for i, community in enumerate(book().communities.community)}
    rate = next(one for one in plain.coefficients if one.rate == "incidents")
    for community in ("C01", "C07"):
        facts = np.array([book().communities.facts[name][places[community]] for name in plain.covariates.names])
        x = (facts - plain.covariates.centre) / plain.covariates.scale
        by_hand = np.exp(rate.level + x @ rate.coefficients) * 10_000
        assert row(plain.indicators, community=community, rate="incidents")["expected"] == pytest.approx(by_hand)


def test_points_are_read_off_the_table(plain):
    shown = plain.indicators.rows(plain.indicators.rate == "familiarity")
    table = scheme().rate("familiarity").points
    assert shown.points == pytest.approx(np.round(np.interp(shown.adjusted, table[:, 0], table[:, 1]), 2), abs=0.006)
    assert (shown.points_low <= shown.points).all() and (shown.points <= shown.points_high).all()


def test_luck_is_taken_off_a_familiarity_of_four_pictures(plain):
    mine = row(plain.indicators, community="C01", rate="familiarity")
    assert mine["crude"] == pytest.approx((73 / 120 - 0.25) / 0.75)


def test_an_unknown_period_is_refused_by_name():
    with pytest.raises(ValueError, match="2031Q1 has no evidence"):
        quarter(period="2031Q1")
    with pytest.raises(ValueError, match="not a quarter"):
        quarter(period="2026")


def test_a_book_of_one_place_is_appraised_without_a_bottom():
    one = book().communities.community == "C01"
    alone = replace(
        book(),
        communities=book().communities.rows(one),
        posts=book().posts.rows(book().posts.community == "C01"),
        pairings=book().pairings.rows(book().pairings.community == "C01"),
        evidence=book().evidence.rows(book().evidence.community == "C01"),
        leader_days=book().leader_days.rows(book().leader_days.community == "C01"),
        history=book().history.rows(book().history.community == "C01"),
    )
    found = quarter(alone)
    assert found.scores.rank.tolist() == [1.0]
    assert not len(found.proposals)
    assert ("too_few_ranked", {"ranked": 1, "needed": 4}) in found.notes


def test_a_mean_of_a_scale_is_appraised_like_any_other_rate():
    places = book().communities.community
    n = len(places)
    scale = Evidence(
        period=text(["2026Q3"] * n),
        community=places,
        rate=text(["safety"] * n),
        numerator=np.linspace(3.2, 4.4, n),
        denominator=np.full(n, 120.0),
        design_effect=np.full(n, 1.2),
        sd=np.full(n, 0.9),
        source=text([""] * n),
        verified_by=text([""] * n),
        status=text(["final"] * n),
    )
    rate = replace(
        scheme().rate("disputes"),
        id="safety",
        kind="mean",
        points=np.array([[1.0, 0], [3.0, 60], [4.0, 85], [5.0, 100]]),
    )
    rates = tuple(rate if one.id == "disputes" else one for one in scheme().rates)
    found = quarter(replace(book(), evidence=joined(book().evidence, scale)), replace(scheme(), rates=rates))
    mine = found.indicators.rows(found.indicators.rate == "safety")
    assert (np.diff(mine.adjusted) > 0).all()
    assert mine.numerator == pytest.approx(scale.numerator)
    assert 0.5 < mine.own_weight.mean() < 1


@pytest.mark.parametrize("period", ["2026Q3", "2025Q4"])
def test_without_draws_the_probabilities_are_worked_out_and_agree_with_many_draws(period):
    drawn, solved = quarter(period=period, draws=40_000), quarter(period=period, draws=0)
    for name in ("p_first", "p_last", "p_below"):
        assert getattr(solved.scores, name) == pytest.approx(getattr(drawn.scores, name), abs=0.03, nan_ok=True)
    assert solved.ranks.probability == pytest.approx(drawn.ranks.probability, abs=0.04)
    assert solved.proposals.p == pytest.approx(drawn.proposals.p, abs=0.03)
    same(solved.indicators, drawn.indicators)


def test_a_place_without_any_evidence_is_never_ranked_however_low_the_bar():
    nothing = book().evidence.rows(book().evidence.community != "C05")
    anyone = replace(scheme(), ranking=replace(scheme().ranking, min_weight=0.0))
    found = row(quarter(replace(book(), evidence=nothing), anyone).scores, officer="O05")
    assert found["status"] == "not_ranked:little_evidence" and np.isnan(found["score"])
