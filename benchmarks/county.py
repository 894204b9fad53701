"""How long the county's quarter takes, from the start of the program to its last file: ``make bench``.

The whole is what a user waits for, each run a program of its own. The stages are taken once more inside one program
that is already warm, to show where the time goes; they sum to less than the whole, which has to start first.
"""

import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path

from benchmarks.speed import parts, run
from benchmarks.speed.aims import SECONDS, Ratio, figure
from benchmarks.speed.clock import middle, seconds
from heng import quarter
from heng.periods import default_seed
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.book.write import write_quarter
from tests.house.tree import ROOT
from tests.house.worked import table

COUNTY, PERIOD, DRAWS, RUNS = ROOT / "examples" / "county", "2026Q3", 20_000, 7


def program(*arguments):
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, **quiet)


def whole():
    """One run as a user starts it, with 20,000 draws and every file written."""
    with tempfile.TemporaryDirectory() as out:
        what = ("appraise", str(COUNTY), "--period", PERIOD, "--draws", str(DRAWS), "--out", f"{out}/quarter")
        program("-m", "linli", *what)


def stages():
    """(stage, seconds) within one program."""
    yield "start, and load the libraries", seconds(lambda: program("-c", "import linli.cli, linli.book.write"))[0]
    took, (book, _) = seconds(lambda: read_book(COUNTY))
    yield "read the book", took
    took, scheme = seconds(lambda: read_scheme(COUNTY / "scheme.toml"))
    yield "read the scheme", took
    took, appraised = seconds(lambda: quarter.appraise(book, scheme, PERIOD, default_seed(PERIOD), DRAWS))
    yield "appraise", took
    yield "write the files", seconds(lambda: written(appraised, book))[0]


def written(appraised, book):
    now = datetime.now()
    with tempfile.TemporaryDirectory() as out:
        write_quarter(appraised, book, Path(out), lang="zh_Hant", published=False, inputs={}, started=now, finished=now)


def measure(quick=False, runs=RUNS):
    """{"whole": seconds, "stages": {stage: seconds}}."""
    parts.say(f"{PERIOD} of the invented county")
    return {"whole": middle(whole, min(runs, 3) if quick else runs)[0], "stages": dict(stages())}


def ratios(found):
    """The whole program, which has no aim."""
    what = f"the invented county's quarter: 10 places, 7 rates, {DRAWS:,} draws, all files"
    yield Ratio(what, "", found["whole"], SECONDS)


def tables(found):
    """Block name -> text."""
    rows = [("**the whole program**", figure(found["whole"]))]
    rows += [(stage, figure(took)) for stage, took in found["stages"].items()]
    return {"county": table(("stage", "seconds"), rows)}


if __name__ == "__main__":
    run.main(("county",))
