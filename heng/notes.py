"""What the reader of a quarter must be told besides its numbers: pairs of a code and its facts, worded elsewhere.

Codes: recomputed{period}, scheme_not_in_force{in_force_from}, low_confidence{rate, periods}, current{rate},
late_supply{rate, community, supplier}, provisional{rate, community}, falsified{rate, community}, vacant{community},
no_leader{community}, partial{officer, rates}, too_few_ranked{ranked, needed}, shared_last{officers}, spared{officer},
published{period}.
"""

import numpy as np

from heng import binding, periods, rating
from heng.complexity import CURRENT, LOW_CONFIDENCE
from heng.rules import spared


def of_quarter(frame, appraisal):
    """Every note of a quarter, in the order in which a reader asks: the scheme, the evidence, the posts, the order."""
    return (
        *_of_scheme(frame, appraisal),
        *_of_evidence(frame, appraisal),
        *_of_posts(frame, appraisal),
        *_of_order(frame, appraisal),
    )


def _of_scheme(frame, appraisal):
    period, scheme = appraisal.period, frame.scheme
    if str(periods.first_day(period)) < scheme.in_force_from:
        yield "scheme_not_in_force", {"in_force_from": scheme.in_force_from}
    if (frame.book.history.period == period).any():
        yield "published", {"period": period}
    for known in sorted(frame.recomputed - {period}):
        yield "recomputed", {"period": known}
    for found in appraisal.coefficients:
        if found.source == LOW_CONFIDENCE:
            yield LOW_CONFIDENCE, {"rate": found.rate, "periods": found.periods}
        elif found.source == CURRENT:
            yield CURRENT, {"rate": found.rate}


_BY_STATUS = {rating.FALSIFIED: "falsified", rating.PROVISIONAL: "provisional", rating.NO_EVIDENCE: "late_supply"}


def _of_evidence(frame, appraisal):
    for one in appraisal.rated:
        for i, community in enumerate(frame.places.community):
            code = _BY_STATUS.get(one.status[i])
            if code == "late_supply":
                yield code, {"rate": one.rate.id, "community": community, "supplier": one.rate.supplier}
            elif code:
                yield code, {"rate": one.rate.id, "community": community}


def _of_posts(frame, appraisal):
    posts, pairings = frame.book.posts, frame.book.pairings
    first, last = periods.first_day(appraisal.period), periods.last_day(appraisal.period)
    held = set(posts.community[(posts.start <= last) & (np.isnat(posts.end) | (posts.end >= last))])
    for community in frame.places.community:
        if community not in held:
            yield "vacant", {"community": community}
        if not binding.joint_names(pairings, community, first, last)[0]:
            yield "no_leader", {"community": community}


def _of_order(frame, appraisal):
    ranking, holders = frame.scheme.ranking, appraisal.holders
    for officer, community in zip(holders.officer[appraisal.ranked], holders.community[appraisal.ranked], strict=True):
        missing = tuple(one.rate.id for one in appraisal.rated if not one.counts[frame.place[community]])
        if missing:
            yield "partial", {"officer": officer, "rates": missing}
    standings = frame.standings(appraisal.period) or ()
    posts = {one.community for one in standings if one.ranked}
    if len(posts) < ranking.min_ranked:
        yield "too_few_ranked", {"ranked": len(posts), "needed": ranking.min_ranked}
    shared = tuple(one.officer for one in standings if one.shared_last)
    if shared:
        yield "shared_last", {"officers": shared}
    for one in standings:
        if spared(one, frame.scheme):
            yield "spared", {"officer": one.officer}
