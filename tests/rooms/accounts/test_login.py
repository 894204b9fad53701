"""Logging in as a person does: password, second factor, lock, sessions, and the notice of the login before."""

import re

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.usersessions.models import UserSession
from django.core.cache import cache
from django.db.models import ProtectedError
from django.test import Client
from django.urls import reverse

from linli.ground.accounts import actions
from linli.ground.accounts.models import User
from linli.ground.trail.models import Entry

PASSWORD = "a long password"  # the cast's
LOGIN = "/accounts/login/"
CHANGING = re.compile(r'name="(csrfmiddlewaretoken|once)" value="[^"]*"|"X-CSRFToken": "\w+"|value="(o08|nobody)"')
ELSEWHERE = ("https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example")


@pytest.fixture(autouse=True)
def no_earlier_tries():
    cache.clear()


def log_in(client=None, name="o08", password=PASSWORD, **more):
    client = client or Client()
    return client, client.post(LOGIN, {"login": name, "password": password}, **more)


def is_in(client):
    return client.get(reverse("accounts:mine")).status_code == 200


def code(secret):
    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def set_up_totp(client):
    """Gives the secret, after setting the app up as its page says."""
    if not client.get(reverse("mfa_activate_totp")).context:  # asked for the password once more first
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    secret = page.context["form"].secret
    assert client.post(reverse("mfa_activate_totp"), {"code": code(secret)}).status_code == 302
    return secret


def test_password_lets_in_and_the_login_is_left_in_the_trail(cast):
    client, answer = log_in(REMOTE_ADDR="10.1.2.3")
    assert answer.status_code == 302 and is_in(client)
    entry = Entry.objects.get(action="accounts.login")
    assert (entry.by, entry.subject, entry.facts) == ("o08", "account:o08", '{"address":"10.1.2.3"}')


def test_wrong_password_and_unknown_name_are_answered_alike(cast):
    pages = []
    for name, password in (("o08", "wrong"), ("nobody", "wrong")):
        _, answer = log_in(name=name, password=password)
        pages.append(
            re.sub(r'name="csrfmiddlewaretoken" value="\w+"|value="(o08|nobody)"', "", answer.content.decode())
        )
    strip = re.compile(r'name="once" value="[^"]*"|"X-CSRFToken": "\w+"')
    assert strip.sub("", pages[0]) == strip.sub("", pages[1])


def test_wrong_password_is_left_in_the_trail_and_an_unknown_name_is_not_as_it_may_be_a_password(cast):
    log_in(password="wrong")
    log_in(name="a long password", password="o08")
    assert [e.action for e in Entry.objects.all()] == ["accounts.login_failed"]
    assert "wrong" not in Entry.objects.get().facts


def test_five_wrong_passwords_lock_out_even_the_right_one_and_the_page_says_so(cast):
    client = Client()
    for _ in range(4):
        assert log_in(client, password="wrong")[1].status_code == 200
    assert log_in(client, password="wrong")[1].status_code == 429
    cache.clear()  # the lock stands in the database: a restart of the server does not forget it
    answer = log_in(client)[1]
    assert answer.status_code == 429 and "accounts/locked.html" in {t.name for t in answer.templates}
    assert not is_in(client)
    assert [e.action for e in Entry.objects.order_by("number")] == ["accounts.login_failed"] * 4 + ["accounts.locked"]


def test_capital_letters_give_no_new_tries(cast):
    client = Client()
    for name in ("o08", "O08", "o08", "O08"):
        log_in(client, name, "wrong")
    assert log_in(client, "O08", "wrong")[1].status_code == 429


def test_lock_is_for_the_address_the_tries_came_from(cast):
    for _ in range(5):
        log_in(password="wrong", REMOTE_ADDR="10.6.6.6")
    cache.clear()
    assert log_in(REMOTE_ADDR="10.6.6.6")[1].status_code == 429
    assert is_in(log_in(REMOTE_ADDR="10.1.1.1")[0])


def test_administrator_unlocks(cast):
    for _ in range(5):
        log_in(password="wrong")
    cache.clear()
    actions.unlock(by=cast.user("administrator"), user=cast.user("o08"))
    assert is_in(log_in()[0])


def test_login_before_this_one_is_shown_with_where_it_came_from(cast):
    log_in(REMOTE_ADDR="10.1.1.1")
    client, _ = log_in(REMOTE_ADDR="10.2.2.2")
    assert "10.1.1.1" in client.get(reverse("accounts:mine")).content.decode()
    user = cast.user("o08")
    assert (user.seen_login_from, user.last_login_from) == ("10.1.1.1", "10.2.2.2")
    assert user.seen_login_at < user.last_login


def test_first_login_shows_no_login_before(cast):
    log_in()
    assert cast.user("o08").seen_login_at is None


def test_code_of_the_app_is_set_up_and_asked_for_at_the_next_login(cast):
    client, _ = log_in()
    secret = set_up_totp(client)
    second, answer = log_in()
    assert answer["Location"].startswith(reverse("mfa_authenticate")) and not is_in(second)
    assert second.post(reverse("mfa_authenticate"), {"code": "000000"}).status_code == 200 and not is_in(second)
    cache.clear()
    answer = second.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert answer.status_code == 302 and is_in(second)


