"""One supplies, another verifies (R-80); what is typed is held against its rate; nobody's work is lost."""

from datetime import date

import pytest

from linli.ground.accounts.models import User
from linli.ground.officers.models import Relation
from linli.ground.places.models import Office
from linli.ground.trail import clock
from linli.ground.trail.models import Entry as Trail
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.indicators import actions
from linli.quarter.indicators.figures import Figure
from linli.quarter.indicators.models import Entry
from tests.rooms.indicators.conftest import PERIOD


@pytest.fixture
def verifier(full_cast):
    return full_cast.department("supervision office")


def test_department_supplies_its_own_rate_and_it_is_in_the_trail(sheet_open, supply):
    entry = supply(sheet_open, source="call and case system")
    assert (entry.numerator, entry.version, entry.supplied_by, entry.verified_by) == (26, 1, "command", "")
    assert Trail.objects.filter(action="indicators.supply", by="command", bureau="linjiang").count() == 1


@pytest.mark.parametrize(
    "name", ["personnel", "supervision", "publicorder", "station", "o01", "leader1", "secretary", "stranger", "cadre"]
)
def test_nobody_else_types_the_command_centres_figures(sheet_open, supply, name):
    with pytest.raises(NotAllowed):
        supply(sheet_open, by=sheet_open.user(name))
    assert not Entry.objects.filter(period=PERIOD).exists()


def test_station_supplies_presence_of_its_own_communities_and_verifies_nothing(sheet_open, supply):
    entry = supply(sheet_open, by="police station", rate="visibility", numerator=200.0, denominator=260.0)
    with pytest.raises(NotAllowed):
        actions.verify(by=sheet_open.user("station"), entry=entry, version=1)
    other = Office.objects.create(bureau=sheet_open.bureau, code="二所", name="二所", known_as="police station",
                                  kind="station")  # fmt: skip
    second = User.objects.create(username="station2", role="station", bureau=sheet_open.bureau, office=other)
    with pytest.raises(NotAllowed):
        supply(sheet_open, by=second, rate="visibility", numerator=1.0, denominator=260.0, version=1)


def test_cadre_reports_what_the_residents_committee_does_in_the_own_community(sheet_open, supply):
    cadre = sheet_open.user("cadre")
    entry = supply(sheet_open, by=cadre, rate="satisfaction", numerator=90.0, denominator=120.0, design_effect=1.2)
    assert entry.supplied_by == "cadre"
    with pytest.raises(NotAllowed):
        supply(sheet_open, by=cadre, rate="satisfaction", numerator=90.0, denominator=120.0,
               community=sheet_open.community("C02"))  # fmt: skip


@pytest.mark.parametrize(
    "wrong",
    [
        {"numerator": -1.0},
        {"numerator": 1.5},
        {"numerator": float("nan")},
        {"numerator": float("inf")},
        {"numerator": None},
        {"numerator": "26"},
        {"numerator": True},
        {"denominator": -5.0},
        {"numerator": 0.0, "denominator": 0.0},
        {"denominator": 0.0},
        {"denominator": 1e300},
        {"design_effect": 0.0},
        {"sd": -1.0},
        {"status": "false"},
        {"status": "perfect"},
        {"source": "x" * 201},
        {"source": "two\nlines"},
        {"rate": "arrests"},
    ],
)
def test_figure_that_cannot_be_is_refused_in_words(sheet_open, supply, wrong):
    with pytest.raises(Refused) as refused:
        supply(sheet_open, **wrong)
    assert str(refused.value.message)
    assert not Entry.objects.filter(period=PERIOD).exists()


def test_share_is_never_above_one(sheet_open, supply):
    with pytest.raises(Refused, match="41"):
        supply(sheet_open, by="public-order brigade", rate="prevention", numerator=41.0, denominator=40.0)


def test_nothing_of_nothing_is_said_to_be_no_evidence(sheet_open, supply):
    with pytest.raises(Refused) as refused:
        supply(sheet_open, numerator=0.0, denominator=0.0)
    assert refused.value.remedy


def test_quarter_to_come_takes_no_figures(sheet_open, supply):
    with clock.at(date(2026, 6, 30)), pytest.raises(Refused, match="2026Q3"):
        supply(sheet_open)


def test_same_figure_again_is_no_change(sheet_open, supply):
    entry = supply(sheet_open)
    assert supply(sheet_open).version == supply(sheet_open, version=1).version == entry.version
    assert Trail.objects.filter(action="indicators.supply").count() == 1


def test_second_writer_is_shown_the_difference_and_loses_nothing(sheet_open, supply):
    supply(sheet_open)
    supply(sheet_open, numerator=27.0, version=1)
    with pytest.raises(Stale) as stale:
        supply(sheet_open, numerator=31.0, version=1)
    assert stale.value.version == 2
    assert [(yours, theirs) for _label, yours, theirs, _name in stale.value.rows] == [("31", "27")]
    assert supply(sheet_open, numerator=31.0, version=2).version == 3


