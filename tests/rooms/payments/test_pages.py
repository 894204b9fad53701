"""Pages of payments, opened as each role would, and as an enemy."""

from datetime import date, datetime

import pytest

from linli.ground.accounts.roles import Role
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.quarter.payments import actions
from linli.quarter.payments.models import BudgetLine, Payment, Promise

ROOM = "/payments/linjiang"
LINE = f"{ROOM}/line/allowance:2026Q3:O08"
AWARD = f"{ROOM}/line/award:2026:O04"
SOMEBODY = {"officer": "o08", "department": "command", "leader": "leader1"}
MAY_READ = {
    f"{ROOM}/": {"officer", "personnel", "supervision", "leader", "secretary"},
    LINE: {"officer", "personnel", "leader", "secretary"},
    f"{ROOM}/overdue": {"personnel", "leader", "secretary"},
    f"{ROOM}/approve": {"personnel", "leader", "secretary"},
    f"{ROOM}/budget": {"personnel", "leader", "secretary"},
    f"{ROOM}/budget/2026/allowance/approve": {"personnel", "leader", "secretary"},
    f"{ROOM}/2026Q3/": {"personnel", "leader", "secretary"},
    f"{ROOM}/2026Q3/allowance.xlsx": {"personnel", "leader", "secretary"},
    f"{ROOM}/2026Q3/allowance.docx": {"personnel", "leader", "secretary"},
    f"{ROOM}/pay": {"personnel"},
    f"{ROOM}/budget/enter": {"personnel"},
}
MAY_WRITE = {
    f"{LINE}/pay": {"personnel"}, f"{ROOM}/gather": {"personnel"}, f"{ROOM}/2026Q3/promise": {"personnel"},
    f"{ROOM}/2026Q3/recalculate": {"personnel"}, f"{AWARD}/hold": {"supervision"}, f"{AWARD}/release": {"supervision"},
}  # fmt: skip


@pytest.fixture
def browser(cast, logged_in):
    """``browser("personnel")``: that account's, in English."""

    def of(name):
        client = logged_in(cast.user(name))
        client.cookies["django_language"] = "en"
        return client

    return of


@pytest.fixture
def award(cast, cycle):
    """A promised award of O04."""
    return Promise.objects.create(
        bureau=cast.bureau, reference="award:2026:O04", kind="award", period="2026Q3", payee="O04", payee_name="唐敏",
        amount_fen=100_000, promised_at=clock.now(),
    )  # fmt: skip


def text(answer):
    return b"".join(answer).decode() if answer.streaming else answer.content.decode()


@pytest.mark.parametrize("role", Role)
def test_page_opens_to_those_it_is_meant_for_and_to_nobody_else(due, browser, role):
    client = browser(SOMEBODY.get(role, str(role)))
    for address, roles in MAY_READ.items():
        assert client.get(address).status_code == (200 if role in roles else 403), address


@pytest.mark.parametrize("role", Role)
def test_writing_is_for_one_role_and_never_by_looking(due, award, browser, role):
    client = browser(SOMEBODY.get(role, str(role)))
    for address, roles in MAY_WRITE.items():
        assert client.get(address).status_code == (405 if role in roles else 403), address
        assert (client.post(address, {}).status_code == 403) == (role not in roles), address


def test_other_bureau_and_stranger_see_nothing(due, browser):
    client = browser("stranger")
    for address in (*MAY_READ, *MAY_WRITE):
        assert client.get(address).status_code in (403, 405) and client.post(address).status_code in (403, 405)
        assert client.get(address.replace("linjiang", "yuanshan")).status_code in (200, 403, 404, 405)


def test_officer_sees_own_lines_alone(due, browser):
    officer = browser("o08")
    page, table = text(officer.get(f"{ROOM}/")), text(officer.get(f"{ROOM}/?format=csv"))
    assert "廖小芳" in page and "唐敏" not in page
    assert "O08" in table and "O04" not in table
    assert officer.get(LINE).status_code == 200
    assert officer.get(LINE.replace("O08", "O04")).status_code == 403
    assert "唐敏" not in text(officer.get(f"{ROOM}/?payee=O04"))


