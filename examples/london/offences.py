"""Preventable offences (可防性案件): burglary, robbery, vehicle crime, over the residents of the quarter.

These are what locks, lights, visits and a known face can prevent, and victims report them for insurance, so recording
moves them little. Left out on purpose: drugs and weapons (found by police work, so they would be arrest figures by
another name), violence and sexual offences (more reports may mean more trust), and theft, which follows shops and
crowds rather than residents.
"""

RATE = "incidents"
COUNTED = ("burglary", "robbery", "vehicle")
SOURCE = "recorded offences: burglary, robbery, vehicle"


def count(record, kinds=COUNTED):
    """Offences of these kinds in one borough's quarter."""
    return int(sum(record[kind] for kind in kinds))


def evidence(record):
    """The row of evidence from one borough's quarter. A count is Poisson to the contract: it has no design effect."""
    yield {
        "rate": RATE,
        "numerator": count(record),
        "denominator": int(record["population"]),
        "design_effect": None,
        "source": SOURCE,
    }


def overdispersion(records, kinds=COUNTED):
    """How many times Poisson the counts vary from quarter to quarter, each borough's and quarter's level taken out.

    Pearson's statistic over its degrees of freedom in the table of boroughs × quarters. The contract's model carries
    what differs *between* places in τ; this is what the same place does from one quarter to the next, and nothing in
    the contract carries it.
    """
    table = {(r["gss"], r["quarter"]): count(r, kinds) for r in records}
    places, quarters, total = _margin(table, 0), _margin(table, 1), sum(table.values())
    expected = {(p, q): places[p] * quarters[q] / total for p, q in table}
    pearson = sum((seen - expected[cell]) ** 2 / expected[cell] for cell, seen in table.items())
    return pearson / ((len(places) - 1) * (len(quarters) - 1))


def _margin(table, axis):
    sums = {}
    for cell, value in table.items():
        sums[cell[axis]] = sums.get(cell[axis], 0) + value
    return sums
