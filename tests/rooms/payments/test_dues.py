"""The door through which working rooms hand up what they owe: opened by payments, by nobody else."""

from datetime import date

import pytest

from linli.quarter.payments import actions, dues, queries
from linli.quarter.payments.models import Promise

OWED = """
from datetime import date
def owed(bureau):
    yield f"teams:2026-07:{bureau.code}", "T03", "紅袖標三隊", 60_000, "七月巡邏補助", date(2026, 10, 1)
    yield "teams:2026-07:nothing", "T04", "四隊", 0, "", None
"""


def test_where_no_room_has_a_door_nothing_is_owed(cast, stand_in_rooms):
    stand_in_rooms("quiet", "")
    assert actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau) == []


def test_what_a_room_owes_is_promised_once_and_is_overdue_after_its_day(cast, stand_in_rooms):
    stand_in_rooms("teams", "dues", OWED)
    stand_in_rooms("quiet", "")
    (made,) = actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau)
    assert (made.kind, made.amount_fen, made.what, made.due_on) == ("other", 60_000, "七月巡邏補助", date(2026, 10, 1))
    assert actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau) == []
    assert made in queries.overdue(cast.bureau, date(2026, 10, 2))


def test_dues_are_paid_from_the_years_own_line(cast, stand_in_rooms, pay):
    stand_in_rooms("teams", "dues", OWED)
    (made,) = actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau)
    assert [code for code, _ in queries.blocks([made])[made.pk]] == ["no_budget"]
    line = actions.set_budget(
        by=cast.user("personnel"), bureau=cast.bureau, year=2026, purpose="other", amount_fen=60_000
    )
    actions.approve_budget(by=cast.user("secretary"), line=line, approval_number="1", approved_on=date(2026, 1, 1))
    actions.approve(by=cast.user("leader1"), promises=[made], document="31")
    assert pay(made, signed_by="隊長").amount_fen == 60_000
    assert queries.budget_left(line) == 0


NONSENSE = (
    '"other:1", "T", "T", 1, "", None',
    '"teams:1", "T", "T", 1.5, "", None',
    '"teams:1", "T", "T", -1, "", None',
    '"teams:a/b", "T", "T", 1, "", None',
)


@pytest.mark.parametrize("line", NONSENSE)
def test_room_that_hands_up_nonsense_is_named_and_nothing_is_promised(cast, stand_in_rooms, line):
    stand_in_rooms("teams", "dues", f"def owed(bureau):\n    yield {line}\n")
    with pytest.raises(ValueError, match="teams"):
        dues.all_owed(cast.bureau)
    assert not Promise.objects.exists()
