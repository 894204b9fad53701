"""Does an adjusted quarter foretell the next one better than its rivals? ``python -m benchmarks.predict [PANEL.csv]``.

Without a panel: London and Chicago from the published files in LINLI_DATA; ``--write`` puts the tables into
docs/methods/prediction.md, which also says how it is done. With a panel of anybody's own:

    place,period,count,exposure,hardship
    Harbour,2024Q1,31,5200,0.4
    Harbour,2024Q2,27,5200,0.4

``count`` and ``exposure`` (or ``yes`` and ``asked``), any other column of numbers a fact of the place; at least two
places and three periods. The whole of it stands in ``benchmarks/prediction/panel.py``.
"""

import argparse
import sys
from dataclasses import replace as with_other

import numpy as np

from benchmarks.prediction import tables
from benchmarks.prediction.cities import CITIES, FOLDER
from benchmarks.prediction.compared import compared
from benchmarks.prediction.panel import BadPanel, read
from benchmarks.prediction.replay import KEPT, KNOWN, SEASONAL, replay
from tests.house.blocks import filled
from tests.house.tree import ROOT
from tests.house.worked import table

PAGE = ROOT / "docs" / "methods" / "prediction.md"
TITLES = {
    "london": "London, 32 boroughs",
    "areas": "Chicago, 77 community areas",
    "districts": "Chicago, 22 districts",
    "opinions": "London's survey, a year ahead",
    "small": "London, 4,829 small areas, years",
}


def without_facts(panel):
    """The same panel when nothing is known of its places."""
    return with_other(panel, covariates=(), facts=panel.facts[..., :0])


def facts_of_before(panel):
    """London from 2014 on, by facts that describe 2013 or earlier: nothing in it was unknown at the time."""
    start, kept = panel.periods.index("2014Q1"), [name != "deprivation" for name in panel.covariates]
    later = {name: getattr(panel, name)[start:] for name in ("periods", "seen", "of")}
    return with_other(
        panel, **later, covariates=tuple(np.array(panel.covariates)[kept]), facts=panel.facts[start:, :, kept]
    )


def rows_of(name, step=SEASONAL, change=lambda panel: panel):
    """``Compared`` rows of one city's panels, said on stderr as they come."""
    city = CITIES[name]
    for column, panel in city.panels():
        print(f"{TITLES[name]}: {tables.spoken(column)}", file=sys.stderr)
        yield compared(column, replay(change(panel), city.ahead, step))


def otherwise(as_it_stands):
    """The table of assumptions: London's offences again, each time with one thing done otherwise."""
    runs = {
        "as above": as_it_stands,
        "the common step known": list(rows_of("london", step=KNOWN)),
        "no common step": list(rows_of("london", step=KEPT)),
        "no facts of the places": list(rows_of("london", change=without_facts)),
        "from 2014, facts of 2013 and before": list(rows_of("london", change=facts_of_before)),
    }
    head = ("London's offences", "mean gain on the own figure", "better", "no difference", "worse")
    return table(head, [tables.summary(label, rows) for label, rows in runs.items()])


def blocks(rows):
    """Block of the page -> its text, from the rows of every city."""
    found = {name: tables.comparison(rows[name]) for name in rows}
    found["where-not"] = tables.where_not({TITLES[name]: rows[name] for name in rows})
    return found | {"otherwise": otherwise(rows["london"])}


def write(rows):
    """The page, its blocks as this run gives them."""
    now = blocks(rows)
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8"), now.__getitem__), encoding="utf-8")
    print(PAGE.relative_to(ROOT))


def cities(to_page):
    """Every city that is there, as tables on stdout; exit status 2 when a file is missing."""
    absent = {path for city in CITIES.values() for path in city.missing()}
    for path in sorted(absent):
        print(f"{FOLDER}: no {path}; set LINLI_DATA", file=sys.stderr)
    if absent and to_page:
        return 2
    rows = {}
    for name in [name for name, city in CITIES.items() if not city.missing()]:
        rows[name] = list(rows_of(name))
        print(f"\n{TITLES[name]}\n\n{tables.comparison(rows[name])}")
    if to_page:
        write(rows)
    return 2 if absent else 0


def own_panel(path, ahead):
    """Somebody's own panel: its row, and a verdict for each rival; exit status 2 with all that is wrong with it."""
    try:
        panel = read(path)
        row = compared(str(path), replay(panel, ahead))
    except BadPanel as bad:
        print(f"{path}: the panel cannot be used\n{bad}", file=sys.stderr)
        return 2
    if panel.left_out:
        print(f"left out, being words: {', '.join(panel.left_out)}", file=sys.stderr)
    print(
        f"{row.forecasts} forecasts of {row.periods} periods scored. Gain in log score of the adjusted figure over the"
    )
    print("\n".join(tables.in_words(row)))
    return 0


def main(argv=None):
    ask = argparse.ArgumentParser(prog="python -m benchmarks.predict", description=__doc__.split("\n\n")[0])
    ask.add_argument("panel", nargs="?", help="a CSV of your own; without it, the cities in LINLI_DATA")
    ask.add_argument("--ahead", type=int, default=1, metavar="N", help="periods to look ahead; 4 for rolling years")
    ask.add_argument("--write", action="store_true", help="write the cities' tables into docs/methods/prediction.md")
    told = ask.parse_args(argv)
    if told.ahead < 1:
        ask.error("--ahead must be 1 or more")
    return own_panel(told.panel, told.ahead) if told.panel else cities(told.write)


if __name__ == "__main__":
    sys.exit(main())
