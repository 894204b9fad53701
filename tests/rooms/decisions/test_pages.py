"""The pages of decisions: who may open which, what an officer sees of his own, forms that refuse and forms that act."""

from datetime import timedelta

import pytest
from django.urls import reverse

from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.quarter.decisions import actions
from linli.quarter.decisions.models import Decision, Proposal, TalkRecord
from tests.rooms.quarters import LATER, laid

B, Q = "linjiang", "2026Q3"


@pytest.fixture
def proposed(cast):
    """The county's quarter with its proposals; the clock stands after the objection period."""
    cycle = laid(cast)
    actions.propose(by="linli", cycle=cycle)
    with clock.at(LATER):
        yield cycle


@pytest.fixture
def client_of(cast, logged_in):
    def enter(name):
        client = logged_in(cast.user(name))
        client.cookies["django_language"] = "en"
        return client

    return enter


def at(name, *args):
    return reverse(f"decisions:{name}", args=[B, *args])


def text(answer):
    return answer.content.decode()


FILE = (Q, "O08", "transfer_review")


@pytest.mark.parametrize("name", ["personnel", "leader1", "secretary"])
def test_whoever_leads_reads_the_list_and_the_file_and_leaves_a_trace(client_of, proposed, name):
    client = client_of(name)
    assert "廖小芳" in text(client.get(at("index"))) and client.get(at("proposals", Q)).status_code == 200
    found = client.get(at("file", *FILE))
    assert found.status_code == 200 and "74.39" in text(found)
    assert Entry.objects.filter(action="file.read", by=name, subject="officer:O08").exists()


@pytest.mark.parametrize("name", ["o07", "station", "supervision", "cadre", "province", "administrator", "auditor",
                                  "stranger", "publicorder"])  # fmt: skip
def test_nobody_else_opens_list_or_file(client_of, proposed, name):
    client = client_of(name)
    for address in (at("index"), at("proposals", Q), at("file", *FILE), at("pool"), at("year", 2026)):
        assert client.get(address).status_code == 403


def test_officer_reads_the_own_file_without_a_trace_and_without_colleagues_names(client_of, cast, proposed):
    client = client_of("o08")
    before = Entry.objects.count()
    page = text(client.get(at("file", *FILE)))
    assert "74.39" in page and Entry.objects.count() == before
    assert not [name for name in ("周文清", "何秀蘭", "唐敏", "陳玉梅") if name in page]
    assert client.get(at("mine")).status_code == 200
    assert client.get(at("index")).status_code == 403


def test_statement_is_written_on_the_page_and_stands_in_the_file(client_of, proposed):
    actions.ask_statement(by=cast_user("personnel"), proposal=Proposal.objects.get(kind="transfer_review"))
    client = client_of("o08")
    assert client.get(at("state", *FILE)).status_code == 200
    answer = client.post(at("state", *FILE), {"text": "<b>出租房屋多</b>", "version": 2})
    assert answer.status_code == 302
    assert "&lt;b&gt;出租房屋多&lt;/b&gt;" in text(client_of("secretary").get(at("file", *FILE)))
    assert "出租房屋多" not in str(list(Entry.objects.values_list("facts", "why")))


def cast_user(name):
    from linli.ground.accounts.models import User

    return User.objects.get(username=name)


def test_decide_page_names_the_effect_of_an_admonition_before_it_is_chosen(client_of, proposed):
    page = text(client_of("secretary").get(at("decide", Q, "O08", "talk")))
    assert page.index('class="note adverse"') < page.index('value="admonition"')
    assert 'value="admonition"' not in text(client_of("personnel").get(at("decide", Q, "O08", "talk")))


def test_decision_is_entered_once_however_often_the_button_is_pressed(client_of, proposed):
    client = client_of("secretary")
    sent = {"outcome": "approved", "reason": "同意", "version": 1, "once": "abc"}
    for _ in range(2):
        assert client.post(at("decide", Q, "O08", "notice"), sent).status_code == 302
    assert Decision.objects.count() == 1


def test_blocked_stale_and_empty_decisions_are_refused_with_words(client_of, proposed):
    client = client_of("secretary")
    sent = {"outcome": "approved", "reason": "同意", "version": 1, "minute_number": "2026-41"}
    blocked = client.post(at("decide", *FILE), sent)
    assert blocked.status_code == 409 and Decision.objects.count() == 0
    assert client.post(at("decide", Q, "O08", "notice"), {**sent, "version": 7}).status_code == 409
    again = client.post(at("decide", Q, "O08", "notice"), {**sent, "reason": "", "version": 1})
    assert again.status_code == 200 and Decision.objects.count() == 0


def test_personnel_office_cannot_decide_what_is_adverse_by_sending_the_form(client_of, proposed):
    sent = {"outcome": "approved", "reason": "同意", "version": 1}
    assert client_of("personnel").post(at("decide", Q, "O08", "notice"), sent).status_code == 403
    assert Decision.objects.count() == 0


def test_what_was_decided_can_be_suspended_resumed_and_revoked(client_of, proposed):
    client = client_of("secretary")
    client.post(at("decide", Q, "O08", "notice"), {"outcome": "approved", "reason": "同意", "version": 1})
    for verb, outcome, suspended in (
        ("suspend", "approved", True),
        ("resume", "approved", False),
        ("revoke", "revoked", False),
    ):
        assert client.get(at(verb, Q, "O08", "notice")).status_code == 200
        assert client.post(at(verb, Q, "O08", "notice"), {"why": "核實"}).status_code == 302
        made = Decision.objects.get()
        assert (made.outcome, bool(made.suspended_because)) == (outcome, suspended)


