"""Real cities as panels, from published files in LINLI_DATA: the adapters know the files, nothing else does.

The facts of a place are those that were at hand; several describe a year later than the first quarters forecast. They
only say where small numbers are drawn to, and how much they do is in the page's last table.
"""

import csv
import gzip
from collections.abc import Callable
from dataclasses import dataclass
from math import log

from benchmarks.prediction.panel import of_rows
from examples.london import published, survey
from examples.london.make_book import PLACE

FOLDER = published.folder().parent
OFFENCES = (
    *("total", "theft", "violence", "vehicle", "burglary", "arson_damage", "drugs", "public_order", "robbery"),
    *("sexual", "misc_society", "weapons"),
)
OPINIONS = (
    *("good_job_local", "know_contact_ward_officer", "informed_local", "listen_to_concerns", "relied_on"),
    *("treat_fairly", "trust_mps", "understand_issues"),
)
AREA_OFFENCES = (
    *("theft", "battery", "criminal_damage", "assault", "deceptive_practice", "burglary", "robbery", "narcotics"),
)
SMALL_AREA_OFFENCES = ("violence", "burglary", "vehicle", "robbery")
LONDON, BOROUGHS = "london/london_boroughs_panel.csv", "london/covariates_borough.csv"
AREAS, DISTRICTS = "chicago_areas/chicago_areas_panel.csv", "chicago_districts/chicago_districts_panel.csv"
SMALL, HOMES = "london_lsoa/crime_year_lsoa.csv.gz", "london_lsoa/lsoa_population.csv"


@dataclass(frozen=True)
class City:
    """Panels made from the same files, one for each column that is foretold.

    ``rows``: gives the files' rows; ``figure``: (row, column) -> a row of the panel; ``ahead``: periods foretold.
    """

    files: tuple
    rows: Callable
    figure: Callable
    columns: tuple
    ahead: int = 1

    def missing(self):
        """The files that are not there."""
        return [path for path in self.files if not (FOLDER / path).is_file()]

    def panels(self):
        """(column, ``Panel``) one after another; a blank cell is a row that is not there."""
        rows = self.rows()
        for column in self.columns:
            yield column, of_rows([self.figure(row, column) for row in rows if row[column]])


def _rows(path):
    opened = gzip.open if path.endswith(".gz") else open
    with opened(FOLDER / path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _boroughs():
    """Rows of the borough panel, each with the facts that the London example uses."""
    facts = {gss: _facts(place) for gss, place in published.facts(FOLDER / "london").items()}
    return [row | {"facts": facts[row["gss"]]} for row in _rows(LONDON)]


def _facts(place):
    return {name: made(place) for name, made in PLACE.items()}


def _offence(row, name):
    key = {"place": row["gss"], "period": row["quarter"]}
    return key | {"count": row[name], "exposure": row["population"]} | row["facts"]


def _opinion(row, name):
    """Answers as if they were independent: what was asked over the weighting, in whole people."""
    asked = round(survey.asked(row["quarter"]) / survey.WEIGHTING)
    key = {"place": row["gss"], "period": row["quarter"]}
    return key | {"yes": round(float(row[name]) * asked), "asked": asked} | row["facts"]


def _area(row, name):
    facts = {"hardship": row["hardship_2010_14"], "log_density": log(float(row["density_km2"]))}
    return {"place": row["area"], "period": row["quarter"], "count": row[name], "exposure": row["population"]} | facts


def _district(row, name):
    facts = {"hardship": row["hardship_2010_14_est"], "unemployed": row["unemployed_pct_est"]}
    key = {"place": row["district"], "period": row["quarter"]}
    return key | {"count": row["crimes_extract_2022-02"], "exposure": row["population_est"]} | facts


def _small_areas():
    """Rows of the small areas with residents and their borough's facts. The published 2020 is wrong and not in them."""
    facts = {place["borough"]: _facts(place) for place in published.facts(FOLDER / "london").values()}
    homes = {row["LSOA11CD"]: row for row in _rows(HOMES)}
    found = [(row, homes[row["LSOA11CD"]]) for row in _rows(SMALL)]
    return [row | {"residents": home["pop2019"], "facts": facts[home["borough"]]} for row, home in found]


def _small_area(row, name):
    key = {"place": row["LSOA11CD"], "period": row["year"]}
    return key | {"count": row[name], "exposure": row["residents"]} | row["facts"]


CITIES = {
    "london": City((LONDON, BOROUGHS), _boroughs, _offence, OFFENCES),
    "opinions": City((LONDON, BOROUGHS), _boroughs, _opinion, OPINIONS, ahead=4),  # the first windows to share nobody
    "areas": City((AREAS,), lambda: _rows(AREAS), _area, AREA_OFFENCES),
    "districts": City((DISTRICTS,), lambda: _rows(DISTRICTS), _district, ("crimes_extract_2022-02",)),
    "small": City((SMALL, HOMES, BOROUGHS), _small_areas, _small_area, SMALL_AREA_OFFENCES),
}
