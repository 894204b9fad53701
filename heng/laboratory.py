"""Counties whose truth is known (實驗室): what the core says can be held against what was put in.

Everything follows the core's own model, η = level + xβ + m + u on the log, logit or plain scale: u lasts and belongs to
place and officer, m is a quarter's luck that all places share. Nothing in here estimates anything.
"""

from dataclasses import dataclass, field
from zlib import crc32

import numpy as np
from scipy.special import expit, logit

from heng import checks, points
from heng.evidence import FINAL, Book, Communities, Evidence, Pairings, Posts, days, text
from heng.faults import Faults, arrived, embellished, rounded
from heng.likelihood import Binomial, Normal, Poisson
from heng.luck import true_values
from heng.periods import first_day
from heng.scheme import COUNT, MEAN, SHARE, Pool, PoolRate
from heng.shrinkage import DISPLAY

_LINK = {COUNT: np.log, SHARE: logit, MEAN: np.asarray}


def observed(kind, eta, size, random, answer_sd=1.0):
    """What is counted where the truth is η, any shape: events where ``size`` would fall at η = 0, yes answers of
    ``size`` asked, or the mean of ``size`` answers with standard deviation ``answer_sd``."""
    if kind == COUNT:
        return random.poisson(size * np.exp(eta)).astype(float)
    if kind == SHARE:
        return random.binomial(np.asarray(size).astype(int), expit(eta)).astype(float)
    if kind == MEAN:
        return random.normal(eta, answer_sd / np.sqrt(size))
    raise ValueError(f"kind {kind!r} is not one of {COUNT}, {SHARE}, {MEAN}")


@dataclass(frozen=True)
class OneRate:
    """One rate in one quarter in many groups that stand one after another, with its truth on the link scale."""

    kind: str
    numerator: np.ndarray  # (n,): events, yes answers, or the mean
    denominator: np.ndarray  # (n,): expected events, or answers
    group: np.ndarray  # (n,) labels 0, 1, ...
    u: np.ndarray  # (n,): the group's m in it
    shift: np.ndarray  # (G,) m
    tau: np.ndarray  # (G,)
    level: float
    answer_sd: float

    @property
    def likelihood(self):
        """What the evidence says of η, for ``heng.posterior``."""
        if self.kind == MEAN:
            return Normal(self.numerator, self.answer_sd / np.sqrt(self.denominator))
        return (Poisson if self.kind == COUNT else Binomial)(self.numerator, self.denominator)


def one_rate(
    kind,
    size,
    places=10,
    groups=1,
    *,
    level=0.0,
    tau=None,
    shift=None,
    tau_scale=0.5,
    shift_sd=1.0,
    answer_sd=1.0,
    seed=1,
):
    """``OneRate`` of so many groups of so many places; ``size`` expected events or answers in each (one, or (n,)).

    tau and shift None: drawn from the core's prior, τ ~ half-normal(tau_scale) and m ~ N(0, shift_sd²), one per group;
    a number holds them still. ValueError for a size, number of places or groups below 1.

    >>> one = one_rate("count", 15, places=10, groups=3, tau=0.25, shift=0.0)
    >>> one.numerator.shape, one.tau.tolist()
    ((30,), [0.25, 0.25, 0.25])
    """
    for name, value in (("places", places), ("groups", groups)):
        checks.at_least(name, checks.whole(name, value), 1)
    denominator = np.broadcast_to(checks.at_least("size", size, 1), places * groups).astype(float)
    random = np.random.default_rng(seed)
    spreads = np.abs(random.normal(0.0, tau_scale, groups)) if tau is None else np.full(groups, float(tau))
    shifts = random.normal(0.0, shift_sd, groups) if shift is None else np.full(groups, float(shift))
    group = np.repeat(np.arange(groups), places)
    u = shifts[group] + spreads[group] * random.standard_normal(places * groups)
    numerator = observed(kind, level + u, denominator, random, answer_sd)
    return OneRate(kind, numerator, denominator, group, u, shifts, spreads, level, answer_sd)


