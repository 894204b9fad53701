"""The pages: who may open which, what they show, and what becomes of a form."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from linli.ground.accounts.models import User
from linli.ground.trail import clock
from linli.ground.trail.models import Entry as Trail
from linli.quarter.indicators import actions, queries
from linli.quarter.indicators.models import Entry, Revision
from tests.rooms.indicators.conftest import AFTER, LATE, PERIOD, frozen_now
from tests.rooms.indicators.crowd import many

PEOPLE = (
    *("o01", "station", "command", "personnel", "supervision", "leader1", "secretary", "cadre", "province"),
    *("administrator", "auditor", "stranger"),
)
SCHEME = ("linjiang", "default", "2026.1")
OPENED = {
    ("sheets", "linjiang"): "station command personnel supervision leader1 secretary cadre province",
    ("rates", "linjiang"): "o01 station command personnel supervision leader1 secretary cadre",
    ("schemes", "linjiang"): "o01 station command personnel supervision leader1 secretary",
    ("scheme", *SCHEME): "o01 station command personnel supervision leader1 secretary",
    ("draft", "linjiang"): "personnel",
    ("sheet", "linjiang", PERIOD): "station command personnel supervision leader1 secretary",
    ("own", "linjiang", PERIOD): "station command personnel supervision cadre",
    ("supply", "linjiang", PERIOD, "incidents"): "command",
    ("supply", "linjiang", PERIOD, "visibility"): "station",
    ("supply", "linjiang", PERIOD, "satisfaction"): "cadre",
    ("verify", "linjiang", PERIOD, "satisfaction"): "personnel",
    ("verify", "linjiang", PERIOD, "visibility"): "supervision",
    ("mark_false", "linjiang", PERIOD, "C01", "incidents"): "supervision",
    ("frozen", "linjiang", "2026Q2"): "personnel supervision leader1 secretary province",
    ("revision", "linjiang", "2026Q2", 1): "personnel supervision leader1 secretary province",
}


def url(name, *args):
    return reverse(f"indicators:{name}", args=args)


@pytest.mark.parametrize("address", OPENED, ids=lambda address: "-".join(map(str, address)))
def test_page_opens_for_whom_it_is_meant_and_for_nobody_else(full_cast, logged_in, address):
    with clock.at(AFTER):
        frozen_now(full_cast, "2026Q2")
        answers = {name: logged_in(User.objects.get(username=name)).get(url(*address)).status_code for name in PEOPLE}
    assert {name for name, status in answers.items() if status == 200} == set(OPENED[address].split())
    assert set(answers.values()) == {200, 403}


def test_nobody_is_let_in_without_an_account(full_cast, client):
    for address in OPENED:
        answer = client.get(url(*address))
        assert answer.status_code == 302 and answer["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address",
    [
        ("sheet", "linjiang", "2026Q5"),
        ("sheet", "linjiang", "9999Q4"),
        ("frozen", "linjiang", "2026Q3"),
        ("revision", "linjiang", "2026Q3", 1),
        ("verify", "linjiang", PERIOD, "arrests"),
        ("scheme", "linjiang", "default", "1"),
        ("mark_false", "linjiang", PERIOD, "C99", "incidents"),
        ("sheet", "nowhere", PERIOD),
    ],
)
def test_what_is_not_there_is_not_found(full_cast, logged_in, address):
    who = full_cast.user("supervision")
    assert logged_in(who).get(url(*address)).status_code == 404


def test_department_sees_figures_of_its_own_rates_and_of_others_only_how_far_they_are(full_cast, logged_in):
    command, whole = (
        logged_in(full_cast.user(name)).get(url("sheet", "linjiang", PERIOD)).content.decode()
        for name in ("command", "personnel")
    )
    entry = Entry.objects.get(period=PERIOD, community__code="C01", rate="prevention")
    figure = f"{entry.numerator:.12g} / {entry.denominator:.12g}"
    own = Entry.objects.get(period=PERIOD, community__code="C01", rate="incidents")
    assert figure in whole and figure not in command
    assert f"{own.numerator:.12g} / {own.denominator:.12g}" in command
    lines = csv_of(logged_in(full_cast.user("command")), url("sheet", "linjiang", PERIOD))
    assert [PERIOD, "C01", "prevention", "verified", *[""] * 9] in [line.split(",") for line in lines]


def csv_of(client, address, query="?format=csv"):
    answer = client.get(address + query)
    assert answer["Content-Type"].startswith("text/csv")
    return b"".join(answer.streaming_content).decode("utf-8-sig").split("\r\n")


def test_sheet_names_who_is_late_and_a_blank_is_never_zero(full_cast, logged_in):
    Entry.objects.filter(period=PERIOD, rate="leads", community__code="C07").delete()
    Entry.objects.filter(period=PERIOD, rate="visibility").update(verified_at=None, verified_by="")
    client = logged_in(full_cast.user("leader1"))
    client.cookies["django_language"] = "en"
    with clock.at(LATE):
        page = client.get(url("sheet", "linjiang", PERIOD)).content.decode()
        duties = client.get(url("sheet", "linjiang", PERIOD)).context["duties"]
    assert [(duty["office"], duty["count"], duty["late"]) for duty in duties] == [
        ("刑偵大隊", 2, True),  # C04's leads are missing in the county book already
        ("督察大隊", 10, True),
    ]
    assert "not supplied" in page and "碼頭社區" in page and ">0 / " not in page


def test_deadline_runs_to_its_midnight(full_cast):
    Entry.objects.filter(period=PERIOD, rate="leads").delete()
    due = queries.deadlines(PERIOD)
    assert queries.late(full_cast.bureau, PERIOD, due.supply) == []
    assert [duty.part for duty in queries.late(full_cast.bureau, PERIOD, due.verify)] == ["supply"]


def test_sheet_is_filtered_by_office_and_state(full_cast, logged_in):
    Entry.objects.filter(period=PERIOD, rate="leads", community__code="C07").delete()
    client = logged_in(full_cast.user("personnel"))
    context = client.get(url("sheet", "linjiang", PERIOD), {"state": "missing"}).context
    assert [place.code for place, _cells in context["rows"]] == ["C04", "C07"]
    context = client.get(url("sheet", "linjiang", PERIOD), {"office": "command centre"}).context
    assert [rate["id"] for rate in context["rates"]] == ["incidents", "leads"]


def sheet_of(**cells):
    """A posted sheet: C01=(numerator, denominator, version)."""
    posted = {"source": "call and case system"}
    for code, (numerator, denominator, version) in cells.items():
        posted |= {f"numerator-{code}": numerator, f"denominator-{code}": denominator, f"version-{code}": version}
    return posted


def test_whole_sheet_is_saved_at_once(sheet_open, logged_in):
    client, address = logged_in(sheet_open.user("command")), url("supply", "linjiang", PERIOD, "incidents")
    answer = client.post(address, sheet_of(C01=("２６", "14,200", 0), C02=("40", "18650", 0), C03=("", "", 0)))
    assert answer.status_code == 302
    found = Entry.objects.filter(period=PERIOD).order_by("community__code")
    assert [(e.community.code, e.numerator, e.denominator, e.source) for e in found] == [
        ("C01", 26, 14200, "call and case system"),
        ("C02", 40, 18650, "call and case system"),
    ]
    assert client.get(address).status_code == 200


def test_one_wrong_and_one_stale_row_lose_nothing(sheet_open, logged_in, supply):
    supply(sheet_open, numerator=33.0)
    client, address = logged_in(sheet_open.user("command")), url("supply", "linjiang", PERIOD, "incidents")
    client.cookies["django_language"] = "en"
    sent = sheet_of(C01=("26", "14200", 0), C02=("4o", "18650", 0), C03=("7", "16120", 0), C04=("1.5", "9000", 0))
    page = client.post(address, sent)
    text = page.content.decode()
    assert page.status_code == 200 and page.context["troubled"] == 3
    assert set(Entry.objects.filter(period=PERIOD).values_list("community__code", "numerator")) == {
        ("C01", 33), ("C03", 7)}  # fmt: skip
    assert 'value="4o"' in text and 'value="1.5"' in text and "you wrote 26, there stands 33" in text
    again = client.post(address, sheet_of(C01=("26", "14200", 1), C02=("40", "18650", 0)))
    assert again.status_code == 302
    assert Entry.objects.get(period=PERIOD, community__code="C01").numerator == 26


def test_form_sent_twice_is_done_once(sheet_open, logged_in):
    client, address = logged_in(sheet_open.user("command")), url("supply", "linjiang", PERIOD, "incidents")
    sent = sheet_of(C01=("26", "14200", 0)) | {"once": "token-1"}
    assert client.post(address, sent).status_code == client.post(address, sent).status_code == 302
    assert Trail.objects.filter(action="indicators.supply").count() == 1


@pytest.mark.parametrize("cell", ["<script>alert(1)</script>", "=1+1", "۲۶", "1e400", "nan", "²", "9" * 400, "\x00"])
def test_odd_cells_come_back_as_text(sheet_open, logged_in, cell):
    client, address = logged_in(sheet_open.user("command")), url("supply", "linjiang", PERIOD, "incidents")
    page = client.post(address, sheet_of(C01=(cell, "14200", "²")))
    assert page.status_code == 200 and page.context["troubled"] == 1
    assert "<script>alert" not in page.content.decode()
    assert not Entry.objects.filter(period=PERIOD).exists()


def test_markup_in_a_source_is_shown_as_written(sheet_open, logged_in, supply):
    supply(sheet_open, source="<b>台賬</b>")
    page = logged_in(sheet_open.user("supervision")).get(url("verify", "linjiang", PERIOD, "incidents"))
    assert "&lt;b&gt;台賬" in page.content.decode()


def test_ticked_figures_are_verified_and_others_are_not(sheet_open, logged_in, supply):
    supply(sheet_open)
    supply(sheet_open, community="C02")
    client, address = logged_in(sheet_open.user("supervision")), url("verify", "linjiang", PERIOD, "incidents")
    assert client.get(address).status_code == 200
    sent = {"do": "verify", "tick-C01": "on", "version-C01": 1, "version-C02": 1}
    assert client.post(address, sent).status_code == 302
    assert list(
        Entry.objects.exclude(verified_by="").filter(period=PERIOD).values_list("community__code", flat=True)
    ) == ["C01"]


def test_ticked_figure_is_returned_with_its_reason_and_not_without(sheet_open, logged_in, supply):
    supply(sheet_open)
    client, address = logged_in(sheet_open.user("supervision")), url("verify", "linjiang", PERIOD, "incidents")
    sent = {"do": "return", "tick-C01": "on", "version-C01": 1}
    assert client.post(address, sent).status_code == 200
    assert client.post(address, sent | {"why": "counted twice"}).status_code == 302
    assert Entry.objects.get(period=PERIOD).returned_because == "counted twice"
    page = logged_in(sheet_open.user("command")).get(url("supply", "linjiang", PERIOD, "incidents"))
    assert "counted twice" in page.content.decode()


def test_figure_changed_since_it_was_ticked_is_left_and_shown(sheet_open, logged_in, supply):
    supply(sheet_open)
    supply(sheet_open, numerator=29.0, version=1)
    client, address = logged_in(sheet_open.user("supervision")), url("verify", "linjiang", PERIOD, "incidents")
    page = client.post(address, {"do": "verify", "tick-C01": "on", "version-C01": 1})
    assert page.status_code == 200 and page.context["troubled"] == 1
    assert not Entry.objects.get(period=PERIOD).verified_by


def test_nothing_ticked_is_said(sheet_open, logged_in):
    client, address = logged_in(sheet_open.user("supervision")), url("verify", "linjiang", PERIOD, "incidents")
    assert client.post(address, {"do": "verify"}).status_code == 200


def test_supervision_marks_false_and_takes_back(sheet_open, logged_in, supply):
    supply(sheet_open)
    client = logged_in(sheet_open.user("supervision"))
    address = url("mark_false", "linjiang", PERIOD, "C01", "incidents")
    assert client.post(address, {"why": " "}).status_code == 200
    assert client.post(address, {"why": "督察〔2026〕7號"}).status_code == 302
    assert Entry.objects.get(period=PERIOD).status == "false"
    assert client.post(address, {"why": "督察〔2026〕9號"}).status_code == 302
    assert Entry.objects.get(period=PERIOD).status == "provisional"


def test_frozen_quarter_shows_its_sheet_without_inputs_and_takes_no_post(full_cast, froze, logged_in):
    client = logged_in(full_cast.user("command"))
    address = url("supply", "linjiang", PERIOD, "incidents")
    assert 'name="numerator-C01"' not in client.get(address).content.decode()
    assert client.post(address, sheet_of(C01=("1", "14200", 1))).status_code == 409
    assert client.get(url("own", "linjiang", PERIOD)).status_code == 200


def test_frozen_values_name_source_and_offices_and_what_moved(full_cast, froze, logged_in):
    actions.correct(
        by=full_cast.user("personnel"), bureau=full_cast.bureau, period=PERIOD, reason="double count",
        changes={("C07", "incidents"): {"numerator": 5.0}}, approved_by="secretary", history=full_cast.book.history,
    )  # fmt: skip
    client = logged_in(full_cast.user("leader1"))
    page = client.get(url("frozen", "linjiang", PERIOD)).content.decode()
    assert "double count" in page and "碼頭社區" in page and "督察大隊" in page
    assert "double count" not in client.get(url("revision", "linjiang", PERIOD, 1)).content.decode()
    lines = csv_of(client, url("frozen", "linjiang", PERIOD), "?format=csv&rate=incidents")
    assert len(lines) == 12 and lines[7].startswith("C07,incidents,5.0,")


BUSY = {
    ("sheet", "linjiang", PERIOD): "personnel",
    ("sheets", "linjiang"): "personnel",
    ("own", "linjiang", PERIOD): "command",
    ("supply", "linjiang", PERIOD, "incidents"): "command",
    ("verify", "linjiang", PERIOD, "incidents"): "supervision",
    ("frozen", "linjiang", "2026Q2"): "personnel",
}


def counted(client, address):
    """How often a page asks the database."""
    client.get(address)  # the first request of a session writes it down
    with CaptureQueriesContext(connection) as asked:
        assert client.get(address).status_code == 200
    return len(asked)


def test_pages_ask_the_database_as_often_for_three_hundred_communities_as_for_ten(full_cast, logged_in):
    clients = {name: logged_in(full_cast.user(name)) for name in BUSY.values()}
    with clock.at(AFTER):
        frozen_now(full_cast, "2026Q2")
        few = {address: counted(clients[name], url(*address)) for address, name in BUSY.items()}
        many(full_cast, 290)
        lots = {address: counted(clients[name], url(*address)) for address, name in BUSY.items()}
    assert few == lots and max(few.values()) <= 20


def test_sheet_of_a_hundred_is_saved_in_few_queries(full_cast, logged_in, django_assert_max_num_queries):
    many(full_cast, 90)
    Entry.objects.filter(period=PERIOD, rate="incidents").delete()
    client, address = logged_in(full_cast.user("command")), url("supply", "linjiang", PERIOD, "incidents")
    codes = [place.code for place in full_cast.bureau.communities.all()]
    with clock.at(AFTER), django_assert_max_num_queries(45):
        assert client.post(address, sheet_of(**dict.fromkeys(codes, ("3", "9000", 0)))).status_code == 302
    assert Entry.objects.filter(period=PERIOD, rate="incidents").count() == 100
    assert Revision.objects.count() == 0
