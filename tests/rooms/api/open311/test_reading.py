"""What anybody may read: services in three languages, requests without what was said, in two formats of one shape."""

from datetime import datetime, timedelta

import pytest
from django.test import Client as Browser

from linli.ground.trail import clock
from linli.work.requests import actions
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from tests.rooms.api.open311.conftest import errors, tree

SECRETS = ("夜裏有人唱歌", "橋頭三號", "13800000000", "0.0512")


@pytest.fixture
def made(county):
    """A request with everything that must not be shown."""
    return actions.receive(
        by="open311", bureau=county.bureau, kind="noise", words=SECRETS[0], place_note=SECRETS[1], contact=SECRETS[2],
        position=(0.0512, 0.0512), channel="open311",
    )  # fmt: skip


def asked_of(get, address, **query):
    return get(address, jurisdiction_id="linjiang", **query)


@pytest.mark.parametrize("path", ["/open311/discovery", "/open311/v2/discovery"])
def test_discovery_says_where_and_in_which_formats(db, path):
    found = Browser().get(f"{path}.json").json()
    (endpoint,) = found["endpoints"]
    assert endpoint["specification"] == "http://wiki.open311.org/GeoReport_v2"
    assert endpoint["url"] == "http://testserver/open311/v2"
    assert endpoint["formats"] == ["text/xml", "application/json"]
    root = tree(Browser().get(f"{path}.xml"))
    assert root.tag == "discovery"
    assert [node.text for node in root.findall("endpoints/endpoint/formats/format")] == endpoint["formats"]


@pytest.mark.parametrize(
    ("asked", "name"), [("en", "Noise"), ("zh_Hant", "噪音擾民"), ("zh-CN", "噪音扰民"), ("", "噪音擾民")]
)
def test_services_are_the_kinds_in_the_language_asked_for(county, get, asked, name):
    found = asked_of(get, "services.json", locale=asked).json()
    assert [one["service_code"] for one in found] == list(KINDS)
    assert next(one for one in found if one["service_code"] == "noise")["service_name"] == name
    assert all(one["type"] == "realtime" and one["metadata"] is False for one in found)


def test_language_of_the_program_is_heard_too(county, get):
    found = asked_of(get, "services.xml", headers={"Accept-Language": "fr;q=0.9, en;q=0.5"})
    assert "Noise" in [node.text for node in tree(found).iter("service_name")]


def test_complaints_and_things_seen_are_no_services(county, get):
    codes = {one["service_code"] for one in asked_of(get, "services.json").json()}
    assert not codes & {"complaint", "complain", "sighting", "seen"}


def test_a_service_asks_nothing_more(county, get):
    assert asked_of(get, "services/noise.json").json() == {"service_code": "noise", "attributes": []}
    assert tree(asked_of(get, "services/noise.xml")).tag == "service_definition"
    assert "service_code" in errors(asked_of(get, "services/complaint.json"))


def test_a_request_is_public_without_what_was_said(made, get):
    answer = asked_of(get, f"requests/{made.public_id}.json")
    (found,) = answer.json()
    assert found["service_request_id"] == made.public_id
    assert (found["status"], found["service_code"]) == ("open", "noise")
    assert found["service_notice"] == made.community.name
    assert found["agency_responsible"] == "臨江縣公安局"
    assert found["requested_datetime"] == "2026-11-06T10:00:00+08:00"
    assert found["expected_datetime"] == f"{made.promised_on}T23:59:59+08:00"
    assert [found[name] for name in ("lat", "long", "address", "zipcode", "media_url")] == [None] * 5
    for address in (
        f"requests/{made.public_id}.json",
        f"requests/{made.public_id}.xml",
        "requests.json",
        "requests.xml",
    ):
        text = asked_of(get, address).content.decode()
        assert made.public_id in text and not any(secret in text for secret in SECRETS)


def test_xml_says_the_same_as_json(made, get):
    (found,) = asked_of(get, "requests.json").json()
    root = tree(asked_of(get, "requests.xml"))
    assert root.tag == "service_requests"
    (one,) = root.findall("request")
    assert {node.tag: node.text for node in one} == {name: value or None for name, value in found.items()}


def test_closed_is_said_apart_from_solved(made, county, get):
    station = county.user("station")
    actions.decline(by=station, request=made, reason="已轉告")
    (found,) = asked_of(get, "requests.json", locale="en").json()
    assert (found["status"], found["status_notes"]) == ("closed", "declined")
    actions.reopen(by=station, request=made, why="再查")
    actions.solve(by=station, request=made, what_was_done="已勸止")
    (found,) = asked_of(get, "requests.json", locale="en").json()
    assert (found["status"], found["status_notes"]) == ("closed", "solved")


