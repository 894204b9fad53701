"""Taking in what residents say: cheaply, once, and so that nobody can guess the way to it."""

import io
import math
from collections import Counter

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from linli.ground.places.models import Place
from linli.ground.trail.encrypted import lock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import Refused
from linli.work.requests import actions, codes, queries, where
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Photo, Request
from tests.rooms.requests.conftest import CONTACT, SQUARE, WORDS


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(kept, "PNG")
    return kept.getvalue()


def test_sender_is_given_a_code_of_eighty_bits_that_is_kept_nowhere(send):
    request = send()
    assert len(codes.plain(request.code)) * math.log2(len(codes.ALPHABET)) >= 80
    stored = Request.objects.filter(pk=request.pk).values().get()
    assert codes.plain(request.code) not in str(stored) and request.code not in str(stored)
    assert Request.objects.get(pk=request.pk).code == ""


def test_every_sign_of_a_code_is_as_likely_as_any_other():
    drawn = [codes.plain(codes.new_code()) for _ in range(4000)]
    assert len(set(drawn)) == 4000
    for place in range(codes.LENGTH):
        counts = Counter(code[place] for code in drawn)
        chi_square = sum((counts[sign] - 125) ** 2 / 125 for sign in codes.ALPHABET)
        assert chi_square < 80  # 31 degrees of freedom: one draw in a hundred thousand comes out above


def test_public_number_is_drawn_apart_and_opens_nothing(cast, send):
    request = send()
    assert queries.by_code(cast.bureau, request.public_id) is None
    assert queries.by_code(cast.bureau, request.public_id[1:]) is None
    assert not {codes.plain(request.code)[i : i + 6] for i in range(11)} & {request.public_id[1:7]}


def test_code_of_one_bureau_opens_nothing_in_another(cast, send):
    assert queries.by_code(cast.other_bureau, send().code) is None


@pytest.mark.parametrize("typed", ["{0}", " {1} ", "{2}", "{3}"])
def test_code_is_understood_as_people_type_it(cast, send, typed):
    request = send()
    code = request.code
    ways = (code, code.lower(), code.replace("-", " ").replace("0", "O").replace("1", "l"), code.replace("-", ""))
    assert queries.by_code(cast.bureau, typed.format(*ways)).public_id == request.public_id


@pytest.mark.parametrize("wrong", ["", "0000-0000-0000-0000", "x" * 10_000, "\x00", "'; --", "R0000000000000000"])
def test_wrong_code_costs_as_many_queries_as_a_right_one(cast, send, wrong, django_assert_num_queries):
    code = send().code
    with django_assert_num_queries(2):
        assert queries.by_code(cast.bureau, code) is not None
    with django_assert_num_queries(2):
        assert queries.by_code(cast.bureau, wrong) is None


def test_what_was_written_stands_encrypted_in_the_database(cast, send):
    pk = send(photo=picture()).pk
    with connection.cursor() as cursor:
        cursor.execute("SELECT words, place_note, contact FROM requests_request WHERE id = %s", [pk])
        stored = " ".join(cursor.fetchone())
        cursor.execute("SELECT locked FROM requests_photo WHERE request_id = %s", [pk])
        locked = bytes(cursor.fetchone()[0])
    assert WORDS not in stored and CONTACT not in stored and b"JFIF" not in locked
    kept = Request.objects.get(pk=pk)
    assert (kept.words, kept.contact) == (WORDS, CONTACT)
    assert lock().decrypt(bytes(kept.photo.locked))[:3] == b"\xff\xd8\xff"


def test_trail_says_that_something_came_and_not_what(send):
    request = send()
    entry = Entry.objects.order_by("-number").first()
    assert (entry.action, entry.subject, entry.by) == ("requests.receive", f"request:{request.public_id}", "resident")
    assert WORDS not in entry.facts and CONTACT not in entry.facts and request.code not in entry.facts


def test_same_key_again_gives_the_same_request_without_its_code_and_writes_nothing(cast, send):
    first = send(client_key="0b0e-1")
    entries = Entry.objects.count()
    again = send(client_key="0b0e-1", words="something else")
    assert (again.pk, again.words, again.code) == (first.pk, WORDS, "")
    assert (Request.objects.count(), Entry.objects.count()) == (1, entries)


