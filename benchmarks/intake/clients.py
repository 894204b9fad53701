"""``python -m benchmarks.intake.clients URL FILE``: people who send one request after another until they are stopped.

A program of its own, so that the server need not share its interpreter. Every second client is a program that speaks
Open311, the others fill in the portal's form. Each request carries a mark in its words; the mark is written to FILE the
moment its request has been answered as accepted, before the next one is sent.
"""

import argparse
import asyncio
import json
import re
import secrets
import time
from collections import Counter
from urllib.parse import urlencode, urlsplit

_RECEIPT = re.compile(r"\b\w{4}(?:-\w{4}){3}\b", re.ASCII)
BUREAU, COMMUNITY = "linjiang", "C01"


async def _exchange(streams, method, path, body="", headers=()):
    """(status, headers, text) of one request on an open connection."""
    reader, writer = streams
    sent = body.encode()
    lines = [f"{method} {path} HTTP/1.1", "Host: 127.0.0.1", *headers]
    if method == "POST":
        lines += ["Content-Type: application/x-www-form-urlencoded", f"Content-Length: {len(sent)}"]
    writer.write("\r\n".join([*lines, "", ""]).encode() + sent)
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
    found = [line.partition(": ")[::2] for line in head[1:] if line]
    length = next((int(value) for name, value in found if name.lower() == "content-length"), 0)
    return int(head[0].split()[1]), found, (await reader.readexactly(length)).decode(errors="replace")


class Program:
    """A client that speaks Open311."""

    path = "/open311/v2/requests.json"

    def __init__(self, tokens):
        pass

    def body(self, mark):
        return urlencode({"service_code": "noise", "address_string": "橋頭", "description": f"夜裏有人唱歌 {mark}"})


class Person:
    """A resident who sends the portal's form; the forms were opened beforehand, one token for each sending."""

    path = f"/p/{BUREAU}/say/noise/"

    def __init__(self, tokens):
        self.tokens = tokens

    def body(self, mark):
        said = {"words": f"夜裏有人唱歌 {mark}", "community": COMMUNITY, "place_note": "橋頭", "contact": ""}
        return urlencode(said | {"form": next(self.tokens), "website": ""})


async def _client(who, address, seen):
    """Sends until the time is over; ``seen(who, mark, status, text)`` is told of every answer."""
    try:
        streams = await asyncio.open_connection(address.hostname, address.port)
        while time.monotonic() < seen.until:
            mark = secrets.token_hex(8)
            status, _headers, text = await _exchange(streams, "POST", who.path, who.body(mark))
            if not seen(who, mark, status, text):
                await asyncio.sleep(0.1)
    except (OSError, asyncio.IncompleteReadError):
        pass  # the server has been killed: that is what this is about


class Seen:
    """What was answered: marks of what was accepted go to the file at once, the rest is counted."""

    def __init__(self, file, seconds):
        self.file, self.until = file, time.monotonic() + seconds
        self.accepted, self.refused = Counter(), Counter()

    def __call__(self, who, mark, status, text):
        name, good = type(who).__name__, status == 200 and _RECEIPT.search(text)
        (self.accepted if good else self.refused)[name if good else f"{name} {status}"] += 1
        if good:
            self.file.write(f"{time.time():.4f} {name} {mark}\n")
            self.file.flush()
        return good


async def _all(url, clients, seconds, kinds, file, tokens):
    seen, address = Seen(file, seconds), urlsplit(url)
    people = [kinds[i % len(kinds)](tokens) for i in range(clients)]
    await asyncio.gather(*(_client(who, address, seen) for who in people))
    print(json.dumps({"accepted": seen.accepted, "refused": seen.refused}), flush=True)


def main():
    """Sends until the seconds are over or the server is gone."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("url")
    chosen.add_argument("file", help="marks of what was accepted")
    chosen.add_argument("tokens", help="a file of tokens of the portal's form")
    chosen.add_argument("--clients", type=int, default=50)
    chosen.add_argument("--seconds", type=float, default=60)
    chosen.add_argument("--only", choices=("Program", "Person"))
    asked = chosen.parse_args()
    kinds = [kind for kind in (Program, Person) if asked.only in (None, kind.__name__)]
    with open(asked.tokens, encoding="utf-8") as lines, open(asked.file, "w", encoding="utf-8") as file:
        tokens = (line.strip() for line in lines)
        asyncio.run(_all(asked.url, asked.clients, asked.seconds, kinds, file, tokens))


if __name__ == "__main__":
    main()
