"""The door through which working rooms hand up what they owe: opened by payments, by nobody else."""

import sys
from datetime import date
from types import ModuleType

import pytest

from linli.quarter.payments import actions, dues, queries
from linli.quarter.payments.models import Promise


@pytest.fixture
def room(tmp_path, monkeypatch):
    """``room("teams", text)``: a working room of that name with a door, as if it stood on the work floor."""
    floor = ModuleType("linli.work")
    floor.__path__ = [str(tmp_path)]
    floor.__spec__ = __import__("importlib.machinery").machinery.ModuleSpec("linli.work", None, is_package=True)
    monkeypatch.setitem(sys.modules, "linli.work", floor)

    def built(name, text):
        (tmp_path / name).mkdir()
        (tmp_path / name / "__init__.py").write_text('"""A stand-in."""')
        if text:
            (tmp_path / name / "dues.py").write_text(text)

    yield built
    for name in [name for name in sys.modules if name.startswith("linli.work.")]:
        del sys.modules[name]


OWED = """
from datetime import date
def owed(bureau):
    yield f"teams:2026-07:{bureau.code}", "T03", "紅袖標三隊", 60_000, "七月巡邏補助", date(2026, 10, 1)
    yield "teams:2026-07:nothing", "T04", "四隊", 0, "", None
"""


def test_without_a_work_floor_nothing_is_owed(cast):
    assert actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau) == []


def test_what_a_room_owes_is_promised_once_and_is_overdue_after_its_day(cast, room):
    room("teams", OWED)
    room("quiet", "")
    (made,) = actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau)
    assert (made.kind, made.amount_fen, made.what, made.due_on) == ("other", 60_000, "七月巡邏補助", date(2026, 10, 1))
    assert actions.gather_dues(by=cast.user("personnel"), bureau=cast.bureau) == []
    assert made in queries.overdue(cast.bureau, date(2026, 10, 2))


def test_dues_are_paid_from_the_years_own_line(cast, room, pay):
    room("teams", OWED)
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
def test_room_that_hands_up_nonsense_is_named_and_nothing_is_promised(cast, room, line):
    room("teams", f"def owed(bureau):\n    yield {line}\n")
    with pytest.raises(ValueError, match="teams"):
        dues.all_owed(cast.bureau)
    assert not Promise.objects.exists()
