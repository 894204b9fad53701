"""Counties whose truth is known: what a regression must find again."""

import numpy as np
from scipy.special import expit

from heng.evidence import Book, Communities, Evidence, LeaderDays, Pairings, Posts, numbers, text
from heng.scheme import Complexity, Rate, Scheme

LEVEL = {"incidents": -6.5, "prevention": 1.6}
BETA = {"incidents": np.array([0.30, 0.15]), "prevention": np.array([-0.20, -0.10])}
TAU = {"incidents": 0.30, "prevention": 0.40}
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


def county(places, seed=1, quarters=QUARTERS):
    """A book of so many places: evidence drawn from ``LEVEL``, ``BETA``, ``TAU`` on facts standardised by the truth."""
    random = np.random.default_rng(seed)
    ids = [f"P{at:04d}" for at in range(places)]
    facts = {"floating_share": random.normal(0.2, 0.1, places), "venues_per_10k": random.normal(15, 8, places)}
    x = np.column_stack([(facts["floating_share"] - 0.2) / 0.1, (facts["venues_per_10k"] - 15) / 8])
    population = random.integers(4000, 20000, places)
    rows = []
    for rate in LEVEL:
        eta = LEVEL[rate] + x @ BETA[rate] + random.normal(0, TAU[rate], places)
        for period in quarters:
            over = population if rate == "incidents" else np.full(places, 60)
            share = np.exp(eta) if rate == "incidents" else expit(eta)
            seen = random.poisson(over * share) if rate == "incidents" else random.binomial(over, share)
            rows += [(period, *row) for row in zip(ids, [rate] * places, seen, over, strict=True)]
    return Book(
        communities=Communities(
            text(ids), text(ids), text(["city"] * places), np.zeros(places, bool), population.astype(float), facts
        ),
        posts=Posts(*([np.zeros(0)] * 6)),
        pairings=Pairings(*([np.zeros(0)] * 5)),
        evidence=evidence(rows),
        leader_days=LeaderDays(),
    )


def evidence(rows):
    """Evidence from rows of (period, community, rate, numerator, denominator)."""
    period, community, rate, numerator, denominator = zip(*rows, strict=True)
    blank = [""] * len(rows)
    return Evidence(
        text(period),
        text(community),
        text(rate),
        numbers(numerator),
        numbers(denominator),
        np.ones(len(rows)),
        np.full(len(rows), np.nan),
        text(blank),
        text(blank),
        text(["final"] * len(rows)),
    )
