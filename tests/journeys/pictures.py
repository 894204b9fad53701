"""``make pictures``: the ten main pages of the demo as pictures in docs/pictures, with a page that lists them.

The demo is built in a home of its own and thrown away; everybody and every place in the pictures is invented.
"""

import sys
import tempfile
from typing import NamedTuple

from playwright.sync_api import sync_playwright

from tests.journeys.web.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.web.people import Person
from tests.journeys.web.served import ROOT, Served, built_in

FOLDER = ROOT / "docs" / "pictures"
LARGEST = 250_000  # bytes
WIDE, PHONE = 1200, 390


class Picture(NamedTuple):
    """One page. tall: at most so many pixels of it; link: the start of an address to follow from there."""

    name: str
    account: str
    path: str
    said: str
    width: int = WIDE
    tall: int = 1400
    link: str = ""


PICTURES = (
    Picture("home", "personnel", "/", "The personnel office's first page: what waits, what is late, what changed."),
    Picture("officer-home", "o08", "/", "The same for a community officer on the phone.", PHONE),
    Picture(
        "county", "secretary", "/county/linjiang/2026Q2/?rate=incidents",
        "The county at a glance: who can be told apart; one rate as a count, per head and adjusted, with its cone.",
    ),
    Picture(
        "file", "o08", "/county/linjiang/my-file/",
        "The officer's own file on the phone: score, what it could be, and each rate from the figure to the points.",
        PHONE,
    ),
    Picture(
        "sheet", "personnel", "/indicators/linjiang/2026Q3/sheet/",
        "One sheet over all departments: who supplied, who verified, what is missing.",
    ),
    Picture(
        "calendar", "personnel", "/appraisal/linjiang/2026Q3/",
        "The quarter's calendar on Chinese working days, with what comes next.",
    ),
    Picture(
        "decision", "secretary", "/decisions/linjiang/2026Q3/O08/transfer_review/",
        "The file of a proposal: what still stands in the way, why the rules propose it, and how sure it is.",
    ),
    Picture(
        "payments", "personnel", "/payments/linjiang/?period=2026Q2",
        "The ledger of promises, one of them overdue.",
    ),
    Picture(
        "circular", "secretary", "/notices/linjiang/",
        "A circular as it is printed, naming the paired leader and office with the officer.", link="/notices/linjiang/",
    ),
    Picture("trail", "auditor", "/trail/", "The trail: who did what and why, each entry chained to the one before."),
)  # fmt: skip


def main():
    """Takes all of them anew."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as base, sync_playwright() as driver:
        server = Served(built_in(base)).start()
        browser = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        try:
            for picture in PICTURES:
                print(f"{_taken(browser, server.url, picture):>8,} bytes  {picture.name}")
        finally:
            browser.close()
            server.stop()
    (FOLDER / "README.md").write_text(_listed(), encoding="utf-8")


def _taken(browser, url, picture):
    """Takes one picture; gives its size."""
    person = Person(browser, url, picture.account, viewport={"width": picture.width, "height": 800}).log_in()
    assert person.go(picture.path) == 200, picture.path
    if picture.link:
        person.page.locator(f'main a[href^="{picture.link}"]').first.click()
        person.page.wait_for_load_state()
    high = min(picture.tall, person.page.evaluate("() => document.documentElement.scrollHeight"))
    target = FOLDER / f"{picture.name}.png"
    whole = {"x": 0, "y": 0, "width": picture.width, "height": high}
    person.page.screenshot(path=target, full_page=True, clip=whole, scale="css", animations="disabled")
    person.close()
    return _kept_small(target)


def _kept_small(target):
    """The picture's size; one that is too large for a repository is refused."""
    size = target.stat().st_size
    if size > LARGEST:
        raise SystemExit(f"{target.name} has {size:,} bytes, more than {LARGEST:,}: show less of the page")
    return size


def _listed():
    lines = [
        "# The ten main pages",
        "",
        "Made by `make pictures` from the demo: everybody and every place is invented.",
        "",
    ]
    for picture in PICTURES:
        device = " (phone)" if picture.width == PHONE else ""
        lines += [f"## {picture.name}{device}", "", picture.said, "", f"![{picture.said}]({picture.name}.png)", ""]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
