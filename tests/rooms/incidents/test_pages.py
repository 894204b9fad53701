"""Pages of the room: who may open which, what stands on them, and how often they ask the database."""

from datetime import date, datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.ground.trail import clock
from linli.work.incidents import actions
from linli.work.incidents.models import CountTable, Lead, MonthCount, SiteCheck
from tests.rooms.incidents.conftest import THIRD

HERE = "/incidents/linjiang"
BUREAU = ("personnel", "supervision", "leader1", "secretary")
DEPARTMENTS = ("command", "investigation", "publicorder")
NOT_OURS = ("cadre", "province", "administrator", "auditor", "stranger", "mediation")
WHO = {
    "/": (*BUREAU, *DEPARTMENTS, "o01", "station"),
    "/counts/2026-08/C01": (*BUREAU, *DEPARTMENTS, "o01", "station"),
    "/2026Q3/C01/": (*BUREAU, *DEPARTMENTS, "o01", "station"),
    "/2026Q3/checks": (*BUREAU, *DEPARTMENTS, "o01", "station"),
    "/late": (*BUREAU, *DEPARTMENTS),
    "/import": ("command",),
    "/tables": ("command", "supervision"),
    "/tables/1": ("command", "supervision"),
    "/leads": ("command", "investigation", "supervision", "o01"),
    "/leads/2026-0001": ("command", "investigation", "supervision", "o01"),
    "/leads/new": ("command", "investigation", "o01"),
    "/sightings": ("command", "supervision"),
    "/plan": ("publicorder", "supervision"),
    "/plan/C01": ("publicorder", "supervision"),
    "/2026Q4/checks/C01/1": ("publicorder",),
}
ALL = (*BUREAU, *DEPARTMENTS, *NOT_OURS, "o01", "station")


@pytest.fixture
def everything(cast, quarter, lead, plan):
    lead()
    actions.sighting(by="resident", bureau=cast.bureau, kind="vehicle", community=cast.community("C02"))
    return actions.draw_site_checks(by=cast.user("publicorder"), bureau=cast.bureau, period="2026Q4", seed=7)


@pytest.mark.parametrize("path", WHO)
def test_a_page_opens_to_those_who_work_with_it_and_to_nobody_else(cast, logged_in, everything, path):
    found = {name for name in ALL if logged_in(cast.user(name)).get(HERE + path).status_code == 200}
    assert found == set(WHO[path])


def test_whoever_is_not_logged_in_is_led_to_the_door(client, everything):
    assert all(client.get(HERE + path).status_code == 302 for path in WHO)


def test_an_officer_sees_the_own_communities_alone(cast, logged_in, everything):
    client = logged_in(cast.user("o01"))
    text = client.get(f"{HERE}/").content.decode()
    assert "C01" in text and "C02" not in text
    assert client.get(f"{HERE}/counts/2026-08/C02").status_code == 403
    assert client.get(f"{HERE}/2026Q3/C02/").status_code == 403
    assert client.get(f"{HERE}/counts/2026-08/C99").status_code == 404


def test_an_officer_sees_the_leads_he_entered_alone(cast, logged_in, lead):
    lead("O02", "C02", place_note="河堤")
    client = logged_in(cast.user("o01"))
    assert "河堤" not in client.get(f"{HERE}/leads").content.decode()
    assert client.get(f"{HERE}/leads/2026-0001").status_code == 403
    assert "河堤" not in b"".join(client.get(f"{HERE}/leads?format=csv").streaming_content).decode()


def test_who_is_measured_by_checks_does_not_see_where_the_next_one_will_be(cast, logged_in, everything):
    check = SiteCheck.objects.filter(community__code="C01").first()
    with clock.at(datetime(2026, 10, 9, 9)):
        actions.record_site_check(by=cast.user("publicorder"), check=check, found="passed")
    for name in ("o01", "station"):
        page = logged_in(cast.user(name)).get(f"{HERE}/2026Q4/checks").context["page"]
        assert [row.pk for row in page.object_list] == [check.pk]


def test_a_table_is_shown_before_it_counts_and_undone_after(cast, logged_in, quarter):
    client = logged_in(cast.user("command"))
    content = "社區,7月,8月\nC01,5,2\nC02,2,0\n合計,7,2\n".encode()
    answer = client.post(
        f"{HERE}/import",
        {"table": SimpleUploadedFile("入室.csv", content), "kind": "burglary", "year": 2026},
    )
    table = CountTable.objects.first()
    assert answer.url == f"{HERE}/tables/{table.number}" and table.state == "read"
    rows = client.get(answer.url).context["rows"]
    assert [(row["month"], row["code"], row["before"], row["after"]) for row in rows] == [
        ("2026-07", "C01", 2, 5),
        ("2026-08", "C02", 2, 0),
    ]
    assert MonthCount.objects.filter(revision=2).count() == 0
    client.post(f"{answer.url}/accept")
    assert MonthCount.objects.filter(revision=2).count() == 2
    client.post(f"{answer.url}/undo", {"why": "弄錯月份"})
    newest = MonthCount.objects.filter(community__code="C01", month="2026-07", kind="burglary").last()
    assert (newest.revision, newest.number) == (3, 2)
    assert client.get(f"{HERE}/tables").status_code == 200


def test_a_refused_file_is_named_on_the_form_and_leaves_nothing(cast, logged_in):
    client = logged_in(cast.user("command"))
    content = "社區,月份,類別,件數,事主\nC01,2026年8月,詐騙,1,某人\n".encode()
    answer = client.post(f"{HERE}/import", {"table": SimpleUploadedFile("八月.csv", content)})
    assert answer.status_code == 200 and "事主" in answer.content.decode()
    assert not CountTable.objects.exists()


