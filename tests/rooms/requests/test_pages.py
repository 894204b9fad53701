"""The room's pages, opened as each role would, and as an enemy."""

import io
import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.work.requests import actions
from linli.work.requests.models import Complaint, Request, Route
from tests.rooms.requests.conftest import CONTACT, THE_DAY, WORDS

ROOM = "/requests/linjiang"
SOMEBODY = {"department": "governance", "leader": "leader1"}
LEADING = {"personnel", "leader", "secretary"}
MAY_READ = {
    f"{ROOM}/": {"officer", "station", "department", "cadre", *LEADING},
    f"{ROOM}/?format=csv": {"officer", "station", "department", "cadre", *LEADING},
    f"{ROOM}/counts": {"officer", "station", *LEADING},
    f"{ROOM}/hot": {"officer", "station", "department", "cadre", *LEADING},
    f"{ROOM}/hot?by=cell": {"officer", "station", "department", "cadre", *LEADING},
    f"{ROOM}/paper": {"officer", "station", "cadre"},
    f"{ROOM}/routes": {"officer", "station"},
    f"{ROOM}/complaints": {"supervision"},
}


@pytest.fixture
def browser(cast, logged_in, officer):
    """``browser("station")``: that account's, in English; "officer" is who holds the community."""

    def of(name):
        client = logged_in(officer if name == "officer" else cast.user(SOMEBODY.get(name, name)))
        client.cookies["django_language"] = "en"
        return client

    return of


@pytest.fixture
def complaint(cast):
    return actions.complain(bureau=cast.bureau, words="某民警（虛構）", contact=CONTACT)


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(kept, "JPEG")
    return kept.getvalue()


def text(answer):
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


def page_of(request):
    return f"{ROOM}/one/{request.public_id}/"


@pytest.mark.parametrize("role", Role)
def test_page_opens_to_those_it_is_meant_for_and_to_nobody_else(send, browser, role):
    send()
    client = browser(str(role))
    for address, roles in MAY_READ.items():
        assert client.get(address).status_code == (200 if role in roles else 403), address


@pytest.mark.parametrize("role", Role)
def test_words_photo_and_contact_are_for_officer_and_station_alone(send, browser, role):
    request = send(photo=picture())
    client = browser(str(role))
    expected = 200 if role in ("officer", "station") else 403
    assert client.get(page_of(request)).status_code == expected
    assert client.get(f"{page_of(request)}photo").status_code == expected
    assert client.post(f"{page_of(request)}contact").status_code == expected


@pytest.mark.parametrize("role", Role)
def test_no_count_or_file_holds_words_and_no_list_a_contact(send, browser, role):
    send(words=WORDS, contact=CONTACT)
    client = browser(str(role))
    for address in (f"{ROOM}/?format=csv", f"{ROOM}/counts", f"{ROOM}/counts?format=csv", f"{ROOM}/hot"):
        said = text(client.get(address))
        assert WORDS not in said and CONTACT not in said and "三棟" not in said
    said = text(client.get(f"{ROOM}/"))
    assert CONTACT not in said and (WORDS in said) == (role in ("officer", "station"))


def test_contact_is_not_on_the_request_itself_and_looking_at_it_stays_in_the_trail(send, browser):
    request = send()
    client = browser("officer")
    assert CONTACT not in text(client.get(page_of(request)))
    assert client.get(f"{page_of(request)}contact").status_code == 405
    assert CONTACT in text(client.post(f"{page_of(request)}contact"))
    entry = Entry.objects.order_by("-number").first()
    assert (entry.action, entry.subject) == ("requests.contact_read", f"request:{request.public_id}")
    assert CONTACT not in entry.facts


def test_officer_of_another_community_reads_nothing(cast, send, logged_in, officer):
    other = User.objects.filter(role="officer", bureau=cast.bureau).exclude(pk=officer.pk).first()
    request = send()
    client = logged_in(other)
    assert client.get(page_of(request)).status_code == 403
    assert request.public_id not in text(client.get(f"{ROOM}/?format=csv"))


