"""A second factor in a real browser: an app's code and a passkey, under the policy that stops every inline script."""

import time

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value

from linli.faces.demo.people import PASSWORD


@pytest.fixture
def at_home(stranger, served):
    """``at_home(name)``: somebody whose browser calls the server by a name, as passkeys want it."""

    def opened(name):
        made = stranger(name)
        made.url = served.url.replace("127.0.0.1", "localhost")
        return made

    return opened


def code(secret):
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30))


def confirmed(person):
    """Gives the password once more where a page asks for it."""
    if "reauthenticate" in person.page.url:
        person.page.fill("input[name=password]", PASSWORD)
        person.press("main form:has(input[name=password]) button[type=submit]")


def test_code_of_an_app_is_set_up_and_asked_for(at_home):
    officer = at_home("o05").log_in()
    officer.go("/accounts/2fa/totp/activate/")
    confirmed(officer)
    secret = officer.page.locator("#authenticator_secret").input_value()
    assert officer.page.locator("main img").evaluate("image => image.naturalWidth") > 0  # the square code is drawn
    officer.page.fill("input[name=code]", code(secret))
    officer.press("main form:has(input[name=code]) button[type=submit]")
    assert officer.go("/accounts/2fa/recovery-codes/") == 200

    again = at_home("o05")
    again.go("/accounts/login/")
    again.page.fill("input[name=login]", "o05")
    again.page.fill("input[name=password]", PASSWORD)
    again.press("form[action*='/login/'] button[type=submit]")
    assert "/2fa/authenticate/" in again.page.url
    time.sleep(30 - time.time() % 30)  # a code is taken once; the next half minute has the next
    again.page.fill("input[name=code]", code(secret))
    again.press("main form:has(input[name=code]) button[type=submit]")
    assert again.go("/people/mine/") == 200


def test_passkey_is_added_and_logs_in_without_a_password(at_home):
    officer = at_home("o06").log_in()
    device = officer.context.new_cdp_session(officer.page)
    device.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
        "isUserVerified": True, "automaticPresenceSimulation": True,
    }  # fmt: skip
    device.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    officer.go("/accounts/2fa/webauthn/add/")
    confirmed(officer)
    officer.page.fill("input[name=name]", "phone")
    officer.page.check("input[name=passwordless]")
    officer.page.click("#mfa_webauthn_add")
    officer.page.wait_for_url(lambda url: "/webauthn/add/" not in url)

    officer.context.clear_cookies()
    officer.go("/accounts/login/")
    officer.page.click("#passkey_login")
    officer.page.wait_for_url(lambda url: "/login/" not in url)
    assert officer.go("/people/mine/") == 200


@pytest.mark.parametrize(
    "path",
    ["/accounts/2fa/", "/accounts/2fa/webauthn/", "/accounts/2fa/webauthn/add/", "/accounts/2fa/totp/activate/",
     "/accounts/sessions/", "/accounts/password/change/", "/people/mine/"],
)  # fmt: skip
def test_page_of_the_own_account_breaks_no_policy(at_home, path):
    officer = at_home("o07").log_in()
    officer.go(path)
    confirmed(officer)
    officer.page.wait_for_load_state("networkidle")
