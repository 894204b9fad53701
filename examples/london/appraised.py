"""London appraised for the page: every quarter once, and one quarter again under other assumptions.

The book goes through the same readers and the same `heng.quarter.appraise` as any bureau's; nothing is computed here.
"""

import tempfile
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from examples.london import make_book, offences, published
from heng import periods
from heng.quarter import appraise
from linli.book.read import read_book
from linli.book.scheme import read_scheme

SCHEME = Path(__file__).with_name("scheme.toml")
FIRST, READ = "2019Q1", "2021Q4"  # the first quarter appraised, and the one the page reads
DRAWS = 20_000


@dataclass(frozen=True)
class London:
    book: object  # heng.evidence.Book
    scheme: object  # heng.scheme.Scheme
    panel: list  # the published records the book was made from
    facts: dict  # GSS code -> the borough's published facts
    months: list  # hours by borough and month
    quarters: dict  # period -> heng.results.Quarter
    otherwise: dict  # what was assumed instead -> the quarter READ under it

    @property
    def quarter(self):
        """The quarter that the page reads."""
        return self.quarters[READ]

    def name(self, community):
        return self.facts[community]["borough"]


def london(where, first=FIRST):
    """Make the book from the published files, read it as any book is read, and appraise the quarters first to READ."""
    with tempfile.TemporaryDirectory() as folder:
        make_book.write(make_book.sheets(where), Path(folder) / "london")
        book, _ = read_book(Path(folder) / "london")
    scheme, panel = read_scheme(SCHEME), published.panel(where)
    quarters = {period: _appraise(book, scheme, period) for period in periods.between(first, READ)}
    otherwise = {said: _appraise(*changed, READ) for said, changed in _assumptions(book, scheme, panel).items()}
    return London(book, scheme, panel, published.facts(where), published.months(where), quarters, otherwise)


def spread_of_counts(panel):
    """How many times Poisson the preventable offences vary within a borough, over the quarters in the book."""
    return offences.overdispersion([r for r in panel if make_book.FIRST <= r["quarter"] <= make_book.LAST])


def _appraise(book, scheme, period):
    return appraise(book, scheme, period, seed=periods.default_seed(period), draws=DRAWS)


def _assumptions(book, scheme, panel):
    """What one could as well have assumed -> (book, scheme) that assume it."""
    phi = spread_of_counts(panel)
    fewer = tuple(c for c in scheme.complexity.covariates if c != "deprivation")
    return {
        f"offences {phi:.0f} times Poisson": (_thinned(book, phi), scheme),
        "survey design effect 3": (_designed(book, ("satisfaction", "familiarity"), 3.0), scheme),
        "hours independent by the shift of 8 hours": (_designed(book, ("visibility",), 8.0), scheme),
        "deprivation left out": (book, replace(scheme, complexity=replace(scheme.complexity, covariates=fewer))),
    }


def _designed(book, rates, effect):
    rows = book.evidence
    effects = np.where(np.isin(rows.rate, rates), effect, rows.design_effect)
    return replace(book, evidence=replace(rows, design_effect=effects))


def _thinned(book, phi):
    """Counts and exposure both divided by φ: the same rates, as uncertain as if they varied φ times Poisson."""
    rows = book.evidence
    counted = rows.rate == offences.RATE
    numerator = np.where(counted, np.rint(rows.numerator / phi), rows.numerator)
    denominator = np.where(counted, rows.denominator / phi, rows.denominator)
    return replace(book, evidence=replace(rows, numerator=numerator, denominator=denominator))
