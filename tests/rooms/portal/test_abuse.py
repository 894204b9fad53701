"""Against those who send by the thousand: tokens, the trap, haste, knocking too often; and whatever a form may hold."""

import pytest
from django.core.cache import cache
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.faces.portal import tokens
from linli.faces.portal.sending import TRAP
from linli.work.incidents.models import Sighting
from linli.work.requests.models import Complaint, Request
from tests.rooms.portal.resident import HOME, Resident, aged, text_of

ANYTHING = st.text(max_size=300) | st.sampled_from(
    ["", "\x00", "a\r\nb", "‮", "💡" * 50, "<b>", "C01", "yes", "0" * 5000]
)
FORMS = {  # address -> (name of its token, fields)
    "say/noise/": ("say", ("words", "community", "place_note", "contact")),
    "seen/": ("seen", ("kind", "community", "place_note", "at")),
    "complain/": ("complain", ("words", "about", "contact")),
    "follow/": ("follow", ("code",)),
    "follow/solved/": ("solved", ("code", "solved", "words")),
    "confirm/": ("confirm", ("code", "yes")),
    "s/": ("letters", ("code",)),
}


def nothing_kept():
    return not (Request.objects.exists() or Complaint.objects.exists() or Sighting.objects.exists())


def test_form_without_a_token_of_its_own_is_not_taken(resident):
    for token in ("", "x" * 400, aged("seen"), aged("say", bureau="yuanshan"), aged("say", seconds=13 * 3600)):
        assert resident.send("say/noise/", "say", token=token, words="吵").status_code == 400
    assert nothing_kept()


def test_token_cannot_be_made_by_anybody_else(resident):
    forged = aged("say")[:-3] + "AAA"
    assert resident.send("say/noise/", "say", token=forged, words="吵").status_code == 400 and nothing_kept()


def test_program_that_fills_in_every_field_falls_into_the_trap(resident):
    answer = resident.say(**{TRAP: "https://spam.example"})
    assert answer.status_code == 400 and nothing_kept()


def test_form_sent_faster_than_it_can_be_read_is_not_taken_and_may_be_sent_a_moment_later(resident):
    token = aged("say", seconds=1)
    assert resident.send("say/noise/?lang=en", "say", token=token, words="吵").status_code == 400 and nothing_kept()


def test_page_that_was_just_opened_carries_a_token_that_will_be_good(resident):
    import re

    token = re.search(r'name="form" value="([^"]+)"', resident.get("say/noise/").content.decode())[1]
    mark, age = tokens.opened("say:linjiang", token)
    assert mark and age < 60


def test_knocking_too_often_is_told_to_wait_and_loses_nothing(resident):
    answers = [resident.say(words=f"第{n}件（虛構）") for n in range(22)]
    assert [answer.status_code for answer in answers].count(429) == 2
    assert "第21件" in text_of(answers[-1]) and "Wait ten minutes" in text_of(answers[-1])
    assert Request.objects.count() == 20


def test_guessing_codes_comes_to_an_end(resident):
    codes = [resident.follow(f"0000-0000-0000-{n:04d}").status_code for n in range(25)]
    assert codes == [200] * 20 + [429] * 5


def test_neighbours_at_other_addresses_are_not_held_up(resident):
    for n in range(21):
        resident.follow(f"0000-0000-0000-{n:04d}")
    other = resident.client.post(f"{HOME}follow/", {"code": "0"}, REMOTE_ADDR="203.0.113.9")
    assert other.status_code == 200


def test_form_of_another_site_finds_no_cookie_that_would_speak_for_somebody(resident):
    answer = resident.client.post(f"{HOME}say/noise/", {"words": "吵"}, headers={"origin": "https://evil.example"})
    assert answer.status_code == 400 and not answer.cookies and nothing_kept()


@pytest.mark.parametrize("path", FORMS)
def test_nothing_that_a_form_may_hold_breaks_it(cast, path):
    name, fields = FORMS[path]

    @settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
    @given(st.fixed_dictionaries({}, optional=dict.fromkeys((*fields, "lang", "more"), ANYTHING)))
    def tried(sent):
        cache.clear()
        answer = Resident().send(path, name, **sent)
        assert answer.status_code < 500 and not answer.cookies

    tried()


def test_no_address_below_breaks(cast):
    resident = Resident()
    for path in (
        "%00",
        "c/%00/",
        "s/%F0%9F%98%80/",
        "c/" + "x" * 300 + "/",
        "say/%20/",
        "?lang=%00",
        "choose/?c=%00",
        "c/C01/?c=%ff",
    ):
        answer = resident.client.get(HOME + path)
        assert answer.status_code < 500, path
