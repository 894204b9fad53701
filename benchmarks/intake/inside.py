"""``python -m benchmarks.intake.inside WHAT``: what is asked of the installation itself, beside the server.

``tokens N`` prints so many tokens of the portal's form; ``lost FILE`` looks for every accepted mark in the database;
``commits SECONDS`` measures how many rows of one table the database commits one by one.
"""

import json
import os
import sqlite3
import sys
import time

from benchmarks.intake.clients import BUREAU


def tokens(count):
    """Tokens as the portal's page would hand them out, a line each."""
    from linli.faces.portal.tokens import issued

    for _ in range(int(count)):
        print(issued(f"say:{BUREAU}"))


def lost(path):
    """How many marks the file has, how many of them no request holds, how many requests were kept and not answered."""
    from linli.work.requests.models import Request

    with open(path, encoding="utf-8") as file:
        accepted = [line.split()[2] for line in file if line.endswith("\n")]
    rows = Request.objects.exclude(words="").filter(channel__in=("portal", "open311")).order_by("pk")
    kept = {words.rpartition(" ")[2] for words in rows.values_list("words", flat=True).iterator()}
    kept = {mark for mark in kept if len(mark) == 16}
    said = {"accepted": len(accepted), "missing": len(set(accepted) - kept), "unanswered": len(kept - set(accepted))}
    print(json.dumps(said))


def commits(seconds):
    """Rows a second that one connection commits one by one, as durable as the installation, nothing else running."""
    from django.conf import settings

    own = settings.DATABASES["default"]
    insert = _sqlite(own) if own["ENGINE"].endswith("sqlite3") else _postgresql()
    begun, count = time.perf_counter(), 0
    while time.perf_counter() - begun < float(seconds):
        insert("x" * 200)
        count += 1
    print(json.dumps({"commits": count / (time.perf_counter() - begun)}))


def _sqlite(own):
    """On the same file system, as durable as the installation's own."""
    path = f"{own['NAME']}.commits"
    connection = sqlite3.connect(path, isolation_level=None)
    connection.executescript(own["OPTIONS"]["init_command"])
    connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, words TEXT)")
    os.unlink(path)

    def insert(words):
        connection.execute("BEGIN IMMEDIATE")
        connection.execute("INSERT INTO one (words) VALUES (?)", (words,))
        connection.execute("COMMIT")

    return insert


def _postgresql():
    """On the same server, a table of its own."""
    from django.db import connection

    cursor = connection.cursor()
    cursor.execute("CREATE TABLE one_by_one (id bigserial PRIMARY KEY, words text)")
    return lambda words: cursor.execute("INSERT INTO one_by_one (words) VALUES (%s)", [words])


def main():
    """Does one of the three."""
    from linli import server

    server.prepare()
    what, asked = sys.argv[1:]
    {"tokens": tokens, "lost": lost, "commits": commits}[what](asked)


if __name__ == "__main__":
    main()
