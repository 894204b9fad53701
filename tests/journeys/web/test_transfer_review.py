"""Bottom twice and below 80: the transfer review stays blocked until everything is there that rule R-34 asks for."""

from datetime import datetime

FILE = "/decisions/linjiang/2026Q3/O08/transfer_review/"
THREAD = "/appraisal/linjiang/2026Q3/objections/O08/1/"
AFTER_THE_PERIOD = datetime(2026, 10, 30, 9)
BLOCKS = {  # what the page says, in English
    "period": "The objection period runs until",
    "objection": "waits for its answer",
    "statement": "statement",
    "law": "The law was not checked",
    "minute": "A minute number is missing",
    "review": "A review or appeal by statute is open",
}


def in_english(person):
    """Reads the pages in English from now on: what stands in the way is told apart by its words."""
    person.go("/")
    person.page.locator("header.top details.menu summary").first.click()
    person.press("header.top button[name=language][value=en]")
    return person


def blocked_by(reader):
    """Which of the blocks the file shows, looked at anew."""
    assert reader.go(FILE) == 200
    heading = reader.page.get_by_role("heading", name="What stands in the way")
    said = [text.partition("\n")[0] for text in heading.locator("xpath=..").locator("li").all_inner_texts()]
    found = {name for name, words in BLOCKS.items() if any(words in line for line in said)}
    assert len(found) == len(said), said
    return found


def approve(secretary, minute=""):
    """The secretary tries; gives the status of the answer."""
    secretary.go(FILE)
    secretary.follow(f"{FILE}decide/")
    with secretary.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        secretary.send(outcome="approved", minute_number=minute, reason="依程序研究，調整工作崗位。")
    return answered.value.status


def enters(person, page, **fields):
    """From the file to one of its forms and back."""
    person.go(FILE)
    person.follow(f"{FILE}{page}/")
    person.send(**fields)
    assert person.page.url.endswith(FILE)


def test_each_block_is_seen_and_removed_one_by_one_and_only_then_it_is_decided(person, served):
    secretary, personnel, officer = in_english(person("secretary")), person("personnel"), person("o08")

    # It waits on the secretary's first page, and everything stands in its way.
    secretary.go("/")
    secretary.follow("/decisions/linjiang/")
    secretary.follow(FILE)
    assert blocked_by(secretary) == {"period", "objection", "statement", "law", "minute"}
    assert approve(secretary, "臨公黨紀〔2026〕40號") == 409
    assert secretary.go(FILE) == 200 and "74.39" in secretary.text  # the file shows the score and its doubt

    # The personnel office has the law checked and asks the officer, who answers.
    enters(personnel, "law", text="公務員法第七十四條：無親屬關係；任職年限符合。")
    assert blocked_by(secretary) == {"period", "objection", "statement", "minute"}
    enters(personnel, "ask")
    assert blocked_by(secretary) == {"period", "objection", "statement", "minute"}  # asked for is not yet given
    officer.go("/")
    officer.follow(FILE)
    officer.follow(f"{FILE}statement/")
    officer.send(text="社區無結對領導，防汛值守十二天未扣除。請綜合考慮。")
    assert blocked_by(secretary) == {"period", "objection", "minute"}
    assert "防汛值守十二天未扣除" in secretary.text

    # A review by statute comes in beside; the officer's objection is answered by somebody who did not score it.
    enters(personnel, "remedies/open", kind="review", reference="復核〔2026〕1號", opened_on="2026-10-22")
    assert blocked_by(secretary) == {"period", "objection", "review", "minute"}
    assert personnel.go(f"{THREAD}answer/") in (403, 409)  # the one who froze the quarter
    answerer = person("personnel2")
    answerer.go("/")
    answerer.follow("/appraisal/linjiang/2026Q3/objections/")
    answerer.follow(THREAD)
    answerer.follow(f"{THREAD}answer/")
    answerer.send(outcome="rejected", answer="已核對值勤表：防汛值守十二天已按規定扣除。")
    assert blocked_by(secretary) == {"period", "review", "minute"}
    assert approve(secretary, "臨公黨紀〔2026〕40號") == 409

    # The objection period passes, the review ends: the minute alone is missing.
    served.go_to(AFTER_THE_PERIOD)
    assert blocked_by(secretary) == {"review", "minute"}
    enters(personnel, "remedies/1/close", outcome="維持原考核結果", closed_on="2026-10-30")
    assert blocked_by(secretary) == {"minute"}
    assert approve(secretary) == 409

    # With the minute it is decided, by a named person, and the officer reads it.
    assert approve(secretary, "臨公黨紀〔2026〕41號") == 302
    officer.go(FILE)
    assert "臨公黨紀〔2026〕41號" in officer.text and "依程序研究" in officer.text
    assert secretary.go(f"{FILE}decide/") in (200, 404, 409)
    auditor = person("auditor")
    auditor.go("/trail/?action=decisions.decide")
    assert "secretary" in auditor.page.locator("main tbody tr").first.inner_text()


def test_rejecting_needs_a_reason_and_nothing_else(person, served):
    secretary = in_english(person("secretary"))
    secretary.go("/decisions/linjiang/2026Q3/O08/notice/decide/")
    secretary.send(outcome="rejected", reason="與其他八名民警不能區分，本季不通報。")
    assert secretary.page.url.endswith("/decisions/linjiang/2026Q3/O08/notice/")
    assert "本季不通報" in secretary.text
