"""``linli scheme check``: every finding about a scheme, and what luck alone does under it."""

from heng import luck
from linli.book.figures import percent
from linli.book.scheme import read_scheme
from linli.book.scheme_lint import findings
from linli.book.words import Words

OFFICERS = 10


def check(path, lang):
    """Prints the findings and the chances of luck; gives 0. A scheme that is wrong is refused by the reader."""
    words, scheme = Words(lang), read_scheme(path)
    found = findings(scheme)
    print("\n".join([*_checked(scheme, found, words), "", *by_luck(scheme, words)]))
    return 0


def _checked(scheme, found, words):
    weight = sum(rate.weight for rate in scheme.rates)
    rates = str(len(scheme.rates))
    yield words("scheme.checked", name=scheme.name, version=scheme.version, rates=rates, weight=weight)
    for finding in found:
        said = words(f"scheme.{finding.code}", **finding.facts)
        yield words("scheme.finding", level=words("scheme.warning"), said=said)
    yield words("scheme.found", warnings=str(len(found))) if found else words("scheme.clean")


def by_luck(scheme, words):
    """Lines: how often ten equals see somebody last twice running, and how often the worst of ten is below the line."""
    windows = any(rate.pool_quarters > 1 for rate in scheme.rates)
    digits = 0 if windows else 1  # simulated to about half a per cent, else exact
    yield words("scheme.luck", officers=str(OFFICERS))
    yield words("scheme.luck_twice", chance=percent(luck.last_twice(scheme, OFFICERS), digits))
    if scheme.bottom.across_years:
        chance = luck.last_twice(scheme, OFFICERS, year_before=True)
        yield words("scheme.luck_twice_before", chance=percent(chance, digits))
    if windows:
        yield words("scheme.luck_windows")
    yield _below(scheme, words)


def _below(scheme, words):
    below = scheme.bottom.below
    try:
        chance = luck.worst_below(scheme, OFFICERS)
    except ValueError:  # a table that names no percentiles, such as pass or fail
        return words("scheme.luck_unknown", below=below)
    line = words("scheme.line_to" if scheme.bottom.inclusive else "scheme.line_below", below=below)
    return words("scheme.luck_below", line=line, chance=percent(chance))
