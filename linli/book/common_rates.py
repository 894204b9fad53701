"""The order on the rates that everybody ranked has: what a missing rate cannot have moved. Nothing follows from it."""

import numpy as np

from heng.points import round_half_up
from heng.ranking import standing
from heng.results import RANKED


def common_ranks(shown):
    """community -> rank on the common rates; {} when nobody ranked lacks a rate, or no rate is common."""
    places = sorted({row.community for row in shown.scores if row.status == RANKED})
    present = {place: {rate.id for rate in shown.present_rates(place)} for place in places}
    common = [rate for rate in shown.scheme.rates if all(rate.id in rates for rates in present.values())]
    if not common or all(len(rates) == len(shown.scheme.rates) for rates in present.values()):
        return {}
    weights = np.array([rate.weight for rate in common])
    points = np.array([[shown.figures[place, rate.id].points for rate in common] for place in places])
    scores = round_half_up(points @ weights / weights.sum())
    return dict(zip(places, standing(scores).astype(int), strict=True))
