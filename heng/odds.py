"""How far to trust the order: the probabilities that stand beside a quarter's scores, ranks and proposals."""

from dataclasses import dataclass

import numpy as np

from heng import chances
from heng.appraisal import two_quarters
from heng.points import round_half_up
from heng.rank_sets import EXACT, rank_sets, told_apart
from heng.rating import HIGH, LOW

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
    every = of_places(frame, appraisal, draws, seed)
    ranked = every.of(_positions(frame, posts))
    rank = ranked.rank()
    sets = _sets(appraisal.composite.score[_positions(frame, posts)], ranked.sd(), seed)
    low, high = every.quantiles((LOW, HIGH))
    return Odds(
        posts=tuple(posts),
        rank=rank,
        first=rank[:, :1].sum(axis=1),
        last=rank[:, -1:].sum(axis=1),
        below=ranked.below(frame.scheme.bottom),
        bottom_three=rank[:, -3:].sum(axis=1),
        rank_low=sets[0],
        rank_high=sets[1],
        apart=sets[2],
        low=round_half_up(low),
        high=round_half_up(high),
    )


def of_places(frame, appraisal, draws, seed):
    """The chances of every place's score in one quarter: ``heng.chances``."""
    return chances.of_rated(appraisal.rated, frame.weights, draws, seed, appraisal.period)


def _positions(frame, posts):
    return np.array([frame.place[community] for community in posts], dtype=int)


def _sets(estimate, sd, seed):
    """(rank_low, rank_high, apart); above ``EXACT`` places the pairs apart are those whose sets do not meet."""
    if len(estimate) > EXACT:
        low, high = rank_sets(estimate, sd, SET_CONFIDENCE, seed=seed)
        return low, high, high[:, None] < low[None, :]
    apart = told_apart(estimate, sd, SET_CONFIDENCE, seed=seed)
    return 1 + apart.sum(axis=0), len(apart) - apart.sum(axis=1), apart


def of_transfer(frame, period, earlier, posts, draws, seed):
    """community -> (P(last and below), P(below)) of two quarters appraised together, among the posts ranked in both."""
    rated, bottom = two_quarters(frame, period, earlier), frame.scheme.bottom
    every = chances.of_rated(rated, frame.weights, draws, seed, f"{earlier}+{period}")
    ranked = every.of(_positions(frame, posts))
    found = zip(ranked.last_and_below(bottom).tolist(), ranked.below(bottom).tolist(), strict=True)
    return dict(zip(posts, found, strict=True))


def of_year(frame, posts, draws, seed):
    """P(rank r + 1 in the year) for every ``YearPost``, (N, N): quarters known by their result alone stand still."""
    parts = [
        _quarter_of_year(frame, posts, period, draws, seed)
        for period in sorted({period for post in posts for period, _, _ in post.quarters})
    ]
    return chances.average(parts).rank()


def _quarter_of_year(frame, posts, period, draws, seed):
    """(chances or None, plain scores, weights) of one quarter, by post."""
    mine = [next(((c, s) for p, c, s in post.quarters if p == period), None) for post in posts]
    plain = np.array([score if found else 0.0 for found in mine for _, score in [found or (None, 0.0)]])
    weight = np.array([1 / len(post.quarters) if found else 0.0 for post, found in zip(posts, mine, strict=True)])
    if period not in frame.table.periods:
        return None, plain, weight
    at = np.array([frame.place[found[0]] if found else 0 for found in mine], dtype=int)
    return of_places(frame, frame.appraisal(period), draws, seed).of(at), plain, weight
