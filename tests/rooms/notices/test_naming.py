"""R-43: whoever is paired is named together with the officer; nobody paired is left out; no leader is said."""

import re

import pytest

from linli.ground.officers.models import Leader
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.decisions import actions as decisions
from linli.quarter.decisions.models import Proposal
from linli.quarter.notices import actions
from linli.quarter.notices.models import Notice
from tests.rooms.quarters import LATER, laid, proposing

NUMBER = "臨公通〔2026〕12號"


@pytest.fixture
def later():
    with clock.at(LATER):
        yield


def approved(cast, kind="notice", officer=None, place=None, period="2026Q3"):
    """An approved decision of a published quarter; officer and place: moved to somebody with a leader."""
    change = proposing(officer=lambda row: officer, community=lambda row: place) if officer else None
    cycle = laid(cast, period, change=change)
    decisions.propose(by="linli", cycle=cycle)
    proposal = Proposal.objects.filter(kind=kind).first()
    if kind == "award":
        decisions.enter_funding(by=cast.user("personnel"), proposal=proposal, number="臨財〔2026〕3號")
    made = decisions.decide(by=cast.user("secretary"), proposal=proposal, outcome="approved", reason="同意")
    cycle.state, cycle.published_at = "published", clock.now()
    cycle.save()
    return made


@pytest.fixture
def led(cast, later):
    """A draft about the officer of C01, who has a leader and an office."""
    return drafted(cast, approved(cast, officer="O01", place="C01"))


def drafted(cast, decision):
    return actions.draft(by=cast.user("personnel"), decision=decision)


def text_of(notice):
    return "\n".join(text for _, text in notice.paragraphs)


def test_criticism_names_the_paired_leader_and_office_and_states_score_rank_and_right_to_object(led):
    assert (led.leaders, led.offices) == ([["局領導甲", "局領導甲"]], [["政工室", "政工室"]])
    said = text_of(led)
    for text in ("局領導甲", "股室（政工室）一併通報", "74.39分", "列第9名", "各率分數", "異議", "不能區分"):
        assert text in said
    assert re.search(r"滿意率\d+\.\d分", said)


def test_paired_leader_or_office_cannot_be_left_out(cast, led):
    for code in ("局領導甲", "政工室"):
        with pytest.raises(Refused, match="paired"):
            actions.leave_out(by=cast.user("personnel"), notice=led, code=code, why="他很忙")
    assert Notice.objects.get().left_out == []


def test_circular_whose_list_lost_a_paired_name_is_not_issued(cast, led):
    Notice.objects.update(leaders=[])
    led.refresh_from_db()
    with pytest.raises(Refused, match="R-43"):
        actions.issue(by=cast.user("secretary"), notice=led, number=NUMBER)
    assert Notice.objects.get().state == "draft"


def test_circular_whose_text_lost_a_name_is_not_issued(cast, led):
    paragraphs = [[part, text.replace("局領導甲", "有關領導")] for part, text in led.paragraphs]
    Notice.objects.update(paragraphs=paragraphs)
    led.refresh_from_db()
    with pytest.raises(Refused, match="names in the text"):
        actions.issue(by=cast.user("secretary"), notice=led, number=NUMBER)


def test_somebody_unpaired_is_left_out_with_a_reason_that_stays_in_the_trail(cast, led):
    personnel = cast.user("personnel")
    actions.name_also(by=personnel, notice=led, code="局領導乙")
    assert "（局領導甲、局領導乙）" in text_of(led)
    with pytest.raises(Refused, match="reason"):
        actions.leave_out(by=personnel, notice=led, code="局領導乙", why=" ")
    actions.leave_out(by=personnel, notice=led, code="局領導乙", why="誤加")
    assert "局領導乙" not in text_of(led) and led.left_out == [["局領導乙", "誤加"]]
    entry = Entry.objects.get(action="notices.leave_out")
    assert entry.why == "誤加" and "局領導乙" in entry.facts


def test_community_without_a_leader_is_issued_and_says_so(cast, later):
    notice = drafted(cast, approved(cast))
    assert (notice.leaders, notice.offices) == ([], [["後勤股", "後勤股"]])
    actions.issue(by=cast.user("secretary"), notice=notice, number=NUMBER)
    assert notice.state == "issued" and "該社區無結對領導" in text_of(notice)


def test_praise_names_them_too(cast, later):
    notice = drafted(cast, approved(cast, "award", period="2025Q4"))
    assert notice.kind == "praise" and notice.leaders == [["局領導丙", "局領導丙"]]
    assert "一併通報表揚" in text_of(notice) and "500.00元" in text_of(notice)


def test_fixed_parts_cannot_be_rewritten_and_free_ones_can(cast, led):
    personnel = cast.user("personnel")
    bent = [[part, text.replace("74.39", "60.00")] for part, text in led.paragraphs]
    with pytest.raises(Refused, match="cannot be rewritten"):
        actions.edit(by=personnel, notice=led, title="通報", paragraphs=bent, version=led.version)
    with pytest.raises(Refused, match="cannot be rewritten"):
        actions.edit(by=personnel, notice=led, title="通報", paragraphs=led.paragraphs[:3], version=led.version)
    free = [[part, "請認真整改。" if part == "demands" else text] for part, text in led.paragraphs]
    actions.edit(by=personnel, notice=led, title="通報", paragraphs=free, version=led.version)
    assert "請認真整改。" in text_of(led)


def test_related_persons_neither_draft_nor_sign(cast, later):
    decision = approved(cast)
    for name in ("personnel", "secretary"):
        cast.officer("O08").relations.create(relative=cast.user(name))
    with pytest.raises(NotAllowed, match="related"):
        drafted(cast, decision)
    cast.officer("O08").relations.filter(relative=cast.user("personnel")).delete()
    notice = drafted(cast, decision)
    with pytest.raises(NotAllowed, match="related"):
        actions.issue(by=cast.user("secretary"), notice=notice, number=NUMBER)


def test_correction_names_the_same_persons_to_the_same_readers(cast, led):
    secretary = cast.user("secretary")
    actions.issue(by=secretary, notice=led, number=NUMBER)
    made = actions.withdraw(by=secretary, notice=led, why="異議成立", number="臨公通〔2026〕15號")
    assert (led.state, made.kind, made.state) == ("withdrawn", "correction", "issued")
    assert (made.leaders, made.offices, made.readers) == (led.leaders, led.offices, led.readers)
    assert list(made.named_leaders.all()) == [Leader.objects.get(code="局領導甲")]
    for text in (NUMBER, "局領導甲", "政工室", cast.officer("O01").name, "異議成立"):
        assert text in text_of(made)
