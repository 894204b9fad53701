"""A whole quarter through its pages: from the departments' sheets to a signed circular and the last promise paid."""

from datetime import datetime

from tests.journeys.web.sheets import SUPPLIERS, address, figures, opened, typed

PERIOD = "2026Q4"
QUARTER = f"/appraisal/linjiang/{PERIOD}/"
OBJECTION = f"{QUARTER}objections/O08/1/"
FILE = "/county/linjiang/2026Q4/officers/{}/"
MONEY = f"/payments/linjiang/{PERIOD}/"
LAST = "O05"  # in C05, paired with 局領導戊 and 法制股; its quarter is made a bad one below
LEADER, OFFICE = "局領導戊", "法制股"
BLANK = ("leads", "C07")  # what the investigation brigade does not supply; O07's
BAD = {"satisfaction": 0.6, "disputes": 0.4, "prevention": 0.5, "familiarity": 0.6}
DAYS = {
    "sheets": datetime(2027, 1, 5, 9),
    "freeze": datetime(2027, 1, 8, 9),
    "notice": datetime(2027, 1, 13, 9),
    "publication": datetime(2027, 1, 28, 9),
    "overdue": datetime(2027, 3, 12, 9),
}


def sheet(rate):
    """A rate's figures of the quarter before, with a bad quarter in C05, and the blank."""
    rows = {code: dict(row) for code, row in figures()[rate].items() if (rate, code) != BLANK}
    if rate in BAD:
        rows["C05"]["numerator"] = str(int(float(rows["C05"]["numerator"]) * BAD[rate]))
    return rows


def departments_fill_and_verify(person):
    """Every department finds its own part on its first page, types it and saves it; the second office verifies it."""
    for rate, (supplier, _verifier) in SUPPLIERS.items():
        department, page = person(supplier), address(PERIOD, "supply", rate)
        department.go("/")
        department.follow(page)
        typed(department, sheet(rate))
        department.press("form.wide .actions button[type=submit]")  # not the one that takes over what rooms counted
        assert department.page.locator(".error-summary").count() == 0, department.text
    for rate, (_supplier, verifier) in SUPPLIERS.items():
        office, page = person(verifier), address(PERIOD, "verify", rate)
        office.go("/")
        office.follow(page)
        for tick in office.page.locator('input[name^="tick-"]').all():
            tick.check()
        office.press('button[value="verify"]')
        assert office.page.locator(".error-summary").count() == 0, office.text


def the_blank_is_named_and_nobody_elses(person):
    """The sheet names who is late; a department may not touch another's rate."""
    personnel = person("personnel")
    personnel.go(QUARTER)
    assert "刑偵大隊" in personnel.text
    assert personnel.page.locator("#late + p + .table-wrap tbody tr").count() == 1
    late = person("investigation")
    late.go("/")
    assert late.page.locator("li.late").count() == 1
    assert late.go(address(PERIOD, "supply", "incidents")) == 403


def frozen_and_computed(person):
    """One press; the page says how far the work is and leads on by itself."""
    personnel = person("personnel")
    personnel.go(QUARTER)
    personnel.send("/freeze/")
    personnel.page.wait_for_selector(f'.progress a[href="{QUARTER}"]', timeout=240_000)
    personnel.follow(QUARTER)
    assert personnel.form("/notice/").count() == 1
    late = person("investigation")
    late.go(address(PERIOD, "supply", "leads"))
    assert late.page.locator('main input[name="numerator-C07"]').count() == 0  # nothing moves any more


def the_blank_is_not_a_zero(person):
    """The officer whose department was late is shown a rate that was not supplied."""
    officer = person("o07")
    officer.go("/")
    officer.follow("/county/linjiang/my-file/")
    rate = officer.page.locator(".own-file section.rate", has_text="線索提供率").first
    assert rate.locator(".value.none").count() == 1
    assert "刑偵大隊" in rate.locator("p.status").inner_text()


def officer_objects(person):
    officer = person("o08")
    officer.go("/")
    officer.follow(FILE.format("O08"))
    officer.follow(f"{QUARTER}objections/send/")
    officer.send(kind="objection", rate="visibility", text="防汛值守十二天應扣除，實際在勤應為 232 時。")
    assert officer.page.url.endswith(OBJECTION)


def upheld_and_corrected(person):
    """Whoever froze or verified cannot answer; the second of the office can, and corrects the figure in the answer."""
    assert person("personnel").go(f"{OBJECTION}answer/") in (403, 409)
    assert person("supervision").go(f"{OBJECTION}answer/") in (403, 409)
    answerer = person("personnel2")
    answerer.go("/")
    answerer.follow(f"{QUARTER}objections/")
    answerer.follow(OBJECTION)
    answerer.follow(f"{OBJECTION}answer/")
    corrected = {"C08-visibility-numerator": "232", "outcome": "upheld"}
    answerer.send(**corrected, answer="值勤表核對屬實：十二天調離，在勤時數更正為 232。")
    assert answerer.page.url.endswith(OBJECTION), answerer.text


def recomputed_with_a_difference(person):
    """The officer reads the answer and what moved, the own lines alone."""
    officer = person("o08")
    officer.go(OBJECTION)
    assert "值勤表核對屬實" in officer.text
    officer.follow(f"{QUARTER}corrections/2/")
    assert "184" in officer.text and "232" in officer.text
    assert "廖小芳" in officer.text and "唐敏" not in officer.text
    personnel = person("personnel")
    personnel.go(f"{QUARTER}corrections/2/")
    assert "232" in personnel.text


