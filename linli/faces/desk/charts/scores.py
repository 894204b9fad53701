"""Scores with what they could be, side by side, against the line (80)."""

import math
from typing import NamedTuple

from linli.faces.desk.charts import drawing as d

_LEFT, _WIDTH, _ROW = 0.31, 0.55, 26
_LABEL_ROOM = 104


class Score(NamedTuple):
    """One row. score, low, high: points, None or nan when not known; own: whom the reader looks at; note: said in place
    of a score that is not there."""

    label: str
    score: float | None
    low: float | None = None
    high: float | None = None
    own: bool = False
    note: str = ""


def draw(scores, *, words, line=80, digits=2):
    """SVG of scores, one row each in the order given. scores: Score rows.

    words: title, description, line (name of the line, e.g. "80"), nothing. The scale begins a little below the lowest
    interval, so it is no bar chart: dots and intervals are read by place and not by length.
    """
    scores = [Score(*row) for row in scores]
    if not scores:
        return d.nothing(words)
    seen = [v for row in scores for v in (row.score, row.low, row.high) if d.known(v)]
    first = max(0, 5 * math.floor(min([line, *seen]) / 5) - 5)
    across = d.Scale(first, 100)
    bottom = 20 + _ROW * len(scores)
    marks = [d.upright(_at(across, tick), 18, bottom, "grid-line") for tick in d.ticks(first, 100, 4)]
    marks.append(d.upright(_at(across, line), 16, bottom, "threshold"))
    for position, row in enumerate(scores):
        marks += _row(row, across, 20 + _ROW * position + _ROW / 2, digits)
    marks.append(d.text(_at(across, line), 11, words["line"], "threshold-name mid"))
    marks += [d.text(_at(across, tick), bottom + 16, d.number(tick), "tick mid") for tick in d.ticks(first, 100, 4)]
    return d.picture(words["title"], words["description"], bottom + 22, *marks)


def _row(row, across, middle, digits):
    own = " own" if row.own else ""
    yield d.text(0, middle + 4, d.shortened(row.label, _LABEL_ROOM), own.strip())
    if not d.known(row.score):
        yield d.text(_LEFT + 0.01, middle + 4, row.note, "faint")
        return
    yield d.level(middle, "track", _LEFT, _LEFT + _WIDTH)
    if d.known(row.low, row.high):
        yield d.bar(_at(across, row.low), _at(across, row.high), middle - 5, 10, "band" if row.own else "band other")
    mark = d.dot(_at(across, row.score), middle, "dot" if row.own else "dot other", 6 if row.own else 5)
    yield d.named(mark, f"{row.label} {row.score:.{digits}f}")
    yield d.text(1, middle + 4, f"{row.score:.{digits}f}", f"end{own}")


def _at(across, score):
    return _LEFT + _WIDTH * across(score)