def test_other_office_verifies_and_its_name_stands_as_the_county_book_has_it(sheet_open, supply, verifier):
    entry = actions.verify(by=verifier, entry=supply(sheet_open), version=1)
    assert (entry.verified_by, entry.verified_as) == ("supervision", "督察大隊")


@pytest.mark.parametrize("name", ["command", "personnel", "o01", "stranger", "secretary", "station"])
def test_nobody_but_the_verifier_verifies(sheet_open, supply, name):
    with pytest.raises(NotAllowed):
        actions.verify(by=sheet_open.user(name), entry=supply(sheet_open), version=1)


def test_supplier_does_not_verify_even_from_the_verifying_office(sheet_open, supply, verifier):
    entry = supply(sheet_open)
    Entry.objects.filter(pk=entry.pk).update(supplied_by=verifier.username)
    with pytest.raises(NotAllowed):
        actions.verify(by=verifier, entry=entry, version=1)


def test_office_that_is_both_verifies_nothing(sheet_open, supply, verifier):
    entry = supply(sheet_open)
    office = verifier.office
    office.known_as, office.code = "command centre", "supervision office"
    office.save()
    with pytest.raises(NotAllowed):
        actions.verify(by=User.objects.get(pk=verifier.pk), entry=entry, version=1)


def test_relative_neither_supplies_nor_verifies(sheet_open, supply, verifier):
    command = sheet_open.department("command centre")
    entry = supply(sheet_open)
    for account in (command, verifier):
        Relation.objects.create(officer=sheet_open.officer("O01"), relative=account)
    with pytest.raises(NotAllowed, match="R-61"):
        supply(sheet_open, numerator=1.0, version=1)
    with pytest.raises(NotAllowed, match="R-61"):
        actions.verify(by=verifier, entry=entry, version=1)
    assert supply(sheet_open, community=sheet_open.community("C02")).version == 1


def test_changed_figure_is_unverified_again(sheet_open, supply, verifier):
    actions.verify(by=verifier, entry=supply(sheet_open), version=1)
    entry = supply(sheet_open, numerator=27.0, version=2)
    assert (entry.verified_by, entry.verified_as, entry.verified_at) == ("", "", None)


def test_figure_that_changed_since_it_was_looked_at_is_not_verified(sheet_open, supply, verifier):
    entry = supply(sheet_open)
    supply(sheet_open, numerator=27.0, version=1)
    with pytest.raises(Stale):
        actions.verify(by=verifier, entry=entry, version=1)


def test_returned_figure_waits_until_it_is_supplied_anew(sheet_open, supply, verifier):
    entry = actions.return_entry(by=verifier, entry=supply(sheet_open), why="two calls counted twice")
    assert entry.returned_because == "two calls counted twice"
    with pytest.raises(Refused):
        actions.verify(by=verifier, entry=entry, version=entry.version)
    again = supply(sheet_open, version=entry.version)  # looked at, and right after all
    assert again.returned_because == ""
    assert actions.verify(by=verifier, entry=again, version=again.version).verified_as


@pytest.mark.parametrize("why", ["", "  ", "x" * 301])
def test_return_needs_a_reason(sheet_open, supply, verifier, why):
    with pytest.raises(Refused):
        actions.return_entry(by=verifier, entry=supply(sheet_open), why=why)


def test_supervision_alone_finds_a_figure_false_and_may_take_it_back(sheet_open, supply, verifier):
    entry = supply(sheet_open)
    with pytest.raises(NotAllowed):
        actions.mark_false(by=sheet_open.user("personnel"), entry=entry, why="2026-7")
    with pytest.raises(Refused):
        actions.mark_false(by=verifier, entry=entry, why=" ")
    false = actions.mark_false(by=verifier, entry=entry, why="督察〔2026〕7號")
    assert false.status == "false"
    with pytest.raises(Refused):
        supply(sheet_open, numerator=3.0, version=false.version)
    lifted = actions.lift_false(by=verifier, entry=entry, why="督察〔2026〕9號")
    assert (lifted.status, lifted.verified_at) == ("provisional", None)


def test_sheet_saves_what_is_right_and_gives_back_the_rest(sheet_open, supply):
    supply(sheet_open)
    rows = [
        {"community": "C01", "figure": Figure(31.0, 14200.0), "version": 0},
        {"community": "C02", "figure": Figure(40.0, 18650.0), "version": 0},
        {"community": "C03", "figure": Figure(1.5, 16120.0), "version": 0},
        {"community": "C04", "figure": None, "version": 0},
    ]
    command = sheet_open.department("command centre")
    saved = actions.supply_sheet(by=command, bureau=sheet_open.bureau, period=PERIOD, rate="incidents", rows=rows)
    assert (saved.written, saved.unchanged) == (["C02"], ["C04"])
    assert list(saved.stale) == ["C01"] and list(saved.refused) == ["C03"]


