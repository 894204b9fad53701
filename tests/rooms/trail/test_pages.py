"""The auditor's pages, as the auditor and as everybody else sees them."""

import pytest
from django.urls import reverse

from linli.ground.accounts.models import User
from linli.ground.trail.actions import record
from linli.ground.trail.models import Entry
from tests.rooms.trail.tampering import sql, unprotect


@pytest.fixture
def auditor(cast, logged_in):
    for number in range(60):
        record(
            by="o08" if number % 2 else "personnel", action="desk.test", subject=f"thing:{number}", bureau="linjiang"
        )
    record(by="secretary", action="decisions.decide", subject="proposal:<b>1</b>", why="<script>alert(1)</script>")
    return logged_in(cast.user("auditor"))


def shown(client, name="trail:index", *args, **asked):
    answer = client.get(reverse(name, args=args), asked)
    assert answer.status_code == 200
    return answer.content.decode()


def test_newest_entries_come_first_and_the_rest_on_further_pages(auditor):
    first = shown(auditor)
    assert "decisions.decide" in first and "thing:0<" not in first
    assert "thing:0<" in shown(auditor, page=2)
    assert "thing:0<" in shown(auditor, page="99")  # beyond the last is the last


@pytest.mark.parametrize(
    "asked, number",
    [({"who": "o08"}, 30), ({"action": "decisions."}, 1), ({"subject": "THING:5"}, 11), ({"bureau": "linjiang"}, 60),
     ({"bureau": "yuanshan"}, 0), ({"first": "2099-01-01"}, 0), ({"last": "2000-01-01"}, 0), ({"first": "soon"}, 61),
     ({"who": "o08", "subject": "thing:59"}, 1)],
)  # fmt: skip
def test_entries_are_filtered(auditor, asked, number):
    answer = auditor.get(reverse("trail:index"), asked)
    assert answer.context["page"].paginator.count == number


def test_text_of_people_is_shown_and_never_run(auditor):
    page = shown(auditor) + shown(auditor, "trail:one", 61)
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_list_can_be_taken_along_and_that_is_left_in_the_trail(auditor):
    record(by="o08", action="desk.test", subject="=cmd|' /C calc'!A0")
    answer = auditor.get(reverse("trail:index"), {"format": "csv", "who": "o08"})
    text = b"".join(answer.streaming_content).decode()
    assert text.startswith("\ufeffnumber,at,by") and text.count("\r\n") == 32
    assert "'=cmd" in text
    last = Entry.objects.latest("number")
    assert (last.by, last.action, last.facts) == ("auditor", "trail.export", '{"asked_who":"o08"}')


def test_entry_shows_whether_its_text_agrees_with_its_hash(auditor):
    whole = shown(auditor, "trail:one", 5)
    unprotect()
    sql("UPDATE trail_entry SET why = 'x' WHERE number = 5")
    assert shown(auditor, "trail:one", 5) != whole
    assert auditor.get(reverse("trail:one", args=[5])).context["whole"] is False


def test_entry_that_is_not_there_is_not_found(auditor):
    assert auditor.get(reverse("trail:one", args=[999])).status_code == 404


def test_chain_is_checked_on_the_page_and_the_answer_is_left_in_the_trail(auditor):
    answer = auditor.post(reverse("trail:verify"))
    assert answer.context["lines"] == [] and answer.status_code == 200
    unprotect()
    sql("DELETE FROM trail_entry WHERE number = 7")
    found = auditor.post(reverse("trail:verify")).context["lines"]
    assert [number for number, _ in found] == [8]
    assert Entry.objects.latest("number").facts == '{"faults":["8 gap"],"since":1}'


@pytest.mark.parametrize("anchor", ["7", "7:xyz", "0:" + "a" * 64, "<b>", "7:" + "a" * 63])
def test_anchor_of_another_form_is_explained(auditor, anchor):
    answer = auditor.post(reverse("trail:verify"), {"anchor": anchor})
    assert answer.context["form"].errors and "checked" not in answer.context


def test_anchor_written_down_outside_is_compared(auditor):
    good = f"7:{Entry.objects.get(number=7).hash}"
    assert auditor.post(reverse("trail:verify"), {"anchor": good}).context["lines"] == []
    assert len(auditor.post(reverse("trail:verify"), {"anchor": "7:" + "a" * 64}).context["lines"]) == 1


def test_number_of_queries_does_not_grow_with_the_entries(auditor, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        shown(auditor)


def test_nobody_but_an_auditor_reads_the_trail(cast, logged_in):
    record(by="linli", action="x")
    for user in User.objects.exclude(role="auditor"):
        client = logged_in(user)
        for address in (reverse("trail:index"), reverse("trail:one", args=[1]), reverse("trail:verify")):
            assert client.get(address).status_code == 403, (user, address)
