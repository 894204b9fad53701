"""Hours that dedicated ward officers kept on their ward, out of all their hours: many hours, few independent ones.

An hour is not lost alone. An officer is sent to a demonstration for a shift, to a course for a week, and a whole team
goes to another borough for a summer. So an hour is far less than one observation, and the published months say how
much less.
"""

import math
from collections import defaultdict

RATE, FIRST = "visibility", "2019Q1"  # all boroughs are in the published hours from February 2019 on
SOURCE = "dedicated ward officers' hours, kept against lost to aid, court, custody, training"

# About one officer's month. From month to month a borough's share scatters 110 times (2019) to 180 times (2020-21) as
# much as independent hours would (`scatter`). The shift of 8 hours, the obvious unit, would claim too much by far.
DESIGN_EFFECT = 150


def evidence(record):
    """The row of evidence from one borough's quarter, none before coverage or where a month is missing."""
    if record["quarter"] >= FIRST and record["dwo_months"] == 3:
        yield {
            "rate": RATE,
            "numerator": record["hours_not_abstracted"],
            "denominator": record["dwo_hours_total"],
            "design_effect": DESIGN_EFFECT,
            "source": SOURCE,
        }


def scatter(months, first, last):
    """Variance of the boroughs' monthly shares over what independent hours would give, months first to last.

    Each borough's own level and each month's common level are taken out first (a two-way table), so neither a good
    borough nor London's bad August counts as scatter.
    """
    shares, due = defaultdict(dict), []
    for record in months:
        if first <= record["month"] <= last:
            total = math.fsum(v for name, v in record.items() if name.startswith("hours_"))
            share = record["hours_not_abstracted"] / total
            shares[record["borough"]][record["month"]] = share
            due.append(share * (1 - share) / total)
    return _two_way(list(shares.values())) / (sum(due) / len(due))


def _two_way(rows):
    """Residual variance of a full table of places × times, both margins taken out."""
    times = list(rows[0])
    level = {t: sum(row[t] for row in rows) / len(rows) for t in times}
    middle = sum(level.values()) / len(times)
    left = 0.0
    for row in rows:
        own = sum(row.values()) / len(times)
        left += sum((row[t] - own - level[t] + middle) ** 2 for t in times)
    return left / ((len(rows) - 1) * (len(times) - 1))
