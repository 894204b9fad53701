"""Rate against exposure: how far a place lies from the expected, and how far chance alone would throw it."""

from typing import NamedTuple

import numpy as np

from linli.faces.desk.charts import drawing as d
from linli.faces.desk.charts import limits

_LEFT, _WIDTH, _TOP = 0.12, 0.74, 22
_NARROW = 220  # pixels of the plot on a phone: names that do not collide there collide nowhere
_NAME_ALL = 14  # more places than this: only those outside, and the chosen one, are named


class Place(NamedTuple):
    """One point. count: events or yes; base: exposure, expected events or answers."""

    label: str
    count: float
    base: float
    chosen: bool = False


def draw(places, *, centre, words, per=1, shares=False, levels=(0.95, 0.998), height=340, number=d.number):
    """SVG of a funnel. places: Place rows; those without count or base are left out.

    centre: the expected count / base (a rate per person, a share, or 1 when base is what was expected). per: what the
    vertical scale is multiplied by. shares: binomial limits instead of Poisson. levels: inner and outer limit.
    words: title, description, x, y (names of the scales), inner, outer (names of the limits), nothing.
    """
    places = [Place(*place) for place in places]
    places = [place for place in places if d.known(place.count, place.base) and place.base > 0]
    if not places or not d.known(centre) or (shares and not 0 < centre < 1) or centre <= 0:
        return d.nothing(words)
    bases = [place.base for place in places]
    across = d.Scale(0.7 * min(bases), 1.06 * max(bases))
    grid = np.linspace(across.low, across.high, 81)
    funnels = [_limits(grid, centre, shares, chance) for chance in levels]
    tall = height - _TOP - 44
    up = d.Scale(0, _highest(places, funnels, per, shares), down=True)
    inside = [_limits(np.array(bases, dtype=float), centre, shares, chance) for chance in levels]
    marks = [
        d.curve(tall, *_curves(grid, funnels, centre, per, across, up)),
        *_limit_names(funnels, per, up, tall, words),
        *_points(places, inside, per, across, up, tall, number),
        *_names(places, inside, per, across, up, tall),
    ]
    frame = [*_vertical(up, tall, number), *_horizontal(across, tall, number)]
    names = [d.text(0, 12, words["y"], "axis-name"), d.text(_LEFT + _WIDTH, height - 2, words["x"], "axis-name end")]
    body = d.plot(_LEFT, _WIDTH, _TOP, tall, *marks)
    return d.picture(words["title"], words["description"], height, *frame, body, *names)


def _limits(bases, centre, shares, level):
    counted = limits.of_shares(bases, centre, level) if shares else limits.of_counts(centre * bases, level)
    return counted[0] / bases, counted[1] / bases


def _highest(places, funnels, per, shares):
    """Points and most of the funnel are seen; its mouth may be cut off."""
    seen = max(place.count / place.base for place in places)
    top = 1.08 * per * max(seen, float(np.quantile(funnels[-1][1], 0.8)))
    return min(top, per * 1.0) if shares else top


def _curves(grid, funnels, centre, per, across, up):
    def line(values):
        # not through the scale's clip: what leaves the plot is cut by its edge and not flattened along it
        return [(across(x), 1 - per * y / up.high) for x, y in zip(grid, values, strict=True)]

    (inner_low, inner_high), (outer_low, outer_high) = funnels
    yield "between", line(outer_low) + line(outer_high)[::-1], True
    yield "between inner", line(inner_low) + line(inner_high)[::-1], True
    for name, values in (("outer", outer_low), ("outer", outer_high), ("inner", inner_low), ("inner", inner_high)):
        yield f"limit {name}", line(values), False
    middle = 1 - per * centre / up.high
    yield "centre", [(0, middle), (1, middle)], False


def _limit_names(funnels, per, up, tall, words):
    for name, (_, high) in zip(("inner", "outer"), funnels, strict=True):
        yield d.text(1.02, tall * up(per * high[-1]) + 4, words[name], "tick")


def _points(places, inside, per, across, up, tall, number):
    for position, place in enumerate(places):
        rate = place.count / place.base
        cls = "dot" if place.chosen else "dot out" if _outside(inside[1], position, rate) else "dot other"
        mark = d.dot(across(place.base), tall * up(per * rate), cls, 6 if place.chosen else 5)
        yield d.named(mark, f"{place.label} {number(per * rate)}")


def _outside(between, position, rate):
    low, high = between
    return not low[position] <= rate <= high[position]


def _names(places, inside, per, across, up, tall):
    """Names beside their points: right, left, above or below, wherever nothing else stands; else none."""
    dots = [(across(p.base) * _NARROW, tall * up(per * p.count / p.base)) for p in places]
    taken = [(x - 6, y - 6, x + 6, y + 6) for x, y in dots]
    order = sorted(range(len(places)), key=lambda i: not places[i].chosen)
    for i in order:
        place = places[i]
        needed = place.chosen or _outside(inside[0], i, place.count / place.base)
        if not needed and len(places) > _NAME_ALL:
            continue
        found = next((spot for spot in _spots(*dots[i], place.label) if _free(spot[0], taken, tall)), None)
        if found is None and not place.chosen:
            continue
        box, dx, dy, cls = found or next(iter(_spots(*dots[i], place.label)))
        taken.append(box)
        mark = d.text(dots[i][0] / _NARROW, dots[i][1] + dy, place.label, cls + (" own" if place.chosen else ""))
        mark.set("dx", d.px(dx))
        yield mark


def _spots(x, y, label):
    long = d.wide(label)
    yield (x + 8, y - 7, x + 8 + long, y + 7), 9, 4, ""
    yield (x - 8 - long, y - 7, x - 8, y + 7), -9, 4, "end"
    yield (x - long / 2, y - 22, x + long / 2, y - 8), 0, -10, "mid"
    yield (x - long / 2, y + 8, x + long / 2, y + 22), 0, 19, "mid"


def _free(box, taken, tall):
    left, top, right, bottom = box
    if left < 0 or right > _NARROW + 30 or top < 0 or bottom > tall:
        return False
    return not any(left < r and right > lf and top < b and bottom > t for lf, t, r, b in taken)


def _vertical(up, tall, number):
    for tick in d.ticks(0, up.high):
        y = _TOP + tall * up(tick)
        yield d.level(y, "grid-line", _LEFT, _LEFT + _WIDTH)
        yield d.text(_LEFT - 0.015, y + 4, number(tick), "tick end")


def _horizontal(across, tall, number):
    yield d.level(_TOP + tall, "axis", _LEFT, _LEFT + _WIDTH)
    for tick in d.ticks(across.low, across.high, 4):
        x = _LEFT + _WIDTH * across(tick)
        yield d.upright(x, _TOP + tall, _TOP + tall + 4, "axis")
        yield d.text(x, _TOP + tall + 17, number(tick), "tick mid")
