"""Whatever somebody types or sends: a refusal in words, or a page, and never a fault of the server."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.ground.trail.refusals import Refused
from linli.work.requests import codes, queries, where
from linli.work.requests.models import Request

ANY = st.text(max_size=300) | st.text(alphabet=st.characters(categories=["Cs", "Cc", "Cf", "Lo", "So"]), max_size=50)
STEP = st.sampled_from(["acknowledge", "visit", "solve", "decline", "close", "hand_on"])
WITH_A_COUNTY = settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@given(ANY)
def test_any_text_is_one_code_or_none(text):
    found = codes.plain(text)
    assert found == "" or codes.plain(found) == found
    assert len(codes.hash_of(text)) == 64


@given(st.floats(-90, 90), st.floats(-180, 180))
def test_every_point_lies_in_the_square_it_is_said_to_lie_in(lat, lon):
    south, west = map(float, where.cell(lat, lon).split(","))
    assert south - 1e-6 <= lat <= south + where.CELL + 1e-6 and west - 1e-6 <= lon <= west + where.CELL + 1e-6


@WITH_A_COUNTY
@given(words=ANY, place_note=ANY, contact=ANY, key=ANY)
def test_any_words_are_kept_or_refused(send, words, place_note, contact, key):
    try:
        made = send(words=words, place_note=place_note, contact=contact, client_key=key, language=key)
    except Refused as refusal:
        assert str(refusal.message)
    else:
        assert Request.objects.get(pk=made.pk).words


@WITH_A_COUNTY
@given(code=ANY)
def test_any_code_is_answered(cast, code):
    assert queries.by_code(cast.bureau, code) is None and queries.complaint_by_code(cast.bureau, code) is None


@WITH_A_COUNTY
@given(
    words=ANY, place_note=ANY, step=st.sampled_from(["acknowledge", "visit", "solve", "decline", "close", "hand_on"])
)
def test_any_form_comes_back_or_is_taken(cast, logged_in, officer, send, words, place_note, step):
    client, request = logged_in(officer), send()
    form = {"kind": "noise", "words": words, "place_note": place_note, "community": "C01", "once": ""}
    typed = {name: text.encode(errors="replace").decode() for name, text in form.items()}
    assert client.post("/requests/linjiang/paper", typed).status_code == 200
    said = dict.fromkeys(("answer", "note", "what_was_done", "reason", "why"), typed["words"]) | {"how": words[:9]}
    said = {name: text.encode(errors="replace").decode() for name, text in said.items()} | {"to": typed["place_note"]}
    assert client.post(f"/requests/linjiang/one/{request.public_id}/{step}", said).status_code in (200, 302, 409)
