"""Examples of responsibility binding (R-41, R-43): the quarter is 2026Q3, 92 days from 1 July to 30 September."""

from heng.binding import joint_names, leader_months, refuse_unnamed
from heng.evidence import LeaderDays, days, numbers, text
from heng.periods import first_day, last_day
from heng.scheme import LeaderDayRule
from tests.spec.reading import pairings, parts, said
from tests.spec.table import Table

QUARTER = first_day("2026Q3"), last_day("2026Q3")
SIGNERS = {"": "O01", "(committee)": "committee", "(unsigned)": "", "(own)": "甲"}


def visits(cell, leader="甲", community="C01"):
    """Leader days of "07-06 3 h · 07-06 3 h (committee)": month and day of 2026, hours, who counter-signed."""
    rows = [[*part.split(" "), ""][:4] for part in parts(cell)]
    return LeaderDays(
        leader=text([leader] * len(rows)),
        community=text([community] * len(rows)),
        date=days(f"2026-{row[0]}" for row in rows),
        hours=numbers(float(row[1]) for row in rows),
        countersigned_by=text(SIGNERS[row[3]] for row in rows),
    )


def _july(visited, paired):
    found = leader_months(visits(visited), pairings(paired), "2026Q3", LeaderDayRule())
    july = found.rows(found.month == "2026-07")
    own = july.rows(july.leader == "甲")
    return f"{own.days[0]:g}", f"{own.due[0]:g}", str(own.uncounted[0])


ALWAYS = "甲, 政工室, 2024-12-01 on"

LEADER_DAYS = Table(
    rule="R-41",
    given=("visits in July", "pairing"),
    then=("days", "due", "dates not counted"),
    outcome=_july,
    rows=(
        ("3 h and 3 h on one date are a day (vector 6)", "07-06 3 h · 07-06 3 h", ALWAYS, "1", "2", "0"),
        ("2.5 h on four dates are nothing (vector 6)", "07-06 2.5 h · 07-07 2.5 h · 07-08 2.5 h · 07-09 2.5 h", ALWAYS,
         "0", "2", "0"),
        ("3 h is half a day, just under 6 h too", "07-06 3 h · 07-07 5.9 h", ALWAYS, "1", "2", "0"),
        ("a date is at most one day", "07-06 8 h · 07-06 8 h", ALWAYS, "1", "2", "0"),
        ("the residents' committee may counter-sign", "07-06 6 h (committee) · 07-07 6 h", ALWAYS, "2", "2", "0"),
        ("what nobody counter-signed is reported, not counted", "07-06 6 h · 07-07 6 h (unsigned)", ALWAYS,
         "1", "2", "1"),
        ("one's own signature is nobody's", "07-06 6 h (own)", ALWAYS, "0", "2", "1"),
        ("on a date partly signed the signed hours count", "07-06 3 h · 07-06 3 h (unsigned)", ALWAYS, "0.5", "2", "0"),
        ("a month without a visit is 0 of 2", "", ALWAYS, "0", "2", "0"),
        ("15 days paired owe the whole month", "", "甲, 政工室, 2026-07-17 on", "0", "2", "0"),
        ("14 of 31 days: 0.90, rounded down to half days", "", "甲, 政工室, 2026-07-18 on", "0", "0.5", "0"),
        ("7 of 31 days: 0.45, so nothing", "", "甲, 政工室, 2026-07-25 on", "0", "0", "0"),
        ("days in a community that is not the leader's", "07-06 6 h", "乙, 政工室, 2024-12-01 on", "1", "0", "0"),
    ),
)  # fmt: skip


def _joint(paired):
    leaders, offices = joint_names(pairings(paired), "C01", *QUARTER)
    return said(leaders), said(offices)


JOINT = Table(
    rule="R-43",
    given=("pairings of the community",),
    then=("leaders", "offices"),
    outcome=_joint,
    rows=(
        ("all quarter", ALWAYS, "甲", "政工室"),
        ("62 days and 30 days: the first", "甲, 政工室, 2024-12-01 to 2026-08-31 · 乙, 戶政股, 2026-09-01 on",
         "甲", "政工室"),
        ("46 days each: both", "甲, 政工室, 2024-12-01 to 2026-08-15 · 乙, 戶政股, 2026-08-16 on", "乙 · 甲",
         "戶政股 · 政工室"),
        ("two leaders at once, one office", "甲, 政工室, 2024-12-01 on · 乙, 政工室, 2024-12-01 on", "乙 · 甲",
         "政工室"),
        ("three in turn, none half: the longest",
         "甲, 政工室, 2026-07-01 to 2026-07-31 · 乙, 政工室, 2026-08-01 to 2026-09-10 · 丙, 政工室, 2026-09-11 on",
         "乙", "政工室"),
        ("no leader, which is allowed and said (vector 9)", "–, 政工室, 2024-12-01 on", "", "政工室"),
        ("no leader on most days", "甲, 政工室, 2024-12-01 to 2026-07-10 · –, 政工室, 2026-07-11 on", "", "政工室"),
        ("the days of one name add up", "甲, 政工室, 2024-12-01 to 2026-07-31 · 乙, 政工室, 2026-08-01 to 2026-08-31 · "
         "甲, 政工室, 2026-09-01 on", "甲", "政工室"),
        ("before and after the quarter does not count",
         "甲, 政工室, 2024-12-01 to 2026-06-30 · 乙, 戶政股, 2026-07-01 to 2026-09-30 · 丙, 治安大隊, 2026-10-01 on",
         "乙", "戶政股"),
    ),
)  # fmt: skip


def _issued(paired, leaders, offices):
    try:
        refuse_unnamed(tuple(parts(leaders)), tuple(parts(offices)), pairings(paired), "C01", *QUARTER)
    except ValueError as refusal:
        return (f"refused: {refusal}",)
    return ("issued",)


REFUSAL = Table(
    rule="R-43",
    given=("pairings of the community", "leaders named", "offices named"),
    then=("the circular",),
    outcome=_issued,
    rows=(
        ("both named", ALWAYS, "甲", "政工室", "issued"),
        ("the leader left out (vector 9)", ALWAYS, "", "政工室",
         "refused: leaders () of a notice about C01 leave out 甲"),
        ("the office left out", ALWAYS, "甲", "", "refused: offices () of a notice about C01 leave out 政工室"),
        ("another leader named instead", ALWAYS, "乙", "政工室",
         "refused: leaders ('乙',) of a notice about C01 leave out 甲"),
        ("a community without a leader (vector 9)", "–, 政工室, 2024-12-01 on", "", "政工室", "issued"),
        ("an office is always named", "", "", "",
         "refused: offices () of a notice about C01: an office is always named"),
        ("naming more than must be is allowed", ALWAYS, "甲 · 乙", "政工室 · 戶政股", "issued"),
    ),
)  # fmt: skip
