"""Installations for tests of backups: a home and its database, and programs that build, write and read in it."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing
from urllib.parse import urlsplit

from tests.house.tree import ROOT

SERVER = os.environ.get("LINLI_TEST_DATABASE", "")
_LINLI = """
import sys
from linli import cli
cli.COMMANDS |= {"backup": "linli.backup_commands", "restore": "linli.backup_commands"}
sys.exit(cli.main(sys.argv[1:]))
"""
_BUILD = """
from linli.server import migrate, prepare
prepare(); migrate()
from tests.rooms.cast import Cast
cast = Cast()
from linli.ground.trail.actions import record
from linli.quarter.appraisal.models import Cycle, Objection
from linli.ground.trail import clock
cycle = Cycle.objects.create(bureau=cast.bureau, period="2026Q3", scheme=cast.scheme, opened_at=clock.now())
Objection.objects.create(cycle=cycle, officer=cast.officer("O08"), number=1, kind="objection", text="數字不對",
                         sent_at=clock.now(), due_on=clock.today())
record(by="personnel", action="test.began", bureau=cast.bureau)
"""
WRITE = """
import pathlib, sys
from linli.server import prepare
prepare()
from django.db import transaction
from linli.ground.places.models import Place
from linli.ground.trail.actions import record
stop, told, n = pathlib.Path(sys.argv[1]), pathlib.Path(sys.argv[2]), 0
while not stop.exists():
    n += 1
    with transaction.atomic():
        Place.objects.create(code=f"99{n:08d}", name=f"某地{n}", level="township")
        record(by="linli", action="test.noted", number=n)
    with told.open("a") as lines:
        lines.write(".")
"""
_READ = """
from linli.server import prepare
prepare()
import json
from linli.ground.places.models import Place
from linli.ground.trail.models import Entry, Head
from linli.ground.trail.queries import faults
from linli.quarter.appraisal.models import Objection
print(json.dumps({
    "places": Place.objects.filter(level="township").count(),
    "noted": Entry.objects.filter(action="test.noted").count(),
    "faults": list(faults()), "head": Head.objects.get().number, "last": Entry.objects.order_by("number").last().action,
    "objection": Objection.objects.get().text,
}))
"""


class Installation:
    """A home and its database; everything in it is done by programs of their own."""

    def __init__(self, home, database=""):
        self.home, self.database = home, database
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("LINLI", "DJANGO"))}
        self._environment = {**kept, "LINLI_HOME": str(home), "PYTHONPATH": str(ROOT)}
        if database:
            self._environment["LINLI_DATABASE"] = database

    def run(self, script, *words):
        return subprocess.run([sys.executable, "-c", script, *map(str, words)], env=self._environment, cwd=ROOT,
                              capture_output=True, text=True)  # fmt: skip

    def start(self, script, *words):
        return subprocess.Popen([sys.executable, "-c", script, *map(str, words)], env=self._environment, cwd=ROOT)

    def linli(self, *words):
        return self.run(_LINLI, *words, "--lang", "en")

    def build(self):
        built = self.run(_BUILD)
        assert built.returncode == 0, built.stderr
        return self

    def copy_of(self, other):
        """The same keys and the same database, without building it again."""
        self.keys_from(other)
        if not self.database:
            here, there = (sqlite3.connect(one.home / "linli.sqlite3") for one in (other, self))
            with closing(here), closing(there):
                here.backup(there)
        else:
            make_database(self.database, other.database)
        return self

    def read(self):
        found = self.run(_READ)
        assert found.returncode == 0, found.stderr
        return json.loads(found.stdout)

    def keys_from(self, other):
        self.home.mkdir(parents=True, exist_ok=True)
        (self.home / "keys.toml").write_bytes((other.home / "keys.toml").read_bytes())
        return self


def make_database(address, like=""):
    """A database of its own on the test server: empty, or a copy."""
    import psycopg

    name, template = urlsplit(address).path[1:], urlsplit(like).path[1:]
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}"')
        server.execute(f'CREATE DATABASE "{name}"' + (f' TEMPLATE "{template}"' if template else ""))
