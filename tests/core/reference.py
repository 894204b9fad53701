"""Published tables to check against: the folder ``reference`` beside the one that LINLI_DATA names."""

import csv
import os
from pathlib import Path

import pytest

_ROOT = Path(__file__).resolve().parents[2]


def reference_rows(name):
    """The rows of one table, dicts of text; skips the test, saying so, where the table is absent."""
    folder = Path(os.environ.get("LINLI_DATA") or _ROOT.parent / "shared" / "data").resolve().parent / "reference"
    if not (folder / name).is_file():
        pytest.skip(f"the published table {name} is not beside the folder that LINLI_DATA names")
    with (folder / name).open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))
