"""``python -m benchmarks.intake``: fifty clients send requests to a real server, which is then killed in the middle.

On SQLite, or on the PostgreSQL server that LINLI_TEST_DATABASE names (``tests/with_postgres.sh`` gives one). Writes
out/benchmarks/intake-DATABASE.json and the blocks of docs/benchmarks-intake.md.
"""

import argparse
import json
import os
import random
import tempfile
import time
from statistics import median, quantiles

from benchmarks.intake.house import ROOT, House
from benchmarks.speed.machine import described

KEPT = ROOT / "out" / "benchmarks"
PAGES = ("/", "/requests/linjiang/")
STAFF = "station"
PAUSE = 0.25  # seconds between two pages of the staff
MOST_A_SECOND = 2000  # tokens are made for so many


def main():
    """Measures on one database, and writes the page."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--seconds", type=float, default=60)
    chosen.add_argument("--clients", type=int, default=50)
    chosen.add_argument("--only", choices=("Program", "Person"), help="one kind of client alone")
    chosen.add_argument("--page-only", action="store_true")
    asked = chosen.parse_args()
    if not asked.page_only:
        found = run(asked.seconds, asked.clients, os.environ.get("LINLI_TEST_DATABASE", ""), only=asked.only)
        print(json.dumps(found, indent=2))
        if found["missing"]:
            raise SystemExit(f"{found['missing']} accepted requests are not in the database")
        if asked.seconds < 30 or asked.only:
            return
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"intake-{found['database']}.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
    from benchmarks.intake.report import write

    write(KEPT)


def run(seconds, clients, database="", only=None, pages=PAGES):
    """The figures of one run: rate, share of the database's own, a page of the staff, what was lost when killed."""
    with tempfile.TemporaryDirectory(prefix="linli-intake-") as home:
        house = House(home, database)
        house.python("linli", "demo", "--build-only")
        found = {"database": "postgresql" if database else "sqlite", "machine": described(), "clients": clients}
        found |= {"seconds": seconds} | house.inside("commits", min(5.0, seconds))
        try:
            return found | killed(house, seconds, clients, only, pages)
        finally:
            house.stop()


def killed(house, seconds, clients, only=None, pages=PAGES):
    """The figures of a house that is there: requests come in for so many seconds, then its server is killed."""
    marks, tokens = house.home / "accepted.txt", house.home / "tokens.txt"
    tokens.write_text(house.python("benchmarks.intake.inside", "tokens", int(MOST_A_SECOND * (seconds + 5))), "utf-8")
    time.sleep(3)  # a form that is sent sooner than anybody can read is refused
    house.start()
    from linli.faces.demo.people import PASSWORD

    house.log_in(STAFF, PASSWORD)
    idle = [house.page(path) for _ in range(10) for path in pages]
    words = [house.url, marks, tokens, "--clients", clients, "--seconds", seconds + 30]
    sending = house.beside("benchmarks.intake.clients", *words, *(["--only", only] if only else []))
    begun = time.time()
    busy = _pages_until(house, pages, begun + seconds)
    ended = time.time()
    time.sleep(random.uniform(0.0, 1.0))
    house.kill()
    answered = json.loads(sending.communicate(timeout=120)[0])
    moments = [float(line.split()[0]) for line in marks.read_text("utf-8").splitlines()]
    first = min(moments)
    rate = sum(moment <= ended for moment in moments) / (ended - first)
    holds = house.start()["trail"]["holds"]
    house.stop()
    after = {"trail_holds": holds, "answered": answered} | house.inside("lost", marks)
    return {"a_second": rate, "idle_ms": _spread(idle), "busy_ms": _spread(busy)} | after


def _pages_until(house, pages, end):
    taken = []
    while time.time() < end:
        for path in pages:
            taken.append(house.page(path))
            time.sleep(PAUSE)
    return taken


def _spread(milliseconds):
    """[median, 95th percentile]."""
    return [median(milliseconds), quantiles(milliseconds, n=20, method="inclusive")[-1]]


if __name__ == "__main__":
    main()
