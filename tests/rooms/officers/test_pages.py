"""Pages of officers: who opens which, what they show, and what they never show."""

from datetime import date

import pytest
from django.urls import reverse

from linli.ground.accounts.roles import BUREAU, EVERYBODY
from linli.ground.officers import actions
from linli.ground.officers.models import Leader, LeaderDay, Leave, Officer, Pairing, Post, Relation
from linli.ground.places.models import Community, Office
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from tests.rooms.places.test_pages import ACCOUNTS

PERSONNEL = ("personnel",)
READING = [
    ("people", (), BUREAU), ("officer", ("O01",), BUREAU), ("leaders", (), BUREAU), ("posts", (), BUREAU),
    ("pairings", (), BUREAU), ("months", ("2026Q3",), BUREAU), ("leave", (), ("personnel", "station")),
    ("add_officer", (), PERSONNEL), ("edit_officer", ("O01",), PERSONNEL), ("add_leader", (), PERSONNEL),
    ("hold_post", (), PERSONNEL), ("post", ("O01", "C01", "2024-12-01"), PERSONNEL), ("pair", (), PERSONNEL),
    ("record_leave", (), PERSONNEL), ("my_days", (), ("leader",)), ("to_sign", (), ("officer", "cadre")),
    ("my_leave", (), ("officer",)),
]  # fmt: skip


def url(name, *args):
    return reverse(f"officers:{name}", args=("linjiang", *args))


@pytest.fixture(autouse=True)
def autumn():
    with clock.at(date(2026, 9, 20)):
        yield


@pytest.fixture
def personnel(cast, logged_in):
    return logged_in(cast.user("personnel"))


@pytest.mark.parametrize("name, args, allowed", READING)
def test_page_opens_to_whom_it_is_for(cast, logged_in, name, args, allowed):
    for role in EVERYBODY:
        answer = logged_in(cast.user(ACCOUNTS[role])).get(url(name, *args))
        assert answer.status_code == (200 if role in allowed else 403), role
    assert logged_in(cast.user("stranger")).get(url(name, *args)).status_code == 403


def test_post_is_filled_left_and_filled_again_on_the_pages(cast, personnel):
    assert personnel.post(url("add_officer"), {"code": "O20", "name": "新人<i>"}).status_code == 302
    at = url("leave_post", "O08", "C08", "2024-12-01")
    assert personnel.post(at, {"end": "2026-09-10"}).status_code == 302
    assert personnel.post(at, {"end": "2026-09-10"}).status_code == 409
    assert "2026-09-11" in personnel.get(url("posts")).content.decode()
    sent = {"officer": "O20", "community": "C08", "start": "2026-09-10", "staffing": "single"}
    assert personnel.post(url("hold_post"), sent).status_code == 200
    assert personnel.post(url("hold_post"), sent | {"start": "2026-09-11"}).status_code == 302
    page = personnel.get(url("posts"), {"past": 1}).content.decode()
    assert "廖小芳" in page and "新人&lt;i&gt;" in page and "<i>" not in page


def test_couple_without_approval_is_recorded_with_a_warning(cast, personnel):
    personnel.post(url("add_officer"), {"code": "O20", "name": "新人"})
    sent = {"officer": "O20", "community": "C07", "start": "2026-09-10", "staffing": "couple"}
    answer = personnel.post(url("hold_post"), sent, follow=True)
    assert "R-61" in answer.content.decode() and Post.objects.filter(officer__code="O20").exists()


def test_double_click_enters_one_day(cast, logged_in):
    leader = logged_in(cast.user("leader1"))
    sent = {"community": "C01", "date": "2026-09-10", "hours": "6.5", "once": "abc"}
    before = LeaderDay.objects.count()
    for _ in range(2):
        assert leader.post(url("my_days"), sent).status_code == 302
    assert LeaderDay.objects.count() == before + 1
    assert leader.post(url("my_days"), sent | {"once": "x", "hours": "20"}).status_code == 200


def test_day_goes_from_leader_to_officer_to_the_month(cast, logged_in):
    leader, officer = logged_in(cast.user("leader1")), logged_in(cast.user("o01"))
    leader.post(url("my_days"), {"community": "C01", "date": "2026-09-19", "hours": "6"})
    day = LeaderDay.objects.latest("pk")
    assert str(day.pk) in officer.get(url("to_sign")).content.decode()
    assert logged_in(cast.user("o02")).post(url("countersign", day.pk)).status_code == 403
    assert officer.post(url("countersign", day.pk)).status_code == 302
    assert officer.post(url("countersign", day.pk)).status_code == 409
    assert leader.post(url("withdraw_day", day.pk)).status_code == 409


def test_refusal_is_read_by_the_leader(cast, logged_in):
    leader, cadre = logged_in(cast.user("leader1")), logged_in(cast.user("cadre"))
    leader.post(url("my_days"), {"community": "C01", "date": "2026-09-19", "hours": "6"})
    day = LeaderDay.objects.latest("pk")
    assert logged_in(cast.user("o02")).get(url("refuse_day", day.pk)).status_code == 403
    assert cadre.get(url("refuse_day", day.pk)).status_code == 200
    assert cadre.post(url("refuse_day", day.pk), {"why": ""}).status_code == 200
    assert cadre.post(url("refuse_day", day.pk), {"why": "當日未到"}).status_code == 302
    assert "當日未到" in leader.get(url("my_days")).content.decode()


def test_cadre_sees_days_of_the_own_community_alone(cast, logged_in):
    logged_in(cast.user("leader2")).post(url("my_days"), {"community": "C02", "date": "2026-09-19", "hours": "6"})
    page = logged_in(cast.user("cadre")).get(url("to_sign")).content.decode()
    assert "南市社區" not in page