@dataclass(frozen=True)
class RateTruth:
    """What is true of a rate across counties; a county's own level and β lie around it as ``covariance`` says."""

    level: float  # link scale, at average facts
    beta: tuple = ()  # (p,) per standardised fact; () for a rate that is not adjusted
    tau: float = 0.25  # spread of u
    covariance: np.ndarray | None = None  # (p + 1, p + 1), level first; None = every county as written
    shift_sd: float = 0.0  # of m
    asked: float | None = None  # answers or checks a quarter; None = the exposure is the population
    answer_sd: float = 1.0  # kind mean only


@dataclass(frozen=True)
class Plan:
    """What to draw: a truth per rate, facts as name -> (mean, sd), and how large the county is."""

    rates: dict  # rate id -> RateTruth
    facts: dict = field(default_factory=dict)
    places: int = 10
    quarters: tuple = ("2025Q1", "2025Q2", "2025Q3", "2025Q4")
    population: tuple = (4000, 20000)
    faults: Faults = field(default_factory=Faults)


@dataclass(frozen=True)
class County:
    """A book and its truth. By rate id, link scale: ``u`` (n,) without m, ``shift`` (Q,), ``off`` (p + 1,) by how much
    level and β differ from the plan's, ``eta`` (Q, n)."""

    book: Book
    plan: Plan
    u: dict
    shift: dict
    off: dict
    eta: dict
    inflated: np.ndarray  # (n,) which places embellish

    def adjusted(self, rate):
        """The true value (Q, n) of what is printed as adjusted: ratio of a count, share or mean of an average place."""
        value = self.u[rate.id] + self.shift[rate.id][:, None]
        if rate.kind != COUNT:
            value = value + self.plan.rates[rate.id].level + self.off[rate.id][0]
        shown = DISPLAY[rate.kind](value)
        return np.maximum((shown - rate.guess) / (1 - rate.guess), 0.0) if rate.guess else shown

    def scores(self, scheme):
        """The true scores (Q, n): what all places would score if everything were known."""
        weight = sum(rate.weight for rate in scheme.rates)
        return sum(points.of_values(self.adjusted(rate), rate.points) * rate.weight / weight for rate in scheme.rates)


def county(scheme, plan, seed=1, u=None):
    """``County`` of the scheme's rates by a ``Plan``.

    u: rate id -> (n,) where officers are to be set and not drawn, such as one weak among nine average. Every rate has a
    random stream of its own: one more moves no other's figures. A rate that the plan does not know has no evidence.
    """
    random = np.random.default_rng([seed, 0])
    ids = text(f"P{at:04d}" for at in range(plan.places))
    facts = {name: random.normal(*known, plan.places) for name, known in plan.facts.items()}
    population = random.integers(*plan.population, plan.places).astype(float)
    inflated = random.random(plan.places) < plan.faults.inflated
    x = np.column_stack([np.ones(plan.places), *((facts[f] - mean) / sd for f, (mean, sd) in plan.facts.items())])
    known = [rate for rate in scheme.rates if rate.id in plan.rates]
    drawn = {rate.id: _rate(rate, plan, x, population, inflated, seed, (u or {}).get(rate.id)) for rate in known}
    return County(
        book=Book(_communities(ids, population, facts), _posts(ids, plan), Pairings(*[text()] * 3, days(), days()),
                  _evidence(ids, plan, drawn)),
        plan=plan,
        **{name: {rate: values[name] for rate, values in drawn.items()} for name in ("u", "shift", "off", "eta")},
        inflated=inflated,
    )  # fmt: skip


