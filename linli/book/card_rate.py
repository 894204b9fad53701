"""One rate on an officer's card: the figure here, what is expected, how sure, its points, what one more would do."""

import math

from heng import points
from heng.scheme import COUNT, LOWER, MEAN, SHARE
from linli.book.card_chart import points_chart
from linli.book.figures import fixed, grouped, percent, significant
from linli.book.gains import gains
from linli.book.page import el

_SCORED_STATUS = ("ok", "pooled", "provisional", "false")


def section(shown, row, rate):
    """The rate as a section of the page. row: the officer's line of scores."""
    words, figure = shown.words, shown.figures[row.community, rate.id]
    return el(
        "section",
        _head(shown, figure, rate),
        _status(shown, figure, rate),
        points_chart(_chart_title(shown, figure), figure, shown.scheme.bottom.below, _expected_points(shown, rate)),
        el("dl", *(part for name, text in _lines(shown, row, figure, rate) for part in _line(words, name, text))),
        cls="rate",
    )


def _head(shown, figure, rate):
    words, scored = shown.words, figure.status in _SCORED_STATUS
    value = words("card.points", points=fixed(figure.points, 2)) if scored else words("card.no_points")
    return el(
        "h3",
        el("span", shown.rate(rate.id), cls="name"),
        el("span", words("card.weight", weight=significant(rate.weight)), cls="weight"),
        el("span", value, cls="value" if scored else "value none"),
    )


def _status(shown, figure, rate):
    said = shown.words(f"card.status_{figure.status}", supplier=shown.department(rate.supplier))
    return el("p", said, cls=f"status {figure.status}") if said else None


def _chart_title(shown, figure):
    low, high = (fixed(v, 1) for v in (figure.points_low, figure.points_high))
    line = significant(shown.scheme.bottom.below)
    return shown.words("card.chart_points", points=fixed(figure.points, 2), low=low, high=high, line=line)


def _expected_points(shown, rate):
    """Points of a place that is just as expected: ratio 1, or the frozen level of a share or mean."""
    level = _level(shown, rate)
    if math.isnan(level):
        return None
    value = 1.0 if rate.kind == COUNT else level
    if rate.kind == SHARE:
        value = max((1 / (1 + math.exp(-level)) - rate.guess) / (1 - rate.guess), 0.0)
    return float(points.of_values(value, rate.points))


def _level(shown, rate):
    return next((c.level for c in shown.quarter.coefficients if c.rate == rate.id), math.nan)


def _line(words, name, text):
    return (el("dt", words(f"card.{name}")), el("dd", text)) if text else ()


def _lines(shown, row, figure, rate):
    """(name, text) of every line, in reading order; a line without text is left out."""
    yield "own", _own(shown, figure, rate)
    yield "expected", _expected(shown, figure, rate)
    yield "adjusted", _adjusted(shown, figure, rate)
    yield "trust", _trust(shown, figure)
    yield "share", _share(shown, row, figure, rate)
    yield "change", _change(shown, row, figure, rate)
    yield "who", _who(shown, figure, rate)


def value(number, rate):
    """A share as a percentage, anything else with two decimals: a card shows no more digits than are known."""
    return percent(number) if rate.kind == SHARE else fixed(number, 2)


def _own(shown, figure, rate):
    words = shown.words
    if math.isnan(figure.numerator):
        return ""
    per = grouped(rate.per, 0)
    counted = {"numerator": significant(figure.numerator), "denominator": grouped(figure.denominator, 0), "per": per}
    if rate.kind == SHARE:
        raw = percent(figure.numerator / figure.denominator)
        said = words("card.own_sample" if rate.sample else "card.own_share", crude=raw, **counted)
        crude = percent(figure.crude / rate.per)
        return said + (words("card.guess", guess=percent(rate.guess), crude=crude) if rate.guess else "")
    digits = 2 if rate.kind == MEAN else 1
    return words(f"card.own_{rate.kind}", crude=fixed(figure.crude, digits), **counted)


def _expected(shown, figure, rate):
    words = shown.words
    if math.isnan(figure.expected):
        return ""
    if rate.kind == COUNT:
        events = figure.expected / rate.per * figure.denominator
        shown_events = fixed(events, 1) if events < 10 else fixed(events, 0)
        per = grouped(rate.per, 0)
        return words("card.expected_count", per=per, expected=fixed(figure.expected, 1), events=shown_events)
    key = "expected_plain" if rate.adjust else "expected_level"
    return words(f"card.{key}", expected=value(figure.expected / rate.per, rate))


def _adjusted(shown, figure, rate):
    if math.isnan(figure.adjusted):
        return ""
    key = "adjusted_count" if rate.kind == COUNT else "adjusted_place" if rate.adjust else "adjusted_plain"
    low, high = value(figure.low, rate), value(figure.high, rate)
    return shown.words(f"card.{key}", value=value(figure.adjusted, rate), low=low, high=high)


def _trust(shown, figure):
    if math.isnan(figure.own_weight):
        return ""
    own = int(10 * figure.own_weight + 0.5)
    if own in (0, 10):
        return shown.words("card.trust_none" if own == 0 else "card.trust_all")
    digits = "零一二三四五六七八九" if shown.words.lang != "en" else "0123456789"
    return shown.words("card.trust_some", own=digits[own], rest=digits[10 - own])


def _share(shown, row, figure, rate):
    """The rate's part of the score, as somebody with a pocket calculator finds it."""
    if figure.status not in _SCORED_STATUS:
        return ""
    part = figure.points * rate.weight / row.present_weight
    weight, present = significant(rate.weight), significant(row.present_weight)
    return shown.words(
        "card.share_sum", points=fixed(figure.points, 2), weight=weight, present=present, part=fixed(part, 2)
    )


def _unit(rate):
    """Ending of the words for one more of what the rate counts."""
    if rate.kind == COUNT:
        return "" if rate.better == LOWER else "_found"
    return "_grade" if rate.kind == MEAN else "_yes" if rate.sample else "_passed"


def _change(shown, row, figure, rate):
    more, fewer = gains(figure, rate, shown.evidence.get((figure.community, figure.rate)))
    both = [("more", more), ("fewer", fewer)]
    welcome_first = both[::-1] if rate.better == LOWER else both
    said = [_changed(shown, row, rate, what, gain) for what, gain in welcome_first if gain is not None]
    return shown.words.aside(*said)


def _changed(shown, row, rate, direction, gain):
    what = shown.words(f"card.change_{direction}{_unit(rate)}")
    in_score = gain * rate.weight / row.present_weight
    return shown.words("card.change_by", what=what, points=signed(gain, 1), score=signed(in_score, 2))


def signed(number, digits):
    """With its sign: +0.8, −0.7, 0."""
    text = fixed(abs(number), digits)
    return text if float(text) == 0 else ("+" if number > 0 else "−") + text


def _who(shown, figure, rate):
    words, row = shown.words, shown.evidence.get((figure.community, figure.rate))
    supplier, verifier = shown.department(rate.supplier), shown.department(rate.verifier)
    said = words("card.who_named", supplier=supplier, verifier=verifier)
    if row is not None and row.source:
        said += words("card.who_source", source=shown.department(row.source))
    if row is not None and row.verified_by and shown.department(row.verified_by) != verifier:
        said += words("card.who_signed", verified_by=shown.department(row.verified_by))
    return said
