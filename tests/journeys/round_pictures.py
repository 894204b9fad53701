"""``python -m tests.journeys.round_pictures``: the officer's round on a phone as pictures in docs/pictures.

The demo is built in a home of its own and thrown away; everybody and every place in the pictures is invented.
"""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from linli.faces.demo.people import PASSWORD
from tests.journeys.pictures import FOLDER, _kept_small
from tests.journeys.web.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.web.pocket import ROUND, Pocket
from tests.journeys.web.served import Served, built_in


def main():
    """Takes all of them anew."""
    with tempfile.TemporaryDirectory() as base, sync_playwright() as driver:
        server = Served(built_in(base)).start()
        browser = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        pocket = Pocket(browser, Path(base) / "phone", server.url).open()
        try:
            pocket.log_in("o08").all_sent()
            _a_day(pocket)
            _two_versions(pocket, browser)
        finally:
            pocket.close()
            browser.close()
            server.stop()


def _a_day(pocket):
    _take(pocket, "start")
    pocket.tap('[data-start="visit"]')
    pocket.tap("#running summary")
    pocket.type("#running-note", "登記出租房屋兩處")
    pocket.page.locator("#stop:not([disabled])").wait_for()
    _take(pocket, "running")
    pocket.tap("#stop")
    pocket.page.wait_for_selector("#start:not([hidden])")
    pocket.all_sent()
    pocket.page.locator('.round-bar a[href="#today"]').tap()
    pocket.page.locator("#day [data-edit]:visible").first.wait_for()
    _take(pocket, "today")
    pocket.page.locator('.round-bar a[href="#now"]').tap()
    pocket.context.set_offline(True)
    pocket.page.locator('#now a[href="#request"]').tap()
    pocket.page.locator("#request label:has(#request-2)").tap()
    pocket.page.fill("#request-words", "三單元夜裡有人施工")
    _take(pocket, "request")
    pocket.keep("request")
    pocket.quarrel("樓道堆物")
    pocket.page.locator('.round-bar a[href="#queue"]').tap()
    pocket.page.locator("#records li").nth(2).wait_for()
    _take(pocket, "queue")


def _two_versions(pocket, browser):
    """The same work is changed at a desk and, later and without a network, on the phone."""
    desk = browser.new_context(viewport={"width": 360, "height": 740}, locale="zh-TW").new_page()
    desk.goto(f"{pocket.url}/accounts/login/?next={ROUND}")
    desk.fill("input[name=login]", "o08")
    desk.fill("input[name=password]", PASSWORD)
    desk.press("input[name=password]", "Enter")
    _changed(desk, "出租房屋三處，已登記")
    desk.locator('#state[data-state="sent"]').wait_for()
    pocket.page.bring_to_front()
    _changed(pocket.page, "登記出租房屋兩處，一處無人")
    pocket.context.set_offline(False)
    pocket.comes_to("stuck")
    pocket.page.locator('.round-bar a[href="#queue"]').tap()
    pocket.page.locator("#records [data-mend]:not([hidden])").first.tap()
    pocket.page.locator("#mend-rows dl").first.wait_for()
    _take(pocket, "conflict")


def _changed(page, note):
    page.locator('.round-bar a[href="#today"]').click()
    page.locator("#day [data-edit]:visible").first.click()
    page.fill("#change-note", note)
    page.locator("#change button[type=submit]").click()
    page.locator("#now:not([hidden])").wait_for()


def _take(pocket, name):
    pocket.page.locator("#toast").wait_for(state="hidden")
    target = FOLDER / f"round-{name}.png"
    pocket.page.screenshot(path=target, scale="css", animations="disabled")
    print(f"{_kept_small(target):>8,} bytes  {target.stem}")


if __name__ == "__main__":
    sys.exit(main())
