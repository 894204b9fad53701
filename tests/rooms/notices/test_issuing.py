"""Issued once under its own number, sent to its readers and nobody else, never changed, withdrawn by a correction."""

from datetime import timedelta

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.appraisal.models import Objection
from linli.quarter.decisions import actions as decisions
from linli.quarter.notices import actions, queries
from linli.quarter.notices.models import Notice, Receipt
from tests.rooms.notices.test_naming import NUMBER, approved, drafted, later, led  # noqa: F401  fixtures
from tests.rooms.quarters import LATER, corrected, proposing


@pytest.fixture
def issued(cast, led):  # noqa: F811
    return actions.issue(by=cast.user("secretary"), notice=led, number=NUMBER)


NO_NUMBERS = (
    *("", "12", "臨公通[2026]12號", "臨公通〔2026〕012號", "臨公通〔2026〕12号", "〔2026〕12號"),
    *("臨公通〔2025〕12號", "臨公通〔2026〕1\n號", "<b>臨公通〔2026〕1號"),
)


@pytest.mark.parametrize("number", NO_NUMBERS)
def test_number_that_is_none_is_refused(cast, led, number):  # noqa: F811
    with pytest.raises(Refused):
        actions.issue(by=cast.user("secretary"), notice=led, number=number)
    assert Notice.objects.get().state == "draft"


def test_number_is_used_once(cast, issued):
    other = drafted(cast, approved(cast, "award", period="2025Q4"))
    with pytest.raises(Refused, match="taken"):
        actions.issue(by=cast.user("secretary"), notice=other, number=NUMBER)
    other.refresh_from_db()
    assert (other.state, other.number) == ("draft", "")


def test_only_the_secretary_issues_and_only_once(cast, led):  # noqa: F811
    for name in ("personnel", "leader1", "o01", "stranger"):
        with pytest.raises(NotAllowed):
            actions.issue(by=cast.user(name), notice=led, number=NUMBER)
    first, second = Notice.objects.get(), Notice.objects.get()
    actions.issue(by=cast.user("secretary"), notice=first, number=NUMBER)
    with pytest.raises(Refused, match="not a draft"):
        actions.issue(by=cast.user("secretary"), notice=second, number="臨公通〔2026〕13號")
    assert Notice.objects.get().number == NUMBER


def test_issued_circular_is_never_changed(cast, issued):
    personnel = cast.user("personnel")
    for change in (
        lambda: actions.edit(by=personnel, notice=issued, title="x", paragraphs=issued.paragraphs, version=2),
        lambda: actions.name_also(by=personnel, notice=issued, code="局領導乙"),
        lambda: actions.leave_out(by=personnel, notice=issued, code="局領導甲", why="x"),
        lambda: actions.drop(by=personnel, notice=issued, why="x"),
    ):
        with pytest.raises(Refused, match="never changed"):
            change()


def test_second_editor_is_shown_what_the_first_wrote(cast, led):  # noqa: F811
    one, two, personnel = Notice.objects.get(), Notice.objects.get(), cast.user("personnel")
    actions.edit(by=personnel, notice=one, title="甲", paragraphs=one.paragraphs, version=one.version)
    with pytest.raises(Stale) as refused:
        actions.edit(by=personnel, notice=two, title="乙", paragraphs=two.paragraphs, version=two.version)
    assert refused.value.rows[0][1:] == ("乙", "甲", "title")


def test_readers_are_those_it_concerns_and_nobody_else(cast, issued):
    everybody = [*(f"o{n:02}" for n in range(1, 12)), *(f"leader{n}" for n in range(1, 8)), "station", "command",
                 "personnel", "secretary", "supervision", "cadre", "province", "administrator", "auditor",
                 "stranger"]  # fmt: skip
    seeing = {name for name in everybody if issued in queries.visible_to(cast.user(name))}
    assert seeing == {"o01", *(f"leader{n}" for n in range(1, 8)), "station", "personnel", "secretary"}


