"""Counties of the laboratory with two rates and two place facts: what a regression must find again."""

import numpy as np

from heng import laboratory
from heng.scheme import Complexity, Rate, Scheme

LEVEL = {"incidents": -6.5, "prevention": 1.6}
BETA = {"incidents": np.array([0.30, 0.15]), "prevention": np.array([-0.20, -0.10])}
TAU = {"incidents": 0.30, "prevention": 0.40}
ASKED = {"incidents": None, "prevention": 60}
FACTS = ("floating_share", "venues_per_10k")
QUARTERS = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")


def rates():
    """An incident rate and a checklist, both adjusted for two place facts."""
    count = [[2.5, 0], [1.6, 60], [1.15, 80], [1.0, 85], [0.55, 100]]
    share = [[0.4, 0], [0.65, 60], [0.78, 80], [0.84, 85], [0.97, 100]]
    return (
        Rate("incidents", {"en": "Incidents"}, "count", "lower", 50, np.array(count), "a", "b", adjust=True, per=1e4),
        Rate("prevention", {"en": "Prevention"}, "share", "higher", 50, np.array(share), "a", "b", adjust=True),
    )


def scheme(pool=None, **changes):
    complexity = Complexity(covariates=FACTS, pool=pool)
    return Scheme("simulated", "1", "2025-01-01", changes.pop("rates", rates()), complexity=complexity, **changes)


def plan(**changes):
    """The truth above as a ``laboratory.Plan``."""
    truth = {rate: laboratory.RateTruth(LEVEL[rate], tuple(BETA[rate]), TAU[rate], asked=ASKED[rate]) for rate in LEVEL}
    facts = {"floating_share": (0.2, 0.1), "venues_per_10k": (15.0, 8.0)}
    return laboratory.Plan(**{"rates": truth, "facts": facts, "quarters": QUARTERS, **changes})


def county(places, seed=1, quarters=QUARTERS):
    """A book of so many places with evidence of every quarter."""
    return laboratory.county(scheme(), plan(places=places, quarters=quarters), seed).book
