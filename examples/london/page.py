"""Keep `docs/start/london.md` true: ``python -m examples.london.page`` recomputes its figures from the published files.

What stands between ``<!-- run: NAME -->`` and ``<!-- end -->`` is written by the function of that name; everything else
is written by people. With ``--check`` nothing is written and the exit status says whether the page is true.
"""

import argparse
import re
import sys
from textwrap import fill

from examples.london import chart, published, reading, tables
from examples.london.appraised import READ, london

PAGE = published.ROOT / "docs" / "start" / "london.md"
CHART = PAGE.with_name("london-ranks.svg")
TABLES = (tables.side_by_side, tables.crowd, tables.scores, tables.otherwise, tables.quarters)
SENTENCES = (
    *(reading.coefficients, reading.westminster, reading.alike, reading.rolling, reading.scatter),
    reading.last_quarters,
)
WIDTH = 120
BLOCK = re.compile(r"(<!-- run: (\w+) -->\n).*?(<!-- end -->)", re.DOTALL)


def renewed(text, appraised):
    """The page with every block rewritten from the run; KeyError for a block that no function writes."""
    written = blocks(appraised)
    return BLOCK.sub(lambda found: f"{found[1]}{written[found[2]]}\n{found[3]}", text)


def blocks(appraised):
    """Name -> what the function of that name writes; sentences are folded to the width of the page."""
    told = {write.__name__: fill(write(appraised), WIDTH, break_on_hyphens=False) for write in SENTENCES}
    return told | {write.__name__: write(appraised) for write in TABLES}


def drawn(appraised):
    """The chart of the page's quarter."""
    scores = appraised.quarter.scores
    names = [appraised.name(c) for c in scores.community]
    return chart.ranks(
        scores, tables.ranks_alone(appraised.quarter), names, f"{READ}: the ranks each ward team may hold"
    )


def main(argv=None):
    ask = argparse.ArgumentParser(description="Recompute the figures of docs/start/london.md.")
    ask.add_argument("--check", action="store_true", help="write nothing; exit 1 if the page is not true")
    check = ask.parse_args(argv).check
    if absent := published.missing(published.folder()):
        print(f"{published.folder()}: no {', '.join(absent)}; set LINLI_DATA", file=sys.stderr)
        return 2
    appraised = london(published.folder())
    now = {PAGE: renewed(PAGE.read_text(encoding="utf-8"), appraised), CHART: drawn(appraised)}
    stale = [path for path, text in now.items() if not path.exists() or path.read_text(encoding="utf-8") != text]
    for path in stale:
        print(f"{path.relative_to(published.ROOT)}: {'not true to the run' if check else 'rewritten'}")
        if not check:
            path.write_text(now[path], encoding="utf-8")
    return int(check and bool(stale))


if __name__ == "__main__":
    sys.exit(main())
