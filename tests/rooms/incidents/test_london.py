"""A year of real London: the months as they are published, through this room, into the quarter; the same as on the
command line, to the last digit. Skips, saying so, where the published files are absent."""

import csv
import io
from datetime import date, datetime

import pytest

from examples.london import make_book, published
from examples.london.appraised import SCHEME
from linli import cli
from linli.book.tables import TABLES, as_csv
from linli.ground.accounts import actions as accounts
from linli.ground.accounts.models import User
from linli.ground.officers import actions as officers
from linli.ground.places import actions as places
from linli.ground.trail import clock
from linli.quarter.appraisal import actions as appraisal
from linli.quarter.appraisal.queries import quarter_of
from linli.quarter.indicators import actions as indicators
from linli.quarter.indicators.figures import Figure
from linli.quarter.indicators.models import Entry
from linli.work.incidents import actions, evidence

WHERE = published.folder()
MONTHS = "london_boroughs_crime_month.csv"
pytestmark = pytest.mark.skipif(
    bool(published.missing(WHERE)) or not (WHERE / MONTHS).is_file(),
    reason=f"London's published files are not in {WHERE}; set LINLI_DATA",
)
YEAR, READ = range(1, 5), "2021Q4"
QUARTERS = [f"2021Q{quarter}" for quarter in YEAR]


@pytest.fixture(scope="module")
def book():
    """London's book of one year, in the order in which the web application keeps it."""
    found = make_book.sheets(WHERE)
    rows = [row for row in found["evidence"] if row["period"] in QUARTERS]
    people = {place["community"]: place["population"] for place in found["communities"]}
    for row in rows:
        if row["rate"] == "incidents":  # a year's facts are fixed before it begins: one population for all of it
            row["denominator"] = people[row["community"]]
    found["evidence"] = sorted(rows, key=lambda row: (row["period"], row["community"], row["rate"]))
    found["posts"] = sorted(found["posts"], key=lambda row: row["officer"])
    return found


@pytest.fixture
def bureau(db, book):
    """The Metropolitan Police as one bureau whose communities are boroughs."""
    with clock.at(datetime(2020, 12, 1, 9)):
        above = None
        for code, level in (("990000000000", "province"), ("990100000000", "city"), ("990125000000", "county")):
            above = places.add_place(by="linli", code=code, name="London", level=level, parent=above)
        bureau = places.add_bureau(by="linli", code="london", name="Metropolitan Police", place=above)
        for row in book["communities"]:
            place = places.add_community(
                by="linli", bureau=bureau, code=row["community"], name=row["name"], kind=row["kind"]
            )
            facts = {name: row[name] for name in make_book.PLACE}
            said = {"population": row["population"], "facts": facts, "version": 0}
            places.write_facts(by="linli", bureau=bureau, year=2021, community=place, **said)
        places.publish_facts(by="linli", bureau=bureau, year=2021)
        _people(bureau, book)
        scheme = indicators.draft_scheme(by="linli", bureau=bureau, text=SCHEME.read_text(encoding="utf-8"))
        indicators.open_consultation(by="linli", scheme=scheme)
        indicators.put_in_force(by="linli", scheme=scheme, minute_number="invented", unanswered=0)
    return bureau


def _people(bureau, book):
    known = {place.code: place for place in bureau.communities.all()}
    for row in book["posts"]:
        officer = officers.add_officer(by="linli", bureau=bureau, code=row["officer"], name=row["name"])
        start = date.fromisoformat(row["start"])
        officers.hold_post(by="linli", officer=officer, community=known[row["community"]], start=start)
    offices = {row["office"]: row["community"] for row in book["pairings"]}
    for code, community in offices.items():
        office = places.add_office(by="linli", bureau=bureau, code=code, name=code)
        officers.pair(by="linli", community=known[community], leader=None, office=office, start=date(2018, 1, 1))
    User.objects.create(username="chief", role="administrator")
    accounts.open_account(
        by=User.objects.get(), username="personnel", password="a long password", role="personnel", bureau=bureau
    )


def months_of_the_year(boroughs):
    """The published table as it is, but for its other years and the airports, which are no borough."""
    with (WHERE / MONTHS).open(encoding="utf-8-sig", newline="") as lines:
        rows = [row for row in csv.DictReader(lines) if row["month"][:4] == "2021" and row["borough"] in boroughs]
    text = io.StringIO()
    out = csv.DictWriter(text, list(rows[0]))
    out.writeheader()
    out.writerows(rows)
    return text.getvalue().replace("borough", "Community", 1).encode()


def test_a_year_of_london_comes_out_as_on_the_command_line(bureau, book, tmp_path):
    table = months_of_the_year({row["name"] for row in book["communities"]})
    for moment in (datetime(2022, 1, 5, 9), datetime(2022, 2, 7, 9)):  # read again a month later: no longer provisional
        with clock.at(moment):
            read = actions.read_table(by="linli", bureau=bureau, source=MONTHS, upload=table)
            actions.accept(by="linli", bureau=bureau, table=read)
    with clock.at(datetime(2022, 2, 8, 9)):
        counted = {c.community: c for c in evidence.figures(bureau, READ)}
        written = {
            row["community"]: row for row in book["evidence"] if (row["period"], row["rate"]) == (READ, "incidents")
        }
        assert {c: (f.numerator, f.denominator, f.provisional) for c, f in counted.items()} == {
            c: (row["numerator"], row["denominator"], False) for c, row in written.items()
        }
        _supplied(bureau, book)
        computation = _computed(bureau)
    make_book.write(book, tmp_path / "london")
    out = tmp_path / "out"
    command = ["appraise", str(tmp_path / "london"), "--period", READ, "--scheme", str(SCHEME), "--out", str(out)]
    assert cli.main([*command, "--lang", "en"]) == 0
    quarter = quarter_of(computation)
    for name in TABLES:
        theirs = (out / f"{name}.csv").read_bytes().decode("utf-8-sig").splitlines()
        assert as_csv(name, quarter).decode("utf-8-sig").splitlines() == theirs, name


def _supplied(bureau, book):
    """Incidents as this room counted them; what London counts elsewhere is typed; a second office verifies it all."""
    for period in QUARTERS:
        saved = indicators.take_counted(by="linli", bureau=bureau, period=period, rate="incidents")
        assert len(saved.written) == 32
        for rate in ("satisfaction", "familiarity", "visibility"):
            rows = [
                {"community": row["community"], "version": 0,
                 "figure": Figure(float(row["numerator"]), float(row["denominator"]),
                                  row["design_effect"] or 1.0, source=row["source"])}
                for row in book["evidence"] if (row["period"], row["rate"]) == (period, rate)
            ]  # fmt: skip
            indicators.supply_sheet(by="linli", bureau=bureau, period=period, rate=rate, rows=rows)
        for rate in ("incidents", "satisfaction", "familiarity", "visibility"):
            entries = Entry.objects.filter(bureau=bureau, period=period, rate=rate)
            versions = dict(entries.values_list("pk", "version"))
            indicators.verify_rows(by="linli", bureau=bureau, period=period, rate=rate, versions=versions)


def _computed(bureau):
    personnel = User.objects.get(username="personnel")
    cycle = appraisal.open_cycle(by=personnel, bureau=bureau, period=READ)
    revision = appraisal.freeze(by=personnel, cycle=cycle)
    assert not revision.values.filter(status="provisional").exists()
    return appraisal.compute(by="linli", revision=revision)
