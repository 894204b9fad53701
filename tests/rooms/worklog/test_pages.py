"""Every page opens for whom it is meant, and for nobody else; forms come back with what is wrong and write once."""

import re
from datetime import date

import pytest

from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.work.worklog import actions
from linli.work.worklog.models import CallAway, Plan, SpotCheck, Work
from linli.work.worklog.tables import work_rows
from tests.rooms.worklog.conftest import NOW, at

ROOT = "/worklog/linjiang/"
OWN, LOOK = "o01", ("o01", "station", "supervision", "personnel")
WATCH = ("station", "supervision", "personnel", "leader1", "secretary", "command")
NOBODY = ("cadre", "province", "administrator", "auditor", "stranger")
EVERYBODY = (OWN, *WATCH, *NOBODY)


@pytest.fixture
def filled(cast, officer, beat, record):
    """Something on every page."""
    asked = {"note": "<script>alert(1)</script> 三號樓", "client_key": "work-1", "topics": ("fire",), "cell": "B3"}
    record(at(7, 9), at(7, 12), voice=b"OggS" + b"\0" * 20, **asked)
    actions.plan(
        by=officer.account, officer=officer, day=date(2026, 9, 9), entries=[{"kind": "visit", "community": beat}]
    )
    asked = {"officer": officer, "kind": "case", "ordered_by": "副所長"}
    actions.call_away(by=officer.account, started_at=at(3, 9), ended_at=at(3, 12), client_key="call-1", **asked)
    with clock.at(at(8, 10)):
        actions.start(by=officer.account, officer=officer, community=beat, kind="patrol", at=at(8, 9), client_key="w2")
        actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau, seed=1)
        actions.check(by=cast.user("supervision"), spot_check=SpotCheck.objects.get(), found=False, note="門鎖着")
        actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau, seed=1)
    with clock.at(at(8, 11)):
        actions.stop(by=officer.account, work=Work.objects.get(client_key="w2"))
    actions.set_due(by=cast.user("personnel"), bureau=cast.bureau, hours_per_week=22, period="2026Q4")
    return cast


PAGES = [
    *((path, (OWN,)) for path in ("day/", "day/2026-09-07/", "day/2026-09-10/plan/", "day/2026-09-10/round/")),
    *(
        (path, (OWN,))
        for path in ("week/2026-09-09/", "mine/2026Q3/", "record/", "works/work-1/", "works/work-1/change/")
    ),
    *((path, (OWN,)) for path in ("works/work-1/strike/", "works/work-1/enclosed/voice/", "checks/1/answer/")),
    *((path, LOOK) for path in ("calls/", "calls/?format=csv", "calls/O01/call-1/", "checks/", "checks/?format=csv")),
    ("checks/1/", LOOK),
    ("checks/2/", ("station", "supervision", "personnel")),
    *((path, (OWN, "station")) for path in ("calls/enter/", "calls/O01/call-1/withdraw/", "papers/")),
    ("calls/O01/call-1/answer/", ("station",)),
    ("calls/O01/call-1/decide/", ("personnel", "supervision")),
    *((path, ("station", "supervision")) for path in ("checks/draw/", "checks/2/look/")),
    ("checks/1/lift/", ("supervision",)),
    ("due/", (OWN, *WATCH)),
    *((path, ("personnel",)) for path in ("due/set/", "due/bureau/2026-10-01/withdraw/")),
    *((path, (OWN, *WATCH)) for path in ("hours/2026Q3/", "hours/2026Q3/?format=csv", "hours/2026Q3/C01/")),
    *((f"papers/O01/2026-09-01/2026-09-09/{path}", (OWN, "station")) for path in ("", "diary.xlsx", "visits.xlsx")),
]


@pytest.mark.parametrize(("path", "who"), PAGES, ids=[path for path, _who in PAGES])
def test_page_opens_for_those_it_is_meant_for_and_for_nobody_else(filled, logged_in, path, who):
    for name in EVERYBODY:
        status = logged_in(filled.user(name)).get(ROOT + path).status_code
        assert status == 200 if name in who else status in (403, 404), (name, status)


def test_another_officer_reads_neither_the_day_nor_the_community(filled, logged_in):
    other = logged_in(filled.user("o02"))
    for path, status in (
        ("works/work-1/", 404), ("hours/2026Q3/C01/", 403), ("calls/O01/call-1/", 403), ("checks/1/", 404),
        ("papers/O01/2026-09-01/2026-09-09/", 403),
    ):  # fmt: skip
        assert other.get(ROOT + path).status_code == status


