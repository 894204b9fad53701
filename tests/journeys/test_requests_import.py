"""Another system's past is shown first, brought in when told so, once, and with its faults."""

import pytest

from linli.book.requests_311 import ours, read_requests
from linli.request_commands import bring, described, pairs
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from linli.work.requests.states import State
from tests.journeys.test_requests_311 import FILES, GOOD, published, read
from tests.rooms.cast import Cast

REVERSED = "2,06/26/2018 12:50:01 PM,06/26/2018 10:50:01 AM,,Closed,Illegal Parking,09 QUEENS"


@pytest.fixture
def cast(db):
    return Cast()


def test_nothing_is_written_until_told_so(cast, capsys):
    assert bring(read(GOOD), "linjiang", {}, {}, "linli", save=False) == 0
    assert "nothing was written" in capsys.readouterr().out
    assert not Request.objects.exists()


def test_every_fault_is_said_with_its_rows():
    said = described(read(GOOD, GOOD, REVERSED), {})
    assert "1 left out: the number stood in an earlier row (rows 3)" in said
    assert "1 kept: closed before it was opened: when it was closed is unknown (rows 4)" in said


def test_brought_in_once_with_its_kind_its_community_and_its_fault(cast, capsys):
    found = read(GOOD, REVERSED)
    for _ in range(2):
        assert bring(found, "linjiang", {"Noise": "hazard"}, {"09 QUEENS": "C02"}, "personnel", save=True) == 0
    assert "0 brought in" in capsys.readouterr().out
    first, second = Request.objects.order_by("opened_at")
    assert (first.kind, second.kind) == ("hazard", "parking")
    assert {first.community.code, second.community.code} == {"C02"}
    assert (second.state, second.ended_at) == (State.ENDED, None) and "closed before" in second.fault
    assert first.fault == "" and first.entered_by == "personnel"


@pytest.mark.parametrize(
    ("bureau", "communities", "by"),
    [("nowhere", {}, "linli"), ("linjiang", {"09 QUEENS": "C99"}, "linli"), ("linjiang", {}, "nobody")],
)
def test_unknown_bureau_community_or_account_is_refused(cast, capsys, bureau, communities, by):
    assert bring(read(GOOD), bureau, {}, communities, by, save=True) == 2
    assert "no " in capsys.readouterr().err and not Request.objects.exists()


def test_a_list_of_kinds_needs_two_cells_a_line(tmp_path):
    (tmp_path / "kinds.csv").write_text("Noise,noise\n\nParking\n", encoding="utf-8")
    with pytest.raises(ValueError, match="line 2"):
        pairs(tmp_path / "kinds.csv")


@published
@pytest.mark.parametrize(("city", "made", "faulty"), [("New York", 1000, 526), ("Boston", 3259, 564)])
def test_a_citys_file_is_brought_in_whole(cast, capsys, city, made, faulty):
    found = read_requests(FILES[city].read_bytes())
    assert {ours(one.kind) for one in found.requests} <= set(KINDS)
    assert bring(found, "linjiang", {}, {}, "linli", save=True) == 0
    assert f"{made} brought in, {faulty} of them with a fault; 0 refused" in capsys.readouterr().out
    rows = Request.objects.filter(channel="import")
    assert rows.count() == made
    assert rows.filter(fault__contains="closed before").count() == (10 if city == "New York" else 0)
