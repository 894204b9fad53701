"""The whole (季度考評): a county book, a scheme and a period in, a quarter out. One pure function, nothing decided."""

import numpy as np

from heng import allowance, binding, checks, notes, odds, periods, proposals
from heng.appraisal import Frame
from heng.evidence import text
from heng.points import round_half_up
from heng.results import (
    LITTLE_EVIDENCE,
    RANKED,
    SHORT_POST,
    AllowanceLines,
    Indicators,
    Quarter,
    Ranks,
    Scores,
    Standardised,
)

DRAWS = 20000  # of an official run, at least


def appraise(book, scheme, period, seed=None, draws=DRAWS):
    """The ``Quarter``: what every place's evidence adds up to, who stands where and how surely, what the rules propose.

    book: ``heng.evidence.Book``; scheme: ``heng.scheme.Scheme``; period such as "2026Q3"; seed: a whole number, by
    default the period's last day; draws: joint draws behind every probability, 0 = worked out by moments. Scores,
    points and ranks depend on neither. The same inputs give the same quarter, whatever the order of rows. ValueError
    for a period that is no quarter or has no evidence in the book, and for seed or draws below 0.
    """
    periods.parse(period)
    seed = periods.default_seed(period) if seed is None else _natural("seed", seed)
    draws = _natural("draws", draws)
    frame = Frame(book, scheme)
    if period not in frame.table.periods:
        raise ValueError(
            f"period {period} has no evidence in the book; it holds {', '.join(frame.table.periods) or 'none'}"
        )
    appraisal = frame.appraisal(period)
    standing = {(one.community, one.officer): one for one in frame.standings(period)}
    posts = _ranked_posts(standing, appraisal, frame)
    found = odds.of_quarter(frame, appraisal, posts, draws, seed)
    scores = _scores(frame, appraisal, standing, found)
    return Quarter(
        period=period,
        scheme=scheme,
        seed=seed,
        draws=draws,
        indicators=_indicators(frame, appraisal),
        scores=scores,
        ranks=_ranks(period, scores, found),
        proposals=proposals.of_quarter(frame, appraisal, found, draws, seed),
        allowance=_allowance(book.posts, scheme, period, scores),
        leader_months=binding.leader_months(book.leader_days, book.pairings, period, scheme.leader_days),
        coefficients=appraisal.coefficients,
        covariates=Standardised(frame.design.names, frame.design.centre, frame.design.scale),
        notes=notes.of_quarter(frame, appraisal),
        alike=_alike(scores, found),
    )


def _natural(name, value):
    return int(checks.at_least(name, checks.whole(name, value), 0)[0])


def _ranked_posts(standing, appraisal, frame):
    """Communities whose holders are ranked and have a score to draw, sorted."""
    scored = np.isfinite(appraisal.composite.score)
    return sorted(
        {community for (community, _), one in standing.items() if one.ranked and scored[frame.place[community]]}
    )


_FIGURES = ("numerator", "denominator", "crude", "expected", "adjusted", "low", "high", "own_weight")
_POINTS = ("points", "points_low", "points_high")


def _indicators(frame, appraisal):
    """Place by place, rate by rate: (n, R) columns laid out row after row."""
    places, rates = len(frame.places), len(appraisal.rated)
    columns = {
        name: np.array([getattr(one, name) for one in appraisal.rated], dtype=object if name == "status" else float)
        for name in (*_FIGURES, *_POINTS, "status")
    }
    return Indicators(
        period=text([appraisal.period] * places * rates),
        community=np.repeat(frame.places.community, rates),
        rate=np.tile(text(one.rate.id for one in appraisal.rated), places),
        **{name: column.T.reshape(-1) for name, column in columns.items()},
    )


def _scores(frame, appraisal, standing, found):
    rows = [_score_row(frame, appraisal, i, standing, found) for i in range(len(appraisal.holders))]
    columns = list(zip(*rows, strict=True)) if rows else [()] * 16
    kinds = [object] * 4 + [float] * 4 + [bool] + [float] * 6 + [object]
    return Scores(*(np.array(values, dtype=kind) for values, kind in zip(columns, kinds, strict=True)))


def _score_row(frame, appraisal, i, standing, found):
    holders = appraisal.holders
    officer, community = holders.officer[i], holders.community[i]
    who = (appraisal.period, officer, holders.name[i], community)
    place, one = frame.place[community], standing.get((community, officer))
    present = appraisal.composite.present_weight[place]
    ranked, appraised = bool(one and one.ranked), bool(holders.appraised[i])
    if not (ranked or appraised):
        return (*who, *[np.nan] * 4, False, *[np.nan] * 5, present, SHORT_POST)
    score = one.score if ranked else appraisal.composite.score[place]
    spread = (found.low[place], found.high[place])
    if not ranked:
        return (*who, score, *spread, np.nan, False, *[np.nan] * 5, present, LITTLE_EVIDENCE)
    at = found.of(community)
    odds_of_rank = [np.nan] * 5 if at is None else [values[at] for values in _odds_columns(found)]
    return (*who, score, *spread, one.rank, bool(one.tied_with), *odds_of_rank, present, RANKED)


def _odds_columns(found):
    return found.first, found.last, found.below, found.rank_low, found.rank_high


def _ranks(period, scores, found):
    """Every rank 1…N of every ranked officer."""
    ranked = [
        (officer, found.of(community)) for officer, community in zip(scores.officer, scores.community, strict=True)
    ]
    ranked = [
        (officer, at)
        for (officer, at), status in zip(ranked, scores.status, strict=True)
        if status == RANKED and at is not None
    ]
    size = len(found.posts)
    return Ranks(
        period=text([period] * len(ranked) * size),
        officer=text(officer for officer, _ in ranked for _ in range(size)),
        rank=np.tile(np.arange(1, size + 1), len(ranked)),
        probability=np.concatenate([found.rank[at] for _, at in ranked]) if ranked else np.zeros(0),
    )


def _allowance(posts, scheme, period, scores):
    """R-50: who held a post takes part; an officer without a score takes the mean of those who have one."""
    first, last = periods.first_day(period), periods.last_day(period)
    months = allowance.months_served(posts.start, posts.end, period)
    served = periods.days_held(posts.start, posts.end, first, last) > 0
    officers = sorted(set(posts.officer[served]))
    months = np.array([round_half_up(months[served & (posts.officer == officer)].sum()) for officer in officers])
    own = {officer: score for officer, score in zip(scores.officer, scores.score, strict=True) if np.isfinite(score)}
    own = np.array([own.get(officer, np.nan) for officer in officers])
    used, fen = allowance.of_county(own, months, scheme.allowance)
    return AllowanceLines(
        period=text([period] * len(officers)), officer=text(officers), months=months, score=used, amount_fen=fen
    )


def _alike(scores, found):
    """officer -> the ranked officers of other posts that the 90 % sets cannot tell apart from this one."""
    rows = list(zip(scores.officer, scores.community, scores.status, strict=True))
    holders = [(officer, found.of(community)) for officer, community, status in rows if status == RANKED]
    holders = [(officer, at) for officer, at in holders if at is not None]
    near = ~(found.apart | found.apart.T)
    return {officer: tuple(o for o, other in holders if other != at and near[at, other]) for officer, at in holders}
