"""The two small pictures of a card, as SVG: one rate on the points scale, and all scores side by side."""

import math

from linli.book.figures import fixed
from linli.book.page import el

_WIDE, _LEFT, _RIGHT = 340, 8, 332  # of a points chart; x of 0 and of 100 points


def points_chart(title, figure, line, expected):
    """A rate's points between 0 and 100: a band (could be), a dot (is), the line, and where the expected level stands.

    ``expected``: points of the expected level, None when not known. None for a figure without points.
    """
    if math.isnan(figure.points):
        return None
    marks = [_axis(line)]
    if not math.isnan(figure.points_low):
        marks.append(_bar("band", _at(figure.points_low), _at(figure.points_high), 9, 10))
    marks += [_upright("line", _at(line), 4, 26)]
    if expected is not None:
        x = _at(expected)
        marks.append(el("path", d=f"M{x} 8 l-4 -6 l8 0 z", cls="expected"))
    marks.append(el("circle", cx=_at(figure.points), cy=14, r=5, cls="dot"))
    return _svg(title, _WIDE, 40, "rate-chart", marks)


def _axis(line):
    ends = [0, 20, 40, 60, 100] if line == 80 else [0, 100]
    labels = [el("text", f"{tick}", x=_at(tick), y=38, cls="tick") for tick in ends]
    labels.append(el("text", fixed(line, 2).rstrip("0").rstrip("."), x=_at(line), y=38, cls="tick strong"))
    return el("g", el("line", x1=_LEFT, x2=_RIGHT, y1=14, y2=14, cls="track"), *labels)


def scores_chart(title, rows, line):
    """All scores with their intervals, one line each. rows: (label, score, low, high, own)."""
    low = min([line, *(v for row in rows for v in row[1:3] if not math.isnan(v))])
    first = max(0, 5 * math.floor(low / 5) - 5)
    scale = _Scale(first)
    height = 20 * len(rows) + 22
    marks = [_upright("line", scale.at(line), 2, height - 18)]
    for tick in range(first - first % 10 + 10 * (first % 10 > 0), 101, 10):
        strong = " strong" if tick == line else ""
        marks.append(el("text", str(tick), x=scale.at(tick), y=height - 5, cls="tick" + strong))
    for position, row in enumerate(rows):
        marks += _score(row, scale, 20 * position + 12)
    return _svg(title, _WIDE, height, "scores-chart", marks)


class _Scale:
    """Scores on the second chart: labels take the left part."""

    def __init__(self, first):
        self._first = first

    def at(self, score):
        return round(104 + (score - self._first) / (100 - self._first) * (_RIGHT - 110), 1)


def _score(row, scale, y):
    label, score, low, high, own = row
    kind = " own" if own else ""
    yield el("text", label, x=96, y=y + 4, cls="label" + kind)
    yield el("line", x1=scale.at(scale._first), x2=_RIGHT, y1=y, y2=y, cls="track")
    if not math.isnan(low):
        yield _bar("band" + kind, scale.at(low), scale.at(high), y - 4, 8)
    yield el("circle", cx=scale.at(score), cy=y, r=4 if own else 3, cls="dot" + kind)


def _at(points):
    return round(_LEFT + points / 100 * (_RIGHT - _LEFT), 1)


def _bar(cls, left, right, y, height):
    return el("rect", x=left, y=y, width=round(max(right - left, 1.5), 1), height=height, rx=3, cls=cls)


def _upright(cls, x, top, bottom):
    return el("line", x1=x, x2=x, y1=top, y2=bottom, cls=cls)


def _svg(title, width, height, cls, marks):
    return el("svg", el("title", title), *marks, viewBox=f"0 0 {width} {height}", role="img", cls=cls)
