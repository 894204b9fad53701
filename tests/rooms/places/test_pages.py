"""Pages of places as somebody opens them, and as somebody else must not."""

import pytest
from django.urls import reverse

from linli.ground.accounts.roles import BUREAU, EVERYBODY, PERSONNEL
from linli.ground.places import asked, queries
from linli.ground.places.models import Community, CommunityFacts, FactSheet, Office
from linli.ground.trail.models import Entry

ACCOUNTS = {
    "officer": "o01", "station": "station", "department": "command", "personnel": "personnel",
    "supervision": "supervision", "leader": "leader1", "secretary": "secretary", "cadre": "cadre",
    "province": "province", "administrator": "administrator", "auditor": "auditor",
}  # fmt: skip


def url(name, *args):
    return reverse(f"places:{name}", args=args)


@pytest.fixture
def personnel(cast, logged_in):
    return logged_in(cast.user("personnel"))


READING = [
    ("tree", ()), ("place", ("990100000000",)), ("communities", ("linjiang",)), ("offices", ("linjiang",)),
    ("years", ("linjiang",)), ("year", ("linjiang", 2025)), ("community", ("linjiang", "C01")),
]  # fmt: skip
WRITING = [
    ("add_community", ("linjiang",)), ("edit_community", ("linjiang", "C01")), ("boundaries", ("linjiang",)),
    ("add_office", ("linjiang",)), ("write", ("linjiang", 2027)),
]  # fmt: skip


@pytest.mark.parametrize("name, args", READING)
def test_everybody_reads_places(cast, logged_in, name, args):
    for role in EVERYBODY:
        assert logged_in(cast.user(ACCOUNTS[role])).get(url(name, *args)).status_code == 200, role


@pytest.mark.parametrize("name, args", WRITING)
def test_personnel_alone_writes(cast, logged_in, name, args):
    for role in EVERYBODY:
        answer = logged_in(cast.user(ACCOUNTS[role])).get(url(name, *args))
        assert answer.status_code == (200 if role == PERSONNEL else 403), role


@pytest.mark.parametrize("name, args", [*READING[2:], *WRITING])
def test_another_bureaus_staff_stays_outside(cast, logged_in, name, args):
    assert logged_in(cast.user("stranger")).get(url(name, *args)).status_code == 403


def test_draft_is_for_the_bureaus_own_staff(cast, logged_in):
    FactSheet.objects.create(bureau=cast.bureau, year=2027)
    for role in EVERYBODY:
        answer = logged_in(cast.user(ACCOUNTS[role])).get(url("year", "linjiang", 2027))
        assert answer.status_code == (200 if role in BUREAU else 403), role


def test_community_of_another_bureau_is_not_found(cast, personnel):
    Community.objects.create(bureau=cast.other_bureau, code="Z01", name="他", kind="city")
    assert personnel.get(url("community", "linjiang", "Z01")).status_code == 404


def test_community_is_added_changed_and_closed(cast, personnel):
    new = {"code": "C11", "name": "新社區<b>", "kind": "mixed", "complex": "on"}
    assert personnel.post(url("add_community", "linjiang"), new).status_code == 302
    page = personnel.get(url("community", "linjiang", "C11")).content.decode()
    assert "新社區&lt;b&gt;" in page and "<b>" not in page
    changed = {"name": "舊社區", "kind": "city", "version": "1"}
    assert personnel.post(url("edit_community", "linjiang", "C11"), changed).status_code == 302
    assert personnel.post(url("edit_community", "linjiang", "C11"), changed | {"name": "x"}).status_code == 409
    closed = {"on": "2026-07-01", "why": "合併"}
    assert personnel.post(url("close_community", "linjiang", "C11"), closed).status_code == 302
    assert Community.objects.get(code="C11").closed_on


def test_code_that_is_taken_comes_back_with_the_form(cast, personnel):
    answer = personnel.post(url("add_community", "linjiang"), {"code": "C01", "name": "又", "kind": "city"})
    assert answer.status_code == 200 and "C01" in answer.content.decode()


def filled(names, rows, **more):
    sent = {"column": names, **more}
    for code, (version, *values) in rows.items():
        sent[f"version-{code}"] = version
        sent |= {f"{column}-{code}": value for column, value in enumerate(values)}
    return sent


def test_draft_is_written_as_a_table_and_blank_rows_stay_unwritten(cast, personnel):
    sent = filled(["rental_share", "夜市"], {"C01": (0, "１４，２００", "18%", ""), "C02": (0, "18650", "", "3")})
    assert personnel.post(url("write", "linjiang", 2027), sent).status_code == 302
    rows = queries.rows_of(FactSheet.objects.get(year=2027))
    assert {code: (row.population, row.facts) for code, row in rows.items()} == {
        "C01": (14200, {"rental_share": 0.18}),
        "C02": (18650, {"夜市": 3}),
    }


