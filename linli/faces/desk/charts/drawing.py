"""What all charts share: scales, ticks, escaped text, rounded coordinates and the frame of the picture."""

import math
import re
from xml.etree import ElementTree as ET

from heng.points import round_half_up
from linli.book.page import el

_UNWRITABLE = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")  # what XML cannot hold
_CURVE = 1000  # curves are drawn on a square of this size and stretched over the plot


def known(*values):
    """Whether every value is a finite number.

    >>> known(3, 0.5), known(None), known(1, float("nan")), known(float("inf"))
    (True, False, False, False)
    """
    return all(value is not None and math.isfinite(value) for value in values)


def number(value, digits=3):
    """A figure for a tick: so many significant digits, half up, no needless zeros, never an exponent.

    >>> number(12000.0), number(0.25), number(1 / 3), number(-0.0)
    ('12,000', '0.25', '0.333', '0')
    """
    if not math.isfinite(value):
        return "—"
    if value == 0:
        return "0"
    places = min(max(digits - 1 - math.floor(math.log10(abs(value))), 0), 9)
    rounded = round_half_up(float(value), places) if abs(value) < 1e12 else value  # beyond, nothing is left to round
    text = f"{rounded:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def ticks(low, high, about=5):
    """Round numbers within low..high, about so many.

    >>> ticks(0, 23), ticks(66.3, 90, 3), ticks(5, 5)
    ([0.0, 5.0, 10.0, 15.0, 20.0], [70.0, 80.0, 90.0], [5.0])
    """
    if not high > low or not math.isfinite(high - low):
        return [float(low)]
    rough = (high - low) / about
    unit = 10.0 ** math.floor(math.log10(rough))
    step = next(unit * k for k in (1, 2, 5, 10) if unit * k >= rough * 0.999)
    first, last = math.ceil(low / step - 1e-9), math.floor(high / step + 1e-9)
    digits = 2 - math.floor(math.log10(step))
    return [round(k * step, digits) for k in range(first, last + 1)]


class Scale:
    """Values to a share 0..1 of the plot; outside values are kept at its edge.

    >>> Scale(60, 100)(80), Scale(0, 10, down=True)(2.5), Scale(0, 1)(7)
    (0.5, 0.75, 1.0)
    """

    def __init__(self, low, high, down=False):
        self.low, self.high, self._down = low, high if high > low else low + 1, down

    def __call__(self, value):
        share = min(max((value - self.low) / (self.high - self.low), 0.0), 1.0)
        return 1 - share if self._down else share

    def holds(self, value):
        """Whether a value lies on the scale."""
        return self.low <= value <= self.high


def pct(share):
    """A share as a rounded percentage, for coordinates: 0.33333 is "33.33%"."""
    return f"{round(100 * share, 2):g}%"


def px(value):
    """A rounded length in pixels."""
    return f"{round(value, 1):g}"


def text(x, y, words, cls=""):
    """Text at a share x of the width and a pixel y; escaped, without letters that XML cannot hold."""
    return el("text", plain(words), x=pct(x), y=px(y), cls=cls)


def plain(words):
    """Words as they may stand in a picture."""
    return _UNWRITABLE.sub("", str(words))


def named(mark, words):
    """A mark that says what it is when somebody points at it."""
    mark.insert(0, el("title", plain(words)))
    return mark


def plot(left, width, top, height, *marks):
    """The part of a picture where figures are drawn; within it percentages count from its own edges."""
    return el(
        "svg", *marks, x=pct(left), width=pct(width), y=px(top), height=px(height), overflow="visible", cls="plot"
    )


def curve(height, *lines):
    """Lines over the whole plot, cut off at its edges. lines: (class, [(x, y) as shares of the plot], closed)."""
    paths = [el("path", d=_path(points, closed), cls=cls) for cls, points, closed in lines if points]
    square = f"0 0 {_CURVE} {_CURVE}"
    return el("svg", *paths, width="100%", height=px(height), viewBox=square, preserveAspectRatio="none")


def _path(points, closed):
    steps = " L".join(f"{px(_CURVE * x)} {px(_CURVE * y)}" for x, y in points)
    return f"M{steps}{' Z' if closed else ''}"


def upright(x, top, bottom, cls):
    """A vertical line at a share of the width."""
    return el("line", x1=pct(x), x2=pct(x), y1=px(top), y2=px(bottom), cls=cls)


def level(y, cls, left=0.0, right=1.0):
    """A horizontal line at a pixel, from share to share of the width."""
    return el("line", x1=pct(left), x2=pct(right), y1=px(y), y2=px(y), cls=cls)


def bar(left, right, y, height, cls):
    """A bar from share to share of the width; a bar without length is still seen."""
    width = max(right - left, 0.004)
    return el("rect", x=pct(left), width=pct(width), y=px(y), height=px(height), rx=3, cls=cls)


def dot(x, y, cls="dot", r=5):
    """A dot at a share of the width and a pixel."""
    return el("circle", cx=pct(x), cy=px(y), r=r, cls=cls)


def wide(words, size=12):
    """About how many pixels words take: a Chinese character is as wide as high, others half of it.

    >>> wide("西園"), wide("O04")
    (24, 21.6)
    """
    return round(sum(size if ord(c) > 0x2E7F else 0.6 * size for c in str(words)), 1)


def shortened(words, room, size=12):
    """Words cut with … so that they fit into so many pixels.

    >>> shortened("O04 唐敏", 90), shortened("第一新村東片社區", 60)
    ('O04 唐敏', '第一新村…')
    """
    words = plain(words)
    if wide(words, size) <= room:
        return words
    while words and wide(words, size) + size > room:
        words = words[:-1]
    return words + "…"


def picture(title, description, height, *marks, view=None):
    """The whole chart as SVG text, with its accessible name and description. view: its own square, stretched as a whole
    (a map); without one letters keep their size."""
    head = [el("title", plain(title)), el("desc", plain(description))]
    size = {"viewBox": view, "cls": "drawn map"} if view else {"height": px(height), "cls": "drawn"}
    drawn = el("svg", *head, *marks, width="100%", role="img", **size)
    return ET.tostring(drawn, encoding="unicode")


def nothing(words):
    """A chart without figures says so. words: title, description, nothing."""
    said = text(0.5, 36, words["nothing"], "mid faint")
    return picture(words["title"], words["description"], 64, said)