def test_officer_without_a_file_sees_no_line(cast, due, browser):
    cast.officer("O08").__class__.objects.filter(code="O08").update(account=None)
    assert "line/allowance" not in text(browser("o08").get(f"{ROOM}/?state=due"))


def test_opening_somebody_elses_line_leaves_an_entry_and_ones_own_leaves_none(due, browser):
    before = Entry.objects.count()
    browser("o08").get(LINE)
    assert Entry.objects.count() == before
    browser("leader1").get(LINE)
    last = Entry.objects.last()
    assert (last.action, last.subject, last.by) == ("file.read", "promise:allowance:2026Q3:O08", "leader1")


def test_quarter_goes_from_promise_to_paid_on_the_pages(cast, cycle, browser):
    personnel, leader = browser("personnel"), browser("leader1")
    line = {"year": 2026, "purpose": "allowance", "amount": "60000.00", "source": "縣財政", "version": 0}
    assert personnel.post(f"{ROOM}/budget/enter", line).status_code == 302
    approval = {"approval_number": "臨財行〔2026〕12號", "approved_on": "2026-01-20"}
    assert leader.post(f"{ROOM}/budget/2026/allowance/approve", approval).status_code == 302
    assert personnel.post(f"{ROOM}/2026Q3/promise", {"once": "p"}).status_code == 302
    lines = list(Promise.objects.values_list("reference", flat=True))
    assert leader.post(f"{ROOM}/approve", {"lines": lines, "document": "31", "once": "a"}).status_code == 302
    one = {"voucher": "1", "paid_on": "2026-11-06", "signed_by": "廖小芳", "once": "b"}
    assert personnel.post(f"{LINE}/pay", one).status_code == 302
    rest = [line for line in lines if not line.endswith("O08")]
    paid = personnel.post(f"{ROOM}/pay", {"lines": rest, "voucher": "2", "paid_on": "2026-11-06", "once": "c"})
    assert paid.status_code == 302
    assert Payment.objects.count() == 11
    assert "voucher 1" in text(personnel.get(f"{ROOM}/?payee=O08"))


def test_double_click_pays_once_and_is_led_to_the_same_page(due, browser):
    client = browser("personnel")
    form = {"voucher": "1", "paid_on": "2026-11-06", "signed_by": "廖小芳", "once": "token"}
    first, second = client.post(f"{LINE}/pay", form), client.post(f"{LINE}/pay", form)
    assert first["Location"] == second["Location"]
    assert Payment.objects.count() == 1


def test_second_clerk_is_told_by_what_it_was_paid(due, pay, browser):
    pay(next(line for line in due if line.payee == "O08"))
    form = {"voucher": "9", "paid_on": "2026-11-06", "signed_by": "廖小芳", "once": "other"}
    answer = browser("personnel").post(f"{LINE}/pay", form)
    assert answer.status_code == 409 and "記-0117" in text(answer)


def test_line_that_was_paid_meanwhile_stops_the_whole_list_and_says_so(due, pay, browser):
    references = [line.reference for line in due]
    pay(due[0])
    form = {"lines": references, "voucher": "9", "paid_on": "2026-11-06", "once": "list"}
    answer = browser("personnel").post(f"{ROOM}/pay", form)
    assert answer.status_code == 200 and "waits no longer" in text(answer)
    assert Payment.objects.count() == 1


def test_refusal_in_a_list_keeps_what_was_chosen_and_written(promises, browser):
    form = {"lines": [promises[0].reference], "document": "紀要31", "once": "x"}
    page = text(browser("leader1").post(f"{ROOM}/approve", form))
    assert "R-54" in page and "紀要31" in page


def test_budget_changed_by_somebody_else_shows_both(cast, budget, browser):
    form = {"year": 2026, "purpose": "allowance", "amount": "70000", "source": "我的", "version": 1}
    answer = browser("personnel").post(f"{ROOM}/budget/enter", form)
    assert answer.status_code == 409
    assert "70000.00" in text(answer) and "60000.00" in text(answer)
    assert BudgetLine.objects.get().amount_fen == 6_000_000


