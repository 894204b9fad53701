"""Backing up and restoring a SQLite file, with SQLite's own backup: a snapshot while others write."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import datetime

from linli.backup_archive import Wrong

_PATIENCE = 3  # seconds to wait for others to let go of the file


class Sqlite:
    """The database file of this installation. ``part``: its name in the archive."""

    name, part = "SQLite", "database.sqlite3"

    def __init__(self, settings):
        self._path = settings["NAME"]
        self._beside = f"{self._path}.restoring"
        self.where = str(self._path)

    def exists(self):
        """Whether there is a database."""
        return os.path.exists(self._path)

    def snapshot(self, target):
        """Copies the database as it stands at one moment; gives what is in the copy (``contents``)."""
        with closing(sqlite3.connect(self._path)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)  # in one step: one moment, and in WAL mode nobody waits for it
            copy.execute("PRAGMA journal_mode=DELETE")  # one file, without a journal beside it
            return contents(copy)

    def is_empty(self):
        """Whether nothing would be lost: no file, no tables, or nobody and nothing in them."""
        if not self.exists():
            return True
        try:
            with closing(sqlite3.connect(self._path)) as there:
                counts = contents(there)["counts"]
        except sqlite3.DatabaseError:
            return False
        return not counts.get("accounts_user") and not counts.get("trail_entry")

    def load(self, source):
        """Puts the copy beside the database; the copy's name."""
        self.discard()
        shutil.move(source, self._beside)
        return self._beside

    def loaded(self):
        """``contents`` of the copy, after its own check of itself."""
        with closing(sqlite3.connect(self._beside)) as copy:
            return contents(copy)

    def swap(self):
        """The copy takes the database's place in one step; the name under which the former is kept, "" for none."""
        self._settle(self._beside)
        if not self.exists():
            os.replace(self._beside, self._path)
            return ""
        self._settle(self._path)
        kept = f"{self._path}.before-{datetime.now():%Y%m%d-%H%M%S}"
        try:
            os.link(self._path, kept)
        except OSError:  # a disk without links
            shutil.copy2(self._path, kept)
        os.replace(self._beside, self._path)
        return kept

    def discard(self):
        """Removes the copy."""
        for end in ("", "-wal", "-shm", "-journal"):
            if os.path.exists(f"{self._beside}{end}"):
                os.unlink(f"{self._beside}{end}")

    @staticmethod
    def _settle(path):
        """One file without a journal beside it; refused while another program has it open."""
        try:
            with closing(sqlite3.connect(path, timeout=_PATIENCE)) as there:
                mode = there.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "wal"
        except sqlite3.DatabaseError:
            return  # no database at all: there is nothing to settle
        if mode != "delete":
            raise Wrong("busy")


def contents(connection):
    """Migrations, rows by table, the trail's end. ``Wrong`` when the file is damaged."""
    found = [row[0] for row in connection.execute("PRAGMA integrity_check(3)")]
    if found != ["ok"]:
        raise Wrong("integrity", found="; ".join(found)[:200])
    names = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name"
    tables = [row[0] for row in connection.execute(names)]
    counts = {table: connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()[0] for table in tables}
    return read(connection, counts)


def read(connection, counts):
    """The parts that both kinds of database tell alike. counts: table -> rows."""
    migrations, head = [], None
    if "django_migrations" in counts:
        rows = connection.execute("SELECT app, name FROM django_migrations ORDER BY id").fetchall()
        migrations = [list(row) for row in rows]
    if "trail_head" in counts:
        head = connection.execute("SELECT number, hash FROM trail_head WHERE id = 1").fetchone()
    trail = {"number": head[0], "hash": head[1]} if head else {"number": 0, "hash": ""}
    return {"migrations": migrations, "counts": counts, "trail": trail}
