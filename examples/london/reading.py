"""The page's sentences that hold figures, each written from an appraised London."""

import numpy as np

from examples.london import hours, offences, survey, tables
from examples.london.appraised import READ, spread_of_counts

STRETCHES = (("2019-02", "2020-02"), ("2020-07", "2021-12"))  # months of hours before the first lockdown and after it


def westminster(london):
    """What becomes of Westminster from the count to the ratio, and with another official population."""
    rows = tables.incidents(london.quarter)
    at = int(np.flatnonzero(rows.community == tables.WESTMINSTER)[0])
    place, n = london.facts[tables.WESTMINSTER], len(rows)
    rank = [tables.standing(v)[at] for v in (rows.numerator, rows.crude, rows.adjusted)]
    other = 1000 * rows.numerator[at] / place["ons_mid2020"]
    return (
        f"Westminster has {rows.numerator[at]:,.0f} preventable offences: rank {rank[0]} of {n} as a count, {rank[1]} "
        f"per resident ({rows.crude[at]:.1f} per 1,000 against {np.median(rows.crude):.1f} in the middle borough), "
        f"{rank[2]} after adjustment, {rows.adjusted[at]:.2f} times what is expected of such a place "
        f"({rows.low[at]:.2f}–{rows.high[at]:.2f}). {_crowd(london)} The denominator itself is in doubt: the quarter's "
        f"population is {rows.denominator[at]:,.0f} (census of 2021), while the estimate for mid-2020 was "
        f"{place['ons_mid2020']:,.0f}, which would make {rows.crude[at]:.1f} into {other:.1f}."
    )


def _crowd(london):
    """All recorded offences per 1,000 residents in the quarter before the pandemic: Westminster, and the others."""
    rates = {r["gss"]: 1000 * r["total"] / r["population"] for r in london.panel if r["quarter"] == "2019Q4"}
    others = [rate for gss, rate in rates.items() if gss != tables.WESTMINSTER]
    jobs = sorted(f["jobs_density_2012"] for f in london.facts.values())
    return (
        f"Counting every recorded offence, 2019Q4 had {rates[tables.WESTMINSTER]:.0f} per 1,000 residents there and "
        f"{min(others):.0f} to {max(others):.0f} elsewhere: the crowd that shops, works and goes out in Westminster "
        f"sleeps somewhere else. It has {jobs[-1]:.2f} jobs per resident of working age; "
        f"the next borough has {jobs[-2]:.2f}."
    )


def alike(london):
    """Who cannot be told apart from the last and from the first, and how many pairs can be at all."""
    rows, told = london.quarter.scores, london.quarter.alike
    (first,), (last,) = tables.ends(rows)
    pairs = len(rows) * (len(rows) - 1) // 2
    apart = pairs - sum(map(len, told.values())) // 2
    return (
        f"{_end(london, last, 'last', rows.p_last)} {_end(london, first, 'first', rows.p_first)} Of the {pairs} pairs "
        f"of teams, {apart} can be told apart. {(rows.p_last >= 0.01).sum()} teams have a chance of at least "
        f"one in 100 of being the last."
    )


def _end(london, at, end, odds):
    rows = london.quarter.scores
    same = len(london.quarter.alike[rows.officer[at]])
    return (
        f"{london.name(rows.community[at])} is {end} with {rows.score[at]:.2f} and probability "
        f"{tables.chance(odds[at])}; {same} of the {len(rows) - 1} other teams cannot be told apart from it."
    )


def rolling(london):
    """What the survey file allows its design effect to be, from windows a year apart."""
    columns = survey.RATES
    apart = {
        rate: [survey.moved_apart(london.panel, column, f"{y}Q4", f"{y - 1}Q4") for y in (2019, 2020, 2021)]
        for rate, column in columns.items()
    }
    said = "; ".join(f"{rate} {', '.join(f'{d:.1f}' for d in ceilings)}" for rate, ceilings in apart.items())
    return f"Ceilings of the design effect, 2019, 2020 and 2021 each against the year before: {said}."


def scatter(london):
    """How little independent hours and counts are, as measured in the files."""
    kept = ", ".join(f"{hours.scatter(london.months, *s):.0f} ({s[0]} to {s[1]})" for s in STRETCHES)
    return (
        f"Hours scatter from month to month, times what independent hours would: {kept}. Preventable offences vary "
        f"from quarter to quarter {spread_of_counts(london.panel):.0f} times Poisson within a borough; all offences "
        f"{offences.overdispersion(_before(london), ('total',)):.0f} times (2018Q1–2019Q4)."
    )


def _before(london):
    return [r for r in london.panel if "2018Q1" <= r["quarter"] <= "2019Q4"]


def coefficients(london):
    """What the level expected of a place is made of, and where it comes from."""
    found = next(c for c in london.quarter.coefficients if c.rate == offences.RATE)
    names = london.scheme.complexity.covariates
    parts = ", ".join(f"{n} {b:+.3f}" for n, b in zip(names, found.coefficients, strict=True))
    return (
        f"Fitted on {found.periods[0]} to {found.periods[-1]} and frozen for {READ} (`{found.source}`): log level "
        f"{found.level:.3f}; per standard deviation {parts}."
    )


def last_quarters(london):
    """How often the same borough comes last again, and how surely."""
    last = [frozenset(q.scores.community[tables.ends(q.scores)[1]]) for q in london.quarters.values()]
    again = sum(bool(a & b) for a, b in zip(last, last[1:], strict=False))
    sure = [q.scores.p_last[tables.ends(q.scores)[1]].max() for q in london.quarters.values()]
    return (
        f"In {len(last)} quarters the last rank fell on {len(frozenset().union(*last))} boroughs; {again} times of "
        f"{len(last) - 1} it fell on the same one as the quarter before. P(last) of the last lay between "
        f"{tables.chance(min(sure))} and {tables.chance(max(sure))}."
    )
