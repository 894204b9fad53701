"""A person before a browser: logs in, follows links, fills forms. Pages are told apart by address, not by language."""

from linli.faces.demo.people import PASSWORD

NARROW = {"width": 360, "height": 740}
_REFUSED = "Failed to load resource: the server responded with a status of 4"


class Person:
    """One browser of somebody's own, with nobody else's cookies."""

    def __init__(self, browser, url, name="", **context):
        self.url, self.name, self.complaints = url, name, []
        self.context = browser.new_context(locale="zh-TW", **context)
        self.context.set_default_timeout(60_000)
        self.page = self.context.new_page()
        self.page.on("console", self._said_in_console)
        self.page.on("pageerror", lambda fault: self.complaints.append(f"{self.page.url}: {fault}"))

    def _said_in_console(self, message):
        """Errors and warnings; that a page was refused is the answer itself and no fault of the page."""
        refused = message.text.startswith(_REFUSED) and message.location["url"].split("#")[0] == self.page.url
        if message.type in ("error", "warning") and not refused:
            self.complaints.append(f"{self.page.url}: {message.type}: {message.text}")

    def log_in(self):
        """Through the page everybody logs in on."""
        self.go("/accounts/login/")
        self.page.fill("input[name=login]", self.name)
        self.page.fill("input[name=password]", PASSWORD)
        self.press("form.login button[type=submit], form[action*='/login/'] button[type=submit]")
        assert "/login/" not in self.page.url, self.page.inner_text("main")
        return self

    def go(self, path):
        """Opens an address; gives the status it was answered with."""
        return self.page.goto(self.url + path).status

    def follow(self, path):
        """Clicks the first link to an address, which must stand on the page."""
        assert self.sees(path), f"no link to {path} on {self.page.url}:\n{self.text}"
        with self.page.expect_navigation():
            self.page.locator(f'a[href="{path}"]').first.click()

    def press(self, button):
        """Clicks what sends a form and waits for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(button).first.click()

    def send(self, action="", to=None, **fields):
        """Fills the form whose address is ``action`` (or ends so) and sends it; fields by name."""
        form = self.form(action)
        assert form.count(), f"no form to {action or 'send'} on {self.page.url}:\n{self.text}"
        for name, value in fields.items():
            self.fill(form, name, value)
        with self.page.expect_navigation():
            form.locator("button[type=submit], button:not([type])").first.click()

    def form(self, action=""):
        """The page's form with that address; without one, the form of the page that is sent to itself."""
        if not action:
            return self.page.locator('main form[method="post"]').first
        return self.page.locator(f'main form[method="post"][action$="{action}"]').first

    def fill(self, form, name, value):
        """A field as a person fills it: chosen, ticked or typed."""
        field = form.locator(f'[name="{name}"]').first
        kind = field.evaluate("field => field.type")
        if kind == "select-one":
            field.select_option(value)
        elif kind == "radio":
            form.locator(f'[name="{name}"][value="{value}"]').check()
        elif kind == "checkbox":
            field.set_checked(value)
        else:
            field.fill(str(value))

    @property
    def said(self):
        """What the page says was done or refused."""
        return " ".join(self.page.locator(".messages, [role=alert]").all_inner_texts())

    @property
    def text(self):
        return self.page.locator("main").inner_text()

    def sees(self, path):
        """Whether a link to that address stands on the page."""
        return self.page.locator(f'a[href="{path}"]').count() > 0

    def close(self):
        self.context.close()
