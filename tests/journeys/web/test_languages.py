"""The three languages: chosen in the header, kept from page to page, whole on the first pages of every role."""

import re

import pytest

from tests.journeys.web.served import ROOT

CATALOGUES = [
    folder / "LC_MESSAGES" / "django.mo" for folder in ROOT.glob("linli/*/*/locale/zh_Han[st]") if folder.is_dir()
]
FIRST_PAGES = {
    "o04": ("/", "/county/linjiang/my-file/", "/appraisal/linjiang/2026Q3/objections/send/"),
    "command": ("/", "/indicators/linjiang/"),
    "personnel": ("/", "/appraisal/linjiang/", "/decisions/linjiang/2026Q3/", "/payments/linjiang/"),
    "leader1": ("/", "/payments/linjiang/overdue"),
    "secretary": ("/", "/decisions/linjiang/"),
    "auditor": ("/", "/trail/"),
}
# What stands in Latin letters on a Chinese page, too: ids, rules, accounts, formats, names of schemes and of Linli.
_NAMES = re.compile(
    r"(?<![A-Za-z])(?:[A-Z]{1,3}-?\d[\w.-]*|\d{4}Q[1-4]|Linli|API|CSV|csv|Excel|Word|JSON|linjiang|default|"
    rf"personnel2|o\d\d|{'|'.join(FIRST_PAGES)})(?![A-Za-z])"
)
_ENGLISH = re.compile(r"[A-Za-z]{3,}")


def choose(person, code):
    """The language switch in the header."""
    person.page.locator("header.top details.menu summary").first.click()
    person.press(f"header.top button[name=language][value={code}]")


def language(person):
    return person.page.locator("html").get_attribute("lang")


def headings(person):
    """What the pages of a role say in their menu and headings."""
    return person.page.locator("nav#nav").inner_text() + person.page.locator("h1, h2").all_inner_texts().__str__()


def test_whoever_comes_for_the_first_time_reads_traditional_chinese(stranger):
    visitor = stranger(extra_http_headers={"Accept-Language": "de"})
    visitor.go("/accounts/login/")
    assert language(visitor) == "zh-hant"


def test_the_switch_stands_in_the_header_leads_back_to_the_page_and_is_kept(person):
    officer = person("o04")
    officer.go("/county/linjiang/my-file/")
    here = officer.page.url
    for code in ("en", "zh-hans", "zh-hant"):
        choose(officer, code)
        assert officer.page.url == here
        assert language(officer) == code
        officer.go("/")
        assert language(officer) == code
        officer.go(here.removeprefix(officer.url))


def test_the_language_outlasts_logging_out_and_in(stranger):
    officer = stranger("o05").log_in()
    choose(officer, "en")
    officer.context.clear_cookies(name="sessionid")
    officer.log_in()
    assert language(officer) == "en"
    assert "What waits for you" in officer.text


@pytest.mark.parametrize("code", ["zh-hant", "zh-hans", "en"])
def test_the_first_pages_of_every_role_open_in_each_language(person, code):
    for name, pages in FIRST_PAGES.items():
        somebody = person(name)
        somebody.go("/")
        choose(somebody, code)
        for page in pages:
            assert somebody.go(page) == 200, (name, page)
            assert language(somebody) == code


@pytest.mark.skipif(
    not CATALOGUES or not all(path.exists() for path in CATALOGUES), reason="run `make translations` first"
)
@pytest.mark.parametrize("code", ["zh-hant", "zh-hans"])
def test_no_english_is_left_on_a_chinese_page(person, code):
    left = {}
    for name, pages in FIRST_PAGES.items():
        somebody = person(name)
        somebody.go("/")
        choose(somebody, code)
        for page in pages:
            somebody.go(page)
            said = somebody.page.locator("nav#nav").inner_text() + somebody.text
            accounts = re.compile(rf"\b({'|'.join(FIRST_PAGES)}|o\d\d|personnel2|linjiang|default)\b")
            words = set(_ENGLISH.findall(accounts.sub("", _NAMES.sub("", said))))
            if page != "/trail/" and words:  # the trail's verbs are names, kept as they were written
                left[name, page] = sorted(words)
    assert left == {}, left
