"""From findings to proposals (R-26, R-34, R-43): probabilities, names and blocks added. A named person decides.

A proposal's ``reason`` is whole sentences in English; the same facts stand in ``facts`` for other languages.
"""

from dataclasses import dataclass

import numpy as np

from heng import binding, odds, periods, rules, year_end
from heng.evidence import text
from heng.results import Proposals
from heng.standings import HISTORY

_YEAR_KINDS = ("award", "nomination", "talent_pool")
_ADVERSE = ("notice", "talk", "transfer_review")


@dataclass(frozen=True)
class _Chance:
    """What the evidence says of one finding: the p of the contract, and what the gate asks about."""

    p: float
    p_below: float = np.nan
    p_bottom3: float = np.nan
    p_pooled: float = np.nan


def of_quarter(frame, appraisal, found, draws, seed):
    """The quarter's ``Proposals``. found: the quarter's ``odds.Odds``."""
    period, scheme = appraisal.period, frame.scheme
    findings = list(rules.bottom_findings(period, frame.standings, scheme))
    findings += year_end.year_findings(period, frame.standings, scheme, frame.points)
    chances = _Chances(frame, appraisal, found, draws, seed)
    staffing = dict(zip(appraisal.holders.officer, appraisal.holders.staffing, strict=True))
    may_be_last = _may_be_last(appraisal, found)
    rows = [_row(frame, period, one, chances.of(one), staffing, may_be_last) for one in rules.in_order(findings)]
    columns = zip(*rows, strict=True) if rows else [()] * 12
    return Proposals(*(_column(values, kind) for values, kind in zip(columns, _TYPES, strict=True)))


_TYPES = ("text",) * 6 + ("bool", "float", "tuple", "tuple", "tuple", "tuple")


def _column(values, kind):
    if kind == "tuple":
        column = np.empty(len(values), dtype=object)
        column[:] = list(values)
        return column
    return text(values) if kind == "text" else np.array(values, dtype=kind)


def _may_be_last(appraisal, found):
    """Officers whose 90 % rank set reaches the last rank, by id."""
    last = len(found.posts)
    reach = {community for community, high in zip(found.posts, found.rank_high, strict=True) if high == last}
    held = zip(appraisal.holders.officer, appraisal.holders.community, appraisal.ranked, strict=True)
    return tuple(sorted(officer for officer, community, ranked in held if ranked and community in reach))


def _row(frame, period, finding, chance, staffing, may_be_last):
    scheme = frame.scheme
    first, last = periods.first_day(period), periods.last_day(period)
    leaders, offices = binding.joint_names(frame.book.pairings, finding.community, first, last)
    passes = rules.passes_gate(
        finding.kind, scheme, p_below=chance.p_below, p_bottom3=chance.p_bottom3, p_pooled=chance.p_pooled
    )
    distinguishable = bool(chance.p >= scheme.gate.distinguishable)
    waits = rules.blocks(finding.kind, scheme, staffing.get(finding.officer, "single"), passes)
    reason, facts = finding.reason, finding.facts
    if finding.kind in _ADVERSE and not distinguishable:
        others = tuple(officer for officer in may_be_last if officer != finding.officer)
        reason += f" Not distinguishable: {', '.join(others)} may be last as well (90 % rank sets)." if others else ""
        facts = {**facts, "may_be_last": others}
    return (
        period,
        finding.officer,
        finding.community,
        finding.kind,
        finding.rule,
        reason,
        distinguishable,
        chance.p,
        waits,
        leaders,
        offices,
        facts,
    )


class _Chances:
    """The probability behind each finding; transfer and year are worked out only when somebody asks."""

    def __init__(self, frame, appraisal, found, draws, seed):
        self._frame, self._appraisal, self._odds = frame, appraisal, found
        self._draws, self._seed = draws, seed
        self._transfers, self._year = {}, None

    def of(self, finding):
        if finding.kind in _YEAR_KINDS:
            return _Chance(self._of_year(finding))
        if finding.kind == "transfer_review":
            both, below = self._of_transfer(finding)
            return _Chance(both, p_pooled=below)
        at = self._odds.of(finding.community)
        if at is None:
            return _Chance(np.nan)
        return _Chance(self._odds.last[at], self._odds.below[at], self._odds.bottom_three[at])

    def _of_transfer(self, finding):
        earlier = finding.earlier if finding.facts["earlier_source"] != HISTORY else None
        key = finding.earlier
        if key not in self._transfers:
            period = self._appraisal.period
            posts = _ranked_in_both(self._frame, period, finding.earlier)
            self._transfers[key] = odds.of_transfer(self._frame, period, earlier, posts, self._draws, self._seed)
        return self._transfers[key].get(finding.community, (np.nan, np.nan))

    def _of_year(self, finding):
        if self._year is None:
            year, _ = periods.parse(self._appraisal.period)
            posts = year_end.year_posts(year, self._frame.standings, self._frame.scheme.year.min_quarters)
            chance = odds.of_year(self._frame, posts, self._draws, self._seed)
            self._year = {officer: chance[i] for i, post in enumerate(posts) for officer in post.officers}
        return float(self._year[finding.officer][: finding.facts["rank"]].sum())


def _ranked_in_both(frame, period, earlier):
    """Communities whose post was ranked in both quarters with evidence now."""
    ranked = [
        {(one.community, one.officer) for one in frame.standings(quarter) or () if one.ranked}
        for quarter in (period, earlier)
    ]
    return sorted({community for community, _ in ranked[0] & ranked[1]})
