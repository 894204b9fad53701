"""How long the county's quarter takes, from the start of the program to its last file: ``make bench``.

The whole is what a user waits for, each run a program of its own. The stages are taken once more inside one program
that is already warm, to show where the time goes; they sum to less than the whole, which has to start first.
"""

import statistics
import subprocess
import sys
import tempfile
from datetime import datetime
from pathlib import Path
from time import perf_counter

from heng import quarter
from heng.periods import default_seed
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from linli.book.write import write_quarter

ROOT = Path(__file__).resolve().parents[1]
COUNTY, PERIOD, DRAWS, RUNS = ROOT / "examples" / "county", "2026Q3", 20_000, 7


def seconds(work):
    """(seconds, result) of calling work."""
    start = perf_counter()
    result = work()
    return perf_counter() - start, result


def program(*arguments):
    subprocess.run([sys.executable, *arguments], check=True, cwd=ROOT, stdout=subprocess.DEVNULL)


def whole():
    """One run as a user starts it, with 20,000 draws and every file written."""
    with tempfile.TemporaryDirectory() as out:
        what = ("appraise", str(COUNTY), "--period", PERIOD, "--draws", str(DRAWS), "--out", f"{out}/quarter")
        return seconds(lambda: program("-m", "linli", *what))[0]


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
        write_quarter(appraised, book, Path(out), lang="zh_Hant", published=False, inputs=(), started=now, finished=now)


def main():
    times = [whole() for _ in range(RUNS)]
    print(f"{PERIOD} of the invented county: 10 places, 7 rates, {DRAWS:,} draws, all files")
    print(
        f"  whole program   {min(times):5.2f} s at best, {statistics.median(times):5.2f} s in the middle of {RUNS} runs"
    )
    for stage, took in stages():
        print(f"  {stage:<32}{took:5.2f} s")


if __name__ == "__main__":
    main()
