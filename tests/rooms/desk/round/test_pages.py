"""The round's own pages: complete in themselves, for officers alone, in three languages, with as few queries always."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders

from linli.faces.desk.round import shell
from linli.ground.trail import clock
from linli.work.requests import actions as requests
from linli.work.worklog.models import Work
from tests.rooms.desk.round.phone import NOW

PAGE, TODAY = "/round/linjiang/", "/round/linjiang/today"
WORKER, MANIFEST = "/round/sw.js", "/round/linjiang/manifest.webmanifest"


@pytest.fixture
def officer(cast, logged_in):
    return logged_in(cast.user("o08"))


def carried(answer):
    return json.loads(
        re.search(r'<script id="carried" type="application/json">(.*?)</script>', answer.content.decode())[1]
    )


def today(client):
    with clock.at(NOW):
        return client.get(TODAY).json()


@pytest.mark.parametrize("path", [PAGE, TODAY, WORKER, MANIFEST])
@pytest.mark.parametrize("name", ["station", "personnel", "cadre", "administrator", "auditor", "province", "stranger"])
def test_the_round_is_for_officers_alone(cast, logged_in, path, name):
    assert logged_in(cast.user(name)).get(path).status_code == 403


@pytest.mark.parametrize("path", [PAGE, TODAY, WORKER, MANIFEST])
def test_who_is_not_logged_in_is_led_to_the_login(client, cast, path):
    assert client.get(path)["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize("method", ["get", "put", "delete", "patch"])
def test_what_was_written_is_sent_by_post_alone(officer, method):
    assert getattr(officer, method)("/round/linjiang/sync").status_code == 405


def test_every_file_the_page_asks_for_is_one_the_phone_keeps(officer):
    page = officer.get(PAGE).content.decode()
    files = set(re.findall(r'(?:src|href)="(/static/[^"]+)"', page))
    worker = officer.get(WORKER).content.decode()
    kept = set(re.findall(r'"(/static/[^"]+)"', worker))
    assert files <= kept
    scripts = [name for name in shell.DRAWN_WITH if name.startswith("desk/round/") and name.endswith(".js")]
    for name in scripts:
        text = Path(finders.find(name)).read_text(encoding="utf-8")
        imported = {f"/static/desk/round/{other}" for other in re.findall(r'from "\./([\w.]+)"', text)}
        assert imported <= kept, name


def test_worker_looks_after_the_round_and_no_other_page(officer):
    answer = officer.get(WORKER)
    assert answer["Service-Worker-Allowed"] == "/round/"
    assert answer["Content-Type"].startswith("text/javascript")
    assert f'VERSION = "{shell.version()}"' in answer.content.decode()


def test_a_changed_file_is_another_version(monkeypatch):
    before = shell.version()
    read = shell._read
    monkeypatch.setattr(shell, "_read", lambda name: read(name) + (b"\n" if name.endswith("round.css") else b""))
    shell.version.cache_clear()
    try:
        assert shell.version() != before
    finally:
        shell.version.cache_clear()


def test_manifest_speaks_the_readers_language_and_its_icons_are_there(officer):
    told = officer.get(MANIFEST).json()
    assert (told["start_url"], told["scope"], told["display"]) == (PAGE, PAGE, "standalone")
    assert {icon["sizes"] for icon in told["icons"]} == {"192x192", "512x512"}
    assert all(finders.find(icon["src"].removeprefix("/static/")) for icon in told["icons"])
    officer.cookies["django_language"] = "en"
    assert "Round" in officer.get(MANIFEST).json()["name"]


def test_page_says_nothing_of_any_resident_and_offers_the_own_communities_alone(officer, cast):
    with clock.at(NOW):
        requests.receive(
            by="resident", bureau=cast.bureau, kind="noise", words="秘密的話", community=cast.community("C08"),
            contact="13800000000",
        )  # fmt: skip
        answer = officer.get(PAGE)
    assert "秘密的話" not in answer.content.decode()
    assert list(carried(answer)["communities"]) == ["C08"]


def test_texts_that_are_filled_in_on_the_phone_keep_their_places_in_every_language(officer):
    gaps = {}
    for language in ("en", "zh-hant"):
        officer.cookies["django_language"] = language
        texts = carried(officer.get(PAGE))["texts"]
        gaps[language] = {name: sorted(re.findall(r"\{\w+\}", text)) for name, text in texts.items()}
    assert gaps["en"] == gaps["zh-hant"]


def test_list_of_the_day_has_numbers_kinds_places_and_days_but_no_words(officer, cast):
    with clock.at(NOW - timedelta(days=9)):
        made = requests.receive(
            by="resident", bureau=cast.bureau, kind="noise", words="秘密的話", community=cast.community("C08"),
            place_note="三號樓", contact="13800000000",
        )  # fmt: skip
    told = today(officer)
    assert told["officer"] == "o08" and told["token"] and told["now"].startswith("2026-10-20T15:00")
    whole = json.dumps(told, ensure_ascii=False)
    assert "秘密的話" not in whole and "13800000000" not in whole
    (line,) = [line for group in told["list"] for line in group["lines"]]
    assert made.public_id in line["place"] and "三號樓" in line["place"] and line["late"]


def test_list_holds_nothing_of_another_officers_communities(cast, logged_in):
    with clock.at(NOW):
        requests.receive(by="resident", bureau=cast.bureau, kind="noise", words="話", community=cast.community("C08"))
    assert not [line for group in today(logged_in(cast.user("o04")))["list"] for line in group["lines"]]


def test_own_works_of_the_day_can_be_put_right_on_the_phone(phone):
    phone.outcomes(phone.visit(note="登記"))
    (line,) = [line for group in today(phone.client)["list"] for line in group["lines"]]
    assert line["work"]["version"] == 1 and line["work"]["work"] == Work.objects.get().client_key
    assert (line["work"]["note"], line["work"]["cell"]) == ("登記", "B3")


def test_as_many_queries_whatever_there_is_to_do(phone, cast, django_assert_max_num_queries):
    today(phone.client)
    for number in range(12):
        phone.outcomes(phone.visit(began=NOW - timedelta(hours=6, minutes=-20 * number), minutes=10))
        with clock.at(NOW):
            requests.receive(
                by="resident", bureau=cast.bureau, kind="noise", words="話", community=cast.community("C08")
            )
    with django_assert_max_num_queries(16):
        today(phone.client)
    with clock.at(NOW), django_assert_max_num_queries(8):
        phone.client.get(PAGE)