def test_officer_who_left_the_post_reads_no_more(send, browser, officer):
    request = send()
    officer.officer.posts.update(end=THE_DAY.date() - timedelta(days=1))
    assert browser("officer").get(page_of(request)).status_code == 403


def test_stranger_of_another_bureau_comes_nowhere(send, browser):
    request = send()
    client = browser("stranger")
    for address in (page_of(request), f"{ROOM}/", f"{ROOM}/hot", f"{ROOM}/complaints"):
        assert client.get(address).status_code == 403
    assert client.get("/requests/nowhere/").status_code == 404


def test_photo_is_served_as_a_picture_and_kept_by_no_browser(send, browser):
    answer = browser("officer").get(f"{page_of(send(photo=picture()))}photo")
    assert answer.content[:3] == b"\xff\xd8\xff" and answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff" and "no-store" in answer["Cache-Control"]


def test_scripts_and_links_in_words_are_inert(send, browser):
    said = text(browser("officer").get(page_of(send(words="<script>alert(1)</script> http://evil.example"))))
    assert "<script>alert" not in said and 'href="http://evil' not in said


def test_officer_goes_the_ordinary_way_by_its_forms(send, browser):
    request, client = send(), browser("officer")
    version = Request.objects.get().version
    for step, given in (
        ("acknowledge", {"answer": "收到"}), ("visit", {"note": "看過"}), ("solve", {"what_was_done": "已固定"}),
    ):  # fmt: skip
        answer = client.post(f"{page_of(request)}{step}", given | {"version": version})
        assert (answer.status_code, answer["Location"]) == (302, page_of(request))
        version += 1
    assert "已固定" in text(client.get(page_of(request))) and Request.objects.get().state == "solved"


def test_form_with_something_to_mend_comes_back_with_what_was_written(send, browser):
    request = send()
    answer = browser("officer").post(f"{page_of(request)}hand_on", {"why": "路燈不歸我們管", "to": ""})
    assert answer.status_code == 200 and "路燈不歸我們管" in text(answer)
    assert Request.objects.get().state == "received"


def test_second_writer_sees_both_and_nothing_is_lost(send, browser):
    request = send()
    browser("station").post(f"{page_of(request)}acknowledge", {"version": 1})
    answer = browser("officer").post(f"{page_of(request)}decline", {"reason": "我的理由", "version": 1})
    assert answer.status_code == 409 and "我的理由" in text(answer) and "acknowledged" in text(answer)


def test_double_click_does_nothing_twice(send, browser):
    request, client = send(), browser("officer")
    for _ in range(2):
        client.post(f"{page_of(request)}visit", {"note": "看過", "once": "one-token"})
    assert request.updates.count() == 1


@pytest.mark.parametrize("step", ["delete", "merge", "nothing-such", "take"])
def test_step_that_is_not_there_or_not_possible_breaks_nothing(send, browser, step):
    request = send()
    assert browser("officer").post(f"{page_of(request)}{step}", {}).status_code in (200, 403, 404)
    assert browser("officer").get(f"{page_of(request)}{step}").status_code in (404, 405)
    assert Request.objects.get().state == "received"


def test_department_takes_and_solves_what_was_handed_to_it_and_loses_it_when_it_goes_on(
    send, browser, officer, lighting
):
    request = send(kind="lighting")
    department = browser("department")
    assert department.get(page_of(request)).status_code == 403
    actions.hand_on(by=officer, request=request, to=lighting, why="路燈", remember=True)
    assert WORDS in text(department.get(page_of(request)))
    assert department.post(f"{page_of(request)}contact").status_code == 403  # it has not arrived yet
    assert department.post(f"{page_of(request)}take", {}).status_code == 302
    assert CONTACT in text(department.post(f"{page_of(request)}contact"))
    answer = department.post(f"{page_of(request)}hand_on", {"to": "派出所", "why": "不歸我們"})
    assert answer["Location"] == f"{ROOM}/" and department.get(page_of(request)).status_code == 403


