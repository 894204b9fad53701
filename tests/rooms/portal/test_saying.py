"""Saying something: it arrives once where it belongs, and comes back with a code that nobody can guess."""

import math

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from linli.ground.trail.models import Entry
from linli.work.incidents.models import Sighting
from linli.work.requests import codes
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Complaint, Request
from linli.work.surveys import tokens as survey_tokens
from tests.rooms.portal.resident import HOME, aged, code_on, picture, text_of

HTML = '<script>alert(1)</script><a href="https://evil.example">這裡</a>'


def test_every_kind_may_be_said_and_is_answered_with_a_receipt(resident):
    for kind in KINDS:
        answer = resident.say(kind, community="C01")
        made = Request.objects.get(kind=kind)
        assert (made.community.code, made.channel, made.language) == ("C01", "portal", "en")
        assert made.public_id in text_of(answer) and not answer.cookies
        assert "Being looked after" in text_of(resident.follow(code_on(answer)))


def test_words_alone_are_enough(resident):
    resident.say()
    made = Request.objects.get()
    assert (made.community, made.contact, made.place_note) == (None, "", "")


def test_who_came_by_a_card_is_counted_so_and_nobody_is_marked(resident):
    resident.send("say/noise/?via=qr&c=C01", "say", words="吵")
    assert Request.objects.get().channel == "qr"


def test_double_click_is_one_request_and_shows_its_code_both_times(resident):
    token = aged("say")
    first, again = (resident.send("say/noise/", "say", token=token, words="吵") for _ in range(2))
    assert Request.objects.count() == 1 and code_on(first) == code_on(again)


def test_form_that_was_sent_long_ago_makes_nothing_twice(resident):
    from django.core.cache import cache

    token = aged("say")
    first = resident.send("say/noise/?lang=en", "say", token=token, words="吵")
    cache.clear()
    again = resident.send("say/noise/?lang=en", "say", token=token, words="吵")
    assert Request.objects.count() == 1 and code_on(again) == code_on(first)


def test_photo_arrives_without_what_hid_in_it(resident):
    upload = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    resident.say(photo=upload)
    assert Request.objects.get().photo


def test_what_is_no_picture_is_refused_and_the_words_stay(resident):
    for content in (b"", b"GIF89a", b"%PDF-1.7", b"<svg onload=alert(1)>"):
        answer = resident.say(words="路燈壞了（虛構）", photo=SimpleUploadedFile("a.jpg", content, "image/jpeg"))
        assert answer.status_code == 200 and "路燈壞了" in text_of(answer) and not Request.objects.exists()


def test_form_that_is_too_large_is_refused_politely_before_it_is_read(resident):
    upload = SimpleUploadedFile("a.jpg", b"\xff" * (15 * 2**20), "image/jpeg")
    answer = resident.say(photo=upload)
    assert answer.status_code == 413 and "too large" in text_of(answer) and not answer.cookies


def test_picture_that_is_too_large_is_named_on_its_field(resident):
    upload = SimpleUploadedFile("a.jpg", b"\xff" * (13 * 2**20), "image/jpeg")
    assert "more than 12 MB" in text_of(resident.say(photo=upload))


def test_thousand_fields_are_refused_politely(resident):
    answer = resident.send("say/noise/?lang=en", "say", **{f"f{n}": "x" for n in range(1001)})
    assert answer.status_code == 400 and "cannot be read" in text_of(answer) and not answer.cookies


def test_something_seen_is_kept_by_number_place_and_kind(resident):
    answer = resident.send("seen/", "seen", kind="vehicle", community="C01", place_note="三棟車棚")
    made = Sighting.objects.get()
    assert (made.kind, made.community.code, made.place_note) == ("vehicle", "C01", "三棟車棚")
    assert str(made.number) in text_of(answer) and not Request.objects.exists()