def test_a_month_is_typed_and_a_stale_form_shows_both(cast, logged_in, quarter):
    client = logged_in(cast.user("command"))
    path = f"{HERE}/counts/2026-08/C01"
    version = client.get(path).context["form"].initial["version"]
    said = {"burglary": 9, "source": "電話核對", "version": version}
    assert client.post(path, said).status_code == 302
    answer = client.post(path, said | {"burglary": 4})
    assert answer.status_code == 409 and "9" in answer.content.decode()
    assert client.post(path, said | {"burglary": 4, "version": version + 1}).status_code == 302


def test_nobody_but_the_command_centre_types_a_number(cast, logged_in, quarter):
    for name in ("o01", "station", "personnel", "supervision", "investigation"):
        answer = logged_in(cast.user(name)).post(
            f"{HERE}/counts/2026-08/C01", {"burglary": 1, "source": "x", "version": 5}
        )
        assert answer.status_code == 403


def test_a_lead_goes_from_the_officer_to_the_investigators_to_the_command_centre(cast, logged_in):
    officer = logged_in(cast.user("o01"))
    said = {
        "community": "C01",
        "kind": "vehicle",
        "source": "resident",
        "received_on": "2026-10-07",
        "place_note": "東門",
    }
    answer = officer.post(f"{HERE}/leads/new", said)
    assert answer.url == f"{HERE}/leads/2026-0001"
    investigator = logged_in(cast.user("investigation"))
    version = investigator.get(answer.url).context["verify_form"].initial["version"]
    investigator.post(f"{answer.url}/verify", {"verified": "useful", "result": "prevented", "version": version})
    logged_in(cast.user("command")).post(f"{answer.url}/check", {"agrees": "yes", "version": version + 1})
    lead = Lead.objects.get()
    assert (lead.verified, lead.result, lead.checked_by) == ("useful", "prevented", "command")
    assert "useful" in officer.get(answer.url, headers={"accept-language": "en"}).content.decode() or True


def test_an_officer_enters_no_lead_for_anothers_community(cast, logged_in):
    client = logged_in(cast.user("o01"))
    said = {"community": "C02", "kind": "vehicle", "source": "officer", "received_on": "2026-10-07"}
    assert client.post(f"{HERE}/leads/new", said).status_code == 200 and not Lead.objects.exists()


def test_a_check_is_entered_on_the_spot(cast, logged_in, everything):
    client = logged_in(cast.user("publicorder"))
    path = f"{HERE}/2026Q4/checks/C01/1"
    said = {"found": "failed", "on": "2026-10-08", "version": 1}
    assert client.post(path, said).status_code == 302
    assert client.post(path, said | {"found": "passed"}).status_code == 409
    assert SiteCheck.objects.get(community__code="C01", number=1).found == "failed"


def test_another_countys_records_are_not_found(cast, logged_in, everything):
    stranger = logged_in(cast.user("stranger"))
    assert stranger.get("/incidents/yuanshan/").status_code == 403  # no communities
    assert stranger.get(f"{HERE}/").status_code == 403


def test_what_is_sent_is_never_run(cast, logged_in, everything):
    mark = "<script>alert(1)</script>"
    actions.sighting(by="resident", bureau=cast.bureau, kind="other", place_note=mark)
    text = logged_in(cast.user("command")).get(f"{HERE}/sightings").content.decode()
    assert mark not in text and "&lt;script&gt;" in text


@pytest.mark.parametrize("path", ["/?year=abc", "/?year=99999999", "/leads?kind=%00&page=x", "/2026Q4/checks?found=xx"])
def test_odd_questions_are_answered(cast, logged_in, everything, path):
    assert logged_in(cast.user("supervision")).get(HERE + path).status_code == 200


@pytest.mark.parametrize(
    ("path", "most"),
    [("/", 14), ("/leads", 14), ("/sightings", 14), ("/2026Q4/checks", 16), ("/tables", 14), ("/2026Q3/C01/", 18),
     ("/late", 14), ("/plan", 12)],
)  # fmt: skip
def test_pages_ask_as_often_for_many_rows_as_for_few(
    cast, logged_in, everything, lead, django_assert_max_num_queries, path, most
):
    for _ in range(12):
        lead()
        actions.sighting(by="resident", bureau=cast.bureau, kind="vehicle", community=cast.community("C02"))
    client = logged_in(cast.user("supervision"))
    with django_assert_max_num_queries(most):
        assert client.get(HERE + path).status_code == 200


@pytest.mark.parametrize(
    "path", ["/?format=csv", "/leads?format=csv", "/sightings?format=csv", "/2026Q4/checks?format=csv"]
)
def test_lists_are_taken_along_and_the_trail_knows(cast, logged_in, everything, path):
    lines = b"".join(logged_in(cast.user("supervision")).get(HERE + path).streaming_content).decode("utf-8-sig")
    assert len(lines.splitlines()) > 1
    from linli.ground.trail.models import Entry

    assert Entry.objects.filter(action="incidents.export", by="supervision").exists()


def test_the_months_of_the_year_stand_on_the_first_page(cast, logged_in, quarter):
    rows = logged_in(cast.user("personnel")).get(f"{HERE}/?year=2026").context["rows"]
    numbers = {cell["month"]: cell["number"] for cell in rows[0][1]}
    assert [numbers[month] for month in THIRD] == [6, 6, 6] and numbers["2026-06"] is None
    assert date(2026, 10, 8) == clock.today()
