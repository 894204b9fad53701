"""Writing places: codes, facts, boundaries, and who comes too late."""

import json
from datetime import date

import pytest

from linli.ground.places import actions, queries
from linli.ground.places.models import CommunityFacts, FactSheet, Place
from linli.ground.trail import clock
from linli.ground.trail.actions import facts_of
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import Refused, Stale

AUTUMN = date(2026, 11, 20)


@pytest.fixture
def personnel(cast):
    return cast.user("personnel")


def write(cast, by, year=2027, code="C01", **more):
    values = {"population": 14300, "facts": {"rental_share": 0.23}} | more
    return actions.write_facts(by=by, bureau=cast.bureau, year=year, community=cast.community(code), **values)


@pytest.mark.parametrize(
    "code, level",
    [
        ("9901", "county"),
        ("990125000001", "county"),
        ("990100000000", "county"),
        ("99012A000000", "county"),
        ("９９０１２５００００００", "county"),
        ("990125000000", "community"),
        ("9901250000", "township"),
        ("", "county"),
        ("00", "province"),
    ],
)
def test_code_that_is_no_code_of_its_level_is_refused(cast, personnel, code, level):
    with pytest.raises(Refused):
        actions.add_place(
            by=personnel, code=code, name="甲", level=level, parent=cast.bureau.place if level == "community" else None
        )


def test_code_lies_under_its_parents(cast, personnel):
    county = cast.bureau.place
    town = actions.add_place(by=personnel, code="990125101000", name="甲鎮", level="township", parent=county)
    made = actions.add_place(by=personnel, code="990125101001001", name="甲社區", level="community", parent=town)
    assert [place.name for place in queries.path_of(made)][-2:] == ["甲鎮", "甲社區"]
    with pytest.raises(Refused, match="990126"):
        actions.add_place(by=personnel, code="990126101001", name="乙", level="community", parent=county)
    with pytest.raises(Refused):
        actions.add_place(by=personnel, code="990125102000", name="丙", level="township", parent=made)


def test_same_code_twice_is_refused_and_leaves_no_trail(cast, personnel):
    before = Entry.objects.count()
    with pytest.raises(Refused, match="c01"):
        actions.add_community(by=personnel, bureau=cast.bureau, code="c01", name="又", kind="city")
    with pytest.raises(Refused):
        actions.add_place(by=personnel, code="990125000000", name="又", level="county")
    assert Entry.objects.count() == before


@pytest.mark.parametrize("code", ["", "a b", "../x", "x" * 41, "con", "<b>"])
def test_community_code_must_fit_the_county_book(cast, personnel, code):
    with pytest.raises(Refused):
        actions.add_community(by=personnel, bureau=cast.bureau, code=code, name="甲", kind="city")


def test_station_of_another_bureau_is_refused(cast, personnel):
    other = actions.add_office(by=personnel, bureau=cast.other_bureau, code="所", name="所", kind="station")
    with pytest.raises(Refused):
        actions.add_community(by=personnel, bureau=cast.bureau, code="C11", name="甲", kind="city", station=other)


def test_second_of_two_editors_of_a_community_sees_the_difference(cast, personnel):
    one = cast.community("C01")
    same = {"kind": "city", "complex": True, "station": one.station, "place": None}
    actions.edit_community(by=personnel, community=cast.community("C01"), name="先", version=1, **same)
    with pytest.raises(Stale) as stale:
        actions.edit_community(by=personnel, community=one, name="後", version=1, **same)
    assert ("name", "後", "先", "name") in stale.value.rows and stale.value.version == 2


def test_closed_community_is_open_until_the_day_before(cast, personnel):
    actions.close_community(by=personnel, community=cast.community("C10"), on=date(2026, 7, 1), why="合併")
    assert "C10" in [c.code for c in queries.communities(cast.bureau, on=date(2026, 6, 30))]
    assert "C10" not in [c.code for c in queries.communities(cast.bureau, on=date(2026, 7, 1))]
    with pytest.raises(Refused):
        actions.close_community(by=personnel, community=cast.community("C10"), on=date(2026, 8, 1), why="又")


def test_facts_about_residents_are_refused(cast, personnel):
    for name in (
        "刑滿人員",
        "吸毒人员比例",
        "精 神 病 人",
        "少數民族比例",
        "宗教",
        "ethnic_share",
        "drugUsers",
        "Religion",
    ):
        with pytest.raises(Refused, match="residents|居民"):
            write(cast, personnel, facts={name: 1})
    assert not CommunityFacts.objects.filter(sheet__year=2027).exists()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e13, "12", True])
def test_fact_is_a_finite_number(cast, personnel, value):
    with pytest.raises(Refused):
        write(cast, personnel, facts={"rental_share": value})


def test_unknown_fact_is_absent_not_zero(cast, personnel):
    assert write(cast, personnel, facts={"rental_share": None, "night_economy": 0}).facts == {"night_economy": 0}