def test_page_says_whose_work_it_is_and_suggests_the_way_of_before(send, browser, officer, lighting):
    actions.hand_on(by=officer, request=send(kind="lighting"), to=lighting, why="路燈", remember=True)
    said = text(browser("officer").get(page_of(send(kind="lighting"))))
    assert "not the police" in said and "Handed to 綜治中心 before" in said
    assert re.search(r'<option value="綜治中心" selected', said)


def test_duplicates_stand_on_the_page_and_are_merged_from_it(send, browser):
    first, second = send(position=(0.05, 0.05)), send(position=(0.0501, 0.05))
    client = browser("officer")
    assert "Perhaps the same matter" in text(client.get(page_of(second)))
    assert client.post(f"{page_of(second)}merge", {"into": first.public_id}).status_code == 302
    assert Request.objects.get(pk=second.pk).merged_into == first


def test_request_that_is_not_near_cannot_be_merged_by_its_number(send, browser):
    first, second = send(place_note="甲"), send(place_note="乙")
    browser("officer").post(f"{page_of(second)}merge", {"into": first.public_id})
    assert Request.objects.get(pk=second.pk).state == "received"


def test_cadre_enters_a_slip_and_is_given_a_receipt_to_print_once(cast, browser, community):
    client = browser("cadre")
    form = {"kind": "noise", "words": "樓上太吵（虛構）", "community": "C01", "once": "slip-1", "contact": CONTACT}
    first, again = client.post(f"{ROOM}/paper", form), client.post(f"{ROOM}/paper", form)
    request = Request.objects.get()
    code = re.search(r"(?:[0-9A-Z]{4}-){3}[0-9A-Z]{4}", text(first))[0]
    assert code not in text(again) and "already been entered" in text(again)
    assert (request.entered_by, request.channel) == ("cadre", "paper")
    assert "樓上太吵" in text(client.get(page_of(request)))
    assert client.post(f"{page_of(request)}contact").status_code == 403


def test_cadre_enters_for_the_own_community_alone_and_reads_the_own_slips_alone(send, browser):
    request, client = send(), browser("cadre")
    form = {"kind": "noise", "words": "…", "community": "C02"}
    assert client.post(f"{ROOM}/paper", form).status_code == 200
    assert Request.objects.count() == 1 and client.get(page_of(request)).status_code == 403


def test_route_is_forgotten_by_the_station(send, browser, officer, lighting):
    actions.hand_on(by=officer, request=send(kind="lighting"), to=lighting, why="路燈", remember=True)
    assert browser("officer").post(f"{ROOM}/routes/forget", {"kind": "lighting"}).status_code == 403
    answer = browser("station").post(f"{ROOM}/routes/forget", {"kind": "lighting", "community": "C01"})
    assert answer.status_code == 302 and not Route.objects.exists()


@pytest.mark.parametrize("role", Role)
def test_complaint_is_for_supervision_alone(complaint, browser, role):
    client = browser(str(role))
    address = f"{ROOM}/complaints/{complaint.number}/"
    seen = client.get(address)
    assert seen.status_code == (200 if role == "supervision" else 403)
    assert ("某民警" in text(seen)) == (role == "supervision")
    written = client.post(f"{address}answer", {"text": "查實（虛構）"})
    assert written.status_code == (302 if role == "supervision" else 403)
    assert Complaint.objects.get().state == ("answered" if role == "supervision" else "received")


@pytest.mark.parametrize("role", Role)
def test_nobody_elses_pages_say_that_a_complaint_is_there(cast, complaint, browser, role):
    if role == "supervision":
        return
    client = browser(str(role))
    for address in ("/", f"{ROOM}/", f"{ROOM}/counts", f"{ROOM}/hot", f"{ROOM}/?format=csv"):
        said = text(client.get(address, follow=True))
        assert "某民警" not in said and complaint.number not in said and CONTACT not in said


