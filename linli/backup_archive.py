"""A backup as one file: a .tar.gz of a manifest, the database, and the keys where they were asked for.

The manifest comes first and names every other part with its size and SHA-256; what it does not name is not taken out.
"""

import hashlib
import json
import os
import tarfile
import zlib
from pathlib import Path

FORMAT = 1
MANIFEST, KEYS = "manifest.json", "keys.toml"
_LARGEST_MANIFEST = 4 * 2**20
_CHUNK = 2**20
_BROKEN = (tarfile.TarError, EOFError, OSError, zlib.error, ValueError, KeyError, TypeError, UnicodeError)


class Wrong(Exception):
    """It was not done, and nothing of it: a key of the wording ``backup.wrong_…`` and the facts for its blanks."""

    def __init__(self, code, **facts):
        self.code, self.facts = code, facts
        super().__init__(f"{code} {facts}")


def write(target, parts, facts):
    """Writes the archive whole or not at all. parts: name -> path; facts: what the manifest says beside them."""
    manifest = {"format": FORMAT, **facts, "files": {name: _described(path) for name, path in parts.items()}}
    beside = target.with_name(f".{target.name}.{os.getpid()}")
    first = beside.with_name(f"{beside.name}.json")
    try:
        first.write_text(json.dumps(manifest, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        with open(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            with tarfile.open(fileobj=file, mode="w:gz") as archive:
                for name, path in {MANIFEST: first, **parts}.items():
                    archive.add(path, arcname=name, filter=_nobodys)
            file.flush()
            os.fsync(file.fileno())
        _put(beside, target)
    finally:
        first.unlink(missing_ok=True)
        beside.unlink(missing_ok=True)
    return manifest


def _nobodys(part):
    """Without the names of whoever made it."""
    part.uid = part.gid = 0
    part.uname = part.gname = ""
    part.mode = 0o600
    return part


def _put(beside, target):
    """Under its name, unless something has come to stand there in the meantime."""
    try:
        os.link(beside, target)
    except FileExistsError:
        raise Wrong("there", file=target) from None
    except OSError:  # a disk without links
        if target.exists():
            raise Wrong("there", file=target) from None
        os.replace(beside, target)


def _described(path):
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while chunk := file.read(_CHUNK):
            digest.update(chunk)
    return {"bytes": path.stat().st_size, "sha256": digest.hexdigest()}


def extract(file, folder):
    """Takes the archive's parts out into ``folder``; the manifest. ``Wrong`` for anything that is not as it says."""
    if not file.is_file():
        raise Wrong("missing", file=file)
    try:
        with tarfile.open(file, mode="r:gz") as archive:
            return _extracted(archive, Path(folder))
    except _BROKEN as broken:
        raise Wrong("file", file=file, found=f"{type(broken).__name__}: {broken}"[:200]) from broken


def _extracted(archive, folder):
    first = archive.next()
    if first is None or first.name != MANIFEST or not first.isfile() or first.size > _LARGEST_MANIFEST:
        raise ValueError("no manifest")
    manifest = json.loads(archive.extractfile(first).read().decode("utf-8"))
    if manifest["format"] != FORMAT:
        raise ValueError(f"format {manifest['format']}, this Linli reads {FORMAT}")
    wanted = dict(manifest["files"])
    while part := archive.next():
        said = wanted.pop(part.name)
        if not part.isfile() or part.size != said["bytes"] or "/" in part.name or part.name.startswith("."):
            raise ValueError(f"{part.name} is not what the manifest says")
        _copied(archive.extractfile(part), folder / part.name, said["sha256"])
    if wanted:
        raise ValueError(f"{', '.join(wanted)} is missing")
    return manifest


def _copied(source, target, sha256):
    digest = hashlib.sha256()
    with open(os.open(target, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
        while chunk := source.read(_CHUNK):
            digest.update(chunk)
            file.write(chunk)
        file.flush()
        os.fsync(file.fileno())
    if digest.hexdigest() != sha256:
        raise ValueError(f"{target.name} was altered")
