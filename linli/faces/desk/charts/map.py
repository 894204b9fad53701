"""Places by their boundaries, shaded by a figure: no tiles, nothing fetched. A place without a figure is hatched."""

import math
import zlib
from typing import NamedTuple

import numpy as np

from linli.book.page import el
from linli.faces.desk.charts import drawing as d

_WIDE, _TALL, _CLASSES = 480, 560, 5  # units of the map's own square; steps of shade
_LETTER = 17  # units of a letter of a name where the map is narrowest


class Place(NamedTuple):
    """One place. geometry: a GeoJSON Polygon or MultiPolygon in degrees; value: None or nan when not known."""

    label: str
    geometry: dict | None
    value: float | None
    chosen: bool = False


def draw(places, *, words, breaks=None, number=d.number, names=True):
    """SVG of a shaded map, and after it the SVG of its legend. places: Place rows; those without a boundary are left
    out.

    breaks: rising inner borders of the shades (at most four), by default equal numbers of places in each. names: write
    each place's name where it fits. words: title, description, legend (its name), missing (hatched places), below and
    above (with {value}), between (with {low} and {high}), nothing. Degrees are drawn equirectangular, east-west shrunk
    by cos(latitude). The map grows with the page; its legend keeps its size.
    """
    places = [Place(*place) for place in places]
    drawn = [(place, _rings(place.geometry)) for place in places]
    drawn = [(place, rings) for place, rings in drawn if rings]
    if not drawn:
        return d.nothing(words)
    breaks = (
        _breaks([p.value for p, _ in drawn if d.known(p.value)]) if breaks is None else list(breaks)[: _CLASSES - 1]
    )
    hatch = f"hatch-{zlib.crc32(repr((words['title'], len(places))).encode()):08x}"
    shapes, across, tall = _project(drawn)
    order = sorted(range(len(drawn)), key=lambda i: drawn[i][0].chosen)  # the chosen one's border lies on top
    marks = [_area(drawn[i][0], shapes[i], breaks, hatch, words, number) for i in order]
    if names:
        marks += [mark for i in order for mark in _name(drawn[i][0], shapes[i], breaks)]
    missing = any(not d.known(place.value) for place, _ in drawn)
    legend, height = _legend(breaks, missing, hatch, words, number)
    view = f"0 0 {d.px(across)} {d.px(tall)}"
    shown = d.picture(words["title"], words["description"], tall, _pattern(hatch), *marks, view=view)
    return shown + d.picture(words["legend"], "", height, *legend)


def _rings(geometry):
    """Rings of (lon, lat) of a Polygon or MultiPolygon; anything else has none."""
    kind, parts = (geometry or {}).get("type"), (geometry or {}).get("coordinates") or ()
    polygons = {"Polygon": [parts], "MultiPolygon": parts}.get(kind, ())
    rings = [np.array([corner[:2] for corner in ring], dtype=float) for polygon in polygons for ring in polygon if ring]
    return [ring for ring in rings if len(ring) > 2 and np.isfinite(ring).all()]


def _project(drawn):
    """Rings in pixels, and the width and height they take."""
    corners = np.concatenate([ring for _, rings in drawn for ring in rings])
    (west, south), (east, north) = corners.min(axis=0), corners.max(axis=0)
    squeeze = math.cos(math.radians((south + north) / 2))
    wide, high = max((east - west) * squeeze, 1e-9), max(north - south, 1e-9)
    scale = min(_TALL / high, _WIDE / wide)
    side = (_WIDE - wide * scale) / 2
    shapes = [
        [np.column_stack([(r[:, 0] - west) * squeeze * scale + side, (north - r[:, 1]) * scale]) + 2 for r in rings]
        for _, rings in drawn
    ]
    return shapes, _WIDE + 4, high * scale + 4


def _breaks(values):
    """Inner borders with about as many places in each shade; fewer when places share values."""
    if not values:
        return []
    inner = np.quantile(values, np.arange(1, _CLASSES) / _CLASSES)
    return sorted({float(f"{border:.2g}") for border in inner} - {min(values)})


def _shade(value, breaks):
    """1 (least) to 5 (most); few shades are spread over the whole range."""
    step = sum(value >= border for border in breaks)
    return 1 + round(step * (_CLASSES - 1) / max(len(breaks), 1))


def _area(place, rings, breaks, hatch, words, number):
    path = "".join(f"M{' '.join(f'{d.px(x)},{d.px(y)}' for x, y in ring)}Z" for ring in rings)
    chosen = " chosen" if place.chosen else ""
    if d.known(place.value):
        mark = el("path", d=path, fill_rule="evenodd", cls=f"place step-{_shade(place.value, breaks)}{chosen}")
        return d.named(mark, f"{place.label} {number(place.value)}")
    mark = el("path", d=path, fill_rule="evenodd", fill=f"url(#{hatch})", cls=f"place missing{chosen}")
    return d.named(mark, f"{place.label} {words['missing']}")


def _name(place, rings, breaks):
    """The name in the middle of the largest ring, where it is wide enough."""
    ring = max(rings, key=lambda r: np.ptp(r[:, 0]) * np.ptp(r[:, 1]))
    if place.chosen or np.ptp(ring[:, 0]) > 1.25 * d.wide(place.label, _LETTER):
        x, y = _middle(ring)
        dark = d.known(place.value) and _shade(place.value, breaks) >= _CLASSES - 1
        cls = "place-name" + " own" * place.chosen + " on-dark" * dark
        yield el("text", d.plain(place.label), x=d.px(x), y=d.px(y + 4), cls=cls)


def _middle(ring):
    """Centroid of a ring by its area."""
    x, y = ring[:, 0], ring[:, 1]
    cross = x * np.roll(y, -1) - np.roll(x, -1) * y
    area = cross.sum()
    if abs(area) < 1e-9:
        return ring.mean(axis=0)
    return ((x + np.roll(x, -1)) * cross).sum() / (3 * area), ((y + np.roll(y, -1)) * cross).sum() / (3 * area)


def _legend(breaks, missing, hatch, words, number):
    said = [(f"step-{_shade(low, breaks)}", name) for low, name in _classes(breaks, words, number)]
    said += [(None, words["missing"])] if missing else []
    marks = []
    for position, (cls, name) in enumerate(said):
        x, y = 0.5 * (position % 2), 22 * (position // 2)
        box = el("rect", x=d.pct(x), y=d.px(y), width=22, height=14, cls=f"box {cls or 'missing'}")
        if cls is None:
            box.set("fill", f"url(#{hatch})")
        label = d.text(x, y + 11, name, "faint")
        label.set("dx", "30")
        marks += [box, label]
    return marks, 22 * math.ceil(len(said) / 2)


def _classes(breaks, words, number):
    """(a value of the class, its name) from the least to the most."""
    if not breaks:
        return
    yield -math.inf, words["below"].format(value=number(breaks[0]))
    for low, high in zip(breaks, breaks[1:], strict=False):
        yield low, words["between"].format(low=number(low), high=number(high))
    yield breaks[-1], words["above"].format(value=number(breaks[-1]))


def _pattern(hatch):
    ground = el("rect", width=7, height=7, cls="hatch-ground")
    stroke = el("line", x1=0, x2=0, y1=0, y2=7, cls="hatch")
    options = {"id": hatch, "width": 7, "height": 7, "patternUnits": "userSpaceOnUse", "patternTransform": "rotate(45)"}
    return el("defs", el("pattern", ground, stroke, **options))
