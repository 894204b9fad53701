"""What stands between the application and somebody who means it harm; THREATS.md says which danger each test is for."""

import io
import logging
import os
import re
import subprocess
import sys

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from linli.ground.accounts.models import User
from linli.ground.trail.models import Entry
from tests.house.tree import ROOT

PAGES = (
    "/",
    "/people/mine/",
    "/accounts/login/",
    "/accounts/2fa/",
    "/accounts/2fa/webauthn/add/",
    "/accounts/sessions/",
)
STRONG = "t6Yp0mXw3Qe9Rz1Lk8Vb5Nc2Hd7Gj4Fs-Aa_Uu-Oo-Ii-Ee_Yy"


@pytest.fixture
def officer(cast, logged_in):
    return logged_in(cast.user("o08"))


def directives(answer):
    parts = (part.split() for part in answer["Content-Security-Policy"].split(";") if part.strip())
    return {name: set(values) for name, *values in parts}


@pytest.mark.parametrize("address", PAGES)
def test_page_loads_from_here_alone_and_runs_nothing_written_into_it(officer, address):
    policy = directives(officer.get(address))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == {"'none'"}
    assert "'self'" in policy["script-src"] and policy["style-src"] == {"'self'"}
    said = {word for values in policy.values() for word in values}
    assert not said & {"'unsafe-inline'", "'unsafe-eval'", "*", "https:", "http:"}


@pytest.mark.parametrize("address", PAGES)
def test_page_writes_no_style_and_no_script_that_the_policy_would_stop(officer, address):
    page = officer.get(address, follow=True).content.decode()
    assert not re.findall(r"<[^>]+\sstyle=|<[^>]+\son[a-z]+=|<style|javascript:", page)
    inline = [tag for tag in re.findall(r"<script\b[^>]*>", page) if "src=" not in tag and "json" not in tag]
    assert [tag for tag in inline if "nonce=" not in tag] == []


@pytest.mark.parametrize("address", PAGES)
def test_page_is_not_framed_not_guessed_at_and_tells_no_other_site_where_it_is(officer, address):
    answer = officer.get(address)
    assert answer["X-Frame-Options"] == "DENY"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Referrer-Policy"] == "same-origin"
    assert answer["Cross-Origin-Opener-Policy"] == "same-origin"


def test_page_of_a_person_is_kept_by_nobody_between(officer):
    assert "no-store" in officer.get("/people/mine/").get("Cache-Control", "")


def test_cookie_of_the_session_is_out_of_reach_of_scripts_and_of_other_sites(cast):
    client = Client()
    client.post("/accounts/login/", {"login": "o08", "password": "a long password"})
    cookie = client.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax"


def test_form_without_its_token_is_refused(cast):
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.user("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post(reverse("accounts:close", args=["o08"]), {"why": "forged"})
    assert answer.status_code == 403 and User.objects.get(username="o08").is_active


def test_session_ends_with_the_log_out(officer):
    before = officer.session.session_key
    officer.post("/accounts/logout/")
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = before
    assert thief.get("/people/mine/").status_code == 302


def test_log_out_by_a_link_elsewhere_does_nothing(officer):
    officer.get("/accounts/logout/")
    assert officer.get("/people/mine/").status_code == 200


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "javascript:alert(1)"])
def test_choice_of_a_language_leads_to_no_other_site(officer, address):
    answer = officer.post("/i18n/setlang/", {"language": "en", "next": address})
    assert not answer["Location"].startswith(("http", "//", "javascript"))


