"""The officer's pages without a mouse, and on a phone 360 px wide."""

import pytest

from linli.faces.demo.people import PASSWORD
from tests.journeys.web.people import NARROW

FILE = "/county/linjiang/my-file/"
SEND = "/appraisal/linjiang/2026Q3/objections/send/"
TOO_WIDE = """() => {
    const wide = document.scrollingElement.scrollWidth - window.innerWidth;
    if (wide <= 0) return "";
    const out = [...document.querySelectorAll("body *")].filter(
        one => one.getBoundingClientRect().right > window.innerWidth + 1).slice(0, 5);
    return `${wide} px: ` + out.map(one => one.tagName + "." + one.className).join(", ");
}"""


def tab_to(person, wanted, most=80):
    """Presses Tab until what is wanted has the focus, which must be seen to have it."""
    for _ in range(most):
        person.page.keyboard.press("Tab")
        if person.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted):
            seen = person.page.evaluate(
                """() => { const style = getComputedStyle(document.activeElement);
                return style.outlineStyle !== "none" || style.boxShadow !== "none"; }"""
            )
            assert seen, f"nobody sees that {wanted} has the focus"
            return
    raise AssertionError(f"{wanted} cannot be reached by Tab on {person.page.url}")


def enter(person):
    """Presses Enter and waits for the page that answers."""
    with person.page.expect_navigation():
        person.page.keyboard.press("Enter")


def test_an_officer_logs_in_reads_the_own_file_and_objects_by_keyboard_alone(stranger):
    officer = stranger()
    keys = officer.page.keyboard
    officer.go("/")
    tab_to(officer, "input[name=login]") if not focused(officer, "input[name=login]") else None
    keys.type("o04")
    tab_to(officer, "input[name=password]")
    keys.type(PASSWORD)
    enter(officer)
    assert officer.page.url == officer.url + "/"

    tab_to(officer, f'nav a[href="{FILE}"]')
    enter(officer)
    assert "唐敏" in officer.text
    tab_to(officer, f'main a[href="{SEND}"]')
    enter(officer)

    tab_to(officer, "input[name=kind]")
    keys.press("ArrowDown")
    officer.page.wait_for_function("document.querySelector('input[name=kind][value=objection]').checked")
    tab_to(officer, "select[name=rate]")
    keys.press("ArrowDown")
    tab_to(officer, "textarea[name=text]")
    keys.type("見警率的時數少計兩天，請核對值勤表。")
    tab_to(officer, "main button[type=submit]")
    enter(officer)
    assert "2026Q3-O04-1" in officer.text
    assert "見警率的時數少計兩天" in officer.text


def focused(person, wanted):
    return person.page.evaluate("wanted => document.activeElement.matches(wanted)", wanted)


def test_the_first_tab_leads_past_the_menu_to_the_content(person):
    officer = person("o05")
    officer.go("/")
    officer.page.keyboard.press("Tab")
    assert focused(officer, "a.skip")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_function("document.activeElement.id === 'content'")


@pytest.mark.parametrize("code", ["zh-hant", "en"])
def test_an_officers_pages_fit_a_phone(stranger, code):
    officer = stranger("o06", viewport=NARROW).log_in()
    officer.page.locator("header.top details.menu summary").first.click()
    officer.press(f"header.top button[name=language][value={code}]")
    for page in ("/", FILE, SEND, "/payments/linjiang/", "/indicators/linjiang/rates/"):
        assert officer.go(page) == 200
        assert officer.page.evaluate(TOO_WIDE) == "", page


def test_an_officer_objects_on_a_phone(stranger):
    officer = stranger("o07", viewport=NARROW, has_touch=True).log_in()
    officer.page.locator(".nav-button").tap()
    officer.follow(FILE)
    officer.follow(SEND)
    officer.send(kind="objection", rate="incidents", text="兩起案件發生在鄰縣，請核對。")
    assert "2026Q3-O07-1" in officer.text
    officer.go("/")
    assert "2026Q3-O07-1" in officer.text  # the home says that it waits for an answer
