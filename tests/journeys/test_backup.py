"""A backup taken while people write, put into a fresh installation: everything is there, and the trail holds.

On SQLite always; on PostgreSQL where LINLI_TEST_DATABASE names a server on which databases may be made.
"""

import json
import os
import sqlite3
import tarfile
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.journeys.installations import SERVER, WRITE, Installation, make_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def kind(request):
    if request.param == "postgresql" and not SERVER:
        pytest.skip("LINLI_TEST_DATABASE names no PostgreSQL server")
    return request.param


@pytest.fixture(scope="module")
def new(kind, tmp_path_factory):
    """``new("name")``: a fresh installation, with no tables."""

    def made(name):
        database = ""
        if kind == "postgresql":
            database = urlsplit(SERVER)._replace(path=f"/linli_backup_{name}_{os.getpid()}").geturl()
            make_database(database)
        return Installation(tmp_path_factory.mktemp(name) / "home", database)

    return made


@pytest.fixture(scope="module")
def built(new):
    """An installation with the cast in it, that others are copied from."""
    return new("built").build()


@pytest.fixture(scope="module")
def here(new, built):
    """One in which people work."""
    return new("here").copy_of(built)


@pytest.fixture(scope="module")
def backup(here, tmp_path_factory):
    """A backup taken while another program writes as fast as it can."""
    folder = tmp_path_factory.mktemp("backup")
    stop, told, file = folder / "stop", folder / "told", folder / "linli.tar.gz"
    writer = here.start(WRITE, stop, told)
    try:
        _until(lambda: told.exists() and told.stat().st_size > 1, writer)
        made = here.linli("backup", "--out", file)
        before = told.stat().st_size
        _until(lambda: told.stat().st_size > before, writer)  # nobody was held up for good
    finally:
        stop.touch()
        assert writer.wait(60) == 0
    assert made.returncode == 0, made.stderr
    return file


def _until(true, program, patience=60):
    ends = time.monotonic() + patience
    while not true():
        assert program.poll() is None and time.monotonic() < ends
        time.sleep(0.02)


def manifest_of(file):
    with tarfile.open(file) as archive:
        return json.loads(archive.extractfile("manifest.json").read())


def test_backup_taken_while_somebody_writes_restores_to_one_moment(backup, here, new):
    there, said = new("there").keys_from(here), manifest_of(backup)
    done = there.linli("restore", backup)
    assert done.returncode == 0, done.stderr
    assert f"The trail holds: {said['trail']['number']} entries, ending with {said['trail']['hash']}" in done.stdout
    found = there.read()
    assert found["faults"] == []
    assert found["places"] == found["noted"] > 1, "a place and its entry are written together or not at all"
    assert found["head"] == said["trail"]["number"] + 1 and found["last"] == "backup.restore"
    assert found["objection"] == "數字不對"
    assert found["noted"] < here.read()["noted"], "the writer went on while the backup was taken"


def test_manifest_says_what_is_in_it_and_no_key(backup, here):
    said = manifest_of(backup)
    assert said["counts"]["officers_officer"] == 11 and len(said["trail"]["hash"]) == 64
    assert ["trail", "0001_initial"] in said["migrations"]
    keys = (here.home / "keys.toml").read_text()
    with tarfile.open(backup) as archive:
        assert archive.getnames()[0] == "manifest.json" and "keys.toml" not in archive.getnames()
    assert all(value not in json.dumps(said) for value in keys.split('"')[1::2])
    assert oct(backup.stat().st_mode & 0o777) == "0o600"


@pytest.mark.slow
def test_restoring_under_another_key_is_said_plainly(backup, new):
    there = new("otherkey")
    done = there.linli("restore", backup)
    assert done.returncode == 0
    assert "another key" in done.stderr and manifest_of(backup)["keys"][0] in done.stderr
    assert there.read()["objection"] == "⚠"


@pytest.mark.slow
def test_backup_with_keys_brings_them_along(here, new, tmp_path):
    file = tmp_path / "with.tar.gz"
    assert "read everything" in here.linli("backup", "--out", file, "--with-keys").stdout
    there = new("withkeys")
    assert there.linli("restore", file).returncode == 0
    assert there.read()["objection"] == "數字不對"
    assert (there.home / "keys.toml").read_bytes() == (here.home / "keys.toml").read_bytes()
    assert oct((there.home / "keys.toml").stat().st_mode & 0o777) == "0o600"


def test_database_that_is_not_empty_is_left_alone_without_force_and_kept_with_it(backup, built, new):
    there = new("full").copy_of(built)
    assert there.read()["noted"] == 0
    refused = there.linli("restore", backup)
    assert refused.returncode == 2 and "--force" in refused.stderr and "Nothing has been changed" in refused.stderr
    assert there.read()["last"] == "test.began"
    done = there.linli("restore", backup, "--force")
    assert done.returncode == 0, done.stderr
    assert "is kept as" in done.stdout
    assert there.read()["noted"] > 1


