"""Streaks (連續): how many quarters in a row an officer has been last in one post, looking back only while needed.

The streak belongs to the officer *in that post*: another community, or a later return to the same one, starts a new
one (R-31). A new version of the scheme does not.
"""

from heng.periods import last_day, step


def streak(standing, standing_of, bottom):
    """The standings of the run that ends with ``standing``, newest first; at least that one.

    ``standing_of(period)`` gives a quarter's standings, None or nothing where nothing is known, which ends the run:
    what nobody recorded is not held against anybody. It is asked for one quarter at a time, backwards.
    """
    run = [standing]
    while earlier := _last_before(run[-1], standing, standing_of, bottom):
        run.append(earlier)
    return tuple(run)


def _last_before(latest, standing, standing_of, bottom):
    """The nearest earlier standing that continues the run, or None."""
    period = latest.period
    while period := _back(period, standing.since, bottom):
        known = standing_of(period)
        own = [one for one in known or () if one.officer == standing.officer]
        here = [one for one in own if one.community == standing.community]
        if own and not here:
            return None  # in another post
        if here and here[0].ranked:
            return here[0] if here[0].last else None
        if bottom.unranked == "reset" or not known:
            return None
    return None


def _back(period, since, bottom):
    """The quarter before, or None where the streak may not cross: a year's end, or the first day in the post."""
    if period.endswith("Q1") and not bottom.across_years:
        return None
    earlier = step(period, -1)
    return None if since is not None and last_day(earlier) < since else earlier