def the_minute_is_entered_and_the_quarter_published(person):
    secretary, officer = person("secretary"), person("o04")
    officer.go(f"{QUARTER}results/")
    assert "廖小芳" not in officer.text  # before publication others' names are not shown
    secretary.go(QUARTER)
    secretary.send("/publish/", minute_number="臨公考紀〔2027〕1號")
    assert secretary.page.url.endswith(f"{QUARTER}results/")
    officer.go(f"{QUARTER}results/")
    assert "廖小芳" in officer.text


def the_last_is_decided_upon(person):
    """The rules propose; the secretary decides with the minute of the Party committee."""
    personnel, secretary = person("personnel"), person("secretary")
    personnel.go("/decisions/linjiang/")
    personnel.send(f"/{PERIOD}/propose/")
    assert person("personnel").sees(f"/decisions/linjiang/{PERIOD}/{LAST}/notice/"), personnel.text
    secretary.go("/")
    secretary.follow("/decisions/linjiang/")
    secretary.follow(f"/decisions/linjiang/{PERIOD}/{LAST}/notice/")
    secretary.follow(f"/decisions/linjiang/{PERIOD}/{LAST}/notice/decide/")
    secretary.send(outcome="approved", minute_number="臨公黨紀〔2027〕2號", reason="按方案通報，一併通報結對單位。")
    assert "臨公黨紀〔2027〕2號" in secretary.text


def the_circular_names_leader_and_office(person):
    """Drafted by the office, signed by the secretary, read by the leader; who is paired cannot be left out."""
    personnel, secretary, leader = person("personnel"), person("secretary"), person("leader5")
    draft = f"/notices/linjiang/drafts/{PERIOD}/{LAST}/notice/"
    personnel.go("/notices/linjiang/")
    personnel.send(f"{draft}new/")
    assert LEADER in personnel.text and OFFICE in personnel.text
    personnel.go(f"{draft}leave-out/?code={LEADER}")
    with personnel.page.expect_response(lambda answer: answer.request.method == "POST") as answered:
        personnel.send(why="領導要求不點名")
    assert answered.value.status in (403, 409)

    secretary.go("/notices/linjiang/")
    secretary.follow(draft)
    secretary.follow(f"{draft}issue/")
    secretary.send(number="臨公通〔2027〕1號")
    leader.go("/")
    leader.follow("/notices/linjiang/")
    leader.page.get_by_role("link", name="臨公通〔2027〕1號").click()
    paper = leader.page.locator("article.paper")
    paper.wait_for()
    assert LEADER in paper.inner_text() and OFFICE in paper.inner_text()
    leader.send("/read/")
    assert leader.form("/read/").count() == 0


def allowances_approved_and_all_but_one_paid(person):
    """Promised by the office, approved by the secretary, paid by the office; one line is forgotten."""
    personnel, secretary = person("personnel"), person("secretary")
    personnel.go(MONEY)
    personnel.send("/promise")
    secretary.go(f"/payments/linjiang/approve?period={PERIOD}")
    secretary.send(document="臨公發〔2027〕1號")
    personnel.go(f"/payments/linjiang/pay?period={PERIOD}")
    personnel.page.uncheck(f'input[name="lines"][value="allowance:{PERIOD}:O04"]')
    personnel.send(voucher="V-2027-1")
    assert personnel.page.url.endswith("/payments/linjiang/"), personnel.text


def overdue_on_the_leaders_first_page(person):
    leader = person("leader1")
    leader.go("/")
    assert leader.page.locator('li.late a[href="/payments/linjiang/overdue"]').count() == 1
    leader.follow("/payments/linjiang/overdue")
    assert leader.sees(f"/payments/linjiang/line/allowance:{PERIOD}:O04")
    officer = person("o04")
    officer.go("/")
    assert officer.sees("/payments/linjiang/")  # and on the first page of the one it is owed to
    return leader


def paid_and_gone(person):
    personnel, leader = person("personnel"), person("leader1")
    for line in (f"allowance:{PERIOD}:O04", "allowance:2026Q2:O10"):
        personnel.go("/payments/linjiang/overdue")
        personnel.follow(f"/payments/linjiang/line/{line}")
        personnel.send("/pay", voucher=f"V-{line[-3:]}")
        assert f"V-{line[-3:]}" in personnel.text
    leader.go("/")
    assert not leader.sees("/payments/linjiang/overdue")


def test_the_quarter_from_the_departments_sheets_to_the_last_promise_paid(person, served):
    served.go_to(DAYS["sheets"])
    opened(person("personnel"), PERIOD)
    departments_fill_and_verify(person)

    served.go_to(DAYS["freeze"])
    the_blank_is_named_and_nobody_elses(person)
    frozen_and_computed(person)
    the_blank_is_not_a_zero(person)

    served.go_to(DAYS["notice"])
    person("personnel").go(QUARTER)
    person("personnel").send("/notice/")
    officer_objects(person)
    upheld_and_corrected(person)
    recomputed_with_a_difference(person)

    served.go_to(DAYS["publication"])
    the_minute_is_entered_and_the_quarter_published(person)
    the_last_is_decided_upon(person)
    the_circular_names_leader_and_office(person)
    allowances_approved_and_all_but_one_paid(person)

    served.go_to(DAYS["overdue"])
    overdue_on_the_leaders_first_page(person)
    paid_and_gone(person)
    auditor = person("auditor")
    auditor.go("/trail/verify/")
    auditor.send()
    assert auditor.page.locator(".note.adverse").count() == 0
