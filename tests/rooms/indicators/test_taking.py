"""Taking over what working rooms counted: blank cells and counted ones, a typed one only where it is named; and what a
room counts otherwise since then is not passed over in silence."""

from types import SimpleNamespace

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.ground.trail import clock
from linli.quarter.indicators import actions, queries
from linli.quarter.indicators.models import Entry
from tests.rooms.indicators.conftest import OPEN, PERIOD, frozen_now
from tests.rooms.indicators.crowd import many

SUPPLY, VERIFY, SHEET = (
    f"/indicators/linjiang/{PERIOD}/{page}" for page in ("supply/incidents/", "verify/incidents/", "sheet/")
)


@pytest.fixture
def counts(stand_in_rooms):
    """What a working room counts of incidents, to be changed by a test: community -> (numerator, denominator)."""
    stand_in_rooms(
        "incidents",
        "evidence",
        "from linli.ground.trail.doors import Counted\n"
        "RATES = ('incidents',)\n"
        "COUNTS = {}\n"
        "def figures(bureau, period):\n"
        "    for code, (numerator, denominator) in COUNTS.items():\n"
        "        yield Counted(code, 'incidents', numerator, denominator, WORDS[0], 'as far as here')\n"
        "WORDS = ['register']\n"
        "def path(bureau, period, community, rate):\n"
        "    return ''\n",
    )
    from linli.ground.trail import doors

    ((_room, door),) = doors.opened("evidence")
    door.COUNTS.update({"C01": (20, 14200), "C02": (30, 9000), "C03": (40, 8000)})
    return SimpleNamespace(figures=door.COUNTS, words=door.WORDS)


@pytest.fixture
def take(sheet_open):
    """``take(communities=…, versions=…)`` of incidents by the command centre."""
    where = {"by": sheet_open.user("command"), "bureau": sheet_open.bureau, "period": PERIOD, "rate": "incidents"}
    return lambda **more: actions.take_counted(**where, **more)


def stands():
    """Community -> (numerator, room, version)."""
    found = Entry.objects.filter(period=PERIOD, rate="incidents").values_list(
        "community__code", "numerator", "room", "version"
    )
    return {code: tuple(rest) for code, *rest in found}


def verified(cast):
    """The verifier looks at everything that stands."""
    versions = dict(Entry.objects.filter(period=PERIOD, rate="incidents").values_list("pk", "version"))
    where = {"bureau": cast.bureau, "period": PERIOD, "rate": "incidents"}
    actions.verify_rows(by=cast.user("supervision"), **where, versions=versions)


def test_typed_figure_stays_and_blank_ones_are_filled(sheet_open, counts, take, supply):
    supply(sheet_open, numerator=26.0)
    assert take().written == ["C02", "C03"]
    assert stands() == {"C01": (26, "", 1), "C02": (30, "incidents", 1), "C03": (40, "incidents", 1)}


def test_named_typed_figure_is_taken_and_no_other_cell(sheet_open, counts, take, supply):
    supply(sheet_open, numerator=26.0)
    assert take(communities={"C01"}).written == ["C01"]
    assert stands() == {"C01": (20, "incidents", 2)}


def test_row_written_since_the_page_was_shown_is_stale_and_kept(sheet_open, counts, take, supply):
    supply(sheet_open, numerator=26.0)
    saved = take(communities={"C01", "C02"}, versions={"C01": 0, "C02": 0})
    assert list(saved.stale) == ["C01"] and saved.written == ["C02"]
    assert stands()["C01"] == (26, "", 1)


def test_verification_stands_where_the_room_counts_the_same_in_another_language(sheet_open, counts, take):
    take()
    verified(sheet_open)
    counts.words[0] = "登記"
    counts.figures["C02"] = (31, 9000)
    assert take().written == ["C02"]
    looked_at = Entry.objects.filter(period=PERIOD).exclude(verified_at=None).values_list("community__code", flat=True)
    assert sorted(looked_at) == ["C01", "C03"]


def test_figure_the_room_no_longer_counts_is_taken_out_and_a_typed_one_is_not(sheet_open, counts, take, supply):
    supply(sheet_open, numerator=26.0)
    take()
    del counts.figures["C02"], counts.figures["C01"]
    assert take().written == ["C02"]
    assert take(communities={"C01"}).unchanged == ["C01"]
    assert set(stands()) == {"C01", "C03"}


