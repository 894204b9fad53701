"""Write the county book of London: ``python -m examples.london.make_book FOLDER``.

The boroughs and their GSS codes are real and published. No person is in the book: the officer of a borough is "ward
team of X". Its office is "borough command X", one per borough, because the report pairs every office with one
community (R-40); the real force runs twelve commands over the 32 boroughs. There are no leaders.
"""

import argparse
import csv
import sys
from math import log
from pathlib import Path

from examples.london import hours, offences, published, survey

FIRST, LAST = "2018Q1", "2021Q4"  # four quarters before 2019Q1, to fit on
IN_POST = "2018-01-01"
VERIFIED_BY = {
    "satisfaction": "Office for Policing and Crime",
    "familiarity": "Office for Policing and Crime",
    "incidents": "inspectorate of crime recording",
    "visibility": "borough command",
}
PLACE = {  # fact in the book -> how it comes from the published one
    "deprivation": lambda f: f["imd2019_score"],
    "density": lambda f: f["density_per_ha_2013"],
    "log_jobs_density": lambda f: round(log(f["jobs_density_2012"]), 4),  # jobs per resident of working age, 0.4 to 4.3
    "private_rent": lambda f: f["private_rent_pct_2013"],
}


def slug(name):
    """A borough's name as an id.

    >>> slug("Kensington and Chelsea")
    'kensington-and-chelsea'
    """
    return name.lower().replace(" ", "-")


def sheets(where):
    """Sheet name -> rows (dicts, headings in order), from the published files in the folder ``where``."""
    places = list(published.facts(where).values())
    return {
        "communities": [_community(p) for p in places],
        "posts": [_post(p) for p in places],
        "pairings": [_pairing(p) for p in places],
        "evidence": [row for r in published.panel(where) if FIRST <= r["quarter"] <= LAST for row in _evidence(r)],
    }


def _community(place):
    own = {"community": place["gss"], "name": place["borough"], "kind": "city", "complex": 0}
    facts = {name: made(place) for name, made in PLACE.items()}
    return own | {"population": int(place["census2021"])} | facts


def _post(place):
    team = {"officer": "ward-team-" + slug(place["borough"]), "name": f"ward team of {place['borough']}"}
    return team | {"community": place["gss"], "start": IN_POST, "end": "", "staffing": "single"}


def _pairing(place):
    office = "borough-command-" + slug(place["borough"])
    return {"community": place["gss"], "leader": "", "office": office, "start": IN_POST, "end": ""}


def _evidence(record):
    key = {"period": record["quarter"], "community": record["gss"]}
    for kind in (survey, offences, hours):
        for row in kind.evidence(record):
            yield key | row | {"verified_by": VERIFIED_BY[row["rate"]], "status": "final"}


def write(book, folder):
    """Write the sheets as UTF-8 CSVs into the folder, which is made if missing; None becomes a blank cell."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, rows in book.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as lines:
            out = csv.DictWriter(lines, list(rows[0]), lineterminator="\n")
            out.writeheader()
            out.writerows(rows)


def main(argv=None):
    ask = argparse.ArgumentParser(description="Write the county book of London from the published files.")
    ask.add_argument("folder", type=Path, help="where to write the book; made if missing")
    ask.add_argument("--data", type=Path, default=published.folder(), help="the published files (LINLI_DATA/london)")
    asked = ask.parse_args(argv)
    if absent := published.missing(asked.data):
        print(f"{asked.data}: no {', '.join(absent)}; set LINLI_DATA to the folder above london/", file=sys.stderr)
        return 2
    book = sheets(asked.data)
    write(book, asked.folder)
    print(f"{asked.folder}: " + ", ".join(f"{len(rows)} {name}" for name, rows in book.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
