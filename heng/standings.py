"""Standings (名次): who stood where in a quarter and who alone was last (末位), published or computed, in one shape.

Ranking is by post: sworn officers who share a post (夫妻社區, 兄弟社區, 一區多警) share one score and take one rank
(R-62). Scores are compared as published, two decimals half up (R-22).
"""

import math
from dataclasses import dataclass, replace

import numpy as np

from heng.points import round_half_up
from heng.ranking import standing as competition_ranks
from heng.ties import untie

HISTORY, EVIDENCE, BOTH = "history", "evidence", "both"


@dataclass(frozen=True)
class Standing:
    """One officer in one quarter, with the rank of the post."""

    period: str
    officer: str
    community: str
    score: float  # published; nan = none
    rank: float = math.nan  # 1 = best, ties share it and the next is skipped; nan = not ranked
    ranked: bool = False
    last: bool = False  # after the chain of R-23 alone on the last rank, or with others under bottom_tie = "all"
    shared_last: bool = False  # the chain left several posts on the last rank (並列末位)
    of: int = 0  # ranked posts of the quarter
    tied_with: tuple = ()  # officers of other posts on the same published rank
    shared_with: tuple = ()  # officers of the other posts that the chain left on the last rank with this one
    parted_by: tuple = ()  # (rate, points) that set a last officer apart from those, in the order used
    source: str = EVIDENCE  # history: published only; evidence: computed; both: published, with evidence in the book
    since: np.datetime64 | None = None  # first day of this spell in the post, None = not known


def published_mean(scores):
    """Mean of published scores, again two decimals half up; exact, because it adds whole hundredths.

    >>> published_mean([79.99, 80.00])
    80.0
    """
    hundredths = [round(score * 100) for score in scores]
    return (2 * sum(hundredths) + len(hundredths)) // (2 * len(hundredths)) / 100


def of_history(history, period, scheme, has_evidence=False, since=None):
    """The standings of a published quarter, or None when ``history`` holds nothing of it.

    The printed rank decides, whatever the scores would say. The chain of R-23 is not asked, for the points of that
    day were not published with the rank: a last rank that was shared stays shared. The source is ``both`` when the
    book ``has_evidence`` of the quarter too, else ``history``. ``since`` gives an officer's first day in the post.
    """
    rows = history.rows(history.period == period)
    if not len(rows):
        return None
    ranks = np.where(rows.ranked, rows.rank, np.nan)
    found = _standings(period, rows.officer, rows.community, round_half_up(rows.score), ranks)
    source, since = BOTH if has_evidence else HISTORY, since or {}
    found = [replace(one, source=source, since=since.get(one.officer)) for one in found]
    return _with_last(found, scheme.ranking, {})


def of_scores(period, officers, communities, scores, ranked, scheme, points=None, since=None):
    """The standings of a quarter from its scores: competition ranks (1, 2, 2, 4) over the ranked posts.

    Four columns with a row per officer, shape (n,); ``ranked`` is boolean. ``points`` gives the published points
    that the tie-break chain compares, community -> rate -> points; what it lacks is missing, not zero. ``since``
    gives an officer's first day in the post. Nobody ranked: nobody is last. Refuses a ranked officer without score.
    """
    scores, ranked = round_half_up(np.asarray(scores, dtype=float)), np.asarray(ranked, dtype=bool)
    communities = np.asarray(communities, dtype=object)
    for index in np.flatnonzero(ranked & np.isnan(scores)):
        raise ValueError(f"scores[{index}] is nan, but officer {officers[index]} is ranked")
    ranks = _competition(communities, scores, ranked)
    found = _standings(period, officers, communities, scores, ranks)
    return _with_last(
        [replace(one, since=(since or {}).get(one.officer)) for one in found], scheme.ranking, points or {}
    )


def of_lowest(period, officers, communities, scores, ranks, of, scheme, points):
    """The standings of those on the last rank of a quarter, which are all that a rule about the bottom asks for.

    As ``of_scores`` gives them of a quarter in which each post has one officer: columns (n,) of who stands on the last
    rank, their competition ``ranks``, and ``of``, how many posts are ranked.
    """
    found = _standings(period, officers, communities, scores, ranks)
    return _with_last(found, scheme.ranking, points, of)


def _competition(communities, scores, ranked):
    """Ranks (n,) with the holders of one post counted once; nan where not ranked."""
    posts = sorted(set(zip(communities[ranked], scores[ranked], strict=True)))
    ranks = dict(zip(posts, competition_ranks([score for _, score in posts]), strict=True)) if posts else {}
    found = np.full(len(scores), np.nan)
    found[ranked] = [ranks[post] for post in zip(communities[ranked], scores[ranked], strict=True)]
    return found


def _standings(period, officers, communities, scores, ranks):
    """One `Standing` a row, by community and officer, without a word yet about who is last."""
    rows = zip(communities, officers, scores, ranks, strict=True)
    return [
        Standing(period, officer, community, float(score), float(rank), ranked=not math.isnan(rank))
        for community, officer, score, rank in sorted(rows, key=lambda row: row[:2])
    ]


def _with_last(standings, ranking, points, of=None):
    """The same standings, with how many posts are ranked, who is tied with whom, and who is last.

    of: the number of ranked posts, where not all of them are among the standings.
    """
    posts = {}  # (community, rank) -> officers: a post takes one rank, however many hold it
    for one in standings:
        if one.ranked:
            posts.setdefault((one.community, one.rank), []).append(one.officer)
    of = len(posts) if of is None else of
    last = _last(posts, of, ranking, points)
    return tuple(
        replace(one, of=of, tied_with=_tied_with(one, posts), **last.get((one.community, one.rank), {}))
        for one in standings
    )


def _tied_with(one, posts):
    others = (
        officers for (community, rank), officers in posts.items() if rank == one.rank and community != one.community
    )
    return tuple(sorted(sum(others, [])))


def _last(posts, of, ranking, points):
    """post -> what being on the last rank means for it; empty when nobody can be last.

    Nobody is last among fewer than ``min_ranked`` posts (R-30), nor where one rank is shared by all: the last rank
    is then the first as well, and adverse rules are read narrowly.
    """
    if not posts or of < ranking.min_ranked:
        return {}
    lowest = max(rank for _, rank in posts)
    worst = untie(
        sorted(post for post in posts if post[1] == lowest),
        ranking.tie_break,
        lambda post, rate: points.get(post[0], {}).get(rate, math.nan),
    )[-1]
    shared = len(worst.members) > 1
    is_last = not shared or (ranking.bottom_tie == "all" and len(worst.members) < of)
    return {
        post: {
            "last": is_last,
            "shared_last": shared,
            "shared_with": tuple(sorted(name for other in worst.members if other != post for name in posts[other])),
            "parted_by": worst.steps,
        }
        for post in worst.members
    }
