"""A visitor without a browser: sends the very bytes that a form sends, as often and at as many a time as is wanted."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request

from linli.faces.demo.people import PASSWORD

_FIELD = re.compile(r"<(?:input|textarea)\b[^>]*>")
_ATTRIBUTE = re.compile(r'([\w-]+)="([^"]*)"')


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


class Visitor:
    """Somebody's cookies. ``get`` and ``post`` give (status, text, where it leads)."""

    def __init__(self, url, name=""):
        self.url, self.name = url, name
        self.cookies = http.cookiejar.CookieJar()

    def _opener(self):
        return urllib.request.build_opener(urllib.request.HTTPCookieProcessor(self.cookies), _NoRedirect)

    def _answered(self, request):
        try:
            with self._opener().open(request, timeout=120) as answer:
                return answer.status, answer.read().decode(), answer.headers.get("Location", "")
        except urllib.error.HTTPError as refused:
            with refused:
                return refused.code, refused.read().decode(), refused.headers.get("Location", "")

    def get(self, path):
        return self._answered(self.url + path)

    def post(self, path, fields):
        body = urllib.parse.urlencode(fields, doseq=True).encode()
        return self._answered(urllib.request.Request(self.url + path, body, {"Referer": self.url + path}))

    def form(self, path, action=""):
        """What a form of a page would send if nobody filled anything in: hidden fields, ticked boxes, dates."""
        _status, text, _to = self.get(path)
        forms = re.findall(r"<form\b([^>]*)>(.*?)</form>", text, re.DOTALL)
        inside = next(inner for head, inner in forms if "post" in head and (not action or f'{action}"' in head)
                      and ("/i18n/" not in head) and "/logout/" not in head)  # fmt: skip
        found = {}
        for tag in _FIELD.findall(inside):
            field = dict(_ATTRIBUTE.findall(tag))
            if field.get("type") in ("checkbox", "radio") and " checked" not in tag:
                continue
            if " disabled" in tag or not field.get("name"):
                continue
            found.setdefault(field["name"], []).append(field.get("value", ""))
        return {name: values[0] if len(values) == 1 else values for name, values in found.items()}

    def log_in(self):
        fields = self.form("/accounts/login/")
        status, _text, _to = self.post("/accounts/login/", fields | {"login": self.name, "password": PASSWORD})
        assert status == 302, f"{self.name} could not log in"
        return self
