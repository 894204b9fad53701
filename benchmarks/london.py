"""London's twelve quarters from the published files to the last rank: ``python -m benchmarks.london``."""

import tempfile
from pathlib import Path

from benchmarks.speed import clock, parts, run
from benchmarks.speed.aims import SECONDS, Ratio, figure
from examples.london import make_book, published
from examples.london.appraised import DRAWS, FIRST, READ, SCHEME
from heng import periods
from heng.quarter import appraise
from linli.book.read import read_book
from linli.book.scheme import read_scheme
from tests.house.worked import table


def measure(quick=False, last=READ):
    """{stage: seconds}, each quarter a stage of its own within "quarters"."""
    where = published.folder()
    if published.missing(where):
        raise parts.Skipped(f"London was left out: its published files are not in {where.name}; set LINLI_DATA")
    with tempfile.TemporaryDirectory() as folder:
        parts.say("London: the book")
        made, _ = clock.seconds(lambda: make_book.write(make_book.sheets(where), Path(folder) / "london"))
        reading, (book, _) = clock.seconds(lambda: read_book(Path(folder) / "london"))
    scheme, quarters = read_scheme(SCHEME), {}
    for period in periods.between(FIRST, last):
        parts.say(f"London: {period}")
        seed = periods.default_seed(period)
        quarters[period], _ = clock.seconds(lambda at=period, seed=seed: appraise(book, scheme, at, seed, DRAWS))
    return {"make": made, "read": reading, "quarters": quarters}


def ratios(found):
    """The whole, which has no aim."""
    quarters = found["quarters"]
    whole = sum(quarters.values()) + found["read"]
    yield Ratio(f"London, {len(quarters)} quarters of 32 boroughs, {DRAWS:,} draws each", "", whole, SECONDS)


def tables(found):
    """Block name -> text."""
    quarters = list(found["quarters"].values())
    rows = [
        ("make the book from the published files", figure(found["make"])),
        ("read the book", figure(found["read"])),
        (f"appraise {len(quarters)} quarters", figure(sum(quarters))),
        ("the quickest and the slowest of them", f"{figure(min(quarters))} and {figure(max(quarters))}"),
    ]
    return {"london": table(("stage", "seconds"), rows)}


if __name__ == "__main__":
    run.main(("london",))
