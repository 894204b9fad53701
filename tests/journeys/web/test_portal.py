"""A resident in a browser without scripts: says something, follows it, hears the answer, and has it opened again."""

import pytest

from tests.journeys.web.people import NARROW, Person
from tests.journeys.web.test_axe import _RUN, AXE
from tests.journeys.web.test_phone_and_keyboard import TOO_WIDE, enter, tab_to

HOME = "/p/linjiang/"
PAGES = (
    *("", "c/C01/", "c/C01/card/", "bulletins/", "privacy/", "say/", "say/noise/", "seen/", "complain/", "follow/"),
    *("follow/solved/", "confirm/", "s/", "nowhere/"),
)
LANGUAGES = ("zh-hant", "zh-hans", "en")
A_LOOK = 3_200  # milliseconds: as long as a person at least looks at a form
WORDS = "夜裏施工，吵得睡不着（虛構）"


@pytest.fixture
def plain(stranger):
    """A phone whose browser runs no scripts."""
    return stranger("resident", viewport=NARROW, java_script_enabled=False)


def send(person, **fields):
    """Fills a form as a person does, looks at it, sends it."""
    form = person.page.locator("main form.form").last
    for name, value in fields.items():
        fill(form, name, value)
    person.page.wait_for_timeout(A_LOOK)
    with person.page.expect_navigation():
        form.locator("button[type=submit]").click()


def fill(form, name, value):
    """A field by its element: without scripts none can be asked of what type it is."""
    if form.locator(f'input[type=radio][name="{name}"]').count():
        form.locator(f'input[name="{name}"][value="{value}"]').check()
    elif form.locator(f'select[name="{name}"]').count():
        form.locator(f'select[name="{name}"]').select_option(value)
    else:
        form.locator(f'[name="{name}"]').fill(value)


def test_from_saying_something_to_opening_it_again_without_scripts(plain, stranger):
    plain.go(HOME)
    plain.page.locator("main a.tile.first").click()
    plain.page.locator(f'main a[href*="{HOME}say/noise/"]').click()
    send(plain, words=WORDS, community="C01", contact="13800000000")
    code = plain.page.locator(".receipt .code").inner_text()
    assert len(code) == 19
    follow(plain, code)
    assert plain.page.locator(".steps li").count() == 1 and plain.page.locator("input[name=solved]").count() == 0

    officer = Person(plain.context.browser, plain.url, "o01").log_in()
    address = f"/requests/linjiang/one/{number(plain)}/"
    officer.go(address)
    assert WORDS in officer.text
    officer.page.locator("details:has([name=what_was_done]) summary").click()
    officer.send(f"{address}solve", what_was_done="已約施工方，晚上不再開工。")

    follow(plain, code)
    assert "晚上不再開工" in plain.text and WORDS not in plain.text
    send(plain, solved="no", words="昨晚又吵了（虛構）")
    follow(plain, code)
    assert plain.page.locator("input[name=solved]").count() == 0
    officer.go(address)
    assert "昨晚又吵了" in officer.text
    officer.close()
    assert plain.context.cookies() == []


def violations(person):
    """What axe says of the page, and how much wider it is than a phone."""
    person.page.set_viewport_size(NARROW)
    person.page.evaluate(AXE.read_text(encoding="utf-8"))
    return [*person.page.evaluate(_RUN), *filter(None, [person.page.evaluate(TOO_WIDE)])]


def follow(person, code):
    person.go(f"{HOME}follow/")
    person.page.locator("input[name=code]").fill(code)
    with person.page.expect_navigation():
        person.page.locator("main button[type=submit]").click()
    assert code not in person.page.url


def number(person):
    return person.page.locator(".pairs dd").first.inner_text()


def test_something_is_said_by_keyboard_alone(stranger):
    resident = stranger("keyboard")
    resident.go(f"{HOME}say/hazard/")
    tab_to(resident, "textarea[name=words]")
    resident.page.keyboard.type("樓道堆物（虛構）")
    tab_to(resident, "main button[type=submit]")
    resident.page.wait_for_timeout(A_LOOK)
    enter(resident)
    code = resident.page.locator(".receipt .code").inner_text()
    assert violations(resident) == []
    for typed in ("0000", code):  # what is wrong is said, and what is right is shown, to everybody
        follow(resident, typed)
        assert violations(resident) == []


def test_code_behind_the_hash_is_put_into_the_field_and_taken_out_of_the_address(stranger):
    resident = stranger("scanner")
    resident.go(f"{HOME}follow/#7K3Q-MZ01-0123-ABCD")
    assert resident.page.locator("input[name=code]").input_value() == "7K3Q-MZ01-0123-ABCD"
    assert "#" not in resident.page.url


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_page_has_a_violation_a_cookie_a_stranger_or_is_wider_than_a_phone(stranger, language):
    resident, wrong, asked = stranger(f"looker {language}"), [], []
    resident.page.on("request", lambda request: asked.append(request.url))
    for page in PAGES:
        for size in (NARROW, {"width": 1280, "height": 800}):
            resident.page.set_viewport_size(size)
            resident.go(f"{HOME}{page}?lang={language}")
            resident.page.evaluate(AXE.read_text(encoding="utf-8"))
            wrong += [(page, size["width"], said) for said in resident.page.evaluate(_RUN)]
            if wide := resident.page.evaluate(TOO_WIDE):
                wrong.append((page, size["width"], wide))
    assert wrong == []
    assert resident.context.cookies() == []
    assert [url for url in asked if not url.startswith((resident.url, "data:"))] == []


def test_card_alone_is_printed(stranger):
    resident = stranger("printer")
    resident.go(f"{HOME}c/C01/card/")
    resident.page.emulate_media(media="print")
    seen = [one.is_visible() for one in resident.page.locator("header, footer, h1, .actions").all()]
    assert not any(seen) and resident.page.locator(".slip .qr").is_visible()


def test_staff_pages_for_residents_have_no_violation(stranger):
    officer = stranger("o01").log_in()
    for path in ("staff/card/", "staff/bulletins/", "staff/bulletins/new/"):
        assert officer.go(HOME + path) == 200
        for size in (NARROW, {"width": 1280, "height": 800}):
            officer.page.set_viewport_size(size)
            officer.page.evaluate(AXE.read_text(encoding="utf-8"))
            assert officer.page.evaluate(_RUN) == [] and officer.page.evaluate(TOO_WIDE) == "", path
