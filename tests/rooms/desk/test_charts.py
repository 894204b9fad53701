"""Charts say what is known and nothing else: no figure is no mark, no gap is joined, no letter is markup."""

import math
import re
from xml.etree import ElementTree as ET

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from linli.faces.desk import preview_charts
from linli.faces.desk.charts import drawing, funnel, limits, points_line, rank_bars, scores, three_ways, trend
from linli.faces.desk.charts import map as shaded

NAN = math.nan
SQUARE = {"type": "Polygon", "coordinates": [[[111, 26], [112, 26], [112, 27], [111, 27], [111, 26]]]}
BESIDE = {"type": "MultiPolygon", "coordinates": [[[[112, 26], [113, 26], [113, 27], [112, 27], [112, 26]]]]}


class Words(dict):
    """Every word of a chart, said as its own name."""

    def __missing__(self, name):
        return f"«{name}»"


WORDS = Words(below="<{value}", between="{low}–{high}", above="≥{value}")
EMPTY = {
    "funnel": lambda: funnel.draw([], centre=1, words=WORDS),
    "funnel of unknown figures": lambda: funnel.draw([("東", None, 100), ("西", 3, 0)], centre=0.1, words=WORDS),
    "ranks": lambda: rank_bars.draw([], words=WORDS),
    "scores": lambda: scores.draw([], words=WORDS),
    "trend": lambda: trend.draw([], words=WORDS),
    "trend without a figure": lambda: trend.draw([("26Q1", NAN), ("26Q2", None)], words=WORDS),
    "three ways": lambda: three_ways.draw([], words=WORDS),
    "map": lambda: shaded.draw([("東", None, 1.0)], words=WORDS),
    "points": lambda: points_line.draw([], 1.0, words=WORDS),
}


def read(svg):
    return ET.fromstring(f"<p>{svg}</p>")


def marks(svg, cls):
    return [mark for mark in read(svg).iter() if cls in mark.get("class", "").split()]


def said(svg):
    return ["".join(mark.itertext()) for mark in read(svg).iter("text")]


@pytest.mark.parametrize("caption, svg", [(caption, svg) for caption, svg, _ in preview_charts.charts()])
def test_chart_is_a_named_picture_without_style_or_script_and_with_rounded_places(caption, svg):
    for picture in read(svg).findall("svg"):
        assert picture.get("role") == "img"
        assert picture[0].tag == "title" and picture[0].text
    assert not re.search(r"\sstyle=|<style|<script|\son\w+=", svg)
    for mark in read(svg).iter():
        for name in ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "width", "height", "d", "viewBox"):
            assert not re.search(r"\.\d{3}|nan|inf|e[+-]", mark.get(name, "")), mark.attrib


@pytest.mark.parametrize("chart", EMPTY)
def test_chart_without_figures_says_so(chart):
    svg = EMPTY[chart]()
    assert said(svg) == ["«nothing»"]
    assert marks(svg, "dot") == []


@pytest.mark.parametrize("label", ["<script>alert(1)</script>", 'a" onload="b', "東\x00門\x1b", "&amp;"])
def test_label_is_text_and_never_markup(label):
    svg = scores.draw([(label, 81.0, 79.0, 83.0)], words=Words(title=label, description=label))
    found = {mark.tag for mark in read(svg).iter()}
    assert found <= {"p", "svg", "title", "desc", "text", "line", "rect", "circle"}
    assert read(svg).find("svg")[0].text == re.sub("[\x00\x1b]", "", label)


def test_score_that_is_not_there_is_a_note_and_no_dot():
    svg = scores.draw([("O1", NAN, NAN, NAN, False, "任職未滿 60 天"), ("O2", 81.0)], words=WORDS)
    assert len(marks(svg, "dot")) == 1
    assert "任職未滿 60 天" in said(svg)


def test_score_stands_where_its_value_is():
    svg = scores.draw([("O1", 80.0), ("O2", 100.0)], words=WORDS)
    at_line, at_end = (float(mark.get("cx")[:-1]) for mark in marks(svg, "dot"))
    line = float(marks(svg, "threshold")[0].get("x1")[:-1])
    assert at_line == line
    assert at_end == pytest.approx(86)


