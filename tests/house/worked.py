"""The tables of docs/methods/score.md: one officer's quarter, step by step, as ``make readme`` writes them."""

from math import exp

import numpy as np

from tests.house import by_hand


def table(heads, rows):
    ruler = ["---"] + ["---:"] * (len(heads) - 1)
    return "\n".join(f"| {' | '.join(str(cell) for cell in line)} |" for line in (heads, ruler, *rows))


def counted(file):
    heads = ("rate", "numerator", "denominator", "crude", "status")
    return table(heads, [(rate.name["en"], *_counts(rate, row), row.status) for rate, row in file.rates])


def _counts(rate, row):
    unit = f" per {rate.per:,.0f}" if rate.per != 1 else ""
    return f"{row.numerator:g}", f"{row.denominator:g}", f"{row.crude:.4f}{unit}"


def expected(file):
    heads = ("place fact", "here", "pool's mean", "pool's sd", "standardised", "coefficient", "product")
    rows = [
        (
            f"`{name}`",
            f"{here:g}",
            f"{mean:g}",
            f"{sd:g}",
            f"{(z := (here - mean) / sd):.4f}",
            slope,
            f"{z * slope:.4f}",
        )
        for name, here, mean, sd, slope in by_hand.facts(file, "incidents")
    ]
    level, moved = by_hand.expected_log(file, "incidents")
    sums = f"    {level} {moved:+.4f} = {level + moved:.4f}\n    exp({level + moved:.4f}) × 10,000"
    return f"{table(heads, rows)}\n\n{sums} = {exp(level + moved) * 10_000:.2f}"


def weighed(file):
    heads = ("rate", "own", "peers", "own weight", "by hand", "adjusted", "nine chances in ten")
    return table(heads, [(rate.name["en"], *_weighing(file, rate, row)) for rate, row in file.rates])


def _weighing(file, rate, row):
    own, peers = by_hand.own(rate, row, file.level(rate)), by_hand.peers(file, rate)
    values = own, peers, row.own_weight, by_hand.drawn(file, rate, row), row.adjusted
    return *(f"{value:.3f}" for value in values), f"{row.low:.3f} to {row.high:.3f}"


def points(file):
    heads = ("rate", "adjusted", "one node", "the next", "points")
    return table(heads, [(rate.name["en"], *_on_the_table(rate, row), f"{row.points:.2f}") for rate, row in file.rates])


def _on_the_table(rate, row):
    ends = (f"{value:.2f} earns {earned:g}" for value, earned in by_hand.nodes(rate, row.adjusted))
    return f"{row.adjusted:.6g}", *ends


def score(file):
    counting = by_hand.weights_and_points(file)
    weight, total = sum(w for _, w, _ in counting), sum(w * p for _, w, p in counting)
    rows = [(rate.name["en"], f"{w:g}", f"{p:.2f}", f"{w * p:.2f}") for rate, w, p in counting]
    summed = table(("rate", "weight", "points", "product"), [*rows, ("sum", f"{weight:g}", "", f"{total:.2f}")])
    return f"{summed}\n\n    {total:.2f} / {weight:g} = {total / weight:.2f}"


def doubt(file):
    scores = file.quarter.scores
    heads = ("rank", "officer", "score", "nine chances in ten", "first", "last", "below 80", "could be")
    order = np.argsort(np.nan_to_num(scores.rank, nan=np.inf), kind="stable")
    return table(heads, [_chances(scores.rows(int(i))) for i in order if not np.isnan(scores.rank[i])])


def _chances(row):
    spread = f"{row.low:.1f} to {row.high:.1f}"
    chances = (f"{chance:.2f}" for chance in (row.p_first, row.p_last, row.p_below))
    return (
        f"{row.rank:.0f}",
        row.officer,
        f"{row.score:.2f}",
        spread,
        *chances,
        f"{row.rank_low:.0f} to {row.rank_high:.0f}",
    )
