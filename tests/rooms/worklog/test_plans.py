"""A plan is the officer's own; a round's order comes from a seed and from nobody's habit."""

from datetime import date, time

import pytest

from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.worklog import actions
from linli.work.worklog.grid import cell_at, cells
from tests.rooms.worklog.conftest import at

SATURDAY = date(2026, 9, 12)


@pytest.fixture
def places(beat):
    return [(beat, cell) for cell in ("A1", "B3", "C2", "F6")]


def test_same_seed_draws_the_same_round_and_another_another(officer, places):
    def drawn(seed):
        plan = actions.draw_round(by=officer.account, officer=officer, day=SATURDAY, places=places, begins=time(18),
                                  ends=time(21), seed=seed)  # fmt: skip
        return list(plan.entries.values_list("cell", "starts", "minutes"))

    first = drawn(5)
    assert drawn(5) == first and drawn(6) != first
    assert sorted(cell for cell, _s, _m in first) == ["A1", "B3", "C2", "F6"]
    assert all(time(18) <= starts < time(21) for _c, starts, _m in first)
    assert [starts for _c, starts, _m in first] == sorted(starts for _c, starts, _m in first)


def test_plan_replaces_the_one_before_and_another_version_shows_both(officer, beat):
    asked = {"by": officer.account, "officer": officer, "day": SATURDAY}
    actions.plan(entries=[{"kind": "visit", "community": beat}], **asked)
    plan = actions.plan(entries=[{"kind": "patrol", "community": beat, "place": "菜市場"}], version=1, **asked)
    assert [entry.kind for entry in plan.entries.all()] == ["patrol"] and plan.seed is None
    with pytest.raises(Stale) as stale:
        actions.plan(entries=[{"kind": "service", "community": beat}], version=1, **asked)
    assert stale.value.version == 2 and "菜市場" in stale.value.rows[0][2]


def test_plan_is_the_officers_own_for_days_to_come_in_the_own_beat(cast, officer, beat, places):
    entry = {"kind": "visit", "community": beat}
    with pytest.raises(NotAllowed):
        actions.plan(by=cast.user("station"), officer=officer, day=SATURDAY, entries=[entry])
    for day, entries in (
        (date(2026, 9, 8), [entry]), (SATURDAY, [entry] * 31), (SATURDAY, [entry | {"minutes": 2000}]),
        (SATURDAY, [{"kind": "visit", "community": cast.community("C02")}]),
    ):  # fmt: skip
        with pytest.raises(Refused):
            actions.plan(by=officer.account, officer=officer, day=day, entries=entries)
    with pytest.raises(Refused):
        actions.draw_round(by=officer.account, officer=officer, day=SATURDAY, places=places, begins=time(18),
                           ends=time(18, 10))  # fmt: skip


def test_cell_is_found_from_a_position_and_never_outside_the_box():
    square = {"type": "Polygon", "coordinates": [[[0, 0], [0.06, 0], [0.06, 0.06], [0, 0.06], [0, 0]]]}
    assert len(cells()) == 36
    assert cell_at(square, 0.0599, 0.0001) == "A1"
    assert cell_at(square, 0, 0.06) == "F6"
    assert cell_at(square, 0.07, 0.01) == "" and cell_at(None, 0.01, 0.01) == ""
    many = {"type": "MultiPolygon", "coordinates": [square["coordinates"]]}
    assert cell_at(many, 0.0599, 0.0001) == "A1"


def test_day_without_anything_is_empty(officer):
    from linli.work.worklog import queries

    found = queries.day(officer, at(1, 9).date())
    assert (found.hours, found.running, found.works, found.plan) == (0, None, [], None)
