"""Whatever is sent to a form is answered with a page, nothing half-done stays, and codes cannot be guessed."""

import math

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.trail import clock
from linli.work.disputes import actions
from linli.work.disputes.codes import ALPHABET, LENGTH, new_code
from linli.work.disputes.models import Dispute
from linli.work.disputes.plain_words import number_in
from tests.rooms.disputes.conftest import FIRST

ROOM = "/disputes/linjiang"
WORDS = st.text(max_size=40) | st.sampled_from(["", "yes", "no", "a", "b", "2026-09-01", "1", "-1", "9" * 30, "two"])
FIELDS = (
    *("community", "kind", "title", "scale", "urgency", "taken_in_on", "version", "side", "given", "at", "place"),
    *("text", "agreement", "on", "signed_a", "why", "to", "ground", "relapse", "note", "a", "rows", "client_key"),
)
SENT = st.dictionaries(st.sampled_from(FIELDS), WORDS, max_size=10)
STEPS = (
    *("consent", "confirm", "code", "change", "appoint", "note", "settle", "fail", "transfer", "follow-up"),
    *("mediator", "sides", "strike"),
)
FEW = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def test_nothing_that_is_sent_to_a_step_breaks_the_page(mediation, logged_in):
    client = logged_in(mediation.mediator)

    @FEW
    @given(step=st.sampled_from(STEPS), sent=SENT)
    def send(step, sent):
        dispute = Dispute.objects.filter(state="taken_in").first() or mediation.taken_in()
        assert client.post(f"{ROOM}/{dispute.number}/{step}", sent).status_code in (200, 302, 403, 409)

    with clock.at(FIRST):
        send()


def test_nothing_that_is_sent_to_the_intake_breaks_the_page(mediation, logged_in):
    client = logged_in(mediation.mediator)

    @FEW
    @given(sent=SENT, page=st.sampled_from(["take-in", "ledger/read-in"]))
    def send(sent, page):
        assert client.post(f"{ROOM}/{page}", sent).status_code in (200, 302, 409)

    with clock.at(FIRST):
        send()


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet="0123456789０１２-. Xx年號樓", max_size=60))
def test_text_without_eleven_digits_in_a_row_is_let_through_and_others_are_named(text):
    found = number_in(text)
    digits = sum(c.isdigit() for c in text)
    assert (digits >= 10 and len(found) >= 11) if found else True
    assert number_in(f"{text} 號 13800138000")


def test_number_of_a_side_has_at_least_fifty_nine_bits_and_no_bias_one_can_see():
    assert LENGTH * math.log2(len(ALPHABET)) > 59
    drawn = "".join(new_code().replace("-", "") for _ in range(3000))
    share = [drawn.count(letter) / len(drawn) * len(ALPHABET) for letter in ALPHABET]
    assert set(drawn) == set(ALPHABET) and min(share) > 0.85 and max(share) < 1.15


@pytest.mark.parametrize("period", ["0000Q1", "1999Q4", "9999Q4"])
def test_quarter_far_away_is_no_page(mediation, logged_in, period):
    assert logged_in(mediation.mediator).get(f"{ROOM}/{period}/C01/").status_code == 404


def test_dispute_of_another_bureau_is_not_found_under_ones_own(mediation, cast, logged_in):
    dispute = mediation.taken_in()
    assert logged_in(cast.user("stranger")).get(f"/disputes/yuanshan/{dispute.number}/").status_code in (403, 404)


def test_form_that_is_sent_twice_writes_one_note(mediation, logged_in):
    dispute, client = mediation.taken_in(), logged_in(mediation.mediator)
    for _ in range(2):
        client.post(f"{ROOM}/{dispute.number}/note", {"text": "各讓一步", "once": "token"})
    assert dispute.notes.count() == 1


def test_two_who_settle_at_once_settle_once(mediation):
    dispute = mediation.consented()
    with clock.at(FIRST):
        actions.settle(by=mediation.mediator, dispute=dispute, agreement="先到")
        with pytest.raises(Exception, match="."):
            actions.settle(by=mediation.mediator, dispute=Dispute.objects.get(), agreement="後到")
    assert Dispute.objects.get().agreement == "先到"