def test_refused_read_stands_in_the_trail_with_who_tried_what(officer):
    assert officer.get("/people/account/administrator/").status_code == 403
    entry = Entry.objects.latest("number")
    assert (entry.by, entry.action, entry.subject, entry.bureau) == (
        "o08", "door.refused", "/people/account/administrator/", "linjiang",
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/people/account/%F0%9F%98%80/", "/people/account/" + "x" * 400 + "/"])
def test_refusal_of_any_address_can_be_written_down(officer, address):
    assert officer.get(address).status_code == 403
    assert Entry.objects.latest("number").action == "door.refused"


def test_address_with_a_null_leads_nowhere_on_any_database(officer):
    assert officer.get("/people/account/%00/").status_code == 404


def test_huge_form_is_refused_before_it_is_read(officer):
    answer = officer.post("/people/mine/", {f"field{n}": "x" for n in range(1001)})
    assert answer.status_code in (400, 405)


def test_host_that_is_not_ours_is_refused(cast):
    assert Client().get("/accounts/login/", HTTP_HOST="evil.example").status_code == 400


def test_fault_tells_nothing_of_the_inside(officer, monkeypatch):
    from linli.ground.accounts import queries

    monkeypatch.setattr(queries, "second_factors", lambda user: 1 / 0)
    officer.raise_request_exception = False
    answer = officer.get("/people/mine/")
    assert answer.status_code == 500 and b"ZeroDivision" not in answer.content


def in_production(tmp_path, code, **environment):
    """The settings as in production, in a program of their own; gives what ``code`` prints."""
    told = {"LINLI_HOME": str(tmp_path), "LINLI_PRODUCTION": "1", "DJANGO_SETTINGS_MODULE": "linli.settings"}
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI_", "DJANGO_"))}
    program = f"import django; django.setup(); from django.conf import settings as s; {code}"
    return subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, env=kept | told | environment
    )


@pytest.mark.parametrize("key", ["secret", "django-insecure-" + "x1y2z3" * 8, "a" * 60, "abcabcabc" * 6])
def test_production_refuses_to_start_with_a_weak_key(tmp_path, key):
    started = in_production(tmp_path, "print('started')", LINLI_SECRET_KEY=key)
    assert started.returncode != 0 and "refuses to start" in started.stderr


def test_production_speaks_https_only_and_asks_for_a_second_factor(tmp_path):
    names = (
        *("SESSION_COOKIE_SECURE", "CSRF_COOKIE_SECURE", "SECURE_SSL_REDIRECT", "SECOND_FACTOR"),
        *("SESSION_COOKIE_HTTPONLY", "SECURE_HSTS_SECONDS", "MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN", "DEBUG"),
    )
    said = in_production(tmp_path, f"print([getattr(s, n) for n in {names!r}])", LINLI_SECRET_KEY=STRONG).stdout
    assert said.strip() == "[True, True, True, True, True, 31536000, False, False]"


def test_production_starts_with_the_key_it_made_itself(tmp_path):
    assert in_production(tmp_path, "print(len(s.SECRET_KEY))").stdout.strip() == "64"
    assert (tmp_path / "keys.toml").stat().st_mode & 0o077 == 0


def test_django_itself_finds_nothing_to_object_to_in_production(tmp_path):
    code = "from django.core.management import call_command; call_command('check', deploy=True, fail_level='WARNING')"
    checked = in_production(tmp_path, code, LINLI_SECRET_KEY=STRONG)
    lines = [line for line in checked.stderr.splitlines() if line.startswith("?:")]
    assert [line for line in lines if not re.search(r"security.W(005|021)", line)] == []  # subdomains are not ours


def test_repository_holds_no_key():
    found = subprocess.run(
        ["git", "grep", "-nIE", r"(secret_key|field_key|api_key) *= *['\"][A-Za-z0-9_-]{20,}", "--", "*.py", "*.toml"],
        cwd=ROOT, capture_output=True, text=True,
    )  # fmt: skip
    assert found.stdout == ""


@pytest.mark.parametrize("charset", ["hex", "rot13", "undefined", "zlib", "no-such", "idna"])
def test_codec_that_is_none_of_letters_breaks_no_page(db, charset):
    from linli.wsgi import application

    environ = {
        **{
            "REQUEST_METHOD": "GET",
            "PATH_INFO": "/static/desk/linli.css",
            "QUERY_STRING": "a=1",
            "SERVER_NAME": "127.0.0.1",
        },
        **{"SERVER_PORT": "80", "wsgi.input": io.BytesIO(), "wsgi.url_scheme": "http", "HTTP_HOST": "127.0.0.1"},
        "CONTENT_TYPE": f"text/plain; charset={charset}",
    }
    answered = []
    b"".join(application(environ, lambda status, headers: answered.append(status)))
    assert answered[0][:3] == "200"


def test_letters_of_a_survey_card_are_not_logged(client, caplog, db):
    from linli.ground.trail.quiet import WithoutCards

    record = logging.LogRecord("django.request", 30, "", 1, "%s: %s", ("Bad Request", "/p/x/s/abcdefgh2345mnop/"), None)
    assert WithoutCards().filter(record) and record.getMessage() == "Bad Request: /p/x/s/…/"
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["cards"]