def test_law_funding_and_remedies_are_entered_by_the_personnel_office(client_of, proposed):
    client = client_of("personnel")
    client.post(at("law", *FILE), {"text": "第七十四條"})
    client.post(at("open_remedy", *FILE), {"kind": "review", "reference": "復核1號", "opened_on": "2026-10-30"})
    assert "review_open" in [code for code, _ in blocks()]
    client.post(at("close_remedy", *FILE, 1), {"outcome": "維持", "closed_on": "2026-10-30"})
    assert [code for code, _ in blocks()] == ["statement", "minute_number"]
    assert client_of("leader1").post(at("law", *FILE), {"text": "x"}).status_code == 403


def blocks():
    from linli.quarter.decisions.queries import blocks as standing

    return standing(Proposal.objects.get(kind="transfer_review"), LATER)


def test_taking_over_is_offered_once_a_correction_came(client_of, cast, proposed):
    from tests.rooms.quarters import corrected

    client = client_of("personnel")
    assert at("propose", Q) not in text(client.get(at("index")))
    corrected(proposed)
    assert at("propose", Q) in text(client.get(at("index")))
    assert client.post(at("propose", Q)).status_code == 302
    assert Proposal.objects.filter(state="waiting").count() == 3


@pytest.fixture
def talked(cast, proposed):
    """The talk was held by the first leader and written down."""
    decision = actions.decide(
        by=cast.user("secretary"), proposal=Proposal.objects.get(kind="talk"), outcome="approved", reason="同意",
        talk="reminder",
    )  # fmt: skip
    return actions.record_talk(
        by=cast.user("leader1"), decision=decision, date=LATER, place="談話室", talker=cast.user("leader1"),
        recorder="王小明", headings="發案情況", plan="入戶",
    )  # fmt: skip


RECORD = (Q, "O08")


def test_talk_record_opens_to_three_and_refuses_the_rest_with_an_entry(client_of, talked):
    for name in ("o08", "leader1", "personnel"):
        assert client_of(name).get(at("talk", *RECORD)).status_code == 200
        assert client_of(name).get(at("talk_docx", *RECORD)).status_code == 200
    for name in ("secretary", "leader2", "o07", "supervision", "auditor", "stranger"):
        for page in ("talk", "talk_docx"):
            assert client_of(name).get(at(page, *RECORD)).status_code == 403
        assert Entry.objects.filter(action="door.refused", by=name).exists()


def test_talk_is_written_signed_and_followed_up_on_its_pages(client_of, cast, proposed):
    actions.decide(
        by=cast.user("secretary"), proposal=Proposal.objects.get(kind="talk"), outcome="approved", reason="同意",
        talk="reminder",
    )  # fmt: skip
    leader = client_of("leader1")
    assert leader.get(at("talk", *RECORD)).status_code == 302
    assert leader.get(at("talk_write", *RECORD)).status_code == 200
    sent = {
        "date": LATER.isoformat(), "place": "談話室", "talker": cast.user("leader1").pk, "recorder": "王小明",
        "headings": "發案", "plan": "入戶",
    }  # fmt: skip
    assert leader.post(at("talk_write", *RECORD), sent).status_code == 302
    assert leader.get(at("talk_amend", *RECORD)).status_code == 200
    assert client_of("o08").post(at("talk_sign", *RECORD), {"view": "知道了"}).status_code == 302
    assert leader.post(at("talk_sign", *RECORD)).status_code == 302
    with clock.at(LATER + timedelta(days=30)):
        assert leader.post(at("talk_follow_up", *RECORD), {"found": "好轉"}).status_code == 302
    record = TalkRecord.objects.get()
    assert record.officer_view == "知道了" and record.signed_by_talker_at and record.followed_up_at


def test_number_of_queries_of_the_list_does_not_grow_with_rows(
    client_of, cast, proposed, django_assert_max_num_queries
):
    client = client_of("leader1")
    client.get(at("index"))
    first = Proposal.objects.get(kind="notice")
    for number in range(1, 8):
        Proposal.objects.create(
            cycle=proposed, computation=first.computation, officer=cast.officer(f"O0{number}"), kind="notice",
            community=first.community, rule="R-30", reason="", facts={}, distinguishable=False,
        )  # fmt: skip
    with django_assert_max_num_queries(14):
        assert client.get(at("index")).status_code == 200


def test_lists_can_be_taken_along_as_csv_without_formulas(client_of, proposed):
    for address in (at("index"), at("pool"), at("year", 2026)):
        answer = client_of("personnel").get(address, {"format": "csv"})
        assert answer["Content-Type"].startswith("text/csv")
        assert b"".join(answer.streaming_content).startswith(b"\xef\xbb\xbf")


def test_year_and_pool_show_who_left(client_of, cast, proposed):
    laid(cast, "2025Q4")
    actions.propose(by="linli", cycle=cast.bureau.cycles.get(period="2025Q4"))
    pool = Proposal.objects.filter(kind="talent_pool").first()
    actions.decide(by=cast.user("secretary"), proposal=pool, outcome="approved", reason="同意", minute_number="2026-5")
    client = client_of("personnel")
    assert pool.officer.name in text(client.get(at("pool")))
    leave = at("leave_pool", pool.officer.code)
    assert client.get(leave).status_code == 200 and client.post(leave, {"why": "提任"}).status_code == 302
    assert client.get(leave).status_code == 404
    assert client.get(at("year", 2025)).status_code == 200
    assert client_of("leader1").get(leave).status_code == 403


@pytest.mark.parametrize("address", ["2026Q9/", "2026Q3/O99/notice/", "2026Q3/O08/nonsense/", "pool/O01/leave/"])
def test_what_is_not_there_is_404(client_of, proposed, address):
    assert client_of("personnel").get(f"/decisions/linjiang/{address}").status_code == 404