def test_secret_of_the_app_stands_encrypted(cast, settings):
    settings.MFA_ADAPTER = "linli.ground.accounts.adapter.SecondFactors"
    client, _ = log_in()
    secret = set_up_totp(client)
    assert secret not in str(Authenticator.objects.get(type="totp").data)
    second, _ = log_in()
    cache.clear()
    second.post(reverse("mfa_authenticate"), {"code": code(secret)})
    assert is_in(second)


def test_login_is_noted_once_the_second_factor_was_given(cast):
    client, _ = log_in()
    set_up_totp(client)
    log_in()
    assert Entry.objects.filter(action="accounts.login").count() == 1


def test_reset_second_factor_lets_in_with_the_password_alone(cast):
    client, _ = log_in()
    set_up_totp(client)
    actions.reset_second_factor(by=cast.user("administrator"), user=cast.user("o08"), why="lost phone")
    assert not is_in(client)
    assert is_in(log_in()[0])


def test_where_a_second_factor_is_compulsory_nothing_else_opens_before_it(cast, settings):
    settings.SECOND_FACTOR = True
    client, _ = log_in()
    for address in ("/", reverse("accounts:mine"), "/people/"):
        assert client.get(address)["Location"] == reverse("mfa_index")
    assert client.get(reverse("mfa_index")).status_code == 200
    set_up_totp(client)
    assert is_in(client)


def test_recovery_codes_alone_are_no_second_factor(cast, settings):
    settings.SECOND_FACTOR = True
    client, _ = log_in()
    Authenticator.objects.create(user=cast.user("o08"), type="recovery_codes", data={"seed": "x", "used_mask": 0})
    assert client.get(reverse("accounts:mine"))["Location"] == reverse("mfa_index")


def test_password_somebody_else_chose_must_be_changed_before_anything_else(cast):
    actions.set_password(by=cast.user("administrator"), user=cast.user("o08"), password="seven willow gates")
    client, _ = log_in(password="seven willow gates")
    assert client.get("/people/mine/")["Location"] == reverse("account_change_password")
    form = {"oldpassword": "seven willow gates", "password1": "of my own choosing", "password2": "of my own choosing"}
    assert client.post(reverse("account_change_password"), form).status_code == 302
    assert is_in(client) and is_in(log_in(password="of my own choosing")[0])


def test_closed_account_cannot_log_in_and_its_sessions_end_at_once(cast):
    client, _ = log_in()
    assert is_in(client)
    actions.close_account(by=cast.user("administrator"), user=cast.user("o08"), why="retired")
    assert not is_in(client)
    assert not UserSession.objects.filter(user__username="o08").exists()
    assert not is_in(log_in()[0])


def test_closed_account_with_history_keeps_its_trail_and_its_name(cast, logged_in):
    log_in()
    actions.close_account(by=cast.user("administrator"), user=cast.user("o08"), why="retired")
    assert Entry.objects.filter(by="o08").exists()
    page = logged_in(cast.user("auditor")).get(reverse("trail:index"), {"who": "o08"}).content.decode()
    assert "account:o08" in page
    assert cast.officer("O08").account.get_full_name() == cast.officer("O08").name
    assert "o08" in logged_in(cast.user("administrator")).get(reverse("accounts:index")).content.decode()


def test_account_with_history_cannot_be_deleted(cast):
    with pytest.raises(ProtectedError):
        User.objects.get(username="o08").delete()


def test_new_password_ends_every_session(cast):
    client, _ = log_in()
    actions.set_password(by=cast.user("administrator"), user=cast.user("o08"), password="seven willow gates")
    assert not is_in(client)


def test_own_sessions_are_listed_and_ended_elsewhere(cast):
    here, _ = log_in(HTTP_USER_AGENT="desk")
    there, _ = log_in(HTTP_USER_AGENT="phone")
    assert here.get(reverse("usersessions_list")).context["session_count"] == 2
    here.post(reverse("usersessions_list"))
    assert is_in(here) and not is_in(there)


def test_nobody_signs_up(cast):
    client = Client()
    form = {"username": "me", "password1": "seven willow gates", "password2": "seven willow gates"}
    client.post(reverse("account_signup"), form)
    assert not User.objects.filter(username="me").exists()


def test_password_cannot_be_reset_by_mail(cast):
    Client().post(reverse("account_reset_password"), {"email": "o08@example.org"})
    assert cast.user("o08").check_password(PASSWORD)


@pytest.mark.parametrize(
    "address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "/\\evil.example"]
)
def test_login_leads_to_no_other_site(cast, address):
    client = Client()
    answer = client.post(LOGIN, {"login": "o08", "password": PASSWORD, "next": address})
    assert answer.status_code == 302 and answer["Location"] == "/"


def test_login_leads_on_to_the_page_that_was_asked_for(cast):
    client = Client()
    asked = client.get(reverse("accounts:mine"))
    assert asked["Location"].startswith(LOGIN)
    answer = client.post(asked["Location"], {"login": "o08", "password": PASSWORD, "next": reverse("accounts:mine")})
    assert answer["Location"] == reverse("accounts:mine")


def test_session_gets_a_new_key_at_login(cast):
    client = Client()
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    log_in(client)
    assert client.session.session_key != before
