"""The personnel office opens and closes clients; the token is shown once."""

import re

import pytest

from linli.faces.api.models import Client
from linli.ground.accounts.roles import Role

PAGES = "/api/clients/linjiang/"
SOMEBODY = {"officer": "o08", "department": "command", "leader": "leader1"}


def test_client_is_opened_its_token_shown_once_and_works(cast, logged_in, ask):
    browser = logged_in(cast.user("personnel"))
    page = browser.post(f"{PAGES}open", {"name": "縣情看板二", "names": "on", "once": "a"})
    token = re.search(r'value="(linli_[\w-]+)"', page.content.decode())[1]
    assert ask("/bureaus", token=token).status_code == 200
    assert Client.objects.get(name="縣情看板二").names
    assert token not in browser.get(PAGES).content.decode()


def test_second_client_of_a_name_is_refused_beside_the_field(cast, logged_in):
    browser = logged_in(cast.user("personnel"))
    browser.post(f"{PAGES}open", {"name": "看板"})
    page = browser.post(f"{PAGES}open", {"name": " 看板 "})
    assert page.status_code == 200 and "linli_" not in page.content.decode()
    assert Client.objects.count() == 1


def test_client_is_closed_with_a_reason(cast, logged_in):
    browser = logged_in(cast.user("personnel"))
    browser.post(f"{PAGES}open", {"name": "看板"})
    client = Client.objects.get()
    assert browser.get(f"{PAGES}{client.pk}/close").status_code == 200
    assert browser.post(f"{PAGES}{client.pk}/close", {"why": ""}).status_code == 200
    assert browser.post(f"{PAGES}{client.pk}/close", {"why": "不再使用"}).status_code == 302
    assert browser.post(f"{PAGES}{client.pk}/close", {"why": "again"}).status_code == 409
    client.refresh_from_db()
    assert client.closed_at


def test_client_of_another_bureau_cannot_be_closed(cast, opened, logged_in):
    browser = logged_in(cast.user("stranger"))
    assert browser.post(f"{PAGES}{opened[0].pk}/close", {"why": "x"}).status_code == 403
    assert browser.post(f"/api/clients/yuanshan/{opened[0].pk}/close", {"why": "x"}).status_code == 404


@pytest.mark.parametrize("role", [role for role in Role if role != Role.PERSONNEL])
def test_nobody_else_opens_clients(cast, logged_in, role):
    browser = logged_in(cast.user(SOMEBODY.get(role, str(role))))
    assert browser.get(PAGES).status_code == 403
    assert browser.post(f"{PAGES}open", {"name": "x"}).status_code == 403
    assert not Client.objects.exists()


def test_name_that_is_html_is_shown_as_text(cast, logged_in):
    browser = logged_in(cast.user("personnel"))
    browser.post(f"{PAGES}open", {"name": "<script>alert(1)</script>"})
    assert b"<script>alert" not in browser.get(PAGES).content
