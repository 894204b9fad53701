"""Puts finished files into a folder: all of them or none, and never over somebody else's."""

import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from pathlib import Path

from linli.book.problems import BadBook, Problem

MANIFEST = "manifest.json"
_TABLES = ("indicators.csv", "scores.csv", "ranks.csv", "proposals.csv", "allowance.csv")
OURS = frozenset((*_TABLES, "scorebook.xlsx", "notice.docx", "cards", MANIFEST))


def check_free(folder, period, book, force=False):
    """Refuses a folder that is not empty and holds something else than this book's quarter, unless ``force``."""
    if folder.exists() and not folder.is_dir():
        raise BadBook([Problem("out_folder", str(folder), found=folder.name)])
    if force or not folder.exists() or not any(folder.iterdir()):
        return
    found = _manifest(folder)
    if found.get("period") != period or _books(found) != {book}:
        held = ", ".join(str(part) for part in (*sorted(_books(found)), found.get("period")) if part)
        raise BadBook([Problem("out_other", str(folder), found=held or sorted(os.listdir(folder))[0])])


def _manifest(folder):
    try:
        found = json.loads((folder / MANIFEST).read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}


def _books(manifest):
    """Names of the books a manifest says it was made from: the part of each input's name before the first slash."""
    inputs = manifest.get("inputs")
    return {str(name).split("/")[0] for name in inputs if "/" in str(name)} if isinstance(inputs, dict) else set()


@contextmanager
def in_the_making(beside):
    """A new empty folder beside ``beside``, gone afterwards whatever happens: files are made in it first."""
    beside.parent.mkdir(parents=True, exist_ok=True)
    made = Path(tempfile.mkdtemp(prefix=f".{beside.name}-", dir=beside.parent))
    try:
        yield made
    finally:
        shutil.rmtree(made, ignore_errors=True)


def put(made, folder):
    """Makes ``folder`` hold the finished files of ``made``, in one step; files of other people in it stay there.

    The old folder steps aside by one rename and the new one takes its place by another. What Linli did not write is
    then carried over; if anything fails before, the old folder returns as it was.
    """
    folder.parent.mkdir(parents=True, exist_ok=True)
    made.chmod(0o777 & ~_umask())  # a folder made to be temporary is its owner's alone
    if not folder.exists():
        os.rename(made, folder)
        return
    old = made.with_name(made.name + "-old")
    os.rename(folder, old)
    try:
        os.rename(made, folder)
    except OSError:
        os.rename(old, folder)
        raise
    for entry in old.iterdir():
        if entry.name not in OURS:
            os.rename(entry, folder / entry.name)
    shutil.rmtree(old, ignore_errors=True)


def _umask():
    found = os.umask(0)
    os.umask(found)
    return found