def test_supervision_goes_the_way_of_a_complaint(complaint, browser):
    client, address = browser("supervision"), f"{ROOM}/complaints/{complaint.number}/"
    assert client.get(f"{ROOM}/complaints").status_code == 200
    for step, given in (("take_up", {"note": "內部"}), ("answer", {"text": "查實"}), ("close", {})):
        assert client.post(f"{address}{step}", given | {"version": Complaint.objects.get().version}).status_code == 302
    assert Complaint.objects.get().state == "closed"
    assert client.post(f"{address}answer", {"text": "再答"}).status_code == 200  # said above the form
    assert client.post(f"{address}erase", {}).status_code == 404


@pytest.mark.parametrize(
    "query", ["?page=x", "?sort=;drop", "?kind=%00", "?community=%F0", "?first=x&last=y", "?group=1"]
)
def test_odd_questions_break_no_page(send, browser, query):
    send()
    client = browser("station")
    for address in (f"{ROOM}/", f"{ROOM}/counts", f"{ROOM}/hot"):
        assert client.get(address + query).status_code == 200


def test_list_is_filtered_sorted_and_marks_what_is_overdue(send, browser):
    with clock.at(THE_DAY - timedelta(days=20)):
        late = send(kind="noise")
    send(kind="lost")
    client = browser("station")
    said = text(client.get(f"{ROOM}/?format=csv&overdue=1"))
    assert late.public_id in said and said.count("\r\n") == 2
    assert text(client.get(f"{ROOM}/?format=csv&kind=lost")).count("\r\n") == 2
    assert "overdue" in text(client.get(f"{ROOM}/"))


def test_number_of_queries_does_not_grow_with_the_rows(send, browser):
    client = browser("station")

    def counted(address):
        with CaptureQueriesContext(connection) as asked:
            client.get(address)
        return len(asked)

    request, _other = send(position=(0.05, 0.05)), send(position=(0.05, 0.05))
    addresses = (f"{ROOM}/", f"{ROOM}/counts", f"{ROOM}/hot", page_of(request), f"{ROOM}/?format=csv")
    before = [counted(address) for address in addresses]
    for _ in range(25):
        send(position=(0.05, 0.05))
    assert [counted(address) for address in addresses] == before
    assert max(before) < 20


def test_page_of_a_reader_of_chinese_is_in_chinese(send, logged_in, officer):
    client = logged_in(officer)
    client.cookies["django_language"] = "zh-hant"
    assert "安全隱患" in text(client.get(page_of(send())))


def test_reopening_is_not_offered_once_the_words_are_erased(send, browser, officer):
    request = send()
    actions.solve(by=officer, request=request, what_was_done="好了")
    client = browser("officer")
    assert "/reopen" in text(client.get(page_of(request)))
    actions.erase_due(today=request.erase_words_on)
    assert "/reopen" not in text(client.get(page_of(request)))


def test_cadre_who_entered_a_slip_reads_what_its_sender_is_told_and_no_word_between_colleagues(
    cast, send, browser, officer
):
    request = send(by=cast.user("cadre"), channel="paper")
    actions.acknowledge(by=officer, request=request, answer="今天下午去看。")
    actions.visit(by=officer, request=request, note="三棟李某涉案（虛構）")
    said, staffs = (text(browser(name).get(page_of(request))) for name in ("cadre", "station"))
    assert "今天下午去看" in said and "somebody was there" in said and "李某涉案" not in said
    assert "李某涉案" in staffs


@pytest.mark.parametrize("day", ["0001-01-01", "9999-12-31", "1969-12-31", "2201-01-01", "1970-01-01", "2200-12-31"])
def test_days_at_the_ends_of_time_break_no_counts(browser, day):
    client = browser("station")
    for asked in (f"last={day}", f"first={day}", f"first={day}&last={day}"):
        assert client.get(f"{ROOM}/counts?{asked}").status_code == 200, asked
        assert client.get(f"{ROOM}/counts?{asked}&format=csv").status_code == 200, asked
