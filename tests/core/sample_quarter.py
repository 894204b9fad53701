"""An invented quarter built by hand, so that the writers can be tried without the core that reckons one.

Six communities, seven officers, the seven rates of the default scheme. It holds what a writer must get right: a
couple's post, a post held too short, every status of a figure, a community without a leader, and a bottom post whose
transfer is to be reviewed.
"""

import math

import numpy as np

from heng import evidence as e
from heng import points, results
from heng.scheme import Rate, Scheme

PERIOD = "2026Q3"
_SHARE = [[0.40, 0], [0.65, 60], [0.76, 80], [0.82, 85], [0.95, 100]]
_FEWER = [[2.50, 0], [1.60, 60], [1.15, 80], [1.00, 85], [0.55, 100]]
_MORE = [[0.20, 0], [0.55, 60], [0.85, 80], [1.00, 85], [1.50, 100]]
_RATES = (  # id, names in three languages, kind, better, weight, supplier, verifier, the rest
    ("satisfaction", "滿意率 满意率 Satisfaction", "share", "higher", 20, "residents' committee",
     "political and personnel office", {"sample": True, "named_in_report": True}),
    ("familiarity", "熟識率 熟识率 Familiarity", "share", "higher", 15, "residents' committee",
     "political and personnel office", {"sample": True, "guess": 0.25, "named_in_report": True}),
    ("incidents", "發案率 发案率 Incidents", "count", "lower", 15, "command centre", "supervision office",
     {"adjust": True, "per": 10000, "named_in_report": True}),
    ("prevention", "防範率 防范率 Prevention", "share", "higher", 15, "public-order brigade", "supervision office",
     {"adjust": True, "named_in_report": True}),
    ("leads", "線索提供率 线索提供率 Leads", "count", "higher", 10, "investigation brigade", "command centre",
     {"adjust": True, "per": 10000, "named_in_report": True}),
    ("visibility", "見警率 见警率 Visibility", "share", "higher", 10, "police station", "supervision office", {}),
    ("disputes", "調處率 调处率 Disputes", "share", "higher", 15, "mediation committee", "governance centre", {}),
)  # fmt: skip


def _rate(id, names, kind, better, weight, supplier, verifier, rest):
    name = dict(zip(("zh_Hant", "zh_Hans", "en"), names.split(), strict=True))
    table = _SHARE if kind == "share" else _FEWER if better == "lower" else _MORE
    return Rate(id, name, kind, better, weight, np.array(table), supplier, verifier, **rest)


def sample_scheme():
    return Scheme("default", "2026.1", "2026-01-01", tuple(_rate(*row) for row in _RATES))


PLACES = ("C1", "C2", "C3", "C4", "C5", "C6")
_SIZE = dict(zip(PLACES, (14200, 18650, 9370, 21550, 7240, 6110), strict=True))
# By community: share asked about the seven rates, as a ratio for the two counts.
_LEVEL = {"C1": 0.84, "C2": 0.80, "C3": 0.78, "C4": 0.62, "C5": 0.88, "C6": 0.82}
_STATUS = {
    ("C1", "familiarity"): "pooled",
    ("C2", "disputes"): "thin",
    ("C3", "prevention"): "provisional",
    ("C4", "visibility"): "false",
    ("C2", "leads"): "no_evidence",
    **{("C6", rate): "no_evidence" for rate in ("satisfaction", "familiarity", "leads")},
}


def sample_book(first_name="周文清"):
    """The book behind the quarter; ``first_name`` lets a test try a name nobody should be able to use."""
    n = len(PLACES)
    names = ("東門社區", "南市社區", "柳堤社區", "碼頭社區", "石井社區", "桃林社區")
    communities = e.Communities(
        e.text(PLACES), e.text(names), e.text(["city"] * n), np.arange(n) % 2 == 0,
        e.numbers(_SIZE.values()), {"floating_share": np.linspace(0.1, 0.4, n)},
    )  # fmt: skip
    people = ("O1", "O2", "O3", "O4", "O5", "O6", "O7")
    posts = e.Posts(
        e.text(people), e.text([first_name, "何秀蘭", "歐陽濤", "李德勝", "李勝男", "陳玉梅", "盤少華"]),
        e.text(["C1", "C2", "C3", "C4", "C4", "C5", "C6"]),
        e.days(["2024-12-01"] * 6 + ["2026-08-15"]), e.days([""] * 7),
        e.text(["single"] * 3 + ["couple"] * 2 + ["single"] * 2),
    )  # fmt: skip
    pairings = e.Pairings(
        e.text(PLACES), e.text(["局領導甲", "局領導乙", "局領導丙", "局領導丁", "局領導戊", ""]),
        e.text(["政工室", "治安大隊", "戶政股", "指揮中心", "法制股", "後勤股"]),
        e.days(["2024-12-01"] * n), e.days([""] * n),
    )  # fmt: skip
    return e.Book(communities, posts, pairings, _evidence())


