"""What the evidence says of the order of some posts: counted in joint draws, or with ``draws=0`` worked out by moments.

Both give the same things, so that nobody above has to know which it was. Moments take the scores as normal with a
skewness (``heng.moments``): in the ten communities of a county they are within about 0.01 of many draws.
"""

from dataclasses import dataclass

import numpy as np

from heng import composite, moments, rules
from heng.ranking import probabilities


@dataclass(frozen=True)
class Drawn:
    """Joint draws of scores (draws, n)."""

    scores: np.ndarray

    def of(self, at):
        """The chances of the places at these positions only, among themselves."""
        return Drawn(self.scores[:, at])

    def rank(self):
        """P(rank r + 1), (n, n)."""
        return probabilities(self.scores).rank

    def sd(self):
        """Standard deviations (n,)."""
        return self.scores.std(axis=0)

    def quantiles(self, levels):
        """(levels, n); nan where there is no score."""
        found = np.full((len(levels), self.scores.shape[1]), np.nan)
        scored = np.isfinite(self.scores).all(axis=0)
        found[:, scored] = np.quantile(self.scores[:, scored], levels, axis=0)
        return found

    def below(self, bottom):
        """P(below the line), (n,)."""
        return rules.is_below(self.scores, bottom).mean(axis=0)

    def last_and_below(self, bottom):
        """P(last and below the line), (n,); equal draws share the last rank."""
        is_last = self.scores == self.scores.min(axis=1, keepdims=True)
        share = is_last / is_last.sum(axis=1, keepdims=True)
        return (share * rules.is_below(self.scores, bottom)).mean(axis=0)


@dataclass(frozen=True)
class Solved:
    """The same by ``heng.moments.Moments``."""

    scores: moments.Moments

    def of(self, at):
        """See ``Drawn``."""
        return Solved(self.scores.rows(at))

    def rank(self):
        """See ``Drawn``."""
        return moments.ranks(self.scores)

    def sd(self):
        """See ``Drawn``."""
        return self.scores.sd

    def quantiles(self, levels):
        """See ``Drawn``."""
        return np.array([self.scores.quantile(level) for level in levels])

    def below(self, bottom):
        """See ``Drawn``."""
        return self.scores.below(bottom.below)

    def last_and_below(self, bottom):
        """See ``Drawn``."""
        return moments.ranks(self.scores, below=bottom.below)[:, -1]


def average(parts):
    """Chances of each post's mean over quarters. parts: a quarter's (chances, or None where only the result is known;
    plain scores (n,); weights (n,), 0 for the posts that have no such quarter).
    """
    known = [chances for chances, _, _ in parts if chances is not None]
    if known and isinstance(known[0], Drawn):
        total = sum(weight * _or_plain(chances, plain) for chances, plain, weight in parts)
        return Drawn(np.broadcast_to(total, (len(known[0].scores), len(parts[0][1]))))
    sure = [(chances.scores if chances else moments.sure(plain), plain, weight) for chances, plain, weight in parts]
    return Solved(moments.average(sure))


def _or_plain(chances, plain):
    return plain if chances is None else np.where(np.isfinite(chances.scores), chances.scores, plain)


def of_rated(rated, weights, draws, seed, quarter):
    """``Drawn`` or, with ``draws`` 0, ``Solved`` chances of all places of a quarter."""
    if draws:
        return Drawn(composite.draw(rated, weights, draws, seed, quarter))
    return Solved(moments.of_scores(rated, weights))
