"""What is to be simulated: every cell of every table, as jobs that can be run singly and in any order."""

from dataclasses import asdict, dataclass
from functools import cache
from itertools import product
from pathlib import Path

from benchmarks.calibration import fixed_spread, prior_drawn, ten_years, whole_quarter
from linli.book.scheme import read_scheme

ROOT = Path(__file__).resolve().parents[2]
SCHEME = ROOT / "examples" / "county" / "scheme.toml"
EVIDENCE = (("count", 3), ("count", 15), ("count", 60), ("share", 30), ("share", 100), ("share", 400))
GROUPS = {10: 1200, 32: 320, 77: 200, 1000: 40}  # simulated for each cell of the table
TAUS = (0.1, 0.25, 0.5)
FIXED_GROUPS = {10: 500, 32: 150, 77: 80, 1000: 20}
DRAWS, COUNTIES, DECADES = 2000, 400, 80
STAGES = ("prior_drawn", "fixed_spread", "whole_quarter", "ten_years")


@dataclass(frozen=True)
class Job:
    """One cell. Its seed comes from its name, so that no cell depends on which others are run."""

    stage: str
    name: str
    settings: dict

    @property
    def size(self):
        """How much work it is, roughly: large jobs start first."""
        return self.settings.get("groups", 0) * self.settings.get("places", 0) + 500 * self.settings.get("counties", 0)


def jobs(quick=False):
    """Every ``Job``; ``quick`` simulates a tenth as much."""
    part = 0.1 if quick else 1.0
    found = [_job("prior_drawn", _prior(*cell, part)) for cell in product(EVIDENCE, GROUPS)]
    found += [_job("fixed_spread", _fixed(*cell, part)) for cell in product(EVIDENCE, FIXED_GROUPS, TAUS)]
    for drawn_from in ("prior", "likely"):
        settings = {"drawn_from": drawn_from, "counties": int(COUNTIES * part), "draws": DRAWS}
        found.append(_job("whole_quarter", settings))
    for staff, rule in product(ten_years.STAFF, ten_years.RULES):
        found.append(_job("ten_years", {"staff": staff, "rule": rule, "counties": int(DECADES * part)}))
    return found


def _prior(evidence, places, part):
    kind, size = evidence
    return {"kind": kind, "size": size, "places": places, "groups": max(2, int(GROUPS[places] * part)), "draws": DRAWS}


def _fixed(evidence, places, tau, part):
    kind, size = evidence
    groups = max(2, int(FIXED_GROUPS[places] * part))
    return {"kind": kind, "size": size, "places": places, "tau": tau, "groups": groups}


def _job(stage, settings):
    told = [str(value) for name, value in settings.items() if name not in ("groups", "draws", "counties")]
    return Job(stage, "/".join([stage, *told]), settings)


def run(job):
    """The job's result, ready to be written down."""
    settings, seed = job.settings, _seed(job)
    if job.stage == "prior_drawn":
        return prior_drawn.cell(**settings, seed=seed)
    if job.stage == "fixed_spread":
        return fixed_spread.cell(**settings, seed=seed)
    if job.stage == "whole_quarter":
        return whole_quarter.cell(scheme(), **settings, seed=seed)
    return ten_years.cell(scheme(), whole_quarter.known_plan(scheme()), **settings, seed=seed)


@cache
def scheme():
    """The invented county's scheme, with its pool."""
    return read_scheme(SCHEME)


def _seed(job):
    """The rules of one staff meet the same counties; every other cell stands alone."""
    name = job.name.rsplit("/", 1)[0] if job.stage == "ten_years" else job.name
    return int.from_bytes(name.encode(), "big") % 1_000_003


def described(job):
    """What a result has to match to be taken as already there."""
    return asdict(job)["settings"]
