"""Small drawings for the page, as plain SVG: reliability of chances, and coverage at known spread."""

from benchmarks.calibration import stages
from benchmarks.calibration.fixed_spread import METHODS
from benchmarks.calibration.page import METHOD_NAMES
from benchmarks.calibration.tally import merged

FOLDER = stages.ROOT / "docs" / "methods"
INK, QUIET, RULER = "#1f2933", "#5c6875", "#d5dbe1"
COLOURS = ("#174a7c", "#b4561b", "#5c6875", "#7a4fa3")
SIDE, GAP, TOP, LEFT = 200, 56, 64, 52


class Panel:
    """A square plot: x and y from 0 to 1 unless said, drawn at (left, top)."""

    def __init__(self, left, top, x=(0.0, 1.0), y=(0.0, 1.0)):
        self._left, self._top, self._x, self._y = left, top, x, y

    def at(self, x, y):
        across = (x - self._x[0]) / (self._x[1] - self._x[0])
        up = (y - self._y[0]) / (self._y[1] - self._y[0])
        return self._left + across * SIDE, self._top + (1 - up) * SIDE

    def line(self, points, colour, width=1.5, dash=""):
        path = " ".join("{:.1f},{:.1f}".format(*self.at(*point)) for point in points)
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        return f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width}"{dashed}/>'

    def dot(self, x, y, colour, radius=3.2):
        left, top = self.at(x, y)
        return f'<circle cx="{left:.1f}" cy="{top:.1f}" r="{radius}" fill="{colour}"/>'

    def band(self, corners, colour):
        path = " ".join("{:.1f},{:.1f}".format(*self.at(*corner)) for corner in corners)
        return f'<polygon points="{path}" fill="{colour}"/>'

    def text(self, x, y, words, anchor="middle", colour=QUIET, right=0, down=0):
        left, top = self.at(x, y)
        place = f'x="{left + right:.1f}" y="{top + down:.1f}" text-anchor="{anchor}" fill="{colour}"'
        return f"<text {place}>{words}</text>"


def write(results):
    """Writes every picture beside the page."""
    pictures = {"calibration-chances.svg": chances(results), "calibration-coverage.svg": coverage(results)}
    for name, drawn in pictures.items():
        (FOLDER / name).write_text(drawn, encoding="utf-8")


def chances(results):
    """What was said against what happened, a panel for each chance, a colour for each number of places."""
    panels = {"last": "last", "below": "below the line", "rank": "a given rank"}
    parts = []
    for k, (what, label) in enumerate(panels.items()):
        panel = Panel(LEFT + k * (SIDE + GAP), TOP)
        parts += _square(panel, label, k == 0)
        for places, colour in zip(stages.GROUPS, COLOURS, strict=True):
            rows = merged(results.tallies(what, places))
            parts += [panel.line([(row[3], row[4]) for row in rows], colour, 1)]
            parts += [panel.dot(row[3], row[4], colour) for row in rows]
    legend = [(f"{places:,} places", colour) for places, colour in zip(stages.GROUPS, COLOURS, strict=True)]
    return svg(parts, 3, "Chances that were said, and how often they came true; the band is 0.03 either side", legend)


def _square(panel, label, first):
    yield panel.band([(0, 0.03), (0.97, 1), (1, 1), (1, 0.97), (0.03, 0), (0, 0)], "#e8eef4")
    yield panel.line([(0, 0), (1, 1)], RULER, 1)
    yield panel.line([(0, 1), (0, 0), (1, 0)], QUIET, 1)
    for tick in (0.0, 0.5, 1.0):
        yield panel.text(tick, 0, f"{tick:g}", down=16)
        yield panel.text(0, tick, f"{tick:g}", "end", right=-6, down=4)
    yield panel.text(0.5, 1, label, colour=INK, down=-8)
    yield panel.text(0.5, 0, "said", down=32)
    if first:
        yield panel.text(0, 1, "happened", "start", right=4, down=12)


def coverage(results, places=10):
    """Coverage of 90 % intervals of ten places at known τ: a panel for each τ, a colour for each method."""
    parts = []
    for k, tau in enumerate(stages.TAUS):
        panel = Panel(LEFT + k * (SIDE + GAP), TOP, x=(-0.4, 5.4), y=(0.0, 1.0))
        parts += _axes(panel, f"τ = {tau:g}")
        for method, colour in zip(METHODS, COLOURS, strict=True):
            found = [results.get("fixed_spread", *cell, places, tau)[method]["covered"] for cell in stages.EVIDENCE]
            for part in (range(3), range(3, 6)):
                parts.append(panel.line([(i, found[i]) for i in part], colour, 1.5))
            parts += [panel.dot(i, value, colour) for i, value in enumerate(found)]
    legend = [(METHOD_NAMES[method], colour) for method, colour in zip(METHODS, COLOURS, strict=True)]
    return svg(parts, 3, "How often a 90 % interval held the truth, ten places", legend)


def _axes(panel, label):
    yield panel.band([(-0.4, 0.89), (5.4, 0.89), (5.4, 0.91), (-0.4, 0.91)], "#e8eef4")
    yield panel.line([(-0.4, 1), (-0.4, 0), (5.4, 0)], QUIET, 1)
    for tick in (0.0, 0.3, 0.6, 0.9):
        yield panel.text(-0.4, tick, f"{100 * tick:.0f} %", "end", right=-6, down=4)
    for i, (_, size) in enumerate(stages.EVIDENCE):
        yield panel.text(i, 0, str(size), down=16)
    yield panel.text(1, 0, "events", down=32)
    yield panel.text(4, 0, "answers", down=32)
    yield panel.text(2.5, 1, label, colour=INK, down=-8)


def svg(parts, panels, title, legend):
    """The whole drawing: so many panels side by side, a title above and a legend, (words, colour), below."""
    width, height = LEFT + panels * (SIDE + GAP), TOP + SIDE + 76
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'font-family="system-ui, sans-serif" font-size="12" role="img" aria-label="{title}">'
    )
    lines = [head, f'<rect width="{width}" height="{height}" fill="#ffffff"/>']
    lines.append(f'<text x="12" y="22" font-size="14" font-weight="600" fill="{INK}">{title}</text>')
    left = LEFT
    for words, colour in legend:
        lines.append(f'<circle cx="{left}" cy="{height - 16}" r="4" fill="{colour}"/>')
        lines.append(f'<text x="{left + 10}" y="{height - 12}" fill="{QUIET}">{words}</text>')
        left += 40 + 7 * len(words)
    return "\n".join([*lines, *parts, "</svg>\n"])
