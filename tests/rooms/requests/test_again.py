"""A form that is sent again, after a fault or a double click, is shown its code again, which nobody has kept."""

import math
import secrets
from collections import Counter

import pytest
from django.core.cache import cache

from linli.work.requests import actions, codes, queries
from linli.work.requests.models import Complaint, Request
from tests.rooms.portal.resident import Resident, aged, code_on

SECRET = "portal:3Jk1o8nQm2xYv5Ze"


@pytest.fixture
def complain(cast):
    def sent(**given):
        return actions.complain(**{"bureau": cast.bureau, "words": "某民警（虛構）", "again": True, **given})

    return sent


def test_same_secret_again_gives_the_same_row_and_its_code(cast, send):
    first, again = send(client_key=SECRET, again=True), send(client_key=SECRET, again=True, words="別的（虛構）")
    assert first.code and (first.pk, first.code) == (again.pk, again.code)
    assert queries.by_code(cast.bureau, again.code).public_id == first.public_id and Request.objects.count() == 1


def test_same_secret_of_a_complaint_gives_its_own_code_and_not_that_of_a_request(cast, send, complain):
    first, again = complain(client_key=SECRET), complain(client_key=SECRET)
    assert first.code and (first.pk, first.code) == (again.pk, again.code)
    assert queries.complaint_by_code(cast.bureau, again.code).number == first.number
    assert send(client_key=SECRET, again=True).code != first.code and Complaint.objects.count() == 1


def test_whoever_was_quicker_by_a_hair_leaves_the_code_to_the_other_as_well(send, monkeypatch):
    from linli.work.requests.actions import receiving

    first, real, seen = send(client_key=SECRET, again=True), receiving._known, []

    def not_yet(*given):
        seen.append(given)
        return None if len(seen) == 1 else real(*given)

    monkeypatch.setattr(receiving, "_known", not_yet)
    again = send(client_key=SECRET, again=True)
    assert len(seen) == 2 and (again.pk, again.code) == (first.pk, first.code)


def test_complaint_that_was_quicker_by_a_hair_too(complain, monkeypatch):
    first = complain(client_key=SECRET)
    monkeypatch.setattr("django.db.models.query.QuerySet.first", lambda rows: None)
    assert complain(client_key=SECRET).code == first.code


@pytest.mark.parametrize("given", [{}, {"client_key": ""}])
def test_code_is_drawn_by_chance_where_there_is_no_secret(send, given):
    assert send(again=True, **given).code != send(again=True, **given).code


def test_key_that_is_no_secret_is_never_given_a_code_again(send):
    assert send(client_key="round-1").code and send(client_key="round-1").code == ""
    send(client_key=SECRET, again=True)
    assert send(client_key=SECRET).code != send(client_key=SECRET, again=True).code  # another key, drawn by chance
    assert send(client_key=SECRET).code == ""


def test_code_of_another_bureau_is_another(cast, send):
    here = send(client_key=SECRET, again=True).code
    assert send(client_key=SECRET, again=True, bureau=cast.other_bureau, community=None).code != here


def test_neither_code_nor_secret_is_kept(send, complain):
    for made, rows in ((send(client_key=SECRET, again=True), Request), (complain(client_key=SECRET), Complaint)):
        stored = str(rows.objects.filter(pk=made.pk).values().get())
        assert SECRET not in stored and SECRET[7:] not in stored
        assert made.code not in stored and codes.plain(made.code) not in stored
        assert rows.objects.get(pk=made.pk).code == ""


def test_code_worked_out_has_eighty_bits_and_every_sign_alike():
    made = [codes.plain(codes.code_of(secrets.token_urlsafe(12), "linjiang")) for _ in range(4000)]
    assert len(set(made)) == 4000 and all(len(code) == codes.LENGTH for code in made)
    assert codes.LENGTH * math.log2(len(codes.ALPHABET)) >= 80
    for place in range(codes.LENGTH):
        counts = Counter(code[place] for code in made)
        assert sum((counts[sign] - 125) ** 2 / 125 for sign in codes.ALPHABET) < 80  # 31 degrees of freedom


@pytest.mark.parametrize(("path", "form"), [("say/noise/", "say"), ("complain/", "complain")])
def test_resident_who_sends_again_after_a_restart_is_shown_the_code_again(cast, path, form):
    cache.clear()
    resident, token = Resident(), aged(form)
    first = resident.send(path, form, token=token, words="吵（虛構）")
    cache.clear()  # the program was killed: its memory is gone
    again = resident.send(path, form, token=token, words="吵（虛構）")
    cache.delete_many([key for key in _kept() if key.startswith("portal.answer:")])  # ... or it is long ago
    later = resident.send(path, form, token=token, words="吵（虛構）")
    assert code_on(first) == code_on(again) == code_on(later)
    assert Request.objects.count() + Complaint.objects.count() == 1
    cache.clear()


def _kept():
    return [key.split(":", 2)[2] for key in cache._cache]
