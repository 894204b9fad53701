"""``python -m benchmarks.web``: page after page beside a bare view, at 10 and 3,000 communities of eight quarters.

Builds the demo in a folder that is thrown away, on SQLite or, with LINLI_DATABASE, on PostgreSQL; ``--counties N``
copies it N - 1 times. Writes out/benchmarks/web-DATABASE.json and the blocks of docs/benchmarks-web.md.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
KEPT = ROOT / "out" / "benchmarks"


def main():
    """Measures on one database and writes the page."""
    chosen = argparse.ArgumentParser(description=__doc__)
    chosen.add_argument("--counties", type=int, default=300)
    chosen.add_argument("--quick", action="store_true", help="20 counties, and no queue")
    chosen.add_argument("--page-only", action="store_true")
    asked = chosen.parse_args()
    if not asked.page_only:
        with tempfile.TemporaryDirectory() as home:
            os.environ["LINLI_HOME"] = home
            subprocess.run([sys.executable, "-m", "linli", "demo", "--build-only"], check=True, cwd=ROOT)
            found = _measured(20 if asked.quick else asked.counties, asked.quick)
        KEPT.mkdir(parents=True, exist_ok=True)
        (KEPT / f"web-{found['database']}.json").write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")
        print(json.dumps(found, indent=2))
        if asked.quick:
            return
    from benchmarks.web.report import write

    write(KEPT)


def _measured(counties, quick):
    from linli import server

    server.prepare()
    from django.conf import settings
    from django.db import connection

    from benchmarks.speed.machine import described
    from benchmarks.web import crowd, pages, queue
    from linli.ground.places.models import Bureau, Community

    settings.ROOT_URLCONF = "benchmarks.web.urls"
    found = {"database": connection.vendor, "machine": described(), "runs": []}
    found["runs"].append({"communities": Community.objects.count(), "pages": pages.measure()})
    crowd.crowd(counties - 1)
    found["runs"].append({"communities": Community.objects.count(), "pages": pages.measure()})
    if not quick:
        found["queue"] = queue.run(list(Bureau.objects.order_by("pk")), pages.once)
    return found


if __name__ == "__main__":
    main()
