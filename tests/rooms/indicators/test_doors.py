"""The one door: what working rooms counted is offered beside what is typed, and becomes a figure by nobody but a
department."""

import sys
from types import ModuleType

import pytest

from linli.ground.trail import clock
from linli.quarter.indicators import queries
from linli.quarter.indicators.models import Entry
from tests.rooms.indicators.conftest import OPEN, PERIOD


@pytest.fixture
def surveys(tmp_path, monkeypatch):
    """A working room with an evidence door, and one without."""
    for room in ("surveys", "teams"):
        (tmp_path / room).mkdir()
        (tmp_path / room / "__init__.py").write_text("")
    (tmp_path / "surveys" / "evidence.py").write_text(
        "def figures(bureau, period):\n    yield 'C01', 'incidents', 93, 129, f'{bureau.code} {period}'\n"
    )
    work = ModuleType("linli.work")
    work.__path__ = [str(tmp_path)]
    monkeypatch.setitem(sys.modules, "linli.work", work)
    queries.doors.cache_clear()
    yield
    queries.doors.cache_clear()
    for name in [name for name in sys.modules if name.startswith("linli.work")]:
        monkeypatch.delitem(sys.modules, name, raising=False)


def test_there_are_no_doors_where_there_are_no_working_rooms():
    queries.doors.cache_clear()
    assert isinstance(queries.doors(), tuple)


def test_door_of_a_working_room_is_found(surveys, cast):
    assert [door.__name__ for door in queries.doors()] == ["linli.work.surveys.evidence"]
    assert queries.offered(cast.bureau, PERIOD) == {("C01", "incidents"): (93, 129, "linjiang 2026Q3")}


def test_offered_figure_stands_beside_the_cell_and_is_not_in_it(surveys, cast, logged_in):
    with clock.at(OPEN):
        page = logged_in(cast.user("command")).get(f"/indicators/linjiang/{PERIOD}/supply/incidents/")
    assert "93 / 129" in page.content.decode() and 'value="93"' not in page.content.decode()
    assert not Entry.objects.exists()
