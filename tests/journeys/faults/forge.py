"""The test's end of ``deeds``: asks for a deed, has it killed, and looks at what stands in the database afterwards."""

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing

from tests.journeys.web.served import ROOT, environment

_LEFT_OUT = ("sqlite_sequence", "django_migrations", "jobs_job", "django_session", "usersessions_usersession")
_STATES = (
    ("appraisal_cycle", "period || state || coalesce(current_id, 0)"),
    ("payments_promise", "reference || state || version"),
    ("appraisal_objection", "number || state"),
    ("desk_bookimport", "number || state"),
)


class Forge:
    """A home, and the program that does deeds in it."""

    def __init__(self, home, **more):
        self.home, self.file = home, home / "linli.sqlite3"
        words = [sys.executable, "-m", "tests.journeys.faults.deeds"]
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True, "encoding": "utf-8"}
        self._program = subprocess.Popen(words, env=environment(home, **more), cwd=ROOT, **pipes)
        self._answer()

    def do(self, deed, **asked):
        """How the deed ended; asked: kill_at, kill_after, with_ (its arguments)."""
        if "with_" in asked:
            asked["with"] = asked.pop("with_")
        self._program.stdin.write(json.dumps({"deed": deed} | asked) + "\n")
        self._program.stdin.flush()
        return self._answer()

    def must(self, deed, **asked):
        """The same of what has to succeed; what it said."""
        found = self.do(deed, **asked)
        assert found["ended"] == "done", found
        return found

    def _answer(self):
        line = self._program.stdout.readline()
        assert line, "the program of the deeds has ended"
        return json.loads(line)

    def close(self):
        self._program.stdin.close()
        self._program.wait(60)
        self._program.stdout.close()

    def keep(self, name):
        """Puts the database aside under a name, to come back to it."""
        self.sql("PRAGMA wal_checkpoint(TRUNCATE)")
        shutil.copy(self.file, self.home / f"{name}.kept")

    def back_to(self, name):
        """The database as it was put aside; nothing is left of what came after."""
        for end in ("-wal", "-shm"):
            self.file.with_name(self.file.name + end).unlink(missing_ok=True)
        shutil.copy(self.home / f"{name}.kept", self.file)

    def sql(self, statement, *values):
        """Rows of one statement, by a connection of its own."""
        with self._opened() as connection, connection:
            return connection.execute(statement, values).fetchall()

    def _opened(self):
        return closing(sqlite3.connect(self.file, timeout=60))

    def state(self):
        """How many rows every table has and in what state everything is that has states: all that an action moves."""
        with self._opened() as connection:
            ask = connection.execute
            names = [name for (name,) in ask("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
            found = {name: ask(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in names}
            states = {f"{table}: states": sorted(ask(f"SELECT {what} FROM {table}")) for table, what in _STATES}
        return {name: rows for name, rows in found.items() if name not in _LEFT_OUT} | states

    def holds(self):
        """The trail holds, entry for entry."""
        return self.must("faults")["said"]["faults"] == []
