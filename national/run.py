"""The national quarter in one process tree: batches of whole counties, worked out side by side, written as they come.

Every batch writes its own part of each table into a folder in the making, which is put in place at the end: a run that
stops leaves nothing half done.
"""

import os
from dataclasses import dataclass

import numpy as np
import pyarrow.parquet as pq

from heng import counties
from national import tables
from national.evidence import places_and_cells

TABLES = ("scores", "indicators", "proposals", "allowance")
_PLACES = 10_000  # communities to a batch, about 50 counties


@dataclass(frozen=True)
class Job:
    """What every batch needs to know; small, it is sent along with each."""

    scheme: object
    coefficients: dict
    period: str
    out: object


def batches(evidence, rates):
    """(first, last) counties of each batch, so that all hold about as many communities."""
    rows = _PLACES * max(rates, 1)
    ends = np.searchsorted(evidence.starts, np.arange(rows, evidence.starts[-1] + rows, rows))
    ends = np.unique(np.clip(ends, 1, evidence.counties()))
    return list(zip(np.append(0, ends[:-1]).tolist(), ends.tolist(), strict=True))


def coefficients(evidence, scheme, crew=map):
    """Level and coefficients of every rate, from the scheme's pool or all the places of the file together."""
    places, cells = places_and_cells(evidence.whole(), scheme)
    return counties.coefficients(places, cells, scheme, crew)


def workers_for(evidence, rates, asked=None):
    """How many processes are worth starting: as many as ``asked``, by default one a core, no more than batches."""
    return min(asked or os.cpu_count() or 1, len(batches(evidence, rates)))


def run(evidence, scheme, found, out, crew=map, watched=lambda steps, total: steps):
    """Writes every table of the quarter into ``out``, an existing folder; gives the number of communities appraised.

    found: rate id -> ``Coefficients``; crew: a map, over processes (``national.crew``) or not; watched: wraps the
    batches as they are finished, to show progress.
    """
    for name in TABLES:
        (out / name).mkdir()
    job = Job(scheme, found, evidence.period, out)
    parts = batches(evidence, len(scheme.rates))
    work = ((job, number, evidence.batch(*part)) for number, part in enumerate(parts))
    return sum(watched(crew(_one, work), len(parts)))


def _one(task):
    """One batch, from rows to the parts of every table; gives its number of communities."""
    job, number, batch = task
    places, cells = places_and_cells(batch, job.scheme)
    quarter = counties.appraise(places, cells, job.scheme, job.coefficients)
    made = (
        tables.scores(quarter, job.period),
        tables.indicators(quarter, job.period),
        tables.proposals(quarter, job.scheme, job.period),
        tables.allowance(quarter, job.scheme, job.period),
    )
    for name, table in zip(TABLES, made, strict=True):
        pq.write_table(table, job.out / name / f"part-{number:04d}.parquet", compression="zstd")
    return len(places)
