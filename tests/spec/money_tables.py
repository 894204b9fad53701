"""Examples of money (R-24, R-50, R-52, R-62)."""

import numpy as np

from heng.allowance import months_served, pot, split
from heng.scheme import Allowance
from heng.year_end import year_findings
from tests.spec.reading import parts, points_by_post, posts, said, scheme_with
from tests.spec.table import Table

SCORES = (92, 90, 88, 86, 85, 84, 83, 81, 79, 74)
MONTHLY = Allowance().per_month_fen


def yuan(fen):
    return f"{fen / 100:,.2f}"


def _allowance(score):
    at = SCORES.index(int(score))
    month, quarter = (split(SCORES, [served] * 10, pot(MONTHLY, [served] * 10)) for served in (1, 3))
    return yuan(month[at]), yuan(quarter[at])


ALLOWANCE = Table(
    rule="R-50",
    given=("score",),
    then=("a month, yuan", "the quarter, yuan"),
    outcome=_allowance,
    rows=(
        ("1st of ten", "92", "546.32", "1,638.95"),
        ("2nd", "90", "534.44", "1,603.33"),
        ("3rd", "88", "522.57", "1,567.70"),
        ("4th", "86", "510.69", "1,532.07"),
        ("5th", "85", "504.75", "1,514.25"),
        ("6th", "84", "498.81", "1,496.44"),
        ("7th", "83", "492.87", "1,478.62"),
        ("8th", "81", "481.00", "1,442.99"),
        ("9th", "79", "469.12", "1,407.36"),
        ("10th", "74", "439.43", "1,318.29"),
    ),
)


def _pot(months):
    served = [float(part) for part in parts(months)]
    return yuan(pot(MONTHLY, served)), yuan(split([80.0] * len(served), served, pot(MONTHLY, served)).sum())


POT = Table(
    rule="R-50",
    given=("months served",),
    then=("the pot, yuan", "paid in all, yuan"),
    outcome=_pot,
    rows=(
        ("ten officers, the whole quarter", said(["3"] * 10), "15,000.00", "15,000.00"),
        ("one of ten came half way (vector 8)", said(["3"] * 9 + ["1.5"]), "14,250.00", "14,250.00"),
        ("a pair are two heads", said(["3"] * 4), "6,000.00", "6,000.00"),
        ("a hundredth of a month is worth five yuan", "2.48 · 2.47", "2,475.00", "2,475.00"),
    ),
)


def _months(start, end):
    start, end = (np.array([day or "NaT"], dtype="datetime64[D]") for day in (start, end))
    return (f"{months_served(start, end, '2026Q3')[0]:.2f}",)


MONTHS = Table(
    rule="R-50",
    given=("first day in post", "last day in post"),
    then=("months of 2026Q3",),
    outcome=_months,
    rows=(
        ("still in post", "2024-12-01", "", "3.00"),
        ("left in August: 1 + 14/31", "2024-12-01", "2026-08-14", "1.45"),
        ("the successor: 17/31 + 1", "2026-08-15", "", "1.55"),
        ("one day in September: 1/30", "2026-09-30", "", "0.03"),
        ("gone before the quarter", "2024-12-01", "2026-06-30", "0.00"),
    ),
)


def _year(quarters, points, settings):
    """Scores of a year by officer and quarter, "A 90 90 90 90 · B+C 88 unranked 88 88"."""
    rows = [part.split() for part in parts(quarters)]
    known = {
        f"2026Q{at}": posts(said(f"{holders} {scores[at - 1]}" for holders, *scores in rows), period=f"2026Q{at}")
        for at in range(1, 5)
    }
    found = year_findings("2026Q4", known.get, scheme_with(settings), lambda period: points_by_post(points))
    officers = sorted({one.officer for one in found})
    return (said(_prize(officer, [one for one in found if one.officer == officer]) for officer in officers),)


def _prize(officer, findings):
    facts = findings[0].facts
    words = {"award": yuan(facts["amount_fen"]), "nomination": "nominated", "talent_pool": "pool"}
    return f"{officer} {facts['rank']}: {', '.join(words[one.kind] for one in findings)}"


YEAR = Table(
    rule="R-52, R-24",
    given=("quarters of 2026", "points on the chain", "setting"),
    then=("rank, prize, honour",),
    outcome=_year,
    rows=(
        ("the first three", "A 90 90 90 90 · B 89 89 89 89 · C 88 88 88 88 · D 87 87 87 87", "", "",
         "A 1: 1,000.00, nominated · B 2: 800.00, pool · C 3: 500.00, pool"),
        ("1st and 2nd tied (vector 7)", "A 90 88 90 88 · B 89 89 89 89 · C 88 88 88 88 · D 87 87 87 87", "", "",
         "A 1: 900.00, nominated · B 1: 900.00, nominated · C 3: 500.00, pool"),
        ("the chain parts them first", "A 90 88 90 88 · B 89 89 89 89 · C 88 88 88 88 · D 87 87 87 87",
         "A satisfaction 84.00 · B satisfaction 86.00", "",
         "A 2: 800.00, pool · B 1: 1,000.00, nominated · C 3: 500.00, pool"),
        ("3rd and 4th tied share the third prize",
         "A 90 90 90 90 · B 89 89 89 89 · C 88 88 88 88 · D 88 88 88 88", "", "",
         "A 1: 1,000.00, nominated · B 2: 800.00, pool · C 3: 250.00, pool · D 3: 250.00, pool"),
        ("three tied at the top: 2,300.00 by three, the odd fen by officer id",
         "A 90 90 90 90 · B 90 90 90 90 · C 90 90 90 90 · D 88 88 88 88", "", "",
         "A 1: 766.67, nominated · B 1: 766.67, nominated · C 1: 766.66, nominated"),
        ("three ranked quarters are enough",
         "A 90 90 90 unranked · B 89 89 89 89 · C 88 88 88 88 · D 87 87 87 87", "", "",
         "A 1: 1,000.00, nominated · B 2: 800.00, pool · C 3: 500.00, pool"),
        ("two are not, and rank nobody",
         "A 99 99 unranked unranked · B 89 89 89 89 · C 88 88 88 88 · D 87 87 87 87", "", "",
         "B 1: 1,000.00, nominated · C 2: 800.00, pool · D 3: 500.00, pool"),
        ("a pair takes one rank and one prize", "A+B 90 90 90 90 · C 89 89 89 89 · D 88 88 88 88", "", "",
         "A 1: 500.00, nominated · B 1: 500.00, nominated · C 2: 800.00, pool · D 3: 500.00, pool"),
        ("the first enters the pool too, where the bureau says so", "A 90 90 90 90 · B 89 89 89 89 · C 88 88 88 88", "",
         "year.talent_pool = [1, 2, 3]",
         "A 1: 1,000.00, nominated, pool · B 2: 800.00, pool · C 3: 500.00, pool"),
        ("other prizes", "A 90 90 90 90 · B 89 89 89 89 · C 88 88 88 88", "", "year.awards_fen = [120000]",
         "A 1: 1,200.00, nominated · B 2: pool · C 3: pool"),
    ),
)  # fmt: skip
