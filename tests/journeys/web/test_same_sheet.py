"""Two people of one department save the same sheet: nobody's work is lost, and the second one chooses."""

import pytest

from tests.journeys.web.sheets import address, opened, stands, typed

PERIOD = "2026Q4"
SHEET = address(PERIOD, "supply", "incidents")
FIRST = {"C01": {"numerator": "31", "denominator": "14200"}, "C02": {"numerator": "70", "denominator": "18650"}}
SECOND = {"C01": {"numerator": "33", "denominator": "14200"}, "C03": {"numerator": "12", "denominator": "9000"}}


@pytest.fixture
def two(person, stranger):
    """Two people of the command centre, each with the same sheet of a quarter open before them."""
    personnel = person("personnel")
    if personnel.go(f"/appraisal/linjiang/{PERIOD}/") == 404:
        opened(personnel, PERIOD)
    first, second = stranger("command").log_in(), stranger("command").log_in()
    first.go(SHEET)
    clear = {code: {"numerator": "", "denominator": ""} for code in ("C01", "C02", "C03")}
    typed(first, clear)
    first.send()
    second.go(SHEET)
    return first, second


def both_saved(first, second):
    typed(first, FIRST)
    typed(second, SECOND)
    first.send()
    second.send()


def test_the_second_is_shown_the_difference_and_no_other_row_waits_for_it(two):
    first, second = two
    both_saved(first, second)
    assert stands(second, "C01") == ("33", "14200")  # what was typed is still there
    clash = second.page.locator("#about-C01").inner_text()
    assert "33" in clash and "31" in clash
    assert second.page.locator("[role=alert]").count() == 1

    first.go(SHEET)
    assert [stands(first, code)[0] for code in ("C01", "C02", "C03")] == ["31", "70", "12"]


def test_the_second_may_let_the_first_ones_figure_stand(two):
    first, second = two
    both_saved(first, second)
    second.go(SHEET)
    assert [stands(second, code)[0] for code in ("C01", "C02", "C03")] == ["31", "70", "12"]


def test_the_second_may_send_the_own_figure_again_and_the_trail_has_both(two, person):
    first, second = two
    both_saved(first, second)
    second.send()
    assert second.page.locator("[role=alert]").count() == 0
    first.go(SHEET)
    assert [stands(first, code)[0] for code in ("C01", "C02", "C03")] == ["33", "70", "12"]

    auditor = person("auditor")
    auditor.go("/trail/?who=command&action=indicators.supply")
    auditor.page.locator("main tbody th a").first.click()
    auditor.page.wait_for_url("**/trail/*/")
    assert "31" in auditor.text and "33" in auditor.text, auditor.text  # before and after


def test_a_verified_figure_is_not_overwritten_by_an_older_page(two, person):
    first, second = two
    both_saved(first, second)
    first.go(SHEET)
    second.go(SHEET)
    supervision = person("supervision")
    supervision.go(address(PERIOD, "verify", "incidents"))
    supervision.page.check('input[name="tick-C02"]')
    supervision.press('button[value="verify"]')
    typed(second, {"C02": {"numerator": "71"}})
    second.send()
    assert second.page.locator("#about-C02").count() == 1
    first.go(SHEET)
    assert stands(first, "C02")[0] == "70"


BUDGET = "/payments/linjiang/budget/enter?year=2026&purpose=allowance"


@pytest.mark.parametrize(("keeps_own", "stands_in_the_end"), [(True, "80000.00"), (False, "70000.00")])
def test_two_who_change_one_budget_line_both_see_both_and_the_second_chooses(person, keeps_own, stands_in_the_end):
    first, second = person("personnel"), person("personnel2")
    first.go(BUDGET)
    first.send(amount="66000.00")
    for one in (first, second):
        one.go(BUDGET)
    first.send(amount="70000.00")
    second.send(amount="80000.00")
    both = second.page.locator("main tbody tr").first.inner_text()
    assert "80000.00" in both and "70000.00" in both
    if keeps_own:
        second.page.locator('[data-choose="mine"]').click()
        second.send()
    else:
        second.page.locator("main form a.button").click()
        second.page.wait_for_selector("[name=amount]")
    first.go(BUDGET)
    assert first.page.input_value("[name=amount]") == stands_in_the_end
