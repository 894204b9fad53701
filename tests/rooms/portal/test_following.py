"""Following: the code alone opens it, a wrong one is answered alike, and "not solved" reaches the officer."""

import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.work.disputes import actions as disputes
from linli.work.disputes.models import Side
from linli.work.requests import actions
from linli.work.requests.models import Request
from tests.rooms.portal.resident import code_on, text_of

WRONG = ("0000-0000-0000-0000", "7K3Q-MZ01-0123-ABCD", "x", "' OR 1=1 --", "界" * 80, "0" * 16)


@pytest.fixture
def code(resident):
    return code_on(resident.say(community="C01", contact="13800000000"))


@pytest.fixture
def solved(code, officer):
    actions.solve(by=officer, request=Request.objects.get(), what_was_done="已通知施工方，晚八點後停工。")
    return code


def plain(answer):
    """The page without what differs by each form: the code typed in."""
    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_sender_sees_state_and_answer_and_nobody_sees_words_or_contact(resident, solved):
    text = text_of(resident.follow(solved))
    assert "It is solved" in text and "晚八點後停工" in text
    assert "樓上施工到深夜" not in text and "13800000000" not in text


def test_code_is_understood_however_it_is_typed(resident, code):
    for typed in (code.lower(), code.replace("-", " "), code.replace("-", "")):
        assert "Being looked after" in text_of(resident.follow(typed))


def test_wrong_code_is_answered_alike_whatever_is_wrong_with_it(resident, code):
    usual = resident.follow("ZZZZ-ZZZZ-ZZZZ-ZZZZ")
    for guess in WRONG:
        answer = resident.follow(guess)
        assert (answer.status_code, plain(answer)) == (usual.status_code, plain(usual)), guess


def test_right_and_wrong_codes_ask_the_database_the_same(resident, code):
    counts = []
    for typed in (code, *WRONG):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            resident.follow(typed)
        counts.append(len(asked))
    assert len(set(counts)) == 1


def test_code_of_another_bureau_opens_nothing(resident, code, cast):
    answer = resident.client.post("/p/yuanshan/follow/?lang=en", {"code": code})
    assert "No matter is found" in text_of(answer)


def test_code_never_stands_in_an_address(resident, solved):
    page = resident.follow(solved).content.decode()
    assert [link for link in re.findall(r'(?:href|action)="([^"]*)"', page) if solved in link] == []
    assert resident.get(f"follow/?code={solved}&lang=en").content.decode().count("It is solved") == 0


def test_not_solved_opens_it_again_for_officer_and_station(resident, solved, cast, logged_in, officer):
    answer = resident.answers(solved, False, "昨晚又吵到十一點（虛構）")
    assert "open again" in text_of(answer) and Request.objects.get().state == "reopened"
    for user in (officer, cast.user("station")):
        page = logged_in(user).get("/requests/linjiang/").content.decode()
        assert Request.objects.get().public_id in page


def test_solved_is_heard(resident, solved):
    resident.answers(solved, True)
    assert Request.objects.get().sender_said == "solved"


def test_double_click_reopens_once(resident, solved):
    from tests.rooms.portal.resident import aged

    token = aged("solved")
    for _ in range(2):
        resident.send("follow/solved/", "solved", token=token, code=solved, solved="no")
    assert Request.objects.get().reopened == 1


def test_answer_with_a_wrong_code_changes_nothing(resident, solved):
    answer = resident.answers("0000-0000-0000-0000", False)
    assert "No matter is found" in text_of(answer) and Request.objects.get().state == "solved"


def test_matter_that_is_still_open_is_not_asked_about(resident, code):
    assert 'name="solved"' not in resident.follow(code).content.decode()
    assert "still open" in text_of(resident.answers(code, True))


@pytest.fixture
def slip(cast):
    """A mediation settled but not yet confirmed, and the number of its first side."""
    mediator = cast.department("mediation committee")
    dispute = disputes.take_in(
        by=mediator,
        bureau=cast.bureau,
        community=cast.community("C01"),
        kind="neighbours",
        title="樓道堆物",
        scale="two",
    )
    for side in "ab":
        disputes.consent(by=mediator, dispute=dispute, side=side, given=True)
    disputes.settle(by=mediator, dispute=dispute, agreement="各自清理（虛構）", sides_confirm=(False, False))
    return disputes.give_code(by=mediator, dispute=dispute, side="a")


@pytest.mark.parametrize("yes", ["yes", "no"])
def test_side_confirms_with_its_own_number_once(resident, slip, yes):
    answer = resident.send("confirm/?lang=en", "confirm", code=slip, yes=yes)
    assert "Thank you" in text_of(answer) and "各自清理" not in text_of(answer)
    assert Side.objects.get(letter="a").confirmed is (yes == "yes")
    again = resident.send("confirm/?lang=en", "confirm", code=slip, yes="yes")
    assert "unknown, or has been used" in text_of(again)


def test_wrong_number_is_answered_alike(resident, slip):
    usual = resident.send("confirm/?lang=en", "confirm", code="BBBB-BBBB-BBBB", yes="yes")
    for guess in ("AAAA-AAAA-AAAA", "x", "界界"):
        answer = resident.send("confirm/?lang=en", "confirm", code=guess, yes="yes")
        assert plain(usual) == plain(answer) and not Side.objects.filter(confirmed=True).exists()
