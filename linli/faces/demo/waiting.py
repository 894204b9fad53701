"""What the server answers while the demo is being built: its health, and a page that looks again by itself."""

import json

_PAGE = """<!doctype html><html lang="zh-Hant"><meta charset="utf-8"><meta http-equiv="refresh" content="2">
<meta name="viewport" content="width=device-width"><title>鄰里 Linli</title>
<h1>鄰里 Linli</h1><p>示範縣正在建立，約需半分鐘，本頁會自動更新。</p>
<p lang="en">The invented county is being built. This page looks again by itself.</p></html>"""


class Waiting:
    """A WSGI application that gives way to the real one that ``real()`` gives once ``state()`` is "ready"."""

    def __init__(self, state, real):
        self._state, self._load, self._real = state, real, None

    def __call__(self, environ, start_response):
        if self._real is None and self._state() == "ready":
            self._real = self._load()
        if self._real is not None:
            return self._real(environ, start_response)
        return self._wait(environ, start_response)

    def _wait(self, environ, start_response):
        if environ.get("PATH_INFO") == "/health":
            body = json.dumps({"demo": self._state() or "building", "database": "building"}).encode()
            start_response("200 OK", _headers("application/json", body))
        else:
            body = _PAGE.encode()
            start_response(
                "503 Service Unavailable", [*_headers("text/html; charset=utf-8", body), ("Retry-After", "2")]
            )
        return [body]


def _headers(kind, body):
    return [
        ("Content-Type", kind),
        ("Content-Length", str(len(body))),
        ("Cache-Control", "no-store"),
        ("Content-Security-Policy", "default-src 'none'"),
        ("X-Content-Type-Options", "nosniff"),
    ]
