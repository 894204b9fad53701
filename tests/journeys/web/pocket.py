"""An officer's phone with a browser of its own that can be closed and opened again: what it kept is still there."""

import sqlite3
from contextlib import closing

from linli.faces.demo.people import PASSWORD
from tests.journeys.web.conftest import ARGUMENTS, CHROMIUM
from tests.journeys.web.people import NARROW

ROUND = "/round/linjiang/"
_COUNTS = {
    "works": "SELECT count(*) FROM worklog_work",
    "requests": "SELECT count(*) FROM requests_request",
    "disputes": "SELECT count(*) FROM disputes_dispute",
    "calls": "SELECT count(*) FROM worklog_callaway",
}


class Pocket:
    """``tap`` counts what a thumb does; ``open`` and ``close`` are the browser's."""

    def __init__(self, browser, folder, url):
        self._kind, self._folder, self.url = browser.browser_type, folder, url
        self.taps, self.typed, self.complaints, self.context, self.page = 0, 0, [], None, None

    def open(self, offline=False, more=()):
        """The browser, on its first empty page. more: arguments of Chromium's."""
        self.context = self._kind.launch_persistent_context(
            str(self._folder), executable_path=CHROMIUM, headless=True, args=[*ARGUMENTS, *more], viewport=NARROW,
            has_touch=True, locale="zh-TW", timezone_id="Asia/Shanghai",
        )  # fmt: skip
        self.context.set_default_timeout(30_000)
        self.page = self.context.pages[0]
        self.page.on("pageerror", lambda fault: self.complaints.append(f"{fault}"))
        self.page.on("dialog", lambda dialog: dialog.accept())
        self.context.set_offline(offline)
        return self

    def close(self):
        """As when the phone throws the browser out: nothing is asked."""
        if self.context:
            self.context.close()
        self.context = self.page = None

    def log_in(self, name, path=ROUND):
        """Through the page everybody logs in on; ends on the round, kept by the phone."""
        if "/login/" not in self.page.url:
            self.page.goto(f"{self.url}/accounts/login/?next={path}")
        self.page.fill("input[name=login]", name)
        self.page.fill("input[name=password]", PASSWORD)
        with self.page.expect_navigation():
            self.page.locator(
                "form.login button[type=submit], form[action*='/login/'] button[type=submit]"
            ).first.click()
        return self.is_kept()

    def go_round(self):
        """Opens the round by its address, with a network or without."""
        self.page.goto(self.url + ROUND)
        self.page.wait_for_selector("html[data-opened]")
        return self

    def is_kept(self):
        """Waits until the service worker has the page and its files."""
        self.page.wait_for_selector("html[data-kept]")
        return self

    def tap(self, what):
        self.taps += 1
        self.page.locator(what).first.tap()

    def type(self, where, text):
        self.typed += len(text)
        self.page.locator(where).fill(text)

    def visit(self, note=""):
        """Start and stop: two taps, three with a note."""
        self.tap('[data-start="visit"]')
        if note:
            self.tap("#running summary")
            self.type("#running-note", note)
        self.tap("#stop")
        self.page.wait_for_selector("#start:not([hidden])")

    def say(self, words, kind=2):
        """What a resident said."""
        self.tap('#now a[href="#request"]')
        self.tap(f"#request label:has(#request-{kind})")
        self.type("#request-words", words)
        self.keep("request")

    def quarrel(self, title, kind=1):
        """A dispute's intake."""
        self.tap('#now a[href="#dispute"]')
        self.tap(f"#dispute label:has(#dispute-{kind})")
        self.type("#dispute-title", title)
        self.keep("dispute")

    def keep(self, screen):
        self.tap(f"#{screen} button[type=submit]")
        self.page.wait_for_selector("#now:not([hidden])")

    def queue(self):
        """[(number, type, state)] of everything on this phone, as its own database has it."""
        return self.page.evaluate(
            """async () => {
                const queue = await import("/static/desk/round/queue.js");
                const { user } = JSON.parse(document.getElementById("carried").textContent);
                return (await queue.mine(user)).map(one => [one.number, one.type, one.state]);
            }"""
        )

    def all_sent(self):
        """Waits until the server has answered everything."""
        return self.comes_to("sent")

    def comes_to(self, *states):
        """Waits until the line at the top says one of these."""
        self.page.locator(", ".join(f'#state[data-state="{state}"]' for state in states)).wait_for()
        return self

    def state(self):
        return self.page.get_attribute("#state", "data-state")


def rows(server, query, *values):
    """What the server's database answers; for SQLite, beside the running server."""
    with closing(sqlite3.connect(server.home / "linli.sqlite3", timeout=20)) as base:
        return base.execute(query, values).fetchall()


def counts(server):
    """name -> how many rows the rooms have."""
    return {name: rows(server, query)[0][0] for name, query in _COUNTS.items()}


def since(server, before):
    """How many have come since."""
    return {name: number - before[name] for name, number in counts(server).items()}
