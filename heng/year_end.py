"""The year's end (R-52, R-24): the mean of the quarters, the prizes of the first three, the nomination and the pool.

Only what a Q4 brings. Money is whole fen and always adds up to the prizes of the ranks that were reached.
"""

import math
from dataclasses import dataclass

from heng.periods import parse
from heng.ranking import standing as competition_ranks
from heng.rules import Finding, in_order
from heng.standings import published_mean
from heng.ties import untie


@dataclass(frozen=True)
class YearPost:
    """The officers who shared every ranked quarter of the year, nearly always one alone; they take one rank (R-62)."""

    officers: tuple
    quarters: tuple  # (period, community, score) of the ranked quarters, in order

    @property
    def mean(self):
        """The year's score Y: the mean of the ranked quarters, published with two decimals."""
        return published_mean([score for _, _, score in self.quarters])


@dataclass(frozen=True)
class PaidRank:
    """The posts that stand together on a rank after the tie-break chain, and what that rank brings them."""

    rank: int
    posts: tuple
    prize_ranks: tuple  # the ranks they occupy together
    purse_fen: int  # the prizes of those ranks, added
    parted_by: tuple  # (rate, points) that set them apart from others with the same year mean


def year_findings(period, standing_of, scheme, points_of=None):
    """Awards, nominations and talent-pool entries of the year that ends with `period`; nothing unless it is a Q4.

    An officer takes part with at least ``min_quarters`` ranked quarters, in whatever post. Ties on the published mean
    are parted by the chain of R-23 on the year's mean points; what stays tied shares the prizes of the ranks occupied
    (R-24). ``points_of(period)`` gives published points, community -> rate -> points, or None; it is asked only when
    there is a tie to part.
    """
    year, quarter = parse(period)
    if quarter != 4:
        return ()
    posts = year_posts(year, standing_of, scheme.year.min_quarters)
    found = []
    for paid in _paid_ranks(posts, scheme, points_of or (lambda period: None)):
        for post, purse in zip(paid.posts, _even(paid.purse_fen, len(paid.posts)), strict=True):
            for officer, fen in zip(post.officers, _even(purse, len(post.officers)), strict=True):
                found += _of_officer(officer, fen, post, paid, len(posts), scheme.year)
    return in_order(found)


def year_posts(year, standing_of, min_quarters):
    """Who takes part in the year's ranking: a `YearPost` for each with enough ranked quarters, by first officer."""
    paths = {}  # officer -> the ranked quarters
    for quarter in range(1, 5):
        for one in standing_of(f"{year:04d}Q{quarter}") or ():
            if one.ranked:
                paths.setdefault(one.officer, []).append((one.period, one.community, one.score))
    posts = {}
    for officer in sorted(paths):
        if len(paths[officer]) >= min_quarters:
            posts.setdefault(tuple(paths[officer]), []).append(officer)
    return tuple(YearPost(tuple(officers), path) for path, officers in posts.items())


def _paid_ranks(posts, scheme, points_of):
    """The `PaidRank`s from the first to the last rank that brings anything."""
    year = scheme.year
    deepest = max((len(year.awards_fen), year.nominate, *year.talent_pool))
    ranks = competition_ranks([post.mean for post in posts]) if posts else ()
    found = []
    for rank in sorted({int(rank) for rank in ranks if rank <= deepest}):
        tied = tuple(post for post, its_rank in zip(posts, ranks, strict=True) if its_rank == rank)
        for parted in untie(tied, scheme.ranking.tie_break, lambda post, rate: _year_points(post, rate, points_of)):
            found.append(_paid(rank, parted, year.awards_fen))
            rank += len(parted.members)
    return found


def _paid(rank, parted, awards_fen):
    ranks = tuple(range(rank, rank + len(parted.members)))
    purse = sum(awards_fen[rank - 1 : rank - 1 + len(ranks)])
    return PaidRank(rank, parted.members, ranks, purse, parted.steps)


def _year_points(post, rate, points_of):
    """Mean of the rate's published points over the ranked quarters in which they are known; nan if in none."""
    points = [
        (points_of(period) or {}).get(community, {}).get(rate, math.nan) for period, community, _ in post.quarters
    ]
    known = [value for value in points if not math.isnan(value)]
    return published_mean(known) if known else math.nan


def _even(fen, heads):
    """Equal whole shares of a purse; what does not divide goes one fen each to the first, who stand by officer id."""
    share, left = divmod(fen, heads)
    return [share + (position < left) for position in range(heads)]


def _of_officer(officer, fen, post, paid, ranked, year):
    facts = _facts(officer, fen, post, paid, ranked)
    reason = _reason(facts)
    kinds = {
        "award": fen > 0,
        "nomination": paid.rank <= year.nominate,
        "talent_pool": paid.rank in year.talent_pool,
    }
    community = post.quarters[-1][1]
    return [Finding(officer, community, kind, "R-52", reason, facts) for kind, comes in kinds.items() if comes]


def _facts(officer, fen, post, paid, ranked):
    return {
        "year": int(post.quarters[-1][0][:4]),
        "mean": post.mean,
        "quarters": tuple((period, score) for period, _, score in post.quarters),
        "rank": paid.rank,
        "ranked": ranked,
        "tied_with": tuple(sorted(name for other in paid.posts if other is not post for name in other.officers)),
        "shares_post_with": tuple(name for name in post.officers if name != officer),
        "parted_by": paid.parted_by,
        "prize_ranks": paid.prize_ranks,
        "purse_fen": paid.purse_fen,
        "amount_fen": fen,
    }


def _reason(facts):
    quarters = ", ".join(f"{period} {score:.2f}" for period, score in facts["quarters"])
    words = f"Year mean {facts['mean']:.2f} over {len(facts['quarters'])} ranked quarters ({quarters}): "
    words += f"rank {facts['rank']} of {facts['ranked']}."
    if facts["parted_by"]:
        words += " Tied on the mean, parted by points: "
        words += ", ".join(f"{rate} {points:.2f}" for rate, points in facts["parted_by"]) + "."
    if facts["tied_with"]:
        occupied = " and ".join(str(rank) for rank in facts["prize_ranks"])
        words += (
            f" Tied with {', '.join(facts['tied_with'])}: the prizes of ranks {occupied} are added and shared (R-24)."
        )
    if facts["shares_post_with"]:
        words += f" One post with {', '.join(facts['shares_post_with'])}: one rank, one prize."
    return words + (f" Prize {facts['amount_fen'] / 100:,.2f} yuan." if facts["amount_fen"] else "")
