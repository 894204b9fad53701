"""How a figure becomes points: the rate's published table as a line, with the officer's figure and what it could be."""

from linli.faces.desk.charts import drawing as d

_LEFT, _WIDTH, _TOP = 0.12, 0.78, 30


def draw(table, value, low=None, high=None, *, points=None, words, expected=None, line=80, height=240, number=d.number):
    """SVG of a points table. table: [(value, points)…] of the scheme, values rising or falling, at least two nodes.

    value, low, high: the figure and its interval on the table's scale, None or nan when not known: then only the table
    is drawn. points: what the value earned (default: read off the table). expected: the level of a place like this.
    words: title, description, x (the figure's name), y (points), line (name of the line), expected, nothing.
    """
    nodes = sorted((float(x), float(y)) for x, y in table or ())
    if len(nodes) < 2:
        return d.nothing(words)
    seen = [v for v in (value, low, high, expected, nodes[0][0], nodes[-1][0]) if d.known(v)]
    room = 0.04 * (max(seen) - min(seen))
    across = d.Scale(max(min(seen) - room, 0.0) if min(seen) >= 0 else min(seen) - room, max(seen) + room)
    up, tall = d.Scale(0, 100, down=True), height - _TOP - 40
    inside = [*_range(nodes, low, high, across, tall), d.curve(tall, ("line", _line(nodes, across, up), False))]
    inside += [d.dot(across(x), tall * up(y), "dot other", 3) for x, y in nodes]
    inside += [*_own(nodes, value, points, across, up, tall, number), *_expected(expected, across, tall, words)]
    frame = [*_frame(across, up, tall, line, words, number)]
    names = [d.text(0, 11, words["y"], "axis-name"), d.text(_LEFT + _WIDTH, height - 2, words["x"], "axis-name end")]
    body = d.plot(_LEFT, _WIDTH, _TOP, tall, *inside)
    return d.picture(words["title"], words["description"], height, *frame, body, *names)


def earned(nodes, value):
    """Points of a value by straight lines between sorted nodes, flat beyond the ends.

    >>> earned([(0.4, 0), (0.65, 60), (0.76, 80)], 0.705), earned([(0.4, 0), (0.65, 60)], 0.9)
    (70.0, 60)
    """
    if value <= nodes[0][0]:
        return nodes[0][1]
    for (x0, y0), (x1, y1) in zip(nodes, nodes[1:], strict=False):
        if value <= x1:
            return round(y0 + (value - x0) / (x1 - x0) * (y1 - y0), 10) if x1 > x0 else y1
    return nodes[-1][1]


def _line(nodes, across, up):
    ends = [(across.low, nodes[0][1]), *nodes, (across.high, nodes[-1][1])]
    return [(across(x), up(y)) for x, y in ends]


def _range(nodes, low, high, across, tall):
    if d.known(low, high):
        left, right = across(low), across(high)
        yield d.bar(left, right, 0, tall, "band soft")


def _own(nodes, value, points, across, up, tall, number):
    if not d.known(value):
        return
    points = points if d.known(points) else earned(nodes, value)
    x, y = across(value), tall * up(points)
    yield d.upright(x, y, tall, "guide")
    yield d.level(y, "guide", 0, x)
    said = f"{number(value)} → {number(points, 4)}"
    yield d.named(d.dot(x, y, "dot", 6), said)
    yield d.text(x, min(y + 22, tall - 4) if x > 0.5 else max(y - 12, 10), said, "own " + ("end" if x > 0.5 else ""))


def _expected(expected, across, tall, words):
    if d.known(expected):
        yield d.upright(across(expected), 0, tall, "changed")
        yield d.text(across(expected), -6, words["expected"], "tick mid")


def _frame(across, up, tall, line, words, number):
    foot = _TOP + tall
    for tick in (0, 20, 40, 60, 80, 100):
        y = _TOP + tall * up(tick)
        yield d.level(y, "grid-line", _LEFT, _LEFT + _WIDTH)
        yield d.text(_LEFT - 0.015, y + 4, str(tick), "tick end")
    if d.known(line):
        yield d.level(_TOP + tall * up(line), "threshold", _LEFT, _LEFT + _WIDTH)
        yield d.text(_LEFT + _WIDTH + 0.015, _TOP + tall * up(line) + 4, words["line"], "threshold-name")
    yield d.level(foot, "axis", _LEFT, _LEFT + _WIDTH)
    for tick in d.ticks(across.low, across.high, 5):
        yield d.text(_LEFT + _WIDTH * across(tick), foot + 16, number(tick), "tick mid")
