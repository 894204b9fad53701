"""The one door: what working rooms counted is offered beside what is typed, and becomes a figure by nobody but a
department."""

import pytest

from linli.ground.trail import clock, doors
from linli.ground.trail.refusals import NotAllowed
from linli.quarter.indicators import actions, queries
from linli.quarter.indicators.models import Entry
from tests.rooms.indicators.conftest import OPEN, PERIOD

TAKE_C01 = {"do": "take", "take-C01": "1", "version-C01": "0"}


@pytest.fixture
def surveys(stand_in_rooms):
    """A working room with an evidence door, and one without."""
    stand_in_rooms("teams", "")
    stand_in_rooms(
        "surveys",
        "evidence",
        "from linli.ground.trail.doors import Counted\n"
        "RATES = ('incidents',)\n"
        "def figures(bureau, period):\n"
        "    yield Counted('C01', 'incidents', 93, 12900, f'{bureau.code} {period}', '7 records')\n"
        "def path(bureau, period, community, rate):\n"
        "    return f'/surveys/{community}/{rate}/'\n",
    )


def test_door_of_a_working_room_is_found(surveys, cast):
    assert [room for room, _ in doors.opened("evidence")] == ["surveys"]
    (counted,) = queries.offered(cast.bureau, PERIOD).values()
    assert counted == doors.Counted("C01", "incidents", 93, 12900, "linjiang 2026Q3", "7 records", room="surveys")


def test_offered_figure_stands_beside_the_cell_and_is_not_in_it(surveys, cast, logged_in):
    with clock.at(OPEN):
        page = logged_in(cast.user("command")).get(f"/indicators/linjiang/{PERIOD}/supply/incidents/")
    assert "93 / 12900" in page.content.decode() and 'value="93"' not in page.content.decode()
    assert not Entry.objects.exists()


def test_what_was_counted_is_taken_over_by_the_supplier_and_has_to_be_verified(surveys, cast):
    with clock.at(OPEN):
        saved = actions.take_counted(by=cast.user("command"), bureau=cast.bureau, period=PERIOD, rate="incidents")
    entry = Entry.objects.get()
    assert saved.written == ["C01"]
    assert (entry.numerator, entry.room, entry.counted, entry.supplied_by) == (93, "surveys", "7 records", "command")
    assert entry.verified_at is None


def test_nobody_but_the_supplier_takes_over(surveys, cast):
    with clock.at(OPEN), pytest.raises(NotAllowed):
        actions.take_counted(by=cast.user("supervision"), bureau=cast.bureau, period=PERIOD, rate="incidents")
    assert not Entry.objects.exists()


def test_another_figure_typed_over_a_counted_one_is_a_typed_one(surveys, cast):
    where = {"by": cast.user("command"), "bureau": cast.bureau, "period": PERIOD, "rate": "incidents"}
    with clock.at(OPEN):
        actions.take_counted(**where)
        actions.supply(**where, community="C01", numerator=94, denominator=12900, version=1)
    assert Entry.objects.get().room == ""
    assert queries.records_of(cast.bureau, PERIOD, [("C01", "incidents", "")]) == {}


def test_counted_figure_leads_to_its_records_and_the_page_says_which_is_which(surveys, cast, logged_in):
    client = logged_in(cast.user("command"))
    with clock.at(OPEN):
        page = client.post(f"/indicators/linjiang/{PERIOD}/supply/incidents/", TAKE_C01, follow=True)
        sheet = client.get(f"/indicators/linjiang/{PERIOD}/sheet/")
    assert "/surveys/C01/incidents/" in page.content.decode() and 'value="take"' not in page.content.decode()
    assert Entry.objects.get().room == "surveys"
    (cell,) = [cell for cell in dict(_by_code(sheet))["C01"] if cell["rate"] == "incidents"]
    assert cell["origin"] in sheet.content.decode() and cell["origin"]


def _by_code(sheet):
    return [(place.code, cells) for place, cells in sheet.context["rows"]]
