"""How far to trust the order: probabilities of ranks among the ranked posts, from joint draws, never marginals."""

from dataclasses import dataclass

import numpy as np

from heng import composite
from heng.appraisal import two_quarters
from heng.points import round_half_up
from heng.rank_sets import EXACT, rank_sets, told_apart
from heng.ranking import probabilities
from heng.rating import HIGH, LOW
from heng.rules import is_below

SET_CONFIDENCE = 0.90


@dataclass(frozen=True)
class Odds:
    """Of the posts of one quarter, by community: what the draws say. Arrays in the order of ``posts``."""

    posts: tuple  # communities of the ranked posts, sorted
    rank: np.ndarray  # (N, N)
    first: np.ndarray
    last: np.ndarray
    below: np.ndarray
    bottom_three: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray
    apart: np.ndarray  # (N, N) bool: row surely above column, all at once
    low: np.ndarray  # (n,) of every place with a score, published digits
    high: np.ndarray

    def of(self, community):
        """The position of a ranked post, None of any other."""
        return self.posts.index(community) if community in self.posts else None


def of_quarter(frame, appraisal, posts, draws, seed):
    """The ``Odds`` of a quarter among ``posts``, the communities of its ranked officers."""
    scores = score_draws(frame, appraisal, draws, seed)
    at = np.array([frame.place[community] for community in posts], dtype=int)
    drawn = scores[:, at]
    estimate, sd = appraisal.composite.score[at], drawn.std(axis=0)
    rank = probabilities(drawn)
    low, high, apart = _sets(estimate, sd, seed)
    ends = np.full((2, len(frame.places)), np.nan)
    scored = np.isfinite(appraisal.composite.score)
    ends[:, scored] = np.quantile(scores[:, scored], (LOW, HIGH), axis=0)
    return Odds(
        posts=tuple(posts),
        rank=rank.rank,
        first=rank.first,
        last=rank.last,
        below=is_below(drawn, frame.scheme.bottom).mean(axis=0),
        bottom_three=rank.rank[:, -3:].sum(axis=1),
        rank_low=low,
        rank_high=high,
        apart=apart,
        low=round_half_up(ends[0]),
        high=round_half_up(ends[1]),
    )


def _sets(estimate, sd, seed):
    """(rank_low, rank_high, apart); above ``EXACT`` places the pairs apart are those whose sets do not meet."""
    if len(estimate) > EXACT:
        low, high = rank_sets(estimate, sd, SET_CONFIDENCE, seed=seed)
        return low, high, high[:, None] < low[None, :]
    apart = told_apart(estimate, sd, SET_CONFIDENCE, seed=seed)
    return 1 + apart.sum(axis=0), len(apart) - apart.sum(axis=1), apart


def score_draws(frame, appraisal, draws, seed):
    """Joint draws of every place's score in one quarter, (draws, n)."""
    return composite.draw(appraisal.rated, frame.weights, draws, seed, appraisal.period)


def of_transfer(frame, period, earlier, posts, draws, seed):
    """community -> (P(last and below), P(below)) of two quarters appraised together, among the posts ranked in both."""
    rated = two_quarters(frame, period, earlier)
    scores = composite.draw(rated, frame.weights, draws, seed, f"{earlier}+{period}")
    at = np.array([frame.place[community] for community in posts], dtype=int)
    drawn = scores[:, at]
    below = is_below(drawn, frame.scheme.bottom)
    is_last = drawn == drawn.min(axis=1, keepdims=True)
    share = is_last / is_last.sum(axis=1, keepdims=True)  # equal draws share the last rank
    both = (share * below).mean(axis=0), below.mean(axis=0)
    return {community: (float(both[0][i]), float(both[1][i])) for i, community in enumerate(posts)}


def of_year(frame, posts, draws, seed):
    """P(rank r + 1 in the year) for every ``YearPost``, (N, N): quarters known by their result alone stand still."""
    drawn = np.zeros((draws, len(posts)))
    quarters = sorted({period for post in posts for period, _, _ in post.quarters})
    for period in quarters:
        has_evidence = period in frame.table.periods
        scores = score_draws(frame, frame.appraisal(period), draws, seed) if has_evidence else None
        for i, post in enumerate(posts):
            for known, community, score in post.quarters:
                if known == period:
                    one = scores[:, frame.place[community]] if has_evidence else score
                    drawn[:, i] += np.where(np.isfinite(one), one, score) / len(post.quarters)
    return probabilities(drawn).rank