def test_officer_without_rank_has_no_bar():
    rows = [("O1", 1, 1, 2, "84.69"), ("O2", 2, 1, 2, "80.00"), ("O9", None, None, None, "—", False, False, "任職未滿")]
    svg = rank_bars.draw(rows, words=WORDS)
    assert len(marks(svg, "band")) == len(marks(svg, "dot")) == 2
    assert "任職未滿" in said(svg)


def test_those_who_cannot_be_told_apart_stand_on_a_shaded_ground_with_the_chosen_one():
    rows = [("O1", 1, 1, 2, "84", True), ("O2", 2, 1, 3, "80", False, True), ("O3", 3, 3, 3, "70")]
    assert len(marks(rank_bars.draw(rows, words=WORDS), "alike")) == 2


def test_ranks_of_a_province_are_named_sparsely():
    rows = [("O1", 1, 1, 300, "84")]
    names = [float(text) for text in said(rank_bars.draw(rows, words=WORDS, ranks=310)) if text.isdigit()]
    assert names[0] == 1 and 310 in names and len(names) < 10


def test_trend_is_never_joined_over_a_gap_or_a_changed_definition():
    points = [("1", 81), ("2", 82), ("3", NAN), ("4", 80), ("5", 81), ("6", 82, 80, 84, "v2"), ("7", 83, 81, 85)]
    svg = trend.draw(points, words=WORDS)
    assert trend.stretches([trend.Point(*point) for point in points]) == [[0, 1], [3, 4], [5, 6]]
    assert [line.get("d").count("L") for line in marks(svg, "line")] == [1, 1, 1]
    assert len(marks(svg, "dot")) == 6
    assert "«missing»" in said(svg) and "v2" in said(svg)


def test_trend_marks_a_change_even_where_the_first_quarter_with_it_is_missing():
    points = [("1", 81), ("2", None, None, None, "v2"), ("3", 82)]
    assert "v2" in said(trend.draw(points, words=WORDS))


def test_place_without_evidence_has_a_word_in_each_column_and_no_dot():
    svg = three_ways.draw([("東", 15, 12.1, 1.03, 0.8, 1.3), ("石井", None, NAN, None)], words=WORDS)
    assert len(marks(svg, "dot")) == 3
    assert said(svg).count("«missing»") == 3


def test_nought_is_a_figure_and_is_drawn():
    svg = three_ways.draw([("東", 0, 0.0, 0.4, 0.1, 0.9)], words=WORDS)
    assert len(marks(svg, "dot")) == 3
    assert "«missing»" not in said(svg)


def test_map_hatches_what_is_missing_and_shades_the_rest():
    svg = shaded.draw([("東", SQUARE, 1.2), ("西", BESIDE, None), ("北", {"type": "Point"}, 3.0)], words=WORDS)
    places = marks(svg, "place")
    assert len(places) == 2
    assert [("missing" in place.get("class")) for place in places] == [False, True]
    pattern = next(read(svg).iter("pattern")).get("id")
    assert places[1].get("fill") == f"url(#{pattern})"
    assert "«missing»" in said(svg)


def test_map_shrinks_east_west_by_the_latitude():
    svg = shaded.draw([("東", SQUARE, 1.0)], words=WORDS, names=False)
    path = marks(svg, "place")[0].get("d")
    corners = np.array([[float(v) for v in pair.split(",")] for pair in path[1:-1].split()])
    wide, high = np.ptp(corners, axis=0)
    assert wide / high == pytest.approx(math.cos(math.radians(26.5)), abs=0.005)


def test_map_with_one_value_for_all_has_one_shade():
    svg = shaded.draw([("東", SQUARE, 1.0), ("西", BESIDE, 1.0)], words=WORDS)
    assert len({place.get("class") for place in marks(svg, "place")}) == 1