def test_returned_figure_is_not_sent_again_without_being_named(sheet_open, counts, take):
    take()
    entry = Entry.objects.get(period=PERIOD, community__code="C01")
    actions.return_entry(by=sheet_open.user("supervision"), entry=entry, why="two fires are missing")
    take()
    assert Entry.objects.get(pk=entry.pk).returned_because
    take(communities={"C01"})
    assert not Entry.objects.get(pk=entry.pk).returned_because


def test_page_offers_a_tick_only_where_a_typed_figure_would_go_and_takes_its_own_rows(
    sheet_open, counts, supply, logged_in
):
    supply(sheet_open, numerator=26.0)
    client = logged_in(sheet_open.user("command"))
    page = client.get(SUPPLY)
    assert [(row["place"].code, row["take"]) for row in page.context["offers"]] == [
        ("C01", "replace"), ("C02", "fill"), ("C03", "fill")
    ]  # fmt: skip
    text = page.content.decode()
    assert '<input type="checkbox" name="take-C01">' in text and '<input type="checkbox" name="take-C02"' not in text
    sent = {"do": "take", **{f"version-{row['place'].code}": row["version"] for row in page.context["offers"]}}
    client.post(SUPPLY, sent | {"take-C02": "1"})
    assert set(stands()) == {"C01", "C02"} and stands()["C01"] == (26, "", 1)
    client.post(SUPPLY, sent | {"take-C01": "on", "take-C03": "1", "take-ZZ": "1"})
    assert {code: room for code, (_n, room, _v) in stands().items()} == dict.fromkeys(counts.figures, "incidents")
    assert 'value="take"' not in client.get(SUPPLY).content.decode()


def test_page_that_is_behind_replaces_nothing_and_says_so(sheet_open, counts, supply, logged_in):
    client = logged_in(sheet_open.user("command"))
    supply(sheet_open, numerator=26.0)
    page = client.post(SUPPLY, {"do": "take", "take-C01": "1", "version-C01": "0"}, follow=True)
    assert stands() == {"C01": (26, "", 1)}
    assert any(str(message).startswith("C01: ") for message in page.context["messages"])


def test_verifier_sees_what_the_room_counts_by_now(sheet_open, counts, take, supply, logged_in):
    supply(sheet_open, numerator=26.0)
    take()
    counts.figures["C02"] = (33, 9000)
    del counts.figures["C03"]
    page = logged_in(sheet_open.user("supervision")).get(VERIFY)
    now = {row["place"].code: row["now"] for row in page.context["rows"]}
    assert "20 / 14200" in now["C01"] and "33 / 9000" in now["C02"] and now["C03"]
    assert not any(now[code] for code in now if code not in counts.figures | {"C03": 0})
    assert now["C02"] in page.content.decode() and now["C03"] in page.content.decode()


def test_personnel_office_is_warned_before_the_freeze_and_nobody_after(sheet_open, counts, take, logged_in):
    take()
    verified(sheet_open)
    client, leader = logged_in(sheet_open.user("personnel")), logged_in(sheet_open.user("leader1"))
    assert client.get(SHEET).context["moved"] == 0
    counts.figures["C02"] = (33, 9000)
    page = client.get(SHEET)
    assert page.context["moved"] == 1 and "33 / 9000" in page.content.decode()
    assert leader.get(SHEET).context["moved"] == 0
    only = client.get(f"{SHEET}?moved=1").context["rows"]
    assert [place.code for place, _cells in only] == ["C02"]
    assert queries.counted_since(sheet_open.bureau, queries.sheet(sheet_open.bureau, PERIOD))
    with clock.at(queries.deadlines(PERIOD).verify):
        frozen_now(sheet_open)
    assert client.get(SHEET).context["moved"] == 0


def test_warning_asks_the_database_no_more_for_many_communities(full_cast, counts, logged_in):
    client = logged_in(full_cast.user("personnel"))
    Entry.objects.filter(period=PERIOD, rate="incidents").update(room="incidents")
    with clock.at(OPEN):
        few = _asked(client)
        many(full_cast, 200)
        Entry.objects.filter(period=PERIOD, rate="incidents").update(room="incidents")
        assert _asked(client) == few <= 20
        assert client.get(SHEET).context["moved"] > 200


def _asked(client):
    client.get(SHEET)
    with CaptureQueriesContext(connection) as asked:
        client.get(SHEET)
    return len(asked)