def test_something_seen_offers_no_field_for_words_or_a_name(resident):
    text = resident.get("seen/").content.decode()
    assert "<textarea" not in text and 'name="contact"' not in text


def test_double_click_is_one_sighting(resident):
    token = aged("seen")
    for _ in range(2):
        resident.send("seen/", "seen", token=token, kind="fire")
    assert Sighting.objects.count() == 1


def test_sighting_sent_again_after_a_restart_is_still_one(resident):
    token = aged("seen")
    resident.send("seen/", "seen", token=token, kind="fire")
    cache.clear()  # what the program remembered is gone
    answer = resident.send("seen/", "seen", token=token, kind="fire")
    assert Sighting.objects.count() == 1 and Sighting.objects.get().number in text_of(answer)


@pytest.mark.parametrize("at", ["0001-01-01T00:00", "0001-01-01T00:00+23:59", "9999-12-31T23:59-23:59"])
def test_time_that_no_database_holds_is_said_on_the_form(resident, at):
    answer = resident.send("seen/?lang=en", "seen", kind="fire", at=at)
    assert answer.status_code == 200 and "Leave the time blank" in text_of(answer)
    assert not Sighting.objects.exists()


def test_complaint_goes_to_supervision_and_into_no_other_list(resident, cast, logged_in, officer):
    words, contact = "民警態度粗暴（虛構）", "13900000000"
    answer = resident.send("complain/", "complain", words=words, about="警號000000", contact=contact)
    made = Complaint.objects.get()
    assert made.words == words and made.contact == contact and not Request.objects.exists()
    seen = resident.follow(code_on(answer))
    assert made.number in text_of(seen) and words not in text_of(seen)
    assert logged_in(officer).get(f"/requests/linjiang/complaints/{made.number}/").status_code in (403, 404)
    for entry in Entry.objects.all():
        assert words not in f"{entry.facts}{entry.why}" and contact not in f"{entry.facts}{entry.why}"


def test_words_and_contact_stand_in_no_table_as_they_were_written(resident):
    resident.say(words="獨一無二的詞", contact="13712345678", place_note="獨此一家")
    if connection.vendor != "sqlite":
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in cursor.fetchall():
            cursor.execute(f'SELECT * FROM "{table}"')
            kept = str(cursor.fetchall())
            assert not [word for word in ("獨一無二", "13712345678", "獨此一家") if word in kept], table


def test_markup_in_words_is_text_wherever_it_is_shown(resident, cast, logged_in, officer):
    resident.say(words=HTML, place_note=HTML, community="C01")
    made = Request.objects.get()
    page = logged_in(officer).get(f"/requests/linjiang/one/{made.public_id}/").content.decode()
    assert "&lt;script&gt;alert(1)" in page and "<script>alert" not in page and 'href="https://evil' not in page


@pytest.mark.parametrize(
    ("bits", "least"),
    [
        (codes.LENGTH * math.log2(len(codes.ALPHABET)), 80),
        (survey_tokens.BITS, 80),
    ],
)
def test_code_has_at_least_eighty_bits_of_chance(bits, least):
    assert bits >= least


def test_codes_drawn_use_the_whole_alphabet_evenly():
    drawn = "".join(codes.new_code().replace("-", "") for _ in range(2000))
    expected = len(drawn) / len(codes.ALPHABET)
    chi = sum((drawn.count(sign) - expected) ** 2 / expected for sign in codes.ALPHABET)
    assert set(drawn) == set(codes.ALPHABET) and chi < 70  # 31 degrees of freedom: less than one in ten thousand


def test_words_are_not_lost_when_something_is_wrong(resident):
    answer = resident.send("say/noise/?lang=en", "say", token="old", words="還在這裡", contact="我")
    assert answer.status_code == 400 and "還在這裡" in text_of(answer) and "send it once more" in text_of(answer)
    assert f'action="{HOME}' not in answer.content.decode()  # it is sent to the address it came from, language and all
