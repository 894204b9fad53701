"""``linli scheme calibrate``: points tables proposed from the places of a county book, printed as TOML."""

import sys

from heng import calibration, periods
from linli.book.words import Words
from linli.chosen import books_and_scheme
from linli.scheme_tables import fragment


def calibrate(path, scheme, year, lang):
    """Prints the proposed tables; gives 2 when none can be proposed, else 0."""
    words = Words(lang)
    (book,), chosen = books_and_scheme([path], scheme)
    learned_from = last_year(set(book.evidence.period), year)
    if not learned_from:
        print(words("scheme.no_such_year", year=str(year or "—")), file=sys.stderr)
        return 2
    proposals = calibration.propose(book, chosen, learned_from)
    print("\n".join(fragment(proposals, chosen, path, learned_from, words)))
    if all(proposal.reason for proposal in proposals):
        print(words("scheme.no_table"), file=sys.stderr)
        return 2
    return 0


def last_year(present, year=None):
    """The quarters to learn from: those of ``year``; else of the last year that has all four; else the last four.

    >>> last_year({"2024Q4", "2025Q1", "2025Q2", "2025Q3", "2025Q4", "2026Q1"})
    ('2025Q1', '2025Q2', '2025Q3', '2025Q4')
    >>> last_year({"2025Q3", "2025Q4", "2026Q1", "2026Q2", "2026Q3"})
    ('2025Q4', '2026Q1', '2026Q2', '2026Q3')
    """
    by_year = {}
    for period in sorted(present):
        by_year.setdefault(periods.parse(period)[0], []).append(period)
    if year is not None:
        return tuple(by_year.get(year, ()))
    whole = [found for found in by_year.values() if len(found) == 4]
    return tuple(whole[-1] if whole else sorted(present)[-4:])
