"""A department's sheet as it is typed in the browser."""

from functools import cache

from linli.book.read import read_book
from linli.book.scheme import read_scheme
from tests.journeys.web.served import ROOT

COUNTY = ROOT / "linli" / "faces" / "demo" / "county"
SUPPLIERS = {  # rate -> (who supplies it, who verifies it), accounts of the demo
    "satisfaction": ("committee", "personnel2"),
    "familiarity": ("committee", "personnel2"),
    "incidents": ("command", "supervision"),
    "prevention": ("publicorder", "supervision"),
    "leads": ("investigation", "command"),
    "visibility": ("station", "supervision"),
    "disputes": ("mediation", "governance"),
}


def address(period, part, rate):
    """Where a rate is supplied or verified."""
    return f"/indicators/linjiang/{period}/{part}/{rate}/"


@cache
def figures(period="2026Q3"):
    """rate -> community -> {field: text} of the demo's county book."""
    book, _ = read_book(COUNTY, scheme=read_scheme(COUNTY / "scheme.toml"))
    rows = book.evidence.rows(book.evidence.period == period)
    found = {rate: {} for rate in SUPPLIERS}
    for i in range(len(rows)):
        typed = {"numerator": rows.numerator[i], "denominator": rows.denominator[i]}
        if rows.design_effect[i] != 1:
            typed["design_effect"] = rows.design_effect[i]
        found[rows.rate[i]][rows.community[i]] = {name: f"{value:.12g}" for name, value in typed.items()}
    return found


def typed(person, rows):
    """Types rows (community -> field -> text) into the sheet that is open, and does not save it."""
    for community, row in rows.items():
        for name, text in row.items():
            person.page.fill(f'main form input[name="{name}-{community}"]', text)


def stands(person, community):
    """(numerator, denominator) that the open sheet shows for a community."""
    return tuple(
        person.page.input_value(f'main form input[name="{name}-{community}"]') for name in ("numerator", "denominator")
    )


def opened(personnel, period):
    """The personnel office opens a quarter."""
    personnel.go("/appraisal/linjiang/")
    personnel.send("/open/", period=period)
    assert personnel.page.url.endswith(f"/appraisal/linjiang/{period}/")