def _rate(rate, plan, x, population, inflated, seed, u):
    """Truth and rows of one rate: dict of u, shift, off, eta, and numerator, denominator, there (Q, n)."""
    truth, random = plan.rates[rate.id], np.random.default_rng([seed, 1, crc32(rate.id.encode())])
    shape = len(plan.quarters), plan.places
    columns = x[:, : 1 + len(truth.beta)]
    off = np.zeros(columns.shape[1])
    if truth.covariance is not None:
        off = random.multivariate_normal(off, truth.covariance)
    u = random.normal(0.0, truth.tau, plan.places) if u is None else np.asarray(u, dtype=float)
    shift = random.normal(0.0, truth.shift_sd, shape[0])
    eta = columns @ (np.array([truth.level, *truth.beta]) + off) + u + shift[:, None]
    denominator = np.broadcast_to(population if truth.asked is None else truth.asked, shape).astype(float)
    numerator = observed(rate.kind, eta, denominator, random, truth.answer_sd)
    numerator = embellished(rate, numerator, denominator, inflated, plan.faults.by)
    numerator = rounded(rate, numerator, denominator, plan.faults.rounding)
    sd = np.full(shape, truth.answer_sd if rate.kind == MEAN else np.nan)
    rows = {"numerator": numerator, "denominator": denominator, "sd": sd, "there": arrived(plan.faults, shape, random)}
    return {"u": u, "shift": shift, "off": off, "eta": eta, **rows}


def _communities(ids, population, facts):
    return Communities(ids, ids, text(["city"] * len(ids)), np.zeros(len(ids), dtype=bool), population, facts)


def _posts(ids, plan):
    """One officer a place, there since before the first quarter."""
    officers = text(f"O{at:04d}" for at in range(len(ids)))
    since = np.full(len(ids), first_day(plan.quarters[0]))
    return Posts(officers, officers, ids, since, days([""] * len(ids)), text(["single"] * len(ids)))


def _evidence(ids, plan, drawn):
    """Rows rate by rate, quarter by quarter, place by place, those that never came left out."""
    each = len(plan.quarters) * len(ids)
    there = np.concatenate([one["there"].reshape(-1) for one in drawn.values()])
    period = np.tile(np.repeat(text(plan.quarters), len(ids)), len(drawn))[there]
    numbers = {
        name: np.concatenate([one[name].reshape(-1) for one in drawn.values()])[there]
        for name in ("numerator", "denominator", "sd")
    }
    blank, rows = text([""] * len(period)), len(period)
    return Evidence(
        period=period,
        community=np.tile(ids, len(plan.quarters) * len(drawn))[there],
        rate=np.repeat(text(drawn), each)[there],
        design_effect=np.ones(rows),
        source=blank,
        verified_by=blank,
        status=text([FINAL] * rows),
        **numbers,
    )


def pool_of(plan):
    """The pool that knows the plan: its levels, β, their covariance and τ for every rate."""
    mean, sd = (np.array([known[at] for known in plan.facts.values()]) for at in (0, 1))
    rates = {rate: _pooled(truth, len(plan.facts)) for rate, truth in plan.rates.items()}
    return Pool("laboratory", plan.places, (plan.quarters[0], plan.quarters[-1]), tuple(plan.facts), mean, sd, rates)


def _pooled(truth, facts):
    """A rate without β keeps zeros in the facts' rows: it takes no notice of them."""
    own = 1 + len(truth.beta)
    covariance = np.zeros((1 + facts, 1 + facts))
    if truth.covariance is not None:
        covariance[:own, :own] = truth.covariance
    return PoolRate(truth.level, np.pad(np.array(truth.beta, dtype=float), (0, 1 + facts - own)), covariance, truth.tau)


def truth_of(rate, pool=None, **changes):
    """``RateTruth`` as a scheme imagines it: from its pool, or what the rate's table says of 85, 60 and 100 points."""
    known = pool.rates.get(rate.id) if pool else None
    if known is not None:
        own = slice(None) if rate.adjust else slice(0, 1)
        beta = tuple(known.coefficients) if rate.adjust else ()
        return RateTruth(known.intercept, beta, known.tau, known.covariance[own, own], **changes)
    values = rate.guess + (1 - rate.guess) * true_values(rate, np.array([-1.96, 0.0, 1.96]))
    worst, level, best = _LINK[rate.kind](values)
    return RateTruth(float(level), tau=float(abs(best - worst) / (2 * 1.96)), **changes)
