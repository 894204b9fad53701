"""``linli demo``: the invented county as a web application, built while the server already answers ``/health``."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

BUILDING, READY, FAILED = "building", "ready", "failed"


def register(subparsers):
    """Adds ``demo`` to the command line."""
    from linli.serve_commands import address

    command = subparsers.add_parser("demo", help="the invented county on http://127.0.0.1:8000")
    address(command)
    command.add_argument("--fresh", action="store_true", help="build it anew")
    command.add_argument("--build-only", action="store_true", help="build it and end")
    command.set_defaults(run=run)


def run(args):
    """Serves the demo; 2 when the home holds somebody's own database."""
    from linli.home import home

    here = home()
    if not _ours(here):
        print(
            f"{here} holds a database that is not the demo's; it is left alone. "
            "Set LINLI_HOME to another folder for the demo.",
            file=sys.stderr,
        )
        return 2
    if args.fresh or state(here) != READY:
        _write(here, BUILDING)
    if args.build_only:
        return _build(here) if state(here) != READY else 0
    return _serve(here, args)


def _serve(here, args):
    from linli import server
    from linli.faces.demo.waiting import Waiting
    from linli.serve_commands import listen

    server.prepare()
    worker = server.Worker()
    gate = Waiting(lambda: state(here), server.application)

    def build():
        if state(here) == READY or _build(here) == 0:
            worker.start()
            print(f"ready: http://{args.host}:{args.port}", flush=True)
        else:
            _write(here, FAILED)
            print("The demo could not be built; see above.", file=sys.stderr, flush=True)

    def said(url):
        from linli.faces.demo.people import printed

        print(printed(url), flush=True)
        threading.Thread(target=build, daemon=True).start()

    try:
        return listen(gate, args, said)
    finally:
        worker.stop()


def state(here):
    """building, ready, failed, or None where nobody has begun."""
    try:
        return json.loads((here / "demo.json").read_text(encoding="utf-8"))["state"]
    except (OSError, ValueError, KeyError):
        return None


def _write(here, value):
    made = here / "demo.json.new"
    made.write_text(json.dumps({"state": value}) + "\n", encoding="utf-8")
    os.replace(made, here / "demo.json")


def _ours(here):
    return state(here) is not None or not (here / "linli.sqlite3").exists()


def _build(here):
    """Builds in a program of its own, beside the database, and puts it in place at the end: all of it or nothing."""
    beside = here / "demo-building.sqlite3"
    _remove(beside)
    environment = os.environ | {"LINLI_SQLITE": str(beside), "DJANGO_SETTINGS_MODULE": "linli.settings"}
    built = subprocess.run([sys.executable, "-m", "linli.demo_build"], env=environment)
    if built.returncode:
        return 1
    if beside.exists():  # on PostgreSQL it was built where it stands
        _remove(here / "linli.sqlite3")
        os.replace(beside, here / "linli.sqlite3")
    _write(here, READY)
    return 0


def _remove(database):
    for end in ("", "-wal", "-shm"):
        Path(f"{database}{end}").unlink(missing_ok=True)
