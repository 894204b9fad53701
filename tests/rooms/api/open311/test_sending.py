"""What a program sends arrives whole, in its community; what is wrong with it is said, and nothing of it is kept."""

import io

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from linli.faces.api import actions as api
from linli.faces.api.open311.door import MOST_SENT
from linli.work.requests.models import Complaint, Request
from linli.work.requests.queries import by_code
from tests.rooms.api.open311.conftest import INSIDE, NOISE, OUTSIDE, errors, tree

PERSON = {"first_name": "安", "last_name": "林", "email": "lin.an@example.org", "phone": "0000-1"}


def test_a_request_arrives_in_the_community_of_its_point(county, post):
    answer = post(NOISE | INSIDE)
    assert answer.status_code == 200
    (said,) = answer.json()
    made = Request.objects.get()
    assert said["service_request_id"] == made.public_id and said["account_id"] is None
    assert (made.channel, made.kind, made.words, made.community.code) == ("open311", "noise", "夜裏有人唱歌", "C01")
    assert (made.lat, made.lon) == (0.05, 0.05)


def test_its_receipt_code_opens_it(county, post):
    (said,) = post(NOISE | INSIDE).json()
    code = next(
        word for word in said["service_notice"].replace("：", " ").replace("，", " ").split() if word.count("-") == 3
    )
    assert by_code(county.bureau, code.strip(":,"))


def test_xml_is_answered_in_xml(county, post):
    root = tree(post(NOISE | INSIDE, "requests.xml"))
    assert root.tag == "service_requests"
    assert root.find("request/service_request_id").text == Request.objects.get().public_id


def test_an_address_in_words_is_accepted_alone(county, post):
    assert post(NOISE | {"address_string": "橋頭三號"}).status_code == 200
    made = Request.objects.get()
    assert (made.place_note, made.lat, made.community) == ("橋頭三號", None, None)


def test_name_email_and_phone_go_to_the_contact_alone(county, post):
    assert post(NOISE | INSIDE | PERSON | {"device_id": "d-1", "account_id": "a-1"}).status_code == 200
    made = Request.objects.get()
    assert made.contact.splitlines() == ["安 林", "lin.an@example.org", "0000-1"]
    assert all(part not in made.words + made.place_note for part in PERSON.values())


def test_jurisdiction_and_key_may_stand_in_the_address(county, post):
    form = {name: value for name, value in (NOISE | INSIDE).items() if name != "jurisdiction_id"}
    assert post(form).status_code == 400
    assert post(form, "requests.json?jurisdiction_id=linjiang&api_key=").status_code == 200


def test_a_service_alone_says_enough(county, post):
    assert post({name: value for name, value in (NOISE | INSIDE).items() if name != "description"}).status_code == 200
    assert Request.objects.get().words == "噪音擾民"


def test_a_picture_is_drawn_anew_and_an_address_of_one_is_left_alone(county, post):
    drawn = io.BytesIO()
    Image.new("RGB", (40, 30), "red").save(drawn, "PNG")
    file = SimpleUploadedFile("a.png", drawn.getvalue(), "image/png")
    assert post(NOISE | INSIDE | {"media": file, "media_url": "http://169.254.169.254/x"}).status_code == 200
    assert Request.objects.get().photo.locked
    assert "169.254" not in str(Request.objects.values().get())


def test_a_form_that_is_too_large_is_refused_before_it_is_read(county, post):
    file = SimpleUploadedFile("a.png", b"x" * (MOST_SENT + 1), "image/png")
    answer = post(NOISE | INSIDE | {"media": file})
    assert answer.status_code == 413 and "14 MB" in errors(answer)


def test_what_is_no_picture_is_refused(county, post):
    file = SimpleUploadedFile("a.png", b"<svg onload=alert(1)>", "image/png")
    assert post(NOISE | INSIDE | {"media": file}).status_code == 400
    assert not Request.objects.exists()


@pytest.mark.parametrize(
    ("change", "status", "said"),
    [
        ({"service_code": ""}, 400, "service_code was not provided"),
        ({"service_code": "complaint"}, 404, "service_code was not found"),
        ({"lat": "", "long": ""}, 400, "a place is needed"),
        ({"long": ""}, 400, "lat and long"),
        ({"lat": "91"}, 400, "lat and long"),
        ({"lat": "nan"}, 400, "lat and long"),
        ({"lat": "1e3"}, 400, "lat and long"),
        ({"long": "१"}, 400, "lat and long"),
        (OUTSIDE, 400, "outside this jurisdiction"),
        ({"description": "長" * 4001}, 400, "description"),
        ({"phone": "1" * 41}, 400, "phone"),
        ({"jurisdiction_id": "nowhere"}, 404, "jurisdiction_id"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(county, post, change, status, said):
    form = NOISE | INSIDE | change
    answer = post(form)
    assert answer.status_code == status and said in errors(answer)
    assert tree(post(form, "requests.xml")).find("error/code").text == str(status)
    assert not Request.objects.exists() and not Complaint.objects.exists()


def test_where_no_boundary_is_laid_down_every_point_is_taken(cast, post):
    assert post(NOISE | OUTSIDE).status_code == 200
    assert Request.objects.get().community is None


def test_a_body_that_cannot_be_read_is_refused_kindly(county, post):
    broken = {"content_type": "multipart/form-data; boundary=x"}
    assert post(b"--y\r\nbroken", **broken).status_code == 400
    assert post(b"\xff\xfe=%zz", content_type="application/x-www-form-urlencoded").status_code == 400
    assert post(b"[]", content_type="application/json").status_code == 400


def test_too_many_from_one_address_must_wait(county, post, settings):
    settings.INTAKE_LIMIT = 2
    assert [post(NOISE | INSIDE).status_code for _ in range(3)] == [200, 200, 429]
    answer = post(NOISE | INSIDE, "requests.xml")
    assert int(answer["Retry-After"]) > 0
    assert tree(answer).find("error/code").text == "429"
    assert Request.objects.count() == 2


def test_where_keys_are_asked_for_only_a_client_of_the_bureau_may_send(county, post, settings):
    settings.OPEN311_KEYS = True
    personnel, stranger = county.user("personnel"), county.user("stranger")
    client, key = api.open_client(by=personnel, bureau=county.bureau, name="app")
    _other, another = api.open_client(by=stranger, bureau=county.other_bureau, name="app")
    for wrong in ("", "linli_x", another):
        answer = post(NOISE | INSIDE | {"api_key": wrong})
        assert answer.status_code == 403 and "api_key" in errors(answer)
    assert post(NOISE | INSIDE | {"api_key": key}).status_code == 200
    api.close_client(by=personnel, client=client, why="ended")
    assert post(NOISE | INSIDE | {"api_key": key}).status_code == 403
    assert Request.objects.count() == 1


def test_a_client_with_a_key_has_its_own_limit(county, post, settings, monkeypatch):
    settings.OPEN311_KEYS = True
    monkeypatch.setattr(api, "A_MINUTE", 1)
    _client, key = api.open_client(by=county.user("personnel"), bureau=county.bureau, name="app")
    answers = [post(NOISE | INSIDE | {"api_key": key}) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [200, 429]
    assert 0 < int(answers[1]["Retry-After"]) <= 61
    cache.clear()


def test_no_cookie_is_set(county, post, get):
    assert not post(NOISE | INSIDE).cookies and not get("services.json", jurisdiction_id="linjiang").cookies