def test_notes_are_read_by_the_officer_alone(filled, logged_in):
    note = "三號樓"
    assert note in logged_in(filled.user(OWN)).get(f"{ROOT}works/work-1/").content.decode()
    for name in (OWN, *WATCH):
        for path in ("hours/2026Q3/C01/", "hours/2026Q3/C01/?format=csv"):
            answer = logged_in(filled.user(name)).get(ROOT + path)
            text = b"".join(answer.streaming_content) if answer.streaming else answer.content
            assert note not in text.decode()
    paper = f"{ROOT}papers/O01/2026-09-01/2026-09-09/"
    assert note in logged_in(filled.user(OWN)).get(paper).content.decode()
    assert note not in logged_in(filled.user("station")).get(paper).content.decode()


def test_text_of_a_note_stays_text(filled, logged_in):
    page = logged_in(filled.user(OWN)).get(f"{ROOT}works/work-1/").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_rows_are_for_station_supervision_and_command_and_counts_for_others(filled, logged_in):
    for name in WATCH:
        page = logged_in(filled.user(name)).get(f"{ROOT}hours/2026Q3/C01/").content.decode()
        assert (">B3<" in page) == (name in ("station", "supervision", "command")), name
    assert Entry.objects.filter(action="file.read").count() == 3


def test_two_taps_in_the_browser(cast, logged_in):
    mine = logged_in(cast.user(OWN))
    assert mine.get(ROOT).url == f"{ROOT}day/"
    answer = mine.post(f"{ROOT}start/", {"community": "C01", "kind": "patrol", "once": "a"})
    assert answer.url == f"{ROOT}day/"
    mine.post(f"{ROOT}start/", {"community": "C01", "kind": "patrol", "once": "a"})  # a second click
    work = Work.objects.get()
    with clock.at(NOW.replace(hour=18)):
        mine.post(f"{ROOT}works/{work.client_key}/stop/", {"version": 1, "note": "巡了一圈", "once": "b"})
    work.refresh_from_db()
    assert work.ended_at is not None and work.note == "巡了一圈"


def test_start_in_anothers_community_or_of_no_kind_is_refused(cast, logged_in):
    mine = logged_in(cast.user(OWN))
    for wrong in ({"community": "C02", "kind": "visit"}, {"community": "C01", "kind": "arrest"}, {}):
        assert mine.post(f"{ROOT}start/", wrong).status_code == 409
    assert not Work.objects.exists()


FORM = {
    "kind": "visit",
    "community": "C01",
    "day": "2026-09-08",
    "begins": "20:00",
    "ends": "21:30",
    "topics": ["fire"],
}


def test_work_written_down_afterwards_may_end_after_midnight(cast, logged_in):
    mine = logged_in(cast.user(OWN))
    assert mine.post(f"{ROOT}record/", FORM | {"begins": "23:00", "ends": "01:00"}).status_code == 302
    assert Work.objects.get().ended_at == at(9, 1)


@pytest.mark.parametrize(
    "wrong", [{"begins": ""}, {"day": "2026-09-31"}, {"day": "2026-09-10"}, {"note": "長" * 3000}, {"community": "C02"}]
)
def test_form_comes_back_with_what_is_wrong(cast, logged_in, wrong):
    answer = logged_in(cast.user(OWN)).post(f"{ROOT}record/", FORM | wrong)
    assert answer.status_code == 200 and "error-summary" in answer.content.decode()
    assert not Work.objects.exists()


def test_two_who_change_one_work_lose_nothing(filled, logged_in):
    mine, url = logged_in(filled.user(OWN)), f"{ROOT}works/work-1/change/"
    assert mine.post(url, FORM | {"version": 1, "note": "第一個"}).status_code == 302
    answer = mine.post(url, FORM | {"version": 1, "note": "第二個"})
    page = answer.content.decode()
    assert answer.status_code == 409 and "第一個" in page and "第二個" in page
    version = re.search(r'name="version" value="(\d+)"', page)[1]
    assert mine.post(url, FORM | {"version": version, "note": "第二個"}).status_code == 302
    assert Work.objects.get(client_key="work-1").note == "第二個"


def test_plan_of_a_day_is_written_and_a_round_drawn(cast, logged_in):
    mine, url = logged_in(cast.user(OWN)), f"{ROOT}day/2026-09-12/"
    sent = {
        "form-TOTAL_FORMS": 2,
        "form-INITIAL_FORMS": 0,
        "version": 0,
        "form-0-kind": "visit",
        "form-0-starts": "19:00",
    }
    assert mine.post(f"{url}plan/", sent | {"form-0-community": "C01"}).status_code == 302
    drawn = {
        "kind": "patrol",
        "community": "C01",
        "cells": "A1 b3、C2",
        "begins": "18:00",
        "ends": "21:00",
        "version": 1,
    }
    assert mine.post(f"{url}round/", drawn).status_code == 302
    plan = Plan.objects.get()
    assert plan.version == 2 and plan.seed is not None
    assert sorted(plan.entries.values_list("cell", flat=True)) == ["A1", "B3", "C2"]
    assert mine.post(f"{url}round/", drawn).status_code == 409  # it has been changed meanwhile
    assert mine.post(f"{url}plan/", sent | {"form-0-kind": "arrest", "version": 2}).status_code == 200


