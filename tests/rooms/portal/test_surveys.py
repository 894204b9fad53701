"""Answering a survey behind its card: once, anonymously, and a number to be called on stands apart."""

import pytest

from linli.work.surveys import actions
from linli.work.surveys.models import Answer, Contact, Device
from tests.rooms.portal.resident import HOME, aged, text_of
from tests.rooms.surveys import asking


@pytest.fixture
def cards(cast):
    wave = asking.opened(cast, asking.published(cast))
    return actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses(), seed=7)


@pytest.fixture
def card(cards):
    return cards[0].token


def test_card_shows_its_questions_in_the_language_of_the_reader(resident, card):
    text = text_of(resident.get(f"s/{card}/?lang=en"))
    assert "Did you see your officer last month?" in text and "optional" in text
    assert not resident.get(f"s/{card}/").cookies


def test_answers_are_counted_and_the_card_is_spent(resident, card):
    answer = resident.send(f"s/{card}/?lang=en", "survey", q_screen="yes", q_satisfied="fairly", q_said="多來走走")
    assert "Thank you" in text_of(answer)
    assert Answer.objects.get().ticks == {"satisfied": "fairly"}
    assert "cannot be used" in text_of(resident.get(f"s/{card}/?lang=en"))


def test_double_click_on_answers_thanks_twice_and_counts_once(resident, card):
    token = aged("survey")
    for _ in range(2):
        answer = resident.send(f"s/{card}/?lang=en", "survey", token=token, q_screen="yes", q_seen="no")
        assert "Thank you" in text_of(answer)
    assert Answer.objects.count() == 1


def test_nothing_ticked_is_said_and_spends_no_card(resident, card):
    assert "Nothing is answered yet" in text_of(resident.send(f"s/{card}/?lang=en", "survey"))
    assert resident.get(f"s/{card}/").status_code == 200


def test_number_left_afterwards_is_kept_apart(resident, card):
    resident.send(f"s/{card}/", "survey", q_screen="yes", q_seen="yes")
    answer = resident.send(f"s/{card}/contact/?lang=en", "survey", contact="13800000000")
    assert "apart from your answers" in text_of(answer) and Contact.objects.count() == 1


def test_device_is_known_by_a_hash_alone(resident, card):
    resident.send(f"s/{card}/", "survey", q_screen="yes", q_seen="yes")
    assert len(Device.objects.get().mark) == 64


def test_unknown_spent_and_foreign_cards_are_answered_alike(resident, card):
    resident.send(f"s/{card}/", "survey", q_screen="yes", q_seen="yes")
    unknown, spent = (text_of(resident.get(f"s/{one}/?lang=en")) for one in ("abcdefghabcdefgh", card))
    foreign = text_of(resident.client.get(f"/p/yuanshan/s/{card}/?lang=en"))
    assert unknown == spent == foreign.replace("遠山縣公安局", "臨江縣公安局")


def test_letters_may_be_typed(resident, card):
    typed = f"{card[:4]}-{card[4:8]}-{card[8:12]}-{card[12:]}".upper()
    answer = resident.client.post(f"{HOME}s/?lang=en", {"code": typed})
    assert answer.headers["Location"] == f"{HOME}s/{card}/?lang=en"
    assert "cannot be used" in text_of(resident.client.post(f"{HOME}s/?lang=en", {"code": "abcd"}))


def test_questions_with_markup_are_shown_as_text(cast, resident):
    evil = asking.question("seen", "seen", "<script>alert(1)</script>", "<img src=x onerror=alert(1)>")
    wave = asking.opened(cast, asking.published(cast, [evil], "evil"))
    token = actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses(), seed=7)[0].token
    for lang in ("zh-hant", "en"):
        page = resident.get(f"s/{token}/?lang={lang}").content.decode()
        assert "<script>alert" not in page and "<img src=x" not in page