def _evidence():
    rows = [(c, r) for c in PLACES for r in sample_scheme().rates if _STATUS.get((c, r.id)) != "no_evidence"]
    used = [_used(community, rate) for community, rate in rows]
    return e.Evidence(
        e.text([PERIOD] * len(rows)), e.text([c for c, _ in rows]), e.text([r.id for _, r in rows]),
        e.numbers([u[0] for u in used]), e.numbers([u[1] for u in used]),
        np.ones(len(rows)), np.full(len(rows), math.nan),
        e.text(["anonymous sample" if r.sample else "case register" for _, r in rows]), e.text(["政工室"] * len(rows)),
        e.text([_STATUS.get((c, r.id), "final") for c, r in rows]),
    )  # fmt: skip


def _used(community, rate):
    """(numerator, denominator) of one figure."""
    if rate.kind == "count":
        usual = _SIZE[community] * (0.0015 if rate.better == "lower" else 0.0004)
        turn = 1 / _LEVEL[community] if rate.better == "lower" else _LEVEL[community] / 0.8
        return round(usual * turn), _SIZE[community]
    asked = 8 if (community, rate.id) == ("C2", "disputes") else 110
    return round(asked * _LEVEL[community]), asked


def _indicator(community, rate):
    status = _STATUS.get((community, rate.id), "ok")
    if status == "no_evidence":
        return (PERIOD, community, rate.id, *[math.nan] * 11, status)
    yes, asked = _used(community, rate)
    crude = yes / asked * rate.per
    expected = {"share": 0.8, "count": (0.0015 if rate.better == "lower" else 0.0004) * rate.per}[rate.kind]
    ratio = crude / expected if rate.kind == "count" else 0.7 * crude + 0.3 * expected
    low, high = ratio * 0.93, min(ratio * 1.06, 1.0 if rate.kind == "share" else math.inf)
    scored = _scored(status, ratio, low, high, rate)
    return (PERIOD, community, rate.id, yes, asked, crude, expected, ratio, low, high, 0.7, *scored, status)


def _scored(status, value, low, high, rate):
    if status == "false":
        return 0.0, 0.0, 0.0
    low, high = points.interval(low, high, rate.points)
    return tuple(points.round_half_up(float(x)) for x in (points.of_values(value, rate.points), low, high))


def _table(kind, rows, ints=(), objects=()):
    columns = [np.array(column, dtype=object) for column in zip(*rows, strict=True)]
    names = list(kind.__dataclass_fields__)
    texts = {"period", "community", "rate", "status", "officer", "name", "kind", "rule", "reason", *objects}
    made = {}
    for name, column in zip(names, columns, strict=True):
        made[name] = column if name in texts else column.astype(int if name in ints else float)
    return kind(**made)


def _scores():
    rows = (  # officer, name, community, score, low, high, rank, p_first, p_last, p_below, rank set, weight, status
        ("O1", "周文清", "C1", 86.41, 83.2, 89.3, 2, 0.21, 0.004, 0.01, 1, 3, 100, "ranked"),
        ("O2", "何秀蘭", "C2", 83.05, 79.1, 86.6, 3, 0.05, 0.03, 0.11, 1, 4, 75, "ranked"),
        ("O3", "歐陽濤", "C3", 80.00, 76.0, 84.1, 4, 0.01, 0.09, 0.5, 2, 4, 100, "ranked"),
        ("O4", "李德勝", "C4", 61.93, 57.4, 66.2, 5, 0.0, 0.876, 0.9999, 4, 5, 100, "ranked"),
        ("O5", "李勝男", "C4", 61.93, 57.4, 66.2, 5, 0.0, 0.876, 0.9999, 4, 5, 100, "ranked"),
        ("O6", "陳玉梅", "C5", 90.12, 87.4, 93.0, 1, 0.73, 0.0, 0.0, 1, 2, 100, "ranked"),
        ("O7", "盤少華", "C6", *[math.nan] * 10, "not_ranked:short_post"),
    )  # fmt: skip
    whole = [(PERIOD, *r[:7], False, *r[7:]) for r in rows]
    made = _table(results.Scores, whole)
    return results.Scores(**{**made.__dict__, "tied": made.tied.astype(bool)})


