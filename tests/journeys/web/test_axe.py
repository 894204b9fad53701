"""Every page of every role: no violation that axe knows of, no page wider than a phone, nothing said in the console."""

import hashlib

import pytest

from tests.journeys.web.crawl import walk
from tests.journeys.web.served import ROOT
from tests.journeys.web.test_phone_and_keyboard import TOO_WIDE

VENDOR = ROOT / "tests" / "journeys" / "vendor"
AXE = VENDOR / "axe.min.js"
SHA256 = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 360, "height": 740}
# role -> (account, pages the walk finds at least: fewer, and a way has been lost)
ROLES = {
    "officer": ("o08", 30),
    "station": ("station", 20),
    "department": ("command", 14),
    "personnel": ("personnel", 70),
    "supervision": ("supervision", 25),
    "leader": ("leader1", 25),
    "secretary": ("secretary", 30),
    "cadre": ("cadre", 8),
    "province": ("province", 5),
    "administrator": ("administrator", 6),
    "auditor": ("auditor", 5),
}
_RUN = """async () => {
    const found = await axe.run(document, {
        runOnly: {type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}, resultTypes: ["violations"]});
    return found.violations.map(one => `${one.id}: ` + one.nodes.slice(0, 3).map(node => node.html.slice(0, 120)));
}"""
_SHAPE = """() => {
    const named = one => `${one.tagName}.${one.getAttribute("class")}`;
    return [...new Set([...document.querySelectorAll("body *")].map(
        one => named(one.parentElement) + named(one)))].sort().join();
}"""
seen = set()  # shapes of pages already looked at: what every page has in its frame is not looked at 200 times


def test_axe_is_the_one_its_authors_published():
    assert hashlib.sha256(AXE.read_bytes()).hexdigest() == SHA256
    assert SHA256 in (VENDOR / "README.md").read_text(encoding="utf-8")


def test_axe_finds_what_is_wrong(person):
    officer = person("o08")
    officer.go("/")
    officer.page.evaluate(AXE.read_text(encoding="utf-8"))
    officer.page.evaluate("() => document.querySelector('main').insertAdjacentHTML('beforeend', '<input><img src=x:>')")
    assert {said.split(":")[0] for said in officer.page.evaluate(_RUN)} == {"image-alt", "label"}
    officer.complaints.clear()


@pytest.mark.parametrize("role", ROLES)
def test_no_page_of_a_role_has_a_violation_or_is_wider_than_a_phone(person, role):
    name, least = ROLES[role]
    somebody, wrong, met = person(name), [], []
    somebody.page.set_viewport_size(WIDE)
    for kind, path, status in walk(somebody):
        met.append(kind)
        if status >= 400:
            wrong.append((path, f"a link leads to a page that answers {status}"))
        wrong += [(path, "1440 px", said) for said in _violations(somebody.page, kind, WIDE)]
        somebody.page.set_viewport_size(PHONE)
        wrong += [(path, "360 px", said) for said in _violations(somebody.page, kind, PHONE)]
        wide = somebody.page.evaluate(TOO_WIDE)
        if wide:
            wrong.append((path, "360 px", "wider than the phone by", wide))
        somebody.page.set_viewport_size(WIDE)
    assert wrong == []
    assert len(met) >= least, met


def _violations(page, kind, size):
    """What axe says of the page; nothing of one that is built as another of its kind was for another role."""
    shape = (kind, size["width"], page.evaluate(_SHAPE))
    if shape in seen:
        return []
    seen.add(shape)
    if page.evaluate("() => typeof axe === 'undefined'"):
        page.evaluate(AXE.read_text(encoding="utf-8"))
    return page.evaluate(_RUN)
