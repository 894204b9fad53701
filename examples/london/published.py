"""What London publishes, read as it stands: one record per borough and quarter, one of facts per borough.

A blank cell is "not published" and stays ``None``: no hours were recorded for a borough before its ward officers
joined the system, and that is not the same as no hours kept.
"""

import csv
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PANEL, FACTS, MONTHS = "london_boroughs_panel.csv", "covariates_borough.csv", "london_boroughs_dwo.csv"
WORDS = {"gss", "borough", "quarter", "month"}  # every other column is a number


def folder():
    """The folder with London's files: ``london`` in LINLI_DATA, by default in ``../shared/data``."""
    return Path(os.environ.get("LINLI_DATA") or ROOT.parent / "shared" / "data") / "london"


def missing(where):
    """The files that are not there, by name; empty when all are."""
    return [name for name in (PANEL, FACTS, MONTHS) if not (Path(where) / name).is_file()]


def panel(where):
    """One record per borough and quarter: offences, population, survey shares, ward officers' hours."""
    return _records(Path(where) / PANEL)


def facts(where):
    """GSS code -> the borough's facts: name, deprivation, density, jobs, tenure, census populations."""
    return {record["gss"]: record for record in _records(Path(where) / FACTS)}


def months(where):
    """One record per borough and month: what the dedicated ward officers' hours went on."""
    return _records(Path(where) / MONTHS)


def _records(path):
    with path.open(encoding="utf-8-sig", newline="") as lines:
        return [{name: _cell(name, text) for name, text in row.items()} for row in csv.DictReader(lines)]


def _cell(name, text):
    if name in WORDS:
        return text
    return float(text) if text else None
