"""The main pages: who opens them, and how many rows of one table they list. Counted and timed in the same process."""

import time
from statistics import median

from django.db import connection
from django.http import HttpResponse
from django.template import engines
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.ground.accounts.models import User
from linli.quarter.appraisal.models import Figure

B, NOW, LAST = "linjiang", "2026Q3", "2026Q2"
PAGES = (  # name, account, address, rows it lists
    ("home, officer", "o04", "/", 12),
    ("home, personnel office", "personnel", "/", 14),
    ("home, leader", "leader1", "/", 12),
    ("county at a glance", "leader1", f"/county/{B}/{LAST}/", 70),
    ("officer's file", "o08", f"/county/{B}/{NOW}/officers/O08/", 77),
    ("sheet over all departments", "personnel", f"/indicators/{B}/{NOW}/sheet/", 70),
    ("results", "leader1", f"/appraisal/{B}/{LAST}/results/", 11),
    ("quarters", "personnel", f"/appraisal/{B}/", 8),
    ("decisions", "secretary", f"/decisions/{B}/", 10),
    ("payments", "personnel", f"/payments/{B}/", 60),
    ("circulars", "leader1", f"/notices/{B}/", 6),
    ("posts", "personnel", f"/officers/{B}/posts/", 11),
    ("trail", "auditor", "/trail/", 50),
)
RUNS = 15
_FIELDS = ("community", "rate", "numerator", "denominator", "crude", "expected", "adjusted", "points", "status")
_CELLS = "".join(f"<td>{{{{ r.{name} }}}}</td>" for name in _FIELDS)
_ROWS = engines["django"].from_string(
    '{% extends "base.html" %}{% block content %}<table>'
    f"{{% for r in rows %}}<tr>{_CELLS}</tr>{{% endfor %}}</table>{{% endblock %}}"
)


def bare(request, rows):
    """A bare view in the same frame (log-in, header, menu): so many rows of one table, as they are."""
    assert request.user.is_authenticated
    return HttpResponse(_ROWS.render({"rows": Figure.objects.order_by("pk")[:rows]}, request))


def measure():
    """[{page, rows, queries, ms, bare_ms, ratio}] of every page."""
    return [_one(*page) for page in PAGES]


def _one(name, account, address, rows):
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username=account), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code} to {account}")
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    queries = len(asked)  # before the next page empties the log
    ours, theirs = _timed(client, address, f"/bare/{rows}/")
    return {"page": name, "rows": rows, "queries": queries, "ms": ours, "bare_ms": theirs, "ratio": ours / theirs}


def _timed(client, *addresses):
    """Median milliseconds of each, taken in turn so that a busy moment meets both."""
    taken = {address: [] for address in addresses}
    for _ in range(RUNS):
        for address in addresses:
            begun = time.perf_counter()
            client.get(address)
            taken[address].append(1000 * (time.perf_counter() - begun))
    return [median(taken[address]) for address in addresses]


def once():
    """Milliseconds of one main page, asked by a reader of the first bureau."""
    client = Client(SERVER_NAME="localhost")
    client.force_login(User.objects.get(username="leader1"), backend="django.contrib.auth.backends.ModelBackend")
    begun = time.perf_counter()
    client.get(f"/county/{B}/{LAST}/")
    return 1000 * (time.perf_counter() - begun)
