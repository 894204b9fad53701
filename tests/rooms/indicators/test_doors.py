"""The one door: what working rooms counted is offered beside what is typed, and becomes a figure by nobody but a
department."""

import pytest

from linli.ground.trail import clock, doors
from linli.quarter.indicators import queries
from linli.quarter.indicators.models import Entry
from tests.rooms.indicators.conftest import OPEN, PERIOD


@pytest.fixture
def surveys(stand_in_rooms):
    """A working room with an evidence door, and one without."""
    stand_in_rooms("teams", "")
    stand_in_rooms(
        "surveys",
        "evidence",
        "from linli.ground.trail.doors import Counted\n"
        "def figures(bureau, period):\n"
        "    yield Counted('C01', 'incidents', 93, 129, f'{bureau.code} {period}')\n",
    )


def test_door_of_a_working_room_is_found(surveys, cast):
    assert [room for room, _ in doors.opened("evidence")] == ["surveys"]
    (counted,) = queries.offered(cast.bureau, PERIOD).values()
    assert counted == doors.Counted("C01", "incidents", 93, 129, "linjiang 2026Q3")


def test_offered_figure_stands_beside_the_cell_and_is_not_in_it(surveys, cast, logged_in):
    with clock.at(OPEN):
        page = logged_in(cast.user("command")).get(f"/indicators/linjiang/{PERIOD}/supply/incidents/")
    assert "93 / 129" in page.content.decode() and 'value="93"' not in page.content.decode()
    assert not Entry.objects.exists()
