"""Backing up and restoring an installation: its database at one moment, checked when it is written and when it is read.

A backup is taken while people work. A restore is whole or nothing: the copy is put beside the database, its rows are
counted, its trail is read from the first entry to the last, and only then does it take the database's place.
"""

import hashlib
import os
import shutil
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from linli import backup_archive as archive
from linli.backup_archive import KEYS, Wrong
from linli.home import home


@dataclass
class Done:
    """What was done: the manifest, and what the person must be told. ``notes``: (key of the wording, facts)."""

    file: Path
    manifest: dict
    notes: list = field(default_factory=list)


def back_up(file=None, with_keys=False):
    """Writes a backup to ``file``, by default a new one in the home's folder ``backups``. ``Done``."""
    _prepare()
    _sweep()
    from django.conf import settings

    engine = _engine()
    if not engine.exists():
        raise Wrong("nothing", where=engine.where)
    file = Path(file) if file else _default()
    if file.exists():
        raise Wrong("there", file=file)
    with tempfile.TemporaryDirectory(prefix=".backup-", dir=home()) as folder:
        parts = {engine.part: Path(folder) / engine.part}
        found = engine.snapshot(parts[engine.part])
        if with_keys:
            parts[KEYS] = home() / KEYS
        facts = {"linli": _version(), "created": datetime.now(UTC).isoformat(timespec="seconds")}
        facts |= {"engine": engine.name, "keys": fingerprints(settings.FIELD_KEYS), **found}
        return Done(file, archive.write(file, parts, facts))


def _sweep():
    """Removes what a backup or restore that was killed has left behind; a day later nobody works in it any more."""
    for left in [*home().glob(".backup-*"), *home().glob(".restoring-*")]:
        if left.is_dir() and time.time() - left.stat().st_mtime > 24 * 3600:
            shutil.rmtree(left, ignore_errors=True)


def _default():
    folder = home() / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    return folder / f"linli-{datetime.now():%Y%m%d-%H%M%S}.tar.gz"


def restore(file, force=False):
    """Puts the backup in this installation's place. ``Done``; ``Wrong`` when anything is amiss, and then nothing is
    changed. force: also over a database that is not empty, which is kept under another name."""
    file = Path(file)
    _sweep()
    with tempfile.TemporaryDirectory(prefix=".restoring-", dir=home()) as folder:
        done = Done(file, archive.extract(file, folder))
        undo = _put_keys(done, Path(folder) / KEYS, force)  # first: the settings would make new keys
        try:
            _prepare()
            _restored(done, Path(folder), force)
        except BaseException:
            undo()
            raise
    return done


def _restored(done, folder, force):
    from django.conf import settings

    engine, manifest = _engine(), done.manifest
    if manifest["engine"] != engine.name:
        raise Wrong("engine", theirs=manifest["engine"], ours=engine.name)
    _refuse_newer(manifest)
    if not force and not engine.is_empty():
        raise Wrong("full", where=engine.where)
    try:
        with _looking_at(engine.load(folder / engine.part)):
            _check(engine, manifest)
            _migrate(done)
        kept = engine.swap()
    except BaseException:
        engine.discard()
        raise
    if kept:
        done.notes.append(("kept", {"name": kept}))
    ours = fingerprints(settings.FIELD_KEYS)
    if manifest["keys"][0] not in ours:
        done.notes.append(("other_key", {"theirs": manifest["keys"][0], "ours": ours[0]}))
    _leave_entry(manifest)


@contextmanager
def _looking_at(name):
    """Within it every room reads and writes the copy beside the database, and not the database."""
    from django.db import connection

    own = connection.settings_dict["NAME"]
    connection.close()
    connection.settings_dict["NAME"] = name
    try:
        yield
    finally:
        connection.close()
        connection.settings_dict["NAME"] = own


def _refuse_newer(manifest):
    from django.db.migrations.loader import MigrationLoader

    disk = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    known = set(disk) | {key for migration in disk.values() for key in migration.replaces}
    unknown = [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]
    if unknown:
        raise Wrong("newer", linli=manifest["linli"], found=", ".join(unknown[:3]))


def _check(engine, manifest):
    """The copy beside the database is what the manifest says, and its trail holds from end to end."""
    from linli.ground.trail.queries import faults

    found = engine.loaded()
    for part in ("counts", "trail"):
        if found[part] != manifest[part]:
            raise Wrong("counts", found=f"{part}: {_differing(found[part], manifest[part])}")
    for number, what in faults():
        raise Wrong("trail", number=number, what=what)


def _differing(found, said):
    names = [name for name in sorted({*found, *said}) if found.get(name) != said.get(name)]
    return ", ".join(f"{name} {found.get(name)} / {said.get(name)}" for name in names[:3])


def _migrate(done):
    """Brings a copy from an older Linli up to date before it is used."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    steps = len(executor.migration_plan(executor.loader.graph.leaf_nodes()))
    if steps:
        call_command("migrate", verbosity=0, interactive=False)
        done.notes.append(("migrated", {"steps": steps}))


def _leave_entry(manifest):
    """That the database was replaced is itself something that was done."""
    from linli.ground.trail.actions import record

    was = {"created": manifest["created"], "head": manifest["trail"]["number"], "hash": manifest["trail"]["hash"]}
    record(by="linli", action="backup.restore", subject="installation", **was)


def _put_keys(done, taken, force):
    """The backup's keys where there are none, or in place of others with force; gives what undoes it."""
    if not taken.exists():
        return lambda: None
    stands = home() / KEYS
    if stands.exists() and stands.read_bytes() == taken.read_bytes():
        return lambda: None
    if stands.exists() and not force:
        done.notes.append(("keys_left", {}))
        return lambda: None
    done.notes.append(("keys_put", {}))
    kept = stands.with_name(f"{KEYS}.before-{datetime.now():%Y%m%d-%H%M%S}") if stands.exists() else None
    if kept:
        os.replace(stands, kept)
    shutil.copyfile(taken, stands)
    stands.chmod(0o600)

    def undo():
        stands.unlink(missing_ok=True)
        if kept:
            os.replace(kept, stands)

    return undo


def fingerprints(keys):
    """What tells keys apart without telling them: 16 hex digits of each."""
    return [hashlib.sha256(f"linli field key {key}".encode()).hexdigest()[:16] for key in keys]


def _engine():
    from django.conf import settings

    from linli.backup_postgresql import Postgresql
    from linli.backup_sqlite import Sqlite

    said = settings.DATABASES["default"]
    return (Sqlite if said["ENGINE"].endswith("sqlite3") else Postgresql)(said)


def _prepare():
    from linli.server import prepare

    prepare()


def _version():
    from linli.book.manifest import version

    return version("linli")