def test_call_away_goes_from_officer_to_station_to_a_third_person(cast, logged_in):
    mine, station = logged_in(cast.user(OWN)), logged_in(cast.user("station"))
    sent = {"kind": "case", "day": "2026-09-08", "begins": "09:00", "ends": "12:00", "ordered_by": "副所長"}
    assert mine.post(f"{ROOT}calls/enter/", sent).status_code == 302
    call = CallAway.objects.get()
    url = f"{ROOT}calls/O01/{call.client_key}/"
    assert station.post(f"{url}answer/", {"confirms": "no", "note": ""}).status_code == 200  # a dispute needs a reason
    assert station.post(f"{url}answer/", {"confirms": "no", "note": "只有一小時", "version": 1}).status_code == 302
    assert (
        logged_in(cast.user("personnel")).post(f"{url}decide/", {"counts": "yes", "why": "值班表為證"}).status_code
        == 302
    )
    call.refresh_from_db()
    assert (call.station_says, call.station_note, call.decided) == ("disputes", "只有一小時", True)


def test_check_is_entered_once_and_answered_by_the_officer(filled, logged_in):
    look, url = logged_in(filled.user("supervision")), f"{ROOT}checks/2/look/"
    sent = {"found": "found", "day": "2026-09-08", "at": "10:30", "note": ""}
    assert look.post(url, sent).status_code == 302
    assert "error-summary" in look.post(url, sent).content.decode()
    assert logged_in(filled.user(OWN)).post(f"{ROOT}checks/1/answer/", {"text": "在二樓調解"}).status_code == 302
    assert SpotCheck.objects.get(number=1).officer_says == "在二樓調解"


@pytest.mark.parametrize("path", ["hours/2026Q9/", "mine/1/", "day/2026-13-01/", "week/x/", "checks/?period=1",
                                  "papers/O01/2026-09-09/2026-09-01/", "papers/O01/2020-01-01/2026-09-01/diary.xlsx",
                                  "papers/O01/2026-09-01/2026-09-02/else.xlsx", "works/none/"])  # fmt: skip
def test_address_of_nothing_is_not_found(cast, logged_in, path):
    assert logged_in(cast.user(OWN)).get(ROOT + path).status_code == 404


@pytest.mark.parametrize(("path", "name"), [("day/", OWN), ("week/2026-09-09/", OWN), ("mine/2026Q3/", OWN),
                                            ("hours/2026Q3/", "personnel"), ("hours/2026Q3/C01/", "station"),
                                            ("calls/", "station"), ("checks/", "station")])  # fmt: skip
def test_queries_of_a_page_do_not_grow_with_its_rows(
    filled, record, logged_in, django_assert_max_num_queries, path, name
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    reader = logged_in(filled.user(name))
    with CaptureQueriesContext(connection) as few:
        reader.get(ROOT + path)
    officer = filled.officer("O01")
    for hour in range(1, 9):
        record(at(9, hour), at(9, hour, 30))
        actions.call_away(by=officer.account, officer=officer, kind="case", started_at=at(2, hour),
                          ended_at=at(2, hour, 30), ordered_by="所")  # fmt: skip
    with clock.at(at(9, 8, 10)):
        actions.draw_checks(by=filled.user("supervision"), bureau=filled.bureau, seed=1)
    with django_assert_max_num_queries(len(few) + 1):
        reader.get(ROOT + path)


def test_stub_that_was_filled_in_later_shows_its_days_and_its_version(cast, officer, record, logged_in):
    with clock.at(NOW.replace(day=1)):
        stub = record(NOW.replace(day=1, hour=9), NOW.replace(day=1, hour=10), client_key="stub")
    actions.change(by=officer.account, work=stub, version=1, ended_at=NOW.replace(day=1, hour=12))
    station = logged_in(cast.user("station"))
    answer = station.get(f"{ROOT}hours/2026Q3/C01/?format=csv")
    rows = b"".join(answer.streaming_content).decode("utf-8-sig").splitlines()
    assert rows[0].endswith("days_later,version") and rows[1].endswith(",8,2")
    assert work_rows([(record(at(9, 9), at(9, 10)), 1.0, "")])[1][0]["cells"][-1]["note"] == ""
    stub.refresh_from_db()
    (said,) = [row["cells"][-1]["note"] for row in work_rows([(stub, 3.0, "")])[1]]
    assert "8" in said and said.count(" · ") == 1 and "2" in said.split(" · ")[1]