def test_updated_is_the_moment_of_the_last_step(made, county, get):
    with clock.at(datetime(2026, 11, 7, 9)):
        actions.acknowledge(by=county.user("station"), request=made)
        (found,) = asked_of(get, "requests.json").json()
    assert found["updated_datetime"] == "2026-11-07T09:00:00+08:00"


def test_a_token_is_the_number_itself(made, get):
    assert asked_of(get, f"tokens/{made.public_id}.json").json() == [
        {"service_request_id": made.public_id, "token": made.public_id}
    ]
    assert asked_of(get, "tokens/none.json").status_code == 404


def test_requests_are_asked_for_by_id_kind_state_and_time(county, get):
    made = {}
    for day, kind in ((1, "noise"), (2, "lost"), (3, "noise")):
        with clock.at(datetime(2026, 11, day, 9)):
            made[day] = actions.receive(by="resident", bureau=county.bureau, kind=kind, words="x")
    actions.decline(by=county.user("station"), request=made[3], reason="x")

    def days(**query):
        found = {one["service_request_id"] for one in asked_of(get, "requests.json", **query).json()}
        return [day for day, one in made.items() if one.public_id in found]

    assert days() == [1, 2, 3]
    assert days(service_request_id=f"{made[1].public_id},{made[2].public_id}", status="closed") == [1, 2]
    assert days(service_code="noise") == [1, 3]
    assert days(service_code="noise,lost", status="open") == [1, 2]
    assert days(status="open,closed") == [1, 2, 3]
    assert days(start_date="2026-11-01T09:30:00+08:00", end_date="2026-11-02T01:30:00Z") == [2]
    assert days(start_date="2026-11-02") == [2, 3]
    assert days(end_date="2026-11-02T00:00:00+08:00") == [1]
    assert days(page_size="1") == [3] and days(page_size="1", page="2") == [2]
    assert days(service_request_id="none") == []


def test_only_the_last_ninety_days_unless_asked(county, get):
    with clock.at(datetime(2026, 11, 6) - timedelta(days=100)):
        actions.receive(by="resident", bureau=county.bureau, kind="noise", words="x")
    assert asked_of(get, "requests.json").json() == []
    assert len(asked_of(get, "requests.json", start_date="2026-07-01").json()) == 1


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"status": "solved"}, "status"),
        ({"start_date": "yesterday"}, "start_date"),
        ({"start_date": "0001-01-01T00:00:00Z"}, "start_date"),
        ({"start_date": "2026-01-01", "end_date": "2026-06-01"}, "90 days"),
        ({"start_date": "2026-02-01", "end_date": "2026-01-01"}, "90 days"),
        ({"page_size": "5000"}, "page_size"),
        ({"page": "0"}, "page"),
    ],
)
def test_what_is_wrong_with_a_query_is_said(county, get, query, said):
    answer = asked_of(get, "requests.json", **query)
    assert answer.status_code == 400 and said in errors(answer)
    assert tree(asked_of(get, "requests.xml", **query)).find("error/code").text == "400"


def test_several_bureaus_must_be_told_apart_and_one_need_not(county, get):
    assert "was not provided" in errors(get("services.json"))
    assert errors(get("services.json", jurisdiction_id="nowhere")) == "jurisdiction_id was not found"
    county.user("stranger").delete()
    county.other_bureau.delete()
    assert get("services.json").status_code == 200


def test_another_bureaus_request_is_not_found(made, get):
    assert get(f"requests/{made.public_id}.json", jurisdiction_id="yuanshan").status_code == 404
    assert get("requests.json", jurisdiction_id="yuanshan", service_request_id=made.public_id).json() == []


def test_numbers_cannot_be_guessed(county):
    numbers = {
        actions.receive(by="resident", bureau=county.bureau, kind="noise", words="x").public_id for _ in range(20)
    }
    assert len(numbers) == 20 and all(len(number) == 17 for number in numbers)


@pytest.mark.parametrize("address", ["services", "requests", "requests/R1", "tokens/R1", "services/noise", "discovery"])
@pytest.mark.parametrize("form", ["json", "xml"])
def test_another_method_is_refused_in_the_format_asked_for(db, address, form):
    answer = Browser().delete(f"/open311/v2/{address}.{form}")
    assert answer.status_code == 405 and "GET" in answer["Allow"]
    assert answer["Content-Type"].startswith("application/json" if form == "json" else "text/xml")


def test_number_of_queries_does_not_grow_with_requests(county, get, django_assert_num_queries):
    def many(count):
        for _ in range(count):
            actions.receive(
                by="resident", bureau=county.bureau, kind="noise", words="x", community=county.community("C01")
            )

    many(3)
    with django_assert_num_queries(2):
        asked_of(get, "requests.json")
    many(10)
    with django_assert_num_queries(2):
        found = asked_of(get, "requests.json").json()
    assert len(found) == Request.objects.count()