def test_second_of_two_writers_of_facts_sees_both(cast, personnel):
    write(cast, personnel, version=0)
    with pytest.raises(Stale) as stale:
        write(cast, personnel, version=0, facts={"rental_share": 0.3})
    assert [row[1:3] for row in stale.value.rows] == [(0.3, 0.23)]
    assert write(cast, personnel, version=1, facts={"rental_share": 0.3}).version == 2
    said = facts_of(Entry.objects.filter(action="places.write_facts").last())
    assert said["before"]["facts"] == {"rental_share": 0.23} and said["after"]["facts"] == {"rental_share": 0.3}


def test_facts_are_published_before_their_year_and_then_fixed(cast, personnel):
    write(cast, personnel)
    with clock.at(AUTUMN):
        actions.publish_facts(by=personnel, bureau=cast.bureau, year=2027)
    with pytest.raises(Refused, match="2027"):
        write(cast, personnel, population=1)
    with pytest.raises(Refused), clock.at(AUTUMN):
        actions.publish_facts(by=personnel, bureau=cast.bureau, year=2027)


def test_facts_come_too_late_on_new_years_day(cast, personnel):
    write(cast, personnel)
    with clock.at(date(2027, 1, 1)), pytest.raises(Refused):
        actions.publish_facts(by=personnel, bureau=cast.bureau, year=2027)
    assert queries.facts_of(cast.bureau, 2027).year == 2025


def test_first_sheet_of_a_bureau_may_be_late_and_says_so(cast, personnel):
    FactSheet.objects.all().delete()
    write(cast, personnel, year=2026)
    with clock.at(AUTUMN):
        sheet = actions.publish_facts(by=personnel, bureau=cast.bureau, year=2026)
    assert sheet.late and queries.facts_of(cast.bureau, 2026) == sheet
    assert queries.facts_of(cast.bureau, 2025) is None


def test_empty_sheet_is_not_published(cast, personnel):
    with pytest.raises(Refused), clock.at(AUTUMN):
        actions.publish_facts(by=personnel, bureau=cast.bureau, year=2027)


def square(lon=112.0, lat=26.0, side=0.01):
    ring = [[lon, lat], [lon + side, lat], [lon + side, lat + side], [lon, lat + side], [lon, lat]]
    return {"type": "Polygon", "coordinates": [ring]}


def collection(*features):
    made = [{"type": "Feature", "properties": p, "geometry": g} for p, g in features]
    return json.dumps({"type": "FeatureCollection", "features": made}).encode()


@pytest.fixture
def drawn(cast):
    for number, code in enumerate(("C01", "C02"), 1):
        place = Place.objects.create(
            code=f"99012500000{number}", name=code, level="community", parent=cast.bureau.place
        )
        community = cast.community(code)
        community.place = place
        community.save()
    return cast


def test_boundaries_are_found_by_code_name_or_national_code(drawn, personnel):
    content = collection(({"name": "東門社區"}, square()), ({"code": "990125000002"}, square(113)))
    found = actions.import_boundaries(by=personnel, bureau=drawn.bureau, content=content)
    assert [one.code for one in found] == ["C01", "C02"]
    assert drawn.community("C01").place.boundary["type"] == "Polygon"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"type": "FeatureCollection", "features": []}',
        b'{"type": "FeatureCollection", "features": [1]}',
        collection(({"code": "C01"}, square(lon=float("nan")))),
        b"[" * 100_000,
        collection(({"code": "C01"}, {"type": "Point", "coordinates": [112, 26]})),
        collection(({"code": "C01"}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [1, 1], [0, 1]]]})),
        collection(({"code": "C01"}, {"type": "Polygon", "coordinates": [[[0, 0], [1, 0], [0, 0], [0, 0]]]})),
        collection(({"code": "C01"}, square(lon=181))),
        collection(({"code": "C01"}, square(lat=90))),
        collection(({"code": "C01"}, square()), ({"code": "C01"}, square())),
        collection(({"code": "nowhere"}, square())),
        collection(({"code": "C03"}, square())),
        collection(({"code": "C01"}, {"type": "Polygon", "coordinates": [[[i / 1e4, i % 2] for i in range(20_002)]]})),
    ],
    ids=lambda content: content[:20].decode("latin-1"),
)
def test_bad_boundaries_change_nothing(drawn, personnel, content):
    good = collection(({"code": "C01"}, square()))
    actions.import_boundaries(by=personnel, bureau=drawn.bureau, content=good)
    with pytest.raises(Refused):
        actions.import_boundaries(by=personnel, bureau=drawn.bureau, content=content)
    assert drawn.community("C01").place.boundary == square()


def test_every_fault_of_a_file_is_said_at_once(drawn, personnel):
    content = collection(({"code": "X"}, square()), ({"code": "Y"}, square()))
    with pytest.raises(Refused) as refused:
        actions.import_boundaries(by=personnel, bureau=drawn.bureau, content=content)
    assert "X" in refused.value.message and "Y" in refused.value.message
