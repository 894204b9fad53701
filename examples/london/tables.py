"""The page's tables, as Markdown, from an appraised London."""

import numpy as np
from scipy.stats import rankdata

from examples.london import offences

COUNT, RATE = "offences", "per 1,000"
WESTMINSTER = "E09000033"
ADVERSE = ("notice", "talk", "transfer_review")
EVERY_QUARTER = {"no_leader", "recomputed", "low_confidence"}  # the page says them once


def side_by_side(london):
    """Preventable offences of every borough as a count, per 1,000 residents and adjusted, each with its rank."""
    rows = incidents(london.quarter)
    ranks = [standing(column) for column in (rows.numerator, rows.crude, rows.adjusted)]
    order = np.argsort(ranks[2], kind="stable")
    lines = [
        f"| {london.name(rows.community[i])} | {rows.numerator[i]:,.0f} | {ranks[0][i]} | {rows.crude[i]:.1f} | "
        f"{ranks[1][i]} | {rows.expected[i]:.1f} | {rows.adjusted[i]:.2f} ({rows.low[i]:.2f}–{rows.high[i]:.2f}) | "
        f"{ranks[2][i]} |"
        for i in order
    ]
    head = f"| borough | {COUNT} | rank | {RATE} | rank | expected {RATE} | ratio (90 %) | rank |"
    return "\n".join([head, "| --- | --: | --: | --: | --: | --: | --: | --: |", *lines])


def scores(london):
    """The quarter: rank, score with its 90 % range, the ranks it may as well have, and points of every rate."""
    rates = [rate.id for rate in london.scheme.rates]
    points, alone = points_of(london), ranks_alone(london.quarter)
    rows = london.quarter.scores
    lines = [
        f"| {rows.rank[i]:.0f} | {london.name(rows.community[i])} | {rows.score[i]:.2f} | "
        f"{rows.low[i]:.1f}–{rows.high[i]:.1f} | {alone[rows.officer[i]][0]}–{alone[rows.officer[i]][1]} | "
        f"{rows.rank_low[i]:.0f}–{rows.rank_high[i]:.0f} | {chance(rows.p_last[i])} | "
        + " | ".join(f"{points[rows.community[i], rate]:.0f}" for rate in rates)
        + " |"
        for i in np.argsort(rows.rank, kind="stable")
    ]
    head = f"| rank | ward team of | score | 90 % | its ranks | all at once | P(last) | {' | '.join(rates)} |"
    return "\n".join([head, "| --: | --- | --: | --: | --: | --: | --: |" + " --: |" * len(rates), *lines])


def quarters(london):
    """One line per quarter: who came first and last, how sure that is, and what the rules propose for the last."""
    lines = ["| quarter | first | last | P(last) | proposed for the last | held back by the gate | remarks |"]
    lines += ["| --- | --- | --- | --: | --- | --- | --- |"]
    for period, quarter in london.quarters.items():
        first, last = ends(quarter.scores)
        adverse = quarter.proposals.rows(np.isin(quarter.proposals.kind, ADVERSE))
        held = any("evidence" in stops for stops in adverse.blocked_by)
        lines.append(
            f"| {period} | {_names(london, quarter, first)} | {_names(london, quarter, last)} | "
            f"{chance(quarter.scores.p_last[last].max())} | {_said(dict.fromkeys(adverse.kind))} | "
            f"{'yes' if held else 'no'} | {_remarks(quarter)} |"
        )
    return "\n".join(lines)


def crowd(london):
    """Westminster's preventable offences through all quarters, as its visitors left and came back."""
    lines = ["| quarter | offences | per 1,000 | expected | ratio (90 %) | rank of the team |"]
    lines += ["| --- | --: | --: | --: | --: | --: |"]
    for period, quarter in london.quarters.items():
        rows, teams = incidents(quarter), quarter.scores
        (i,), (team,) = (np.flatnonzero(table.community == WESTMINSTER) for table in (rows, teams))
        lines.append(
            f"| {period} | {rows.numerator[i]:,.0f} | {rows.crude[i]:.1f} | {rows.expected[i]:.1f} | "
            f"{rows.adjusted[i]:.2f} ({rows.low[i]:.2f}–{rows.high[i]:.2f}) | {teams.rank[team]:.0f} |"
        )
    return "\n".join(lines)


def otherwise(london):
    """The quarter again under other assumptions: what moves, and what does not."""
    lines = [
        "| assumed | last | P(last) | middle width of a rank range | largest move in rank | moved by more than 3 |"
    ]
    lines += ["| --- | --- | --: | --: | --- | --: |"]
    for said, quarter in {"as in the book": london.quarter, **london.otherwise}.items():
        rows, _, last = quarter.scores, *ends(quarter.scores)
        moved = rows.rank - london.quarter.scores.rank
        most = np.argmax(np.abs(moved))
        largest = f"{london.name(rows.community[most])} {moved[most]:+.0f}" if moved[most] else "none"
        lines.append(
            f"| {said} | {_names(london, quarter, last)} | {chance(rows.p_last[last].max())} | {width(rows):.0f} | "
            f"{largest} | {(np.abs(moved) > 3).sum()} |"
        )
    return "\n".join(lines)


def incidents(quarter):
    """A quarter's rows of preventable offences, by community."""
    rows = quarter.indicators
    return rows.rows(rows.rate == offences.RATE)


def points_of(london):
    """(community, rate) -> points in the quarter."""
    rows = london.quarter.indicators
    return dict(zip(zip(rows.community, rows.rate, strict=True), rows.points, strict=True))


def standing(values):
    """Rank 1 for the fewest; equal values share the better rank."""
    return rankdata(values, method="min").astype(int)


def ends(scores):
    """Positions of the first and of the last rank; several when they are shared."""
    return np.flatnonzero(scores.rank == 1), np.flatnonzero(scores.rank == np.nanmax(scores.rank))


def chance(p):
    """A probability as it is printed: no figure finer than one in a hundred.

    >>> chance(0.604), chance(0.0004), chance(0.999)
    ('60 %', '<1 %', '>99 %')
    """
    if p < 0.01 or p > 0.99:
        return "<1 %" if p < 0.01 else ">99 %"
    return f"{p:.0%}".replace("%", " %")


def width(scores):
    """Median number of ranks that a team may as well hold."""
    return np.nanmedian(scores.rank_high - scores.rank_low + 1)


def _names(london, quarter, which):
    return ", ".join(london.name(c) for c in quarter.scores.community[which])


def ranks_alone(quarter):
    """officer -> the ranks from the 5th to the 95th percentile of its own draws, whatever the others' are."""
    rows, found = quarter.ranks, {}
    for officer in quarter.scores.officer:
        own = rows.rows(rows.officer == officer)
        reached = np.cumsum(own.probability)
        found[officer] = tuple(int(own.rank[np.searchsorted(reached, q)]) for q in (0.05, 0.95))
    return found


def _remarks(quarter):
    return _said(dict.fromkeys(code for code, _ in quarter.notes if code not in EVERY_QUARTER))


def _said(codes):
    return ", ".join(code.replace("_", " ") for code in codes)
