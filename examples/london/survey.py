"""The Public Attitude Survey: a share of people asked over a rolling year, and how much it really says.

The quarter named in the file ends a twelve-month window, so two quarters running share three quarters of their
interviews. They are therefore never pooled (the scheme's ``pool_quarters`` stays 1): a sum over four windows would
count the same people up to four times.
"""

RATES = {"satisfaction": "good_job_local", "familiarity": "know_contact_ward_officer"}
SOURCE = "Public Attitude Survey, rolling year to the end of the quarter, n taken as {asked}"

# The file prints no sample size. The survey interviewed about 12,800 people a year over 32 boroughs, later 19,200; the
# first window made of the larger year alone ends in 2021Q1.
ASKED, ASKED_FROM_2021 = 400, 600

# Our assumption: answers are weighted to London's people, and the sample is drawn in clusters. What stands in the file
# cannot settle it: windows one year apart share no interviews, and their scatter (`moved_apart`) would allow 1.6 to 3
# for satisfaction, but real change is in that too, so it is a ceiling.
WEIGHTING = 1.5

STEP = 0.01  # shares are printed to two decimals


def asked(quarter):
    """People asked per borough in the year that ends with the quarter.

    >>> asked("2020Q4"), asked("2021Q1")
    (400, 600)
    """
    return ASKED if quarter < "2021" else ASKED_FROM_2021


def design_effect(share, n):
    """How many people asked count for one independent answer: weighting, and the rounding of what was printed.

    Rounding to ``STEP`` adds a variance of STEP²/12 to the share, which is that of ``n·STEP²/12/(p(1−p))`` more design
    effect: small, but known, so it is counted. A share of 0 or 1 has no p(1−p) to compare with; there the weighting
    stands alone.

    >>> design_effect(0.5, 600)
    1.52
    >>> design_effect(0.0, 600)
    1.5
    """
    spread = share * (1 - share)
    return round(WEIGHTING + (n * STEP**2 / 12 / spread if spread else 0), 3)


def evidence(record):
    """Rows of evidence from one borough's quarter: rate, yes answers (decimal, they are weighted), asked, design."""
    n = asked(record["quarter"])
    for rate, column in RATES.items():
        share = record[column]
        if share is not None:
            yield {
                "rate": rate,
                "numerator": round(share * n, 2),
                "denominator": n,
                "design_effect": design_effect(share, n),
                "source": SOURCE.format(asked=n),
            }


def moved_apart(records, column, quarter, before):
    """The design effect that would explain all of the boroughs' scatter between two windows without common interviews.

    London's common change is taken out. Real differences between boroughs in how they changed are still in it, so it is
    a ceiling, not an estimate.
    """
    now, then = ({r["gss"]: r[column] for r in records if r["quarter"] == q} for q in (quarter, before))
    changes = [now[gss] - then[gss] for gss in now]
    centre = sum(changes) / len(changes)
    seen = sum((c - centre) ** 2 for c in changes) / (len(changes) - 1)
    due = sum(_variance(now[g], asked(quarter)) + _variance(then[g], asked(before)) for g in now) / len(now)
    return seen / due


def _variance(share, n):
    return share * (1 - share) / n