def _ranks():
    ranked = ("O1", "O2", "O3", "O4", "O5", "O6")
    rows = [(PERIOD, officer, rank, 0.2) for officer in ranked for rank in range(1, 6)]
    return _table(results.Ranks, rows, ints=("rank",))


_RUN = {
    "period": PERIOD, "score": 61.93, "rank": 5, "ranked": 5, "shared_with": (), "parted_by": (), "streak": 2,
    "run": (("2026Q2", 70.0), (PERIOD, 61.93)), "earlier": "2026Q2", "earlier_source": "history",
}  # fmt: skip
_CRITICISM = {**_RUN, "repeat": True, "transfer_review": True}
_TRANSFER = {**_RUN, "below": 80.0, "inclusive": False, "quarters": "both"}


def _proposals():
    wait = ("objection_period", "law_check")
    reason = "Last of 5 ranked posts in 2026Q3 with 61.93. Last 2 quarters in a row (repeat)."
    rows = [
        (PERIOD, officer, "C4", kind, rule, reason, True, 0.876, blocks, ("局領導丁",), ("指揮中心",), facts)
        for officer in ("O4", "O5")
        for kind, rule, blocks, facts in (
            ("notice", "R-32", wait, _CRITICISM),
            ("talk", "R-32", wait, _CRITICISM),
            ("transfer_review", "R-31", ("objection_period", "minute_number", "law_check", "evidence"), _TRANSFER),
        )
    ]
    columns = [np.empty(len(rows), dtype=object) for _ in rows[0]]
    for position, column in enumerate(columns):
        column[:] = [row[position] for row in rows]
    columns[6], columns[7] = columns[6].astype(bool), columns[7].astype(float)
    return results.Proposals(*columns)


def _allowance():
    rows = [
        (PERIOD, officer, months, score, fen)
        for officer, months, score, fen in (
            ("O1", 3, 86.41, 167514), ("O2", 3, 83.05, 161000), ("O3", 3, 80.0, 155087), ("O4", 3, 61.93, 120057),
            ("O5", 3, 61.93, 120057), ("O6", 3, 90.12, 174706), ("O7", 1.55, 77.24, 79079),
        )
    ]  # fmt: skip
    return _table(results.AllowanceLines, rows, ints=("amount_fen",))


def _leader_months():
    rows = [
        (leader, place, f"2026-{month:02d}", days, 2.0, missed)
        for leader, place, by_month in (("局領導甲", "C1", (1, 3, 2)), ("局領導丁", "C4", (2, 2, 0.5)))
        for month, days, missed in zip((7, 8, 9), by_month, (0, 0, 1), strict=True)
    ]
    return _table(results.LeaderMonths, rows, ints=("uncounted",), objects=("leader", "month"))


def _coefficients(rate):
    level = {"share": math.log(0.8 / 0.2), "count": math.log(0.0015 if rate.better == "lower" else 0.0004)}[rate.kind]
    width = 1 if rate.adjust else 0
    source = "pool" if rate.adjust else "low_confidence"
    periods = () if rate.adjust else ("2025Q3", "2026Q2")
    covariance = np.eye(width + 1) * 0.01
    return results.Coefficients(rate.id, source, periods, level, np.full(width, 0.2), covariance, 0.5)


NOTES = (
    ("recomputed", {"period": "2026Q2"}),
    ("low_confidence", {"rate": "satisfaction", "periods": ("2025Q3", "2026Q2")}),
    ("late_supply", {"rate": "leads", "community": "C2", "supplier": "investigation brigade"}),
    ("late_supply", {"rate": "leads", "community": "C6", "supplier": "investigation brigade"}),
    ("no_leader", {"community": "C6"}),
    ("partial", {"officer": "O2", "rates": ("leads", "disputes")}),
)


def sample_quarter():
    """The invented quarter: a ``heng.results.Quarter`` whose tables agree with ``sample_book``."""
    scheme = sample_scheme()
    indicators = [_indicator(community, rate) for community in PLACES for rate in scheme.rates]
    alike = {"O1": ("O2", "O3", "O6"), "O2": ("O1", "O3", "O6"), "O3": ("O1", "O2", "O4", "O5"), "O6": ("O1", "O2")}
    return results.Quarter(
        PERIOD, scheme, 20260930, 20000, _table(results.Indicators, indicators), _scores(), _ranks(), _proposals(),
        _allowance(), _leader_months(), tuple(_coefficients(rate) for rate in scheme.rates),
        results.Standardised(("floating_share",), np.array([0.25]), np.array([0.1])), NOTES,
        {**alike, "O4": ("O3",), "O5": ("O3",)},
    )  # fmt: skip
