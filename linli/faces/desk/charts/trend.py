"""One figure over the quarters, with its 90 % interval. A missing quarter is a gap; a new definition is a new line."""

from typing import NamedTuple

from linli.faces.desk.charts import drawing as d

_LEFT, _WIDTH, _TOP = 0.12, 0.78, 30


class Point(NamedTuple):
    """One quarter. value, low, high: None or nan when not known; changed: said where the definition or scheme differs
    from the quarter before, "" elsewhere."""

    label: str
    value: float | None
    low: float | None = None
    high: float | None = None
    changed: str = ""


def draw(points, *, words, line=None, low=None, high=None, height=260, number=d.number):
    """SVG of a figure over time. points: Point rows, oldest first, missing quarters among them.

    Points are joined only with the quarter before, never over a gap nor over a changed definition: what is joined may
    be compared. line: a threshold drawn across, None for none. low, high: the scale, by default what the figures need.
    words: title, description, y (what is shown), missing (said under a quarter without a figure), line, nothing.
    """
    points = [Point(*point) for point in points]
    seen = [v for point in points for v in (point.value, point.low, point.high) if d.known(v)]
    if not seen:
        return d.nothing(words)
    up = _scale([*seen, *([line] if d.known(line) else [])], low, high)
    tall = height - _TOP - 42
    marks = [*_grid(up, tall, number), *_thresholds(line, up, tall, words), *_quarters(points, tall, words)]
    inside = [d.curve(tall, *_curves(points, up)), *_marks(points, up, tall, number)]
    body = d.plot(_LEFT, _WIDTH, _TOP, tall, *inside)
    name = d.text(0, 11, words["y"], "axis-name")
    return d.picture(words["title"], words["description"], height, *marks, body, name)


def _scale(values, low, high):
    first, last = min(values), max(values)
    room = 0.1 * (last - first) or abs(last) * 0.1 or 1.0
    first = max(first - room, 0.0) if first >= 0 else first - room
    return d.Scale(first if low is None else low, last + room if high is None else high, down=True)


def _grid(up, tall, number):
    for tick in d.ticks(up.low, up.high, 4):
        y = _TOP + tall * up(tick)
        yield d.level(y, "grid-line", _LEFT, _LEFT + _WIDTH)
        yield d.text(_LEFT - 0.015, y + 4, number(tick), "tick end")


def _thresholds(line, up, tall, words):
    if d.known(line) and up.holds(line):
        y, name = _TOP + tall * up(line), words["line"]
        yield d.level(y, "threshold", _LEFT, _LEFT + _WIDTH)
        if len(name) <= 3:
            yield d.text(_LEFT + _WIDTH + 0.015, y + 4, name, "threshold-name")
        else:  # no room beside it on a phone: above, with the line's own sign
            yield d.text(_LEFT + _WIDTH, 11, f"┄ {name}", "threshold-name end")


def _quarters(points, tall, words):
    foot = _TOP + tall
    yield d.level(foot, "axis", _LEFT, _LEFT + _WIDTH)
    every = -(-len(points) // 8)  # eight names fit, on a phone every second of them
    close = len(points) > 4 * every
    for position, point in enumerate(points):
        x = _LEFT + _WIDTH * _across(position, points)
        back = len(points) - 1 - position
        if back % every == 0:
            spare = " spare" if close and back // every % 2 else ""
            yield d.text(x, foot + 17, point.label, "tick mid" + spare)
        if not d.known(point.value):
            yield d.text(x, foot + 32, words["missing"], "tick mid")
        if point.changed and position:
            between = x - _WIDTH / len(points) / 2
            yield d.upright(between, _TOP - 8, foot, "changed")
            yield d.text(between, _TOP - 12, point.changed, "tick " + ("end" if position > len(points) / 2 else ""))


def _across(position, points):
    return (position + 0.5) / len(points)


def stretches(points):
    """Runs of positions that may be joined: neighbours that are known and share a definition.

    >>> stretches([Point("1", 2.0), Point("2", 3.0), Point("3", None), Point("4", 1.0), Point("5", 2.0, changed="v2")])
    [[0, 1], [3], [4]]
    """
    runs = []
    for position, point in enumerate(points):
        if not d.known(point.value):
            continue
        joined = runs and runs[-1][-1] == position - 1 and not point.changed
        runs[-1].append(position) if joined else runs.append([position])
    return runs


def _curves(points, up):
    for run in stretches(points):
        ends = [i for i in run if d.known(points[i].low, points[i].high)]
        if len(run) > 1 and len(ends) == len(run):
            top = [(_across(i, points), up(points[i].high)) for i in run]
            foot = [(_across(i, points), up(points[i].low)) for i in run]
            yield "band soft", top + foot[::-1], True
    for run in stretches(points):
        if len(run) > 1:
            yield "line", [(_across(i, points), up(points[i].value)) for i in run], False


def _marks(points, up, tall, number):
    for position, point in enumerate(points):
        if not d.known(point.value):
            continue
        x = _across(position, points)
        if d.known(point.low, point.high):
            yield d.upright(x, tall * up(point.high), tall * up(point.low), "whisker")
        yield d.named(d.dot(x, tall * up(point.value)), f"{point.label} {number(point.value)}")
