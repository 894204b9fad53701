"""The report's consequences of a quarter (R-30 to R-34): standings and a scheme in, findings out, nothing decided.

A finding is what a rule says of an officer, with its arithmetic. It becomes a proposal that waits for a person:
`blocks` says for what. The year's prizes are in `heng.year_end`.
"""

import math
from dataclasses import dataclass, field

from heng.results import BLOCKS, KINDS
from heng.standings import HISTORY, published_mean
from heng.streak import streak


@dataclass(frozen=True)
class Finding:
    """What one rule says of one officer: a proposal before probabilities, names and blocks are added."""

    officer: str
    community: str
    kind: str  # of results.KINDS
    rule: str  # "R-30"
    reason: str  # plain English with the arithmetic
    facts: dict = field(default_factory=dict)  # the same as plain numbers and words, to be said in other languages
    streak: int = 0  # quarters in a row last, 0 = not about the bottom
    earlier: str | None = None  # the period before in the streak


def in_order(findings):
    """Findings as every output lists them: by community, officer, then kind."""
    return tuple(sorted(findings, key=lambda one: (one.community, one.officer, KINDS.index(one.kind))))


def bottom_findings(period, standing_of, scheme):
    """What follows for whoever is last: notice and talk (通報批評、誡勉談話), and the transfer review of R-31.

    ``standing_of(period)`` gives a quarter's standings or None; earlier quarters are asked for only when somebody is
    last. A first bottom is R-30, a further one in a row R-32, marked ``repeat``; a transfer review comes beside
    notice and talk, not instead. Nobody last, or nothing known: nothing found.
    """
    found = []
    for standing in standing_of(period) or ():
        if standing.last:
            run = streak(standing, standing_of, scheme.bottom)
            found += _criticism(run, scheme) + _transfer(run, scheme)
    return in_order(found)


def spared(standing, scheme):
    """Whether the bureau lets this bottom off notice and talk because its score is high enough (``spare_from``)."""
    return standing.last and 0 < scheme.bottom.spare_from <= standing.score


def is_below(score, bottom):
    """Whether a published score is under the line: strictly, because the rule is adverse, unless ``inclusive``."""
    return score <= bottom.below if bottom.inclusive else score < bottom.below


def calls_for_transfer(run, bottom):
    """Whether R-31 catches a run of standings, newest first: last twice in a row, and the scores below the line."""
    if len(run) < 2:
        return False
    now, before = run[0].score, run[1].score
    return {
        "both": is_below(now, bottom) and is_below(before, bottom),
        "second": is_below(now, bottom),
        "either": is_below(now, bottom) or is_below(before, bottom),
        "mean": is_below(published_mean([now, before]), bottom),
    }[bottom.quarters]


def _criticism(run, scheme):
    now = run[0]
    if spared(now, scheme):
        return []
    facts = {**_facts(run), "repeat": len(run) > 1, "transfer_review": calls_for_transfer(run, scheme.bottom)}
    rule = "R-32" if len(run) > 1 else "R-30"
    reason = f"{_place(now)} {_times(run)}"
    if facts["repeat"] and not facts["transfer_review"]:
        reason += f" No transfer review: not {_line(scheme.bottom)}."
    return [
        Finding(now.officer, now.community, kind, rule, reason, facts, len(run), facts["earlier"])
        for kind in ("notice", "talk")
    ]


def _transfer(run, scheme):
    bottom = scheme.bottom
    if not calls_for_transfer(run, bottom):
        return []
    now, before = run[:2]
    facts = {**_facts(run), "below": bottom.below, "inclusive": bottom.inclusive, "quarters": bottom.quarters}
    reason = f"{_place(now)} {_times(run)} {_line(bottom).capitalize()}."
    if bottom.quarters == "mean":
        facts["mean"] = published_mean([now.score, before.score])
        reason += f" The mean is {facts['mean']:.2f}."
    if before.source == HISTORY:
        reason += (
            f" {before.period} is known by its published result only: the probability rests on {now.period} alone."
        )
    return [Finding(now.officer, now.community, "transfer_review", "R-31", reason, facts, len(run), before.period)]


def _facts(run):
    now = run[0]
    return {
        "period": now.period,
        "score": now.score,
        "rank": int(now.rank),
        "ranked": now.of,
        "tied_with": now.tied_with,
        "shared_with": now.shared_with,
        "parted_by": now.parted_by,
        "streak": len(run),
        "run": tuple((one.period, one.score) for one in reversed(run)),
        "earlier": run[1].period if len(run) > 1 else None,
        "earlier_source": run[1].source if len(run) > 1 else None,
    }


def _place(now):
    """The place, who else was on it, and what parted them, as sentences."""
    words = f"Last of {now.of} ranked posts in {now.period} with {now.score:.2f}."
    if now.parted_by:
        points = ", ".join(f"{rate} {value:.2f}" for rate, value in now.parted_by)
        words += f" Tied with {', '.join(now.tied_with)}, parted by points: {points}."
    if now.shared_last:
        words += f" The last rank is shared with {', '.join(now.shared_with)}."
    return words


def _times(run):
    if len(run) == 1:
        return "First time in a row."
    scores = ", ".join(f"{one.period} {one.score:.2f}" for one in reversed(run))
    return f"Last {len(run)} quarters in a row (repeat): {scores}."


def _line(bottom):
    """The line of R-31 in words, such as "below 80.00 in both quarters"."""
    side = "at or below" if bottom.inclusive else "below"
    where = {
        "both": "in both quarters",
        "second": "in the second quarter",
        "either": "in at least one of the two quarters",
        "mean": "in the mean of the two quarters",
    }[bottom.quarters]
    return f"{side} {bottom.below:.2f} {where}"


_WAITS = {
    "notice": ("objection_period",),
    "talk": ("objection_period",),
    "transfer_review": ("objection_period", "minute_number"),
    "award": ("funding_approval",),
    "nomination": ("minute_number",),
    "talent_pool": ("minute_number",),
}


def blocks(kind, scheme, staffing="single", passes=True):
    """What a proposal waits for before anybody may act on it, in the order of `results.BLOCKS` (R-34, R-54).

    A post of relatives (``couple``, ``brother``) waits for the law check of R-61 too; a proposal that does not pass
    the gate (`passes_gate`) waits for evidence. An award needs no funding approval where the scheme says so.
    """
    waits = set(_WAITS[kind])
    if not scheme.allowance.needs_funding_approval:
        waits.discard("funding_approval")
    if staffing in ("couple", "brother"):
        waits.add("law_check")
    if not passes:
        waits.add("evidence")
    return tuple(block for block in BLOCKS if block in waits)


def passes_gate(kind, scheme, *, p_below=math.nan, p_bottom3=math.nan, p_pooled=math.nan):
    """Whether the evidence is strong enough for this kind of proposal under the scheme's gate.

    ``off`` and ``warn`` never hold anything up. ``require`` asks of notice and talk that P(score below the line) and
    P(bottom three) are high enough, of a transfer review that ``p_pooled``, P(below the line) of both quarters'
    evidence together, is. It asks nothing of rewards: those are read broadly. An unknown (nan) passes nothing.
    """
    gate = scheme.gate
    if gate.evidence != "require":
        return True
    if kind in ("notice", "talk"):
        return bool(p_below >= gate.notice_p_below and p_bottom3 >= gate.notice_p_bottom3)
    return bool(p_pooled >= gate.transfer_p_below) if kind == "transfer_review" else True