@pytest.mark.parametrize("amount", ["0", "-1", "1.005", "1e20", "NaN", "Infinity", "", "壹萬", "9" * 40])
def test_amount_that_is_no_sum_of_money_is_refused_beside_the_field(cast, browser, amount):
    form = {"year": 2026, "purpose": "allowance", "amount": amount, "version": 0}
    assert browser("personnel").post(f"{ROOM}/budget/enter", form).status_code == 200
    assert not BudgetLine.objects.exists()


def test_text_that_is_html_is_shown_as_text(cast, promises, budget, browser):
    actions.approve(by=cast.user("secretary"), promises=promises, document="<script>alert(1)</script>")
    page = text(browser("personnel").get(LINE))
    assert "<script>alert" not in page and "&lt;script&gt;" in page


def test_csv_opens_in_a_spreadsheet_and_calculates_nothing(cast, promises, budget, browser):
    actions.approve(by=cast.user("secretary"), promises=promises, document="=1+1")
    taken = text(browser("personnel").get(f"{ROOM}/?format=csv"))
    assert taken.startswith("\ufeffreference,") and "\r\n" in taken
    assert ",'=1+1," in taken
    assert Entry.objects.last().action == "payments.export"


@pytest.mark.parametrize("asked", ["state=nothing", "period=%00", "payee=%27%3B--", "sort=xyz", "page=999", "page=x",
                                   "payee=" + "x" * 5000])  # fmt: skip
def test_nonsense_in_the_address_is_survived(due, browser, asked):
    assert browser("personnel").get(f"{ROOM}/?{asked}").status_code == 200


def test_unknown_line_and_quarter_are_not_found(due, browser):
    for address in (f"{ROOM}/line/nothing", f"{ROOM}/2031Q4/", f"{ROOM}/2026Q3/award.xlsx", f"{ROOM}/2026Q7/"):
        assert browser("personnel").get(address).status_code == 404


def test_overdue_line_stands_on_the_page_with_its_days(due, browser):
    with clock.at(datetime(2026, 12, 20, 10)):
        page = text(browser("leader1").get(f"{ROOM}/overdue"))
    assert "廖小芳" in page and ">14<" in page


def test_award_is_held_and_released_by_supervision_alone(award, browser):
    line, supervision = award, browser("supervision")
    assert "唐敏" in text(supervision.get(f"{ROOM}/"))
    assert supervision.post(f"{ROOM}/line/award:2026:O04/hold", {"why": "督〔2026〕3號"}).status_code == 302
    line.refresh_from_db()
    assert line.held_because == "督〔2026〕3號"
    assert "under investigation" in text(browser("leader1").get(f"{ROOM}/approve"))
    assert "督〔2026〕3號" not in text(browser("leader1").get(f"{ROOM}/line/award:2026:O04"))
    assert supervision.post(f"{ROOM}/line/award:2026:O04/release", {"why": "結案"}).status_code == 302
    line.refresh_from_db()
    assert not line.held_because


def test_allowance_cannot_be_held(due, cast):
    from linli.ground.trail.refusals import Refused

    with pytest.raises(Refused):
        actions.hold(by=cast.user("supervision"), promise=due[0], why="x")


def _more(cast, count):
    Promise.objects.bulk_create(
        Promise(
            bureau=cast.bureau, reference=f"allowance:2026Q2:X{n}", kind="allowance", period="2026Q2", payee=f"X{n}",
            payee_name=f"某{n}", amount_fen=100 + n, state=("promised", "due")[n % 2], promised_at=clock.now(),
            due_on=date(2026, 8, 1),
        )
        for n in range(count)
    )  # fmt: skip


@pytest.mark.parametrize("address", ["/", "/overdue", "/approve", "/pay", "/budget", "/2026Q3/", "/?format=csv"])
def test_number_of_queries_does_not_grow_with_rows(cast, due, browser, address, django_assert_max_num_queries):
    client = browser("personnel")
    for count in (0, 60):
        _more(cast, count)
        with django_assert_max_num_queries(20):
            text(client.get(f"{ROOM}{address}"))
