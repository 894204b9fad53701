"""The pages themselves: no cookie, nobody else's address, three languages by a link, the same queries however full."""

import re

import pytest
from django.conf import settings
from django.test import Client

from linli.faces.portal import actions
from linli.work.requests import actions as requests
from tests.rooms.portal.resident import HOME, picture, text_of

PAGES = (
    *("", "c/C01/", "c/C01/card/", "c/C01/card.svg", "c/C01/card.png", "bulletins/", "privacy/", "say/", "say/noise/"),
    *("say/praise/", "seen/", "complain/", "follow/", "follow/solved/", "confirm/", "s/", "say/?c=C01&via=qr"),
)
LOST = ("nowhere/", "c/C99/", "say/nothing/", "s/abcdefghabcdefgh/", "photo/0123456789abcdef.jpg", "c/C01/card.gif")


def test_page_is_there_for_everybody_and_sets_no_cookie(resident):
    for page in PAGES:
        answer = resident.get(page)
        assert (answer.status_code, len(answer.cookies)) == (200, 0), page


def test_what_is_not_there_is_said_on_a_page_of_the_same_face(resident):
    for page in LOST:
        answer = resident.get(page)
        assert (answer.status_code, len(answer.cookies)) == (404, 0) and b"portal.css" in answer.content, page


def test_another_bureau_is_not_made_up(resident):
    answer = resident.client.get("/p/nobody/")
    assert answer.status_code == 404 and not answer.cookies


def test_address_without_its_last_stroke_leads_on(resident):
    assert resident.get("say").headers["Location"] == f"{HOME}say/"


def test_first_page_leads_to_the_bureau_where_there_is_a_choice(resident):
    assert "遠山縣公安局" in resident.client.get("/p/").content.decode()


def test_page_loads_nothing_from_elsewhere_and_runs_nothing_written_into_it(resident):
    for answer in map(resident.get, PAGES):
        assert "default-src 'none'" in answer["Content-Security-Policy"]
        assert answer["Referrer-Policy"] == "no-referrer"
        if "html" not in answer["Content-Type"]:
            continue
        text = answer.content.decode()
        assert [one for one in re.findall(r'(?:src|href|action)="([^"]*)"', text) if "//" in one] == []
        assert not re.findall(r"<[^>]+\sstyle=|<[^>]+\son[a-z]+=|<style|javascript:", text)
        assert [tag for tag in re.findall(r"<script\b[^>]*>", text) if "src=" not in tag] == []


def test_language_stands_in_the_address_and_every_link_keeps_it(resident):
    for code, name in settings.LANGUAGES:
        answer = resident.get(f"?lang={code}")
        text = answer.content.decode()
        assert f'<html lang="{code}">' in text and answer["Content-Language"] == code and name in text
        links = re.findall(r'href="(/p/[^"]*)"', text)
        assert links and all(f"lang={code}" in link for link in links)


def test_language_that_is_none_is_the_first(resident):
    assert '<html lang="zh-hant">' in resident.get("?lang=tlh").content.decode()


def test_browser_that_says_another_language_is_not_believed(resident):
    assert '<html lang="zh-hant">' in resident.get("", headers={"accept-language": "en"}).content.decode()


def test_script_in_the_address_comes_to_nothing(resident):
    text = resident.get('say/?c="><script>alert(1)</script>&via="><b>').content.decode()
    assert "<script>alert" not in text and "<b>" not in text


def test_chosen_community_leads_to_its_page(resident):
    assert resident.get("choose/?c=C02&lang=en").headers["Location"] == f"{HOME}c/C02/?lang=en"
    assert resident.get("choose/?c=nowhere").status_code == 404


def test_card_says_who_where_and_when_and_its_code_leads_to_the_community(resident, cast, officer):
    actions.write_card(
        by=officer, officer=officer.officer, hours="週一至週五 18:00–20:00", phone="0739-555 0101",
        room="東門社區一樓", photo=picture(),
    )  # fmt: skip
    text = resident.get("c/C01/card/").content.decode()
    assert officer.officer.name in text and "18:00–20:00" in text and "0739-555 0101" in text and "<svg" in text
    photo = re.search(r'src="(/p/linjiang/photo/[0-9a-f]{16}\.jpg)"', text)[1]
    answer = resident.client.get(photo)
    assert answer["Content-Type"] == "image/jpeg" and b"a camera" not in answer.content and not answer.cookies


def test_post_that_nobody_holds_says_so(resident, cast):
    cast.community("C01").posts.all().delete()
    assert "Nobody holds this post" in text_of(resident.get("c/C01/?lang=en"))


@pytest.mark.parametrize("page", ["", "c/C01/", "bulletins/?c=C01", "say/noise/"])
def test_page_asks_no_more_the_more_there_is(resident, cast, page, django_assert_max_num_queries):
    def fill(number):
        for n in range(number):
            requests.receive(
                by="resident", bureau=cast.bureau, kind="noise", words="吵", community=cast.community("C01")
            )
            actions.publish(
                by=cast.user("personnel"), bureau=cast.bureau, title={"zh_Hant": f"告示{n}"}, text={"zh_Hant": "正文"}
            )

    fill(2)
    with django_assert_max_num_queries(14) as asked:
        resident.get(page)
    before = len(asked)
    fill(12)
    with django_assert_max_num_queries(before):
        resident.get(page)


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1:80@evil.example"])
def test_host_that_is_not_ours_gets_no_card(cast, host):
    assert Client().get(f"{HOME}c/C01/card/", HTTP_HOST=host).status_code == 400


def test_forwarded_host_does_not_get_into_the_code(resident):
    usual = resident.get("c/C01/card.svg").content
    assert resident.get("c/C01/card.svg", headers={"x-forwarded-host": "evil.example"}).content == usual