HARMS = {
    "cut": "EOFError", "altered": "was altered", "text": "ReadError", "missing": "There is no", "manifest": "format 9",
    "extra": "outside",
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("harm", HARMS)
def test_damaged_backup_restores_nothing(backup, here, new, tmp_path, harm):
    there = Installation(tmp_path / "home", here.database).keys_from(here)
    file = tmp_path / "harmed.tar.gz"
    _harmed(backup, file, harm)
    done = there.linli("restore", file, "--force")
    assert done.returncode == 2, done.stdout
    assert HARMS[harm] in done.stderr and "Nothing has been changed" in done.stderr
    assert not list(there.home.glob("*.sqlite3*")) and not list(there.home.glob(".restoring*"))


def _harmed(backup, file, harm):
    content = backup.read_bytes()
    if harm == "missing":
        return
    if harm in ("cut", "text"):
        file.write_bytes(content[: len(content) // 2] if harm == "cut" else "備份".encode() * 1000)
        return
    import io

    with tarfile.open(backup) as old, tarfile.open(file, "w:gz") as new:
        for part in old:
            inside = old.extractfile(part).read()
            if harm == "manifest" and part.name == "manifest.json":
                inside = inside.replace(b'"format": 1', b'"format": 9')
            if harm == "altered" and part.name != "manifest.json":
                inside = inside[:-100] + bytes(100)
            part.size = len(inside)
            new.addfile(part, io.BytesIO(inside))
        if harm == "extra":
            part = tarfile.TarInfo("../outside")
            new.addfile(part, io.BytesIO(b""))


@pytest.mark.slow
def test_backup_is_never_written_over_another_file(here, tmp_path):
    file = tmp_path / "there.tar.gz"
    file.write_text("mine")
    assert here.linli("backup", "--out", file).returncode == 2
    assert file.read_text() == "mine"


@pytest.mark.slow
def test_backup_of_a_newer_linli_is_refused(backup, new, tmp_path):
    file = tmp_path / "newer.tar.gz"
    said = manifest_of(backup)
    said["migrations"].append(["payments", "0099_tomorrow"])
    _with_manifest(backup, file, said)
    done = new("newer").linli("restore", file)
    assert done.returncode == 2 and "0099_tomorrow" in done.stderr


@pytest.mark.slow
def test_manifest_that_names_another_trail_is_noticed(backup, new, tmp_path):
    file = tmp_path / "other.tar.gz"
    said = manifest_of(backup)
    said["trail"]["number"] -= 1
    _with_manifest(backup, file, said)
    done = new("othertrail").linli("restore", file)
    assert done.returncode == 2 and "trail" in done.stderr


def _with_manifest(backup, file, said):
    import io

    with tarfile.open(backup) as old, tarfile.open(file, "w:gz") as new:
        for part in old:
            inside = json.dumps(said).encode() if part.name == "manifest.json" else old.extractfile(part).read()
            part.size = len(inside)
            new.addfile(part, io.BytesIO(inside))


@pytest.mark.slow
def test_database_in_use_is_not_taken_away_under_its_users(backup, built, new):
    there = new("busy").copy_of(built)
    with _open(there):
        done = there.linli("restore", backup, "--force")
    assert done.returncode == 2 and "stop linli serve" in done.stderr
    assert there.read()["last"] == "test.began"


def _open(installation):
    if installation.database:
        import psycopg

        return psycopg.connect(installation.database)
    connection = sqlite3.connect(installation.home / "linli.sqlite3")
    connection.execute("BEGIN")
    connection.execute("SELECT count(*) FROM trail_entry").fetchone()
    return closing(connection)


@pytest.mark.slow
def test_trail_that_was_tampered_with_is_not_restored(built, new, tmp_path, kind):
    if kind == "postgresql":
        pytest.skip("the file is altered with SQLite's own tools")
    there = new("tampered").copy_of(built)
    with closing(sqlite3.connect(there.home / "linli.sqlite3")) as database:
        database.execute("DROP TRIGGER trail_entry_no_update")
        database.execute("UPDATE trail_entry SET why = 'another' WHERE number = 1")
        database.commit()
    file = tmp_path / "tampered.tar.gz"
    assert there.linli("backup", "--out", file).returncode == 0
    fresh = new("fresh")
    done = fresh.linli("restore", file)
    assert done.returncode == 2 and "trail does not hold at entry 1" in done.stderr
    assert not (fresh.home / "linli.sqlite3").exists()


@pytest.mark.slow
def test_default_place_of_a_backup_is_the_home(here):
    done = here.linli("backup")
    assert done.returncode == 0
    (made,) = Path(here.home / "backups").glob("linli-*.tar.gz")
    assert str(made) in done.stdout


@pytest.mark.slow
def test_nothing_to_back_up_is_said(kind, tmp_path):
    if kind == "postgresql":
        pytest.skip("a server always has its database")
    done = Installation(tmp_path / "home").linli("backup")
    assert done.returncode == 2 and "no database" in done.stderr
