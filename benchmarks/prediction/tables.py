"""What the comparison says, as Markdown: a row for each panel, and where the adjusted figure does not win."""

from textwrap import fill

import numpy as np

from benchmarks.prediction.compared import ALIKE, BETTER, WORSE
from tests.house.worked import table

RIVALS = {"count": "count", "rate": "rate per head", "own": "own figure", "own longer": "own, longer"}
WIDTH = 120
MARK = {BETTER: "", ALIKE: " =", WORSE: " ✗"}


def comparison(rows):
    """Markdown table of ``Compared`` rows: gains over each rival, then how often ours is better than the own figure.

    A rival that none of the rows has is left out.
    """
    here = [rival for rival in RIVALS if any(rival in row.gains for row in rows)]
    head = ("figure", "middle", "own weight", *(RIVALS[rival] for rival in here), "periods", "places")
    return table(head, [_row(row, here) for row in rows])


def printed(gain):
    """A gain and its error; = where it may be nothing, ✗ where it is a loss, * where the error is by place.

    >>> from benchmarks.prediction.compared import Gain
    >>> printed(Gain(0.0931, 0.0091, 0.93, 0.88, False)), printed(Gain(-0.002, 0.005, 0.5, 0.47, True))
    ('+0.093 ± 0.009', '−0.002 ± 0.005* =')
    """
    mean = f"{gain.mean:+.3f}".replace("-", "−")
    return f"{mean} ± {gain.error:.3f}{'*' if gain.by_place else ''}{MARK[gain.verdict]}"


def spoken(name):
    """A column's name in words.

    >>> spoken("arson_damage")
    'arson damage'
    """
    return name.replace("_", " ")


def where_not(groups):
    """A line for each rival: the panels of each group (name -> rows) that ours does not surely beat."""
    lines = (f"- Against the {RIVALS[rival]}: {_not_beaten(groups, rival)}." for rival in ("count", "rate", "own"))
    return "\n".join(fill(line, WIDTH, subsequent_indent="  ", break_on_hyphens=False) for line in lines)


def in_words(row):
    """One line a rival, for somebody's own panel."""
    for rival, gain in row.gains.items():
        yield f"  {RIVALS[rival]:<18} {gain.verdict:<14} {printed(gain)}"


def summary(label, rows):
    """One row of the table of assumptions: the mean gain over the own figure and how often it is surely there."""
    gains = [row.gains["own"] for row in rows]
    verdicts = [gain.verdict for gain in gains]
    mean = f"{np.mean([gain.mean for gain in gains]):+.3f}".replace("-", "−")
    return (label, mean, *(str(verdicts.count(verdict)) for verdict in (BETTER, ALIKE, WORSE)))


def _row(row, rivals):
    own = row.gains["own"]
    first = spoken(row.name), f"{row.figure:,.0f}", f"{row.own_weight:.0%}"
    return (*first, *(printed(row.gains[rival]) for rival in rivals), f"{own.periods:.0%}", f"{own.places:.0%}")


def _not_beaten(groups, rival):
    found = {group: [_failed(row, rival) for row in rows if _fails(row, rival)] for group, rows in groups.items()}
    return "; ".join(f"{group}: {', '.join(names)}" for group, names in found.items() if names) or "nowhere"


def _fails(row, rival):
    return rival in row.gains and row.gains[rival].verdict != BETTER


def _failed(row, rival):
    return spoken(row.name) + (" (worse)" if row.gains[rival].verdict == WORSE else "")