def test_reason_of_leave_is_read_by_personnel_and_the_officer_alone(cast, logged_in):
    actions.record_leave(
        by=cast.user("personnel"), officer=cast.officer("O01"), first=date(2026, 9, 1), last=date(2026, 9, 2),
        kind="sick", reason="住院檢查",
    )  # fmt: skip
    own, other = logged_in(cast.user("o01")), logged_in(cast.user("o02"))
    office, station = logged_in(cast.user("personnel")), logged_in(cast.user("station"))
    assert "住院檢查" in own.get(url("my_leave")).content.decode()
    assert "住院檢查" in own.get(url("officer", "O01")).content.decode()
    assert not Entry.objects.filter(action="file.read").exists()
    assert "住院檢查" in office.get(url("officer", "O01")).content.decode()
    assert Entry.objects.get(action="file.read").subject == "officer:O01"
    for client, name, args in ((other, "officer", ("O01",)), (station, "officer", ("O01",)), (station, "leave", ())):
        assert "住院檢查" not in client.get(url(name, *args)).content.decode()
    assert "住院檢查" not in b"".join(office.get(url("leave"), {"format": "csv"}).streaming_content).decode()
    assert "住院檢查".encode() not in Leave.objects.values_list("reason").query.sql_with_params()[0].encode()


def test_relations_are_noted_and_taken_back(cast, personnel):
    assert personnel.post(url("relate", "O01"), {"relative": "o02", "kind": "sibling"}).status_code == 302
    assert "何秀蘭" in personnel.get(url("officer", "O01")).content.decode()
    assert personnel.post(url("unrelate", "O01", "o02"), {"why": ""}).status_code == 200
    assert personnel.post(url("unrelate", "O01", "o02"), {"why": "填錯"}).status_code == 302
    assert not Relation.objects.exists()


def test_relations_are_not_for_colleagues(cast, logged_in, personnel):
    personnel.post(url("relate", "O01"), {"relative": "o02", "kind": "sibling"})
    assert "何秀蘭" not in logged_in(cast.user("o03")).get(url("officer", "O01")).content.decode()


def test_pairing_is_made_and_ended_on_the_pages(cast, personnel):
    sent = {"community": "C10", "leader": "局領導甲", "office": "監所股", "start": "2026-09-10"}
    assert personnel.post(url("pair"), sent).status_code == 200
    assert personnel.post(url("pair"), sent | {"leader": ""}).status_code == 200
    pairing = Pairing.objects.get(community__code="C10")
    assert personnel.post(url("end_pairing", pairing.pk), {"end": "2026-09-09"}).status_code == 302
    assert personnel.post(url("pair"), sent | {"leader": ""}).status_code == 302
    assert personnel.get(url("remove_pairing", pairing.pk)).status_code == 200


def test_thing_of_another_bureau_is_not_found(cast, personnel):
    other = Community.objects.create(bureau=cast.other_bureau, code="Z1", name="他", kind="city")
    leader = Leader.objects.create(bureau=cast.other_bureau, code="L", name="他")
    office = Office.objects.create(bureau=cast.other_bureau, code="X", name="他")
    pairing = Pairing.objects.create(community=other, leader=leader, office=office, start=date(2026, 1, 1))
    Officer.objects.create(bureau=cast.other_bureau, code="Z9", name="他人")
    assert personnel.get(url("end_pairing", pairing.pk)).status_code == 404
    assert personnel.get(url("officer", "Z9")).status_code == 404
    assert (
        personnel.post(
            url("hold_post"), {"officer": "Z9", "community": "C08", "start": "2026-09-11", "staffing": "single"}
        ).status_code
        == 200
    )


@pytest.mark.parametrize("name, args", [("months", ("2026Q5",)), ("post", ("O01", "C01", "yesterday"))])
def test_address_that_means_nothing_is_not_found(cast, personnel, name, args):
    assert personnel.get(url(name, *args)).status_code == 404


@pytest.mark.parametrize("name", ["people", "posts", "leaders", "pairings", "leave"])
def test_list_is_taken_along_as_csv(cast, personnel, name):
    answer = personnel.get(url(name), {"format": "csv", "past": 1, "sort": "officer"})
    assert b"".join(answer.streaming_content).startswith("\ufeff".encode())


def test_month_table_as_csv_says_who_met_it(cast, personnel):
    text = b"".join(personnel.get(url("months", "2026Q3"), {"format": "csv", "met": "no"}).streaming_content).decode()
    assert text.splitlines()[0].endswith("leader,community,month,days,due,met,uncounted")
    assert all(line.split(",")[5] == "0" for line in text.splitlines()[1:])


@pytest.mark.parametrize("name, args, allowed", READING[:7])
def test_number_of_queries_does_not_grow_with_rows(cast, personnel, django_assert_max_num_queries, name, args, allowed):
    for number in range(30):
        community = Community.objects.create(bureau=cast.bureau, code=f"D{number}", name="x", kind="city", complex=True)
        office = Office.objects.create(bureau=cast.bureau, code=f"D{number}", name="x")
        leader = Leader.objects.create(bureau=cast.bureau, code=f"L{number}", name="x")
        officer = Officer.objects.create(bureau=cast.bureau, code=f"D{number}", name="x")
        Post.objects.create(officer=officer, community=community, start=date(2026, 1, 1))
        Pairing.objects.create(community=community, leader=leader, office=office, start=date(2026, 1, 1))
        Leave.objects.create(officer=officer, first=date(2026, 1, 1), last=date(2026, 1, 2))
    with django_assert_max_num_queries(26):  # reading somebody's file is written into the trail, which takes eight
        assert personnel.get(url(name, *args)).status_code == 200