def test_row_that_did_not_change_is_not_written_again(cast, personnel):
    sent = filled([], {"C01": (0, "100"), "C02": (0, "200")})
    personnel.post(url("write", "linjiang", 2027), sent)
    personnel.post(url("write", "linjiang", 2027), filled([], {"C01": (1, "100"), "C02": (1, "201")}))
    assert Entry.objects.filter(action="places.write_facts").count() == 3


def test_two_people_on_one_table_lose_nothing(cast, personnel):
    personnel.post(url("write", "linjiang", 2027), filled([], {"C01": (0, "100"), "C02": (0, "200")}))
    late = filled([], {"C01": (0, "111"), "C03": (0, "300")})
    answer = personnel.post(url("write", "linjiang", 2027), late)
    page = answer.content.decode()
    assert answer.status_code == 409 and 'value="111"' in page and 'value="100"' in page
    assert 'name="version-C01" value="1"' in page and 'name="0-C03" value="300"' in page
    assert not CommunityFacts.objects.filter(sheet__year=2027, community__code="C03").exists()
    chosen = filled([], {"C01": (1, ["111", "111"]), "C03": (0, "300")})
    assert personnel.post(url("write", "linjiang", 2027), chosen).status_code == 302
    assert CommunityFacts.objects.get(sheet__year=2027, community__code="C01").population == 111


def test_one_bad_cell_saves_nothing_and_keeps_what_was_typed(cast, personnel):
    answer = personnel.post(
        url("write", "linjiang", 2027), filled(["a"], {"C01": (0, "100", "1"), "C02": (0, "x", "2")})
    )
    assert answer.status_code == 200 and 'value="x"' in answer.content.decode()
    assert not CommunityFacts.objects.filter(sheet__year=2027).exists()


def test_column_about_residents_cannot_be_added(cast, personnel):
    answer = personnel.get(url("write", "linjiang", 2027), {"add": "吸毒人數"}, follow=True)
    page = answer.content.decode()
    assert 'value="吸毒人數"' not in page and "吸毒" in page
    answer = personnel.post(url("write", "linjiang", 2027), filled(["吸毒人數"], {"C01": (0, "100", "1")}))
    assert answer.status_code == 200 and not CommunityFacts.objects.filter(sheet__year=2027).exists()


def test_missing_covariates_of_the_scheme_in_force_are_named(cast, personnel, monkeypatch):
    from types import SimpleNamespace

    scheme = SimpleNamespace(complexity=SimpleNamespace(covariates=("rental_share", "nightlife")))
    monkeypatch.setattr(asked, "_SAYS", [lambda bureau, day: scheme])
    page = personnel.get(url("year", "linjiang", 2025)).content.decode()
    assert "C01: nightlife" in page and "rental_share," not in page


def test_publishing_twice_is_answered_once(cast, personnel):
    FactSheet.objects.all().delete()
    personnel.post(url("write", "linjiang", 2026), filled([], {"C01": (0, "100")}))
    assert personnel.post(url("publish", "linjiang", 2026)).status_code == 302
    assert personnel.post(url("publish", "linjiang", 2026)).status_code == 409
    assert personnel.get(url("write", "linjiang", 2026)).status_code == 302


def test_administrator_plants_the_tree(cast, logged_in):
    client = logged_in(cast.user("administrator"))
    sent = {"code": "990127000000", "name": "新縣", "level": "county", "parent": "990100000000"}
    assert client.post(url("add_place"), sent).status_code == 302
    bureau = {"code": "xinxian", "name": "新縣公安局", "place": "990127000000"}
    assert client.post(url("add_bureau"), bureau).status_code == 302
    assert client.post(url("add_place"), sent | {"parent": "999"}).status_code == 200


def test_csv_cannot_be_calculated(cast, personnel):
    Community.objects.create(bureau=cast.bureau, code="C99", name="=1+1", kind="city")
    answer = personnel.get(url("communities", "linjiang"), {"format": "csv"})
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffcommunity,") and "'=1+1" in text


def test_boundaries_file_is_looked_into(cast, personnel):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"boundaries": SimpleUploadedFile("x.geojson", b"PK\x03\x04", content_type="application/geo+json")}
    assert personnel.post(url("boundaries", "linjiang"), sent).status_code == 200


@pytest.mark.parametrize("name, args", [*READING, ("write", ("linjiang", 2027))])
def test_number_of_queries_does_not_grow_with_rows(cast, personnel, django_assert_max_num_queries, name, args):
    sheet = FactSheet.objects.get(year=2025)
    for number in range(40):
        Office.objects.create(bureau=cast.bureau, code=f"D{number}", name="x", kind="station")
        one = Community.objects.create(bureau=cast.bureau, code=f"D{number}", name="x", kind="city")
        CommunityFacts.objects.create(sheet=sheet, community=one, population=1, facts={"a": 1})
    with django_assert_max_num_queries(17):
        assert personnel.get(url(name, *args)).status_code == 200
