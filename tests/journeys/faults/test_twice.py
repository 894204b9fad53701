"""A double click, a request sent again, eight at a time, a form that has grown old: money is paid once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime

import pytest

from tests.journeys.faults.visitor import Visitor

DAY = datetime(2027, 1, 11, 9)
PAYABLE = ("answer", "publish", "promise")
PAY = "/payments/linjiang/pay"
O04 = "/payments/linjiang/line/allowance:2026Q3:O04"


@pytest.fixture
def paying(house):
    """(forge, visitor of the personnel office) where the allowances of 2026Q3 are due."""
    server, forge = house(DAY, *PAYABLE)
    server.start()
    return forge, Visitor(server.url, "personnel").log_in()


def payments(forge, period="2026Q3"):
    return forge.sql(
        "SELECT count(*), coalesce(sum(m.amount_fen), 0) FROM payments_payment m "
        "JOIN payments_promise p ON p.id = m.promise_id WHERE p.period = ?", period,
    )[0]  # fmt: skip


def promised(forge, period="2026Q3"):
    return forge.sql("SELECT count(*), sum(amount_fen) FROM payments_promise WHERE period = ?", period)[0]


def budget_sums_are_right(forge):
    """No budget line has more approved on it than it holds."""
    over = forge.sql(
        "SELECT b.year FROM payments_budgetline b JOIN payments_promise p ON p.budget_id = b.id "
        "WHERE p.state <> 'cancelled' GROUP BY b.id HAVING sum(p.amount_fen) > b.amount_fen"
    )
    return over == []


def test_eight_clicks_at_once_with_one_token_pay_once(paying):
    forge, personnel = paying
    form = personnel.form(f"{PAY}?period=2026Q3") | {"voucher": "V-8"}
    with ThreadPoolExecutor(8) as eight:
        answers = list(eight.map(lambda _: personnel.post(f"{PAY}?period=2026Q3", form), range(8)))
    assert {status for status, _text, _to in answers} == {302}  # all are led where the first one went
    assert payments(forge) == promised(forge)
    assert budget_sums_are_right(forge) and forge.holds()


def test_eight_who_each_opened_the_page_pay_once_and_seven_are_told(paying):
    forge, personnel = paying
    forms = [personnel.form(O04, "/pay") | {"voucher": f"V-{number}"} for number in range(8)]
    assert len({form["once"] for form in forms}) == 8
    with ThreadPoolExecutor(8) as eight:
        answers = list(eight.map(lambda form: personnel.post(f"{O04}/pay", form), forms))
    assert sorted(status for status, _text, _to in answers) == [302] + [409] * 7
    assert payments(forge)[0] == 1
    paid_by = forge.sql("SELECT voucher FROM payments_payment ORDER BY id DESC LIMIT 1")[0][0]
    refusals = [text for status, text, _to in answers if status == 409]
    assert all(paid_by in text for text in refusals)  # each is told by which voucher it was paid
    assert forge.holds()


def test_a_request_repeated_later_is_led_where_the_first_went_and_says_so(paying):
    forge, personnel = paying
    form = personnel.form(O04, "/pay") | {"voucher": "V-1"}
    first = personnel.post(f"{O04}/pay", form)
    second = personnel.post(f"{O04}/pay", form)
    assert first[0] == second[0] == 302 and first[2] == second[2]
    assert payments(forge)[0] == 1
    assert personnel.get(second[2])[0] == 200


def test_a_form_that_has_grown_old_pays_nothing_and_keeps_what_was_chosen(paying):
    forge, personnel = paying
    old = personnel.form(f"{PAY}?period=2026Q3") | {"voucher": "V-old"}
    personnel.post(f"{O04}/pay", personnel.form(O04, "/pay") | {"voucher": "V-new"})
    status, text, _to = personnel.post(f"{PAY}?period=2026Q3", old)
    assert status == 200 and 'role="alert"' in text
    assert "V-old" in text
    assert payments(forge)[0] == 1


def test_a_form_without_its_token_or_from_elsewhere_pays_nothing_twice(paying):
    forge, personnel = paying
    form = personnel.form(O04, "/pay") | {"voucher": "V-1"}
    del form["once"]
    assert [personnel.post(f"{O04}/pay", form)[0] for _ in range(2)] == [302, 409]
    assert personnel.post(f"{O04}/pay", {"voucher": "V-2"})[0] == 403  # no CSRF token: another page sent it
    assert payments(forge)[0] == 1


def test_two_freezes_at_once_make_one_revision(house):
    server, forge = house(DAY, "fill_the_sheet")
    server.start()
    personnel = Visitor(server.url, "personnel").log_in()
    quarter = "/appraisal/linjiang/2026Q4/"
    forms = [personnel.form(quarter, "/freeze/") for _ in range(4)]
    with ThreadPoolExecutor(4) as four:
        answers = list(four.map(lambda form: personnel.post(f"{quarter}freeze/", form)[0], forms))
    assert sorted(answers) == [302, 409, 409, 409]
    assert forge.sql("SELECT number FROM indicators_revision WHERE period = '2026Q4'") == [(1,)]
    assert forge.sql("SELECT count(*) FROM jobs_job WHERE key LIKE 'compute:%2026Q4%'") == [(1,)]
    assert forge.holds()