def test_after_five_working_days_only_whom_it_concerns_still_reads_it(cast, issued):
    assert str(issued.stays_until) == "2026-11-06"
    with clock.at(issued.stays_until + timedelta(days=1)):
        named = issued.named_leaders.get().account.username
        seeing = {name for name in ("o01", named, "leader7", "station", "personnel", "secretary")
                  if issued in queries.visible_to(cast.user(name))}  # fmt: skip
    assert seeing == {"o01", named, "personnel", "secretary"} - ({"leader7"} - {named})


def test_draft_is_seen_by_its_writers_alone(cast, led):  # noqa: F811
    assert {name for name in ("o01", "leader1", "station", "personnel", "secretary")
            if led in queries.visible_to(cast.user(name))} == {"personnel", "secretary"}  # fmt: skip


def test_receipt_is_kept_once_and_only_of_readers(cast, issued):
    for _ in range(2):
        actions.read(by=cast.user("o01"), notice=issued)
    assert Receipt.objects.get().reader == cast.user("o01")
    with pytest.raises(NotAllowed):
        actions.read(by=cast.user("o02"), notice=issued)
    read = {account.username: at is not None for account, at in queries.readers_of(issued)}
    assert read["o01"] and not read["station"] and "personnel" not in read


def test_nothing_is_issued_before_the_quarter_is_published(cast, led):  # noqa: F811
    led.cycle.published_at = None
    led.cycle.save()
    with pytest.raises(Refused, match="not published"):
        actions.issue(by=cast.user("secretary"), notice=led, number=NUMBER)


def test_rejected_suspended_revoked_and_doubtful_decisions_are_not_told(cast, later):  # noqa: F811
    decision = approved(cast)
    secretary = cast.user("secretary")
    decisions.suspend(by=secretary, decision=decision, why="在調查")
    with pytest.raises(Refused, match="suspended"):
        drafted(cast, decision)
    decisions.resume(by=secretary, decision=decision, why="查無")
    notice = drafted(cast, decision)
    with pytest.raises(Refused, match="circular already"):
        drafted(cast, decision)
    corrected(notice.cycle, proposing(lambda row: False))
    decisions.propose(by="linli", cycle=notice.cycle)
    with pytest.raises(Refused, match="doubtful"):
        actions.issue(by=secretary, notice=notice, number=NUMBER)
    decision.refresh_from_db()
    decisions.revoke(by=secretary, decision=decision, why="更正")
    with pytest.raises(Refused, match="revoked"):
        actions.issue(by=secretary, notice=notice, number=NUMBER)


def test_objection_upheld_after_it_was_issued_suggests_withdrawing_it(cast, issued):
    assert queries.questions(issued) == []
    Objection.objects.create(
        cycle=issued.cycle, officer=issued.officer, number=1, kind="objection", text="x", sent_at=clock.now(),
        due_on=LATER, state="upheld", answered_at=clock.now() + timedelta(hours=1),
    )  # fmt: skip
    assert queries.questions(issued) == ["upheld"]


def test_withdrawing_is_done_once_with_a_number_of_its_own(cast, issued):
    secretary = cast.user("secretary")
    with pytest.raises(Refused, match="taken"):
        actions.withdraw(by=secretary, notice=issued, why="異議成立", number=NUMBER)
    assert Notice.objects.get().state == "issued"
    actions.withdraw(by=secretary, notice=issued, why="異議成立", number="臨公通〔2026〕15號")
    with pytest.raises(Refused, match="only once"):
        actions.withdraw(by=secretary, notice=issued, why="異議成立", number="臨公通〔2026〕16號")
    assert Notice.objects.count() == 2


def test_draft_that_is_dropped_can_be_drafted_anew(cast, led):  # noqa: F811
    actions.drop(by=cast.user("personnel"), notice=led, why="重擬")
    assert led.decision in queries.to_draft(cast.bureau)
    assert drafted(cast, led.decision).state == "draft"


def test_document_is_the_same_bytes_and_keeps_names_in_their_script(cast, issued):
    import io

    from docx import Document

    assert queries.docx(issued) == queries.docx(Notice.objects.get())
    words = "\n".join(p.text for p in Document(io.BytesIO(queries.docx(issued, "zh_Hans"))).paragraphs)
    assert "通报批评" in words and "東門社區" in words and cast.officer("O01").name in words