def test_same_key_of_two_bureaus_is_two_requests(cast, send):
    send(client_key="one")
    send(client_key="one", bureau=cast.other_bureau, community=None)
    assert Request.objects.count() == 2


@pytest.mark.parametrize(("given", "most"), [({}, 4), ({"client_key": "k", "position": (0.05, 0.05)}, 6)])
def test_taking_in_costs_few_queries_of_which_three_are_the_trails(send, given, most):
    send()
    with CaptureQueriesContext(connection) as counted:
        send(**given, **({"community": None} if "position" in given else {}))
    asked = [query["sql"] for query in counted.captured_queries if "SAVEPOINT" not in query["sql"]]
    assert len(asked) == most


def test_point_is_found_in_its_community_by_the_boundary(cast, send, community):
    community.place = Place.objects.create(code="990125001001", name="界", level="community", boundary=SQUARE)
    community.save()
    assert send(community=None, position=(0.05, 0.05)).community == community
    assert send(community=None, position=(0.15, 0.05)).community is None


def test_hole_in_a_boundary_is_outside_and_both_parts_of_a_divided_community_are_inside():
    ring = "[[0,0],[9,0],[9,9],[0,9],[0,0]]"
    hole = "[[3,3],[6,3],[6,6],[3,6],[3,3]]"
    drawn = f'{{"type": "MultiPolygon", "coordinates": [[{ring}, {hole}], [[[20,0],[21,0],[21,1],[20,1],[20,0]]]]}}'
    inside = [where.holds(drawn, *point) for point in ((1, 1), (4, 4), (0.5, 20.5), (5, 15))]
    assert inside == [True, False, True, False]


@pytest.mark.parametrize("position", [(91, 0), (0, 181), (float("nan"), 0), ("x", 1), (1,), "12", (None, None)])
def test_point_that_is_on_no_planet_is_refused(send, position):
    with pytest.raises(Refused, match="position|位置"):
        send(position=position)


@pytest.mark.parametrize(
    "given",
    [
        {"kind": "arrest"}, {"words": ""}, {"words": " \n "}, {"words": "長" * 4001}, {"channel": "import"},
        {"channel": "telepathy"}, {"photo": b"no picture"}, {"contact": "1" * 201},
    ],
)  # fmt: skip
def test_what_cannot_be_taken_in_is_refused_and_leaves_nothing(send, given):
    with pytest.raises(Refused):
        send(**given)
    assert not Request.objects.exists() and not Photo.objects.exists()


def test_words_of_any_script_and_with_tags_are_kept_as_they_are(send):
    words = "<script>alert(1)</script> ‮ 😀 زبان \ud800"
    assert "<script>alert(1)</script>" in Request.objects.get(pk=send(words=words).pk).words


def test_deadline_counts_working_days_of_its_kind(send):
    assert {kind: send(kind=kind).due_on.isoformat() for kind in ("noise", "hazard")} == {
        "noise": "2026-07-10", "hazard": "2026-07-13",  # a Wednesday; a weekend lies between
    }  # fmt: skip


def test_every_kind_has_its_name_in_three_languages():
    for kind in KINDS.values():
        assert kind.days > 0 and all(kind.names[lang] for lang in ("zh_Hant", "zh_Hans", "en"))


def test_public_list_reads_no_word_and_no_point(cast, send):
    send(position=(0.05, 0.05))
    row = queries.public(cast.bureau).get()
    assert {"words", "contact", "place_note", "lat", "lon", "code_hash"} <= row.get_deferred_fields()
    assert queries.public(cast.bureau, group="open").count() == 1
    assert queries.public(cast.bureau, group="done").count() == 0
    assert queries.public(cast.bureau, kinds=["noise"]).count() == 0
    assert queries.public(cast.bureau, public_ids=[row.public_id]).count() == 1


def test_public_actions_are_there_for_the_other_rooms():
    assert set(actions.__all__) >= {"receive", "acknowledge", "visit", "hand_on", "take", "solve", "decline", "merge"}