def test_blank_row_takes_the_figure_out_and_a_returned_one_stays_returned(sheet_open, supply, verifier):
    supply(sheet_open)
    returned = actions.return_entry(by=verifier, entry=supply(sheet_open, community="C02"), why="twice")
    command = sheet_open.department("command centre")
    rows = [
        {"community": "C01", "figure": None, "version": 1},
        {"community": "C02", "figure": Figure(26.0, 14200.0), "version": returned.version},
    ]
    saved = actions.supply_sheet(by=command, bureau=sheet_open.bureau, period=PERIOD, rate="incidents", rows=rows)
    assert saved.written == ["C01"] and saved.unchanged == ["C02"]
    assert list(Entry.objects.filter(period=PERIOD).values_list("community__code", "returned_because")) == [
        ("C02", "twice")
    ]
    saved = actions.supply_sheet(by=command, bureau=sheet_open.bureau, period=PERIOD, rate="incidents",
                                 rows=[rows[1] | {"again": True}])  # fmt: skip
    assert saved.written == ["C02"]


def test_withdrawn_figure_is_gone_and_a_stale_withdrawal_takes_nothing(sheet_open, supply):
    entry = supply(sheet_open)
    command = sheet_open.department("command centre")
    with pytest.raises(Stale):
        actions.withdraw(by=command, entry=entry, version=7)
    actions.withdraw(by=command, entry=entry, version=1)
    assert not Entry.objects.filter(period=PERIOD).exists()


def test_figures_from_before_linli_come_in_as_they_were_verified_then(cast):
    rows = [
        {"period": "2026Q2", "community": "C01", "rate": "incidents", "numerator": 24.0, "denominator": 14200.0,
         "verified_by": "督察大隊", "source": "call and case system"}
    ]  # fmt: skip
    personnel = cast.user("personnel")
    with clock.at(date(2026, 10, 9)):
        assert actions.import_figures(by=personnel, bureau=cast.bureau, rows=rows) == 1
        rows[0]["numerator"] = 25.0
        actions.import_figures(by=personnel, bureau=cast.bureau, rows=rows)
        (entry,) = Entry.objects.all()
        assert (entry.numerator, entry.verified_as) == (25, "督察大隊") and entry.verified_at
        with pytest.raises(Refused, match="2026Q3"):
            actions.import_figures(by=personnel, bureau=cast.bureau, rows=[rows[0] | {"period": "2026Q3"}])
        with pytest.raises(NotAllowed):
            actions.import_figures(by=cast.user("command"), bureau=cast.bureau, rows=rows)
        cells = [("2026Q2", "C01", "incidents")]
        assert actions.take_out_figures(by=personnel, bureau=cast.bureau, cells=cells, why="wrong file") == 1
    assert not Entry.objects.exists()


def test_imported_figure_over_a_counted_one_is_typed_and_an_open_page_is_stale(cast):
    counted = Entry(
        bureau=cast.bureau, period="2026Q2", community=cast.community("C01"), rate="incidents", numerator=20.0,
        denominator=14200.0, room="incidents", counted="7 records", supplied_by="command", supplied_at=clock.now(),
    )  # fmt: skip
    counted.save()
    row = {"period": "2026Q2", "community": "C01", "rate": "incidents", "numerator": 24.0, "denominator": 14200.0}
    with clock.at(date(2026, 10, 9)):
        actions.import_figures(by=cast.user("personnel"), bureau=cast.bureau, rows=[row])
        entry = Entry.objects.get()
        assert (entry.numerator, entry.room, entry.counted, entry.version) == (24, "", "", 2)
        with pytest.raises(Stale):
            actions.withdraw(by=cast.user("command"), entry=entry, version=1)


def test_import_does_not_put_right_what_supervision_found_false(cast):
    row = {"period": "2026Q2", "community": "C01", "rate": "incidents", "numerator": 24.0, "denominator": 14200.0}
    where = {"by": cast.user("personnel"), "bureau": cast.bureau}
    with clock.at(date(2026, 10, 9)):
        actions.import_figures(**where, rows=[row])
        actions.mark_false(by=cast.user("supervision"), entry=Entry.objects.get(), why="recounted, file 12")
        with pytest.raises(Refused, match="2026Q2 C01"):
            actions.import_figures(**where, rows=[row, row | {"community": "C02"}])
        assert Entry.objects.get().status == "false"
        actions.import_figures(**where, rows=[row | {"status": "false"}, row | {"community": "C02"}])
    assert dict(Entry.objects.values_list("community__code", "status")) == {"C01": "false", "C02": "final"}


def test_import_stops_where_linlis_own_quarters_begin(full_cast, froze):
    row = {"period": "2026Q3", "community": "C01", "rate": "incidents", "numerator": 1.0, "denominator": 14200.0}
    with clock.at(date(2027, 1, 15)), pytest.raises(Refused):
        actions.import_figures(
            by=full_cast.user("personnel"), bureau=full_cast.bureau, rows=[row, row | {"period": "2026Q4"}]
        )
