"""Complexity coefficients from a pool of places larger than the one appraised: level, β, their covariance and τ.

Each place enters once, its quarters added up (``heng.window``): the places stay independent and τ is the lasting spread
between places that the covariates do not explain. Up to 200 places τ is integrated (``heng.posterior``) and its
posterior median written down; above, the regression is fitted by maximum marginal likelihood (``heng.marginal``).
"""

from dataclasses import dataclass, replace

import numpy as np

from heng import marginal, posterior, window
from heng.scheme import COUNT, MEAN, Pool, PoolRate

ENOUGH = 77  # places; fewer than these and the coefficients stand on their prior as much as on the pool
LEVEL_SD, WIDE_SD, TAU_SCALE = 5.0, 1.0, 0.5
_LARGE = 200


@dataclass(frozen=True)
class Made:
    """A pool and what must be said of it. ``places``: rate -> places with evidence; ``without_facts``: (book position,
    community) left out because a covariate is not known."""

    pool: Pool
    places: dict
    without_facts: tuple
    low_confidence: bool


def fit(books, scheme, name="pool"):
    """``Made`` from one or more books: coefficients for every rate of the scheme with ``adjust``.

    The prior of each β is N(0, 1) per standardised covariate; below ``ENOUGH`` places it is the scheme's ``prior_sd``
    and the pool is flagged. ValueError when there is nothing to adjust for, a covariate is not in a book or is the same
    everywhere, or a rate has fewer places with evidence than columns to fit.
    """
    adjusted = [rate for rate in scheme.rates if rate.adjust]
    covariates = scheme.complexity.covariates
    if not adjusted or not covariates:
        raise ValueError("scheme has no rate with adjust = true, or no covariates: there is nothing to fit")
    facts = np.concatenate([place_facts(book, covariates) for book in books])
    known = np.isfinite(facts).all(axis=1)
    mean, sd = _standard(facts[known], covariates, scheme.complexity.standardise)
    x = (facts - mean) / sd
    low_confidence = int(known.sum()) < ENOUGH
    wide = scheme.complexity.prior_sd if low_confidence else WIDE_SD
    rates, places = {}, {}
    for rate in adjusted:
        seen = window.together([window.over(book, rate, _periods(book)) for book in books])
        used = known & (seen.asked > 0)
        places[rate.id] = int(used.sum())
        rates[rate.id] = regression(rate, seen.rows(used), x[used], wide)
    periods = sorted({period for book in books for period in _periods(book)})
    pool = Pool(name, int(known.sum()), (periods[0], periods[-1]), tuple(covariates), mean, sd, rates)
    return Made(pool, places, _named(books, ~known), low_confidence)


def place_facts(book, covariates):
    """Covariates (n, p) of a book's places; nan = not known. ValueError for a column the book does not have."""
    for covariate in covariates:
        if covariate not in book.communities.facts:
            raise ValueError(f"communities have no column {covariate!r}")
    return np.column_stack([book.communities.facts[covariate] for covariate in covariates])


def _standard(facts, covariates, standardise):
    """Mean and sd (p,) of the places; 0 and 1 where the scheme does not standardise."""
    if len(facts) == 0:
        raise ValueError("books hold no place whose covariates are all known")
    mean, sd = facts.mean(axis=0), facts.std(axis=0)
    for covariate, spread in zip(covariates, sd, strict=True):
        if spread < 1e-9:
            raise ValueError(f"covariate {covariate!r} is the same in every place: it cannot explain anything")
    return (mean, sd) if standardise else (np.zeros_like(mean), np.ones_like(sd))


def _periods(book):
    return sorted(set(book.evidence.period))


def _named(books, which):
    every = [(at, community) for at, book in enumerate(books) for community in book.communities.community]
    return tuple(place for place, chosen in zip(every, which, strict=True) if chosen)


def regression(rate, seen, x, wide):
    """``PoolRate`` of one rate from the ``Sums`` of places that have evidence of it; each β ~ N(0, wide²)."""
    if len(x) < x.shape[1] + 3:
        raise ValueError(f"rate {rate.id!r} has evidence from {len(x)} places, too few for {x.shape[1]} covariates")
    if seen.yes.sum() <= 0 and rate.kind != MEAN:
        raise ValueError(f"rate {rate.id!r} has a numerator of 0 in every place: there is nothing to learn from")
    seen, centre = centred(seen, rate.kind)
    sds = np.concatenate([[LEVEL_SD], np.full(x.shape[1], wide)])
    coefficients, covariance, tau = _regression(seen.likelihood(rate.kind), x, sds)
    return PoolRate(float(coefficients[0] + centre), coefficients[1:], covariance, float(tau))


def centred(seen, kind):
    """The sums and the link's value they were centred on: exposure becomes expected events at the crude rate, so that
    the prior of the level sits on what is plausible. Shares and means keep their own zero."""
    if kind != COUNT:
        return seen, 0.0
    crude = seen.yes.sum() / seen.asked.sum()
    return replace(seen, asked=seen.asked * crude), float(np.log(crude))


def _regression(likelihood, x, sds):
    """(coefficients, covariance, τ) of level and β."""
    if len(x) <= _LARGE:
        found = posterior.fit_free(likelihood, x, sds, TAU_SCALE)
        return *found.coefficients(), found.tau()[0]
    found = marginal.fit(likelihood, np.column_stack([np.ones(len(x)), x]), precision=sds**-2.0)
    return found.coefficients, found.covariance, max(found.tau, marginal.TAU_FLOOR)
