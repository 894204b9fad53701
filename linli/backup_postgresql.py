"""Backing up and restoring a PostgreSQL database, with its own pg_dump and pg_restore, from one snapshot."""

import os
import shutil
import subprocess
from contextlib import contextmanager
from datetime import datetime

from linli.backup_archive import Wrong
from linli.backup_sqlite import read


class Postgresql:
    """The database of this installation on its server. Restoring needs the right to make databases (CREATEDB)."""

    name, part = "PostgreSQL", "database.pgdump"

    def __init__(self, settings):
        self._said, self._name = settings, settings["NAME"]
        self._beside = f"{self._name}_restoring"
        self.where = self._name

    def exists(self):
        """Whether the server has a database of that name."""
        with self._server() as server:
            return self._known(server, self._name)

    def snapshot(self, target):
        """Dumps the database as it stands at one moment; gives what is in the dump."""
        with self._connected(self._name) as connection:
            connection.execute("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
            moment = connection.execute("SELECT pg_export_snapshot()").fetchone()[0]
            said = ["--format=custom", "--no-owner", "--no-privileges", f"--snapshot={moment}", f"--file={target}"]
            self._run("pg_dump", *said, self._name)
            found = _contents(connection)
            connection.execute("ROLLBACK")
        return found

    def is_empty(self):
        """Whether nothing would be lost."""
        if not self.exists():
            return True
        with self._connected(self._name) as connection:
            counts = _contents(connection)["counts"]
        return not counts.get("accounts_user") and not counts.get("trail_entry")

    def load(self, source):
        """Restores the dump into a database beside; the copy's name."""
        self.discard()
        with self._server() as server:
            server.execute(f"CREATE DATABASE {_quoted(self._beside)} TEMPLATE template0 ENCODING 'UTF8'")
        said = ["--exit-on-error", "--no-owner", "--no-privileges", "--single-transaction", f"--dbname={self._beside}"]
        self._run("pg_restore", *said, str(source))
        return self._beside

    def loaded(self):
        """What is in the database beside."""
        with self._connected(self._beside) as connection:
            return _contents(connection)

    def swap(self):
        """Exchanges the names of the two databases in one transaction; the former's new name, "" for none."""
        kept = f"{self._name}_before_{datetime.now():%Y%m%d_%H%M%S}"
        with self._server() as server:
            if self._others(server):
                raise Wrong("busy")
            there = self._known(server, self._name)
            server.execute("BEGIN")
            if there:
                server.execute(f"ALTER DATABASE {_quoted(self._name)} RENAME TO {_quoted(kept)}")
            server.execute(f"ALTER DATABASE {_quoted(self._beside)} RENAME TO {_quoted(self._name)}")
            server.execute("COMMIT")
        return kept if there else ""

    def discard(self):
        """Removes the database beside."""
        with self._server() as server:
            server.execute(f"DROP DATABASE IF EXISTS {_quoted(self._beside)}")

    def _others(self, server):
        asked = "SELECT count(*) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"
        return server.execute(asked, [self._name]).fetchone()[0]

    @staticmethod
    def _known(server, name):
        return server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone() is not None

    def _server(self):
        """A connection to the server beside the database itself."""
        return self._connected("postgres" if self._name != "postgres" else "template1")

    @contextmanager
    def _connected(self, name):
        import psycopg

        said = {"user": self._said["USER"], "password": self._said["PASSWORD"], "host": self._said["HOST"]}
        given = {key: value for key, value in {**said, "port": self._said["PORT"]}.items() if value}
        try:
            with psycopg.connect(dbname=name, autocommit=True, **given) as connection:
                yield connection
        except psycopg.Error as fault:
            raise Wrong("postgresql", found=str(fault).strip()[:300]) from fault

    def _run(self, program, *words):
        found = shutil.which(program)
        if found is None:
            raise Wrong("program", name=program)
        names = {"PGUSER": "USER", "PGPASSWORD": "PASSWORD", "PGHOST": "HOST", "PGPORT": "PORT"}
        given = {name: str(self._said[key]) for name, key in names.items() if self._said[key]}
        ended = subprocess.run([found, *words], env=os.environ | given, capture_output=True, text=True)
        if ended.returncode:
            raise Wrong("postgresql", found=f"{program}: {ended.stderr.strip()[-300:]}")


def _contents(connection):
    named = "SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename"
    tables = [row[0] for row in connection.execute(named)]
    counts = {table: connection.execute(f"SELECT count(*) FROM {_quoted(table)}").fetchone()[0] for table in tables}
    return read(connection, counts)


def _quoted(name):
    return '"' + name.replace('"', '""') + '"'
