"""The same places counted three ways, side by side: how many, how many per 10,000, and against what was expected."""

from typing import NamedTuple

from linli.faces.desk.charts import drawing as d

_LABEL, _GAP, _TOP, _ROW = 0.24, 0.03, 30, 26
_LABEL_ROOM = 80


class Place(NamedTuple):
    """One row. raw, rate, adjusted: None or nan when not known; low, high: interval of the adjusted figure."""

    label: str
    raw: float | None
    rate: float | None
    adjusted: float | None
    low: float | None = None
    high: float | None = None
    chosen: bool = False


def draw(places, *, words, expected=1.0, digits=(0, 1, 2)):
    """SVG of three columns of dots over one list of places, in the order given. places: Place rows.

    expected: where an adjusted figure is as expected, drawn as a line; None for none. digits: decimals of each column.
    words: title, description, raw, rate, adjusted (heads of the columns), missing (in place of a figure), nothing.
    Each column has its own scale from 0, so that only places are compared and never columns.
    """
    places = [Place(*place) for place in places]
    if not places:
        return d.nothing(words)
    height = _TOP + _ROW * len(places) + 6
    marks = [mark for position, place in enumerate(places) for mark in _label(place, _TOP + _ROW * position)]
    for column, name in enumerate(("raw", "rate", "adjusted")):
        values = [getattr(place, name) for place in places]
        ends = [(p.low, p.high) for p in places] if name == "adjusted" else [(None, None)] * len(places)
        line = expected if name == "adjusted" else None
        marks.append(_column(column, words[name], values, ends, line, places, words["missing"], digits[column]))
    return d.picture(words["title"], words["description"], height, *marks)


def _label(place, top):
    if place.chosen:
        yield d.bar(0, 1, top + 1, _ROW - 2, "alike")
    yield d.text(0.01, top + _ROW / 2 + 4, d.shortened(place.label, _LABEL_ROOM), "own" if place.chosen else "")


def _column(column, head, values, ends, line, places, missing, digits):
    width = (1 - _LABEL - 3 * _GAP) / 3
    left = _LABEL + _GAP + column * (width + _GAP)
    seen = [v for pair in zip(values, *zip(*ends, strict=True), strict=True) for v in pair if d.known(v)]
    across = d.Scale(0, max([*seen, line or 0, 1e-9]))
    tall = _ROW * len(places)
    marks = [d.text(0.02, -12, head, "heading"), d.upright(_at(across, 0), 0, tall, "axis")]
    if d.known(line):
        marks.append(d.upright(_at(across, line), -6, tall, "centre"))
    for position, (value, (low, high), place) in enumerate(zip(values, ends, places, strict=True)):
        middle = _ROW * position + _ROW / 2
        if not d.known(value):
            marks.append(d.text(0.07, middle + 4, missing, "faint"))
            continue
        marks += _figure(value, low, high, across, middle, place, digits)
    return d.plot(left, width, _TOP, tall, *marks)


def _figure(value, low, high, across, middle, place, digits):
    own = " own" if place.chosen else ""
    if d.known(low, high):
        yield d.bar(_at(across, low), _at(across, high), middle - 4, 8, "band" if place.chosen else "band other")
    written = f"{value:,.{digits}f}"
    mark = d.dot(_at(across, value), middle, "dot" if place.chosen else "dot other", 5 if place.chosen else 4)
    yield d.named(mark, f"{place.label} {written}")
    yield d.text(1, middle + 4, written, f"end{own}")


def _at(across, value):
    """Dots take half of a column; the figures stand behind them."""
    return 0.04 + 0.5 * across(value)
