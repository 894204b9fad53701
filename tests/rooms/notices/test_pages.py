"""The pages of circulars: from the approved decision to the paper that its readers open."""

import io

import pytest
from django.urls import reverse
from docx import Document

from linli.ground.trail.models import Entry
from linli.quarter.notices import actions
from linli.quarter.notices.models import Notice, Receipt
from tests.rooms.notices.test_naming import NUMBER, approved, later, led  # noqa: F401  fixtures

B = "linjiang"


@pytest.fixture
def client_of(cast, logged_in):
    def enter(name):
        client = logged_in(cast.user(name))
        client.cookies["django_language"] = "en"
        return client

    return enter


def at(name, *args):
    return reverse(f"notices:{name}", args=[B, *args])


DRAFT = ("2026Q3", "O01", "notice")


def test_from_decision_to_issued_paper(client_of, cast, later):  # noqa: F811
    approved(cast, officer="O01", place="C01")
    personnel, secretary = client_of("personnel"), client_of("secretary")
    assert at("new", *DRAFT) in personnel.get(at("index")).content.decode()
    assert personnel.post(at("new", *DRAFT)).status_code == 302
    page = personnel.get(at("draft", *DRAFT)).content.decode()
    assert "局領導甲" in page and "cannot be left out" in page
    form = personnel.get(at("edit", *DRAFT))
    sent = {**form.context["form"].initial, "demands": "一要整改。\n二要回訪。"}
    assert personnel.post(at("edit", *DRAFT), sent).status_code == 302
    assert [text for part, text in Notice.objects.get().paragraphs if part == "demands"] == ["一要整改。", "二要回訪。"]
    assert personnel.get(at("issue", *DRAFT)).status_code == 403
    version = Notice.objects.get().version
    assert secretary.post(at("issue", *DRAFT), {"number": "12", "version": version}).status_code == 409
    assert secretary.post(at("issue", *DRAFT), {"number": NUMBER, "version": version}).status_code == 302
    assert NUMBER in secretary.get(at("notice", NUMBER)).content.decode()


def test_second_editor_chooses_line_by_line_and_sends_again(client_of, led):  # noqa: F811
    client = client_of("personnel")
    first = {"version": led.version, "title": "甲", "opening": "開頭", "demands": ""}
    assert client.post(at("edit", *DRAFT), first).status_code == 302
    stale = client.post(at("edit", *DRAFT), {**first, "title": "乙"})
    assert stale.status_code == 409 and 'name="title" value="乙"' in stale.content.decode()
    again = {**first, "title": "乙", "version": stale.context["stale"].version}
    assert client.post(at("edit", *DRAFT), again).status_code == 302
    assert Notice.objects.get().title == "乙"


def test_names_are_added_and_left_out_on_their_pages(client_of, led):  # noqa: F811
    client = client_of("personnel")
    sent = {"code": "局領導乙", "version": led.version}
    assert client.post(at("name_also", *DRAFT), sent).status_code == 302
    for code, status in (("局領導甲", 409), ("局領導乙", 302)):
        version = Notice.objects.get().version
        answer = client.post(at("leave_out", *DRAFT) + f"?code={code}", {"why": "誤加", "version": version})
        assert answer.status_code == status
    assert Notice.objects.get().leaders == [["局領導甲", "局領導甲"]]
    assert client.post(at("drop", *DRAFT), {"why": "重擬"}).status_code == 302
    assert client.get(at("draft", *DRAFT)).status_code == 404


@pytest.fixture
def issued(cast, led):  # noqa: F811
    return actions.issue(by=cast.user("secretary"), notice=led, number=NUMBER)


def test_reader_opens_it_and_signs_for_it_and_others_are_refused_and_recorded(client_of, issued):
    for name in ("o01", "leader1", "leader5", "station", "personnel", "secretary"):
        client = client_of(name)
        assert NUMBER in client.get(at("index")).content.decode()
        assert client.get(at("notice", NUMBER)).status_code == 200
        assert client.post(at("read", NUMBER)).status_code == 302
    assert Receipt.objects.count() == 6
    for name in ("o02", "command", "cadre", "province", "administrator", "auditor", "stranger"):
        client = client_of(name)
        for page in ("notice", "docx"):
            assert client.get(at(page, NUMBER)).status_code == 403
        assert client.post(at("read", NUMBER)).status_code == 403
        assert Entry.objects.filter(action="door.refused", by=name).exists()


def test_receipts_are_seen_by_the_offices_alone(client_of, issued):
    assert "Who has read it" in client_of("personnel").get(at("notice", NUMBER)).content.decode()
    assert "Who has read it" not in client_of("o01").get(at("notice", NUMBER)).content.decode()


def test_secretary_withdraws_on_the_page(client_of, issued):
    secretary = client_of("secretary")
    assert secretary.get(at("withdraw", NUMBER)).status_code == 200
    sent = {"why": "異議成立", "number": "臨公通〔2026〕15號"}
    assert secretary.post(at("withdraw", NUMBER), sent).status_code == 302
    assert "臨公通〔2026〕15號" in client_of("o01").get(at("notice", NUMBER)).content.decode()
    assert client_of("personnel").get(at("withdraw", NUMBER)).status_code == 403


def test_word_document_is_downloaded(client_of, issued):
    answer = client_of("o01").get(at("docx", NUMBER))
    assert NUMBER in "\n".join(p.text for p in Document(io.BytesIO(answer.content)).paragraphs)


def test_draft_pages_are_for_writers(client_of, led):  # noqa: F811
    for name in ("o01", "leader1", "station", "supervision", "auditor", "stranger"):
        for page in ("draft", "edit", "name_also", "leave_out", "drop", "issue", "draft_docx"):
            assert client_of(name).get(at(page, *DRAFT)).status_code == 403
    assert client_of("secretary").get(at("draft_docx", *DRAFT)).status_code == 200


def test_queries_of_the_list_do_not_grow_with_rows(client_of, issued, django_assert_max_num_queries):
    client = client_of("personnel")
    for number in range(20, 32):
        Notice.objects.create(
            bureau=issued.bureau, cycle=issued.cycle, kind="correction", state="issued", decision=issued.decision,
            officer=issued.officer, community=issued.community, number=f"臨公通〔2026〕{number}號", title="x",
            issued_at=issued.issued_at, stays_until=issued.stays_until,
        )  # fmt: skip
    with django_assert_max_num_queries(14):
        assert client.get(at("index")).status_code == 200


def test_list_is_taken_along_as_csv(client_of, issued):
    answer = client_of("o01").get(at("index"), {"format": "csv"})
    assert NUMBER in b"".join(answer.streaming_content).decode("utf-8-sig")


def test_what_is_not_there_is_404(client_of, led):  # noqa: F811
    client = client_of("personnel")
    for address in (at("notice", "臨公通〔2026〕99號"), at("draft", "2026Q3", "O99", "notice")):
        assert client.get(address).status_code == 404
