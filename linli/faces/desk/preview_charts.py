"""The charts of the preview, from invented figures. Each shows what is missing, too: that is where charts lie most."""

import math

from linli.faces.desk.charts import funnel, points_line, rank_bars, scores, three_ways, trend
from linli.faces.desk.charts import map as shaded

_NOTHING = {"nothing": "尚無數字"}
_PLACES = (
    # community, incidents, population, adjusted, low, high
    ("東門社區", 15, 12410, 1.03, 0.76, 1.32),
    ("南市社區", 22, 14800, 1.12, 0.85, 1.47),
    ("北橋社區", 9, 8120, 0.94, 0.66, 1.27),
    ("西園社區", 6, 9350, 0.78, 0.53, 1.08),
    ("柳堤社區", 31, 11020, 1.61, 1.21, 2.10),
    ("書院社區", 15, 12900, 0.98, 0.72, 1.28),
    ("碼頭社區", 44, 15260, 1.24, 0.98, 1.56),
    ("新城社區", 19, 10480, 1.20, 0.89, 1.57),
    ("桃林社區", 3, 5210, 0.81, 0.51, 1.19),
    ("石井社區", None, None, None, None, None),
)
_OFFICERS = (
    ("O04 唐敏", 1, 1, 9, 84.69, 81.2, 87.6),
    ("O02 何秀蘭", 2, 1, 9, 83.56, 80.2, 85.9),
    ("O10 陳玉梅", 3, 1, 9, 82.85, 78.2, 85.6),
    ("O06 黃志遠", 4, 2, 8, 82.60, 78.5, 85.1),
    ("O01 周文清", 5, 2, 9, 80.49, 75.4, 82.7),
    ("O07 李德勝", 6, 3, 9, 79.73, 74.6, 82.2),
    ("O05 歐陽濤", 7, 6, 9, 77.16, 70.0, 80.4),
    ("O08 廖小芳", 8, 7, 9, 74.39, 66.3, 78.3),
    ("O09 義建平", None, None, None, None, None, None),
)
_LEGEND_SCORES = (("", "得分"), ("band", "九成可能落在此範圍"), ("threshold", "80 分線"))
_LEGEND_RANKS = (("", "現名次"), ("band", "可能名次"), ("alike", "與黃志遠不能區分"))


def charts():
    """(caption, SVG, legend) of every chart; a legend is a list of (sign, words)."""
    yield "發案率的漏斗：離預期多遠，偶然又會偏多遠", _funnel(), ()
    yield "可能名次（九成，同時成立）", _ranks(), _LEGEND_RANKS
    yield "本季度得分", _scores(), _LEGEND_SCORES
    yield "東門社區的得分，六個季度", _trend(), (("", "得分"), ("band", "九成範圍"), ("threshold", "80 分線"))
    yield "同一批社區，三種算法", _three_ways(), ()
    yield "各社區調整後的發案率", _map(), ()
    yield "發案率怎樣換成分數", _points(), (("", "本季度"), ("band", "九成範圍"))
    yield "尚無數字的圖", funnel.draw([], centre=1, words={"title": "漏斗", "description": "", **_NOTHING}), ()


def _funnel():
    words = {"title": "發案率漏斗圖", "description": "九個社區，碼頭社區和柳堤社區高於 99.8 % 界限。", **_NOTHING}
    words |= {"x": "實有人口", "y": "每萬人發案", "inner": "95 %", "outer": "99.8 %"}
    places = [(name, count, base, name == "書院社區") for name, count, base, *_ in _PLACES]
    return funnel.draw(places, centre=13.6 / 10000, per=10000, words=words)


def _ranks():
    words = {
        "title": "可能名次",
        "description": "除廖小芳外，各人範圍重疊。",
        "rank": "名次",
        "score": "得分",
        **_NOTHING,
    }
    rows = []
    for name, rank, low, high, score, *_ in _OFFICERS:
        alike = rank is not None and name not in ("O08 廖小芳", "O06 黃志遠")
        written = f"{score:.2f}" if score else "—"
        note = "" if rank else "任職未滿 60 天"
        rows.append((name, rank, low, high, written, alike, name == "O06 黃志遠", note))
    return rank_bars.draw(rows, words=words)


def _scores():
    words = {"title": "各人得分", "description": "每人得分與九成範圍，對照 80 分線。", "line": "80", **_NOTHING}
    rows = [(n, s, lo, hi, n == "O06 黃志遠", "" if s else "任職未滿 60 天") for n, _, _, _, s, lo, hi in _OFFICERS]
    return scores.draw(rows, words=words)


def _trend():
    words = {"title": "得分走勢", "description": "2025 年第三季度缺數字；2026 年起換用新方案。", **_NOTHING}
    words |= {"y": "得分", "missing": "無證據", "line": "80"}
    points = [
        ("25Q1", 81.2, 76.0, 85.0),
        ("25Q2", 79.4, 74.8, 83.2),
        ("25Q3", math.nan, math.nan, math.nan),
        ("25Q4", 78.8, 73.0, 82.9),
        ("26Q1", 82.5, 78.1, 86.0, "方案 2026.1"),
        ("26Q2", 83.9, 79.6, 87.1),
        ("26Q3", 80.5, 75.4, 82.7),
    ]
    return trend.draw(points, words=words, line=80)


def _three_ways():
    words = {"title": "三種算法", "description": "起數、每萬人、調整後並列。", **_NOTHING}
    words |= {"raw": "起數", "rate": "每萬人", "adjusted": "調整後", "missing": "無證據"}
    rows = [
        (name, count, count and 10000 * count / base, adjusted, low, high, name == "書院社區")
        for name, count, base, adjusted, low, high in _PLACES
    ]
    return three_ways.draw(rows, words=words)


def _map():
    words = {"title": "調整後發案率地圖", "description": "十個社區，石井社區無證據。", "missing": "無證據", **_NOTHING}
    words |= {"legend": "圖例", "below": "低於 {value}", "between": "{low}–{high}", "above": "{value} 及以上"}
    rows = [(name, _square(k), adjusted, name == "書院社區") for k, (name, _, _, adjusted, _, _) in enumerate(_PLACES)]
    return shaded.draw(rows, words=words)


def _square(k):
    """An uneven four-sided place, beside the one before."""
    corners = {
        (i, j): (111.6 + 0.02 * i + 0.004 * math.sin(3 * i + 5 * j), 26.4 + 0.018 * j + 0.004 * math.cos(4 * i + j))
        for i in range(6)
        for j in range(3)
    }
    i, j = k % 5, k // 5
    ring = [corners[c] for c in ((i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j))]
    return {"type": "Polygon", "coordinates": [ring]}


def _points():
    words = {"title": "發案率換分", "description": "比值 1.03，得 83.99 分。", "x": "實際／預期", "y": "分", **_NOTHING}
    words |= {"line": "80", "expected": "預期"}
    table = [(0.4, 100), (0.7, 95), (1.0, 85), (1.15, 80), (1.6, 60), (2.5, 0)]
    return points_line.draw(table, 1.03, 0.76, 1.32, points=83.99, expected=1.0, words=words)