def test_darker_is_more_with_given_breaks():
    places = [(str(k), SQUARE, value) for k, value in enumerate([0.5, 0.9, 1.05, 1.2, 3.0])]
    svg = shaded.draw(places, words=WORDS, breaks=[0.8, 1.0, 1.1, 2.0], names=False)
    steps = [int(re.search(r"step-(\d)", place.get("class"))[1]) for place in marks(svg, "place")]
    assert steps == [1, 2, 3, 4, 5]


def test_points_are_read_off_the_table_and_shown():
    svg = points_line.draw([(1.15, 80), (1.0, 85), (0.4, 100)], 1.03, 0.8, 1.3, words=WORDS)
    assert "1.03 → 84" in said(svg)
    assert len(marks(svg, "band")) == 1


def test_figure_that_is_not_known_leaves_the_table_alone():
    svg = points_line.draw([(0.4, 0), (0.9, 100)], NAN, NAN, NAN, words=WORDS)
    assert marks(svg, "own") == [] and marks(svg, "band") == []
    assert len(marks(svg, "line")) == 1


def test_funnel_says_who_lies_outside_and_leaves_unknown_places_out():
    places = [("碼頭", 60, 15000), ("東門", 15, 12000), ("石井", None, 9000), ("書院", 16, 11000, True)]
    svg = funnel.draw(places, centre=13 / 10000, per=10000, words=WORDS)
    assert len(marks(svg, "dot")) == 3
    assert len(marks(svg, "out")) == 1
    assert "碼頭" in said(svg) and "石井" not in said(svg)
    assert "書院" in ["".join(mark.itertext()) for mark in marks(svg, "own")]


def test_funnel_of_shares_stays_below_one():
    svg = funnel.draw([("東", 99, 100), ("西", 40, 60)], centre=0.8, per=100, shares=True, words=WORDS)
    ticks = [float(text) for text in said(svg) if re.fullmatch(r"\d+", text)]
    assert max(ticks) <= 100


@pytest.mark.parametrize("mean", [0.3, 2.0, 13.7, 400.0])
@pytest.mark.parametrize("level", [0.9, 0.95, 0.998])
def test_limit_of_a_count_lies_within_the_step_before_the_exact_quantile(mean, level):
    for found, p in zip(limits.of_counts(np.array([mean]), level), ((1 - level) / 2, (1 + level) / 2), strict=True):
        exact = stats.poisson.ppf(p, mean)
        assert max(exact - 1, 0) <= found[0] <= exact


@pytest.mark.parametrize("asked", [1, 20, 263])
@pytest.mark.parametrize("share", [0.02, 0.5, 0.93])
def test_limit_of_a_share_lies_within_the_step_before_the_exact_quantile(asked, share):
    for found, p in zip(limits.of_shares(np.array([asked]), share, 0.95), (0.025, 0.975), strict=True):
        exact = stats.binom.ppf(p, asked, share)
        assert max(exact - 1, 0) <= found[0] <= min(exact, asked)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=9), *[st.none() | st.floats(0, 100)] * 3), max_size=7))
def test_any_figures_make_a_picture_that_can_be_read(rows):
    ordered = [(name, value, *sorted((low, high), key=lambda v: v or 0)) for name, value, low, high in rows]
    for svg in (
        scores.draw(ordered, words=WORDS),
        trend.draw(ordered, words=WORDS, line=80),
        three_ways.draw([(n, v, v, v, lo, hi) for n, v, lo, hi in ordered], words=WORDS),
        funnel.draw([(n, v, lo) for n, v, lo, _ in ordered], centre=0.5, words=WORDS),
        rank_bars.draw([(n, v, lo, hi, "") for n, v, lo, hi in ordered], words=WORDS),
    ):
        assert read(svg).find("svg").get("role") == "img"


@given(st.floats(1e-6, 1e7), st.floats(1.01, 50))
def test_ticks_are_few_rising_and_within(low, factor):
    found = drawing.ticks(low, low * factor)
    assert len(found) <= 11
    assert found == sorted(set(found))
    assert all(low * (1 - 1e-6) <= tick <= low * factor * (1 + 1e-6) for tick in found)
