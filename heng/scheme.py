"""The scheme (考核方案) as frozen values: local rules are data, never a subclass.

Every default is the default scheme's. ``linli.book.scheme`` reads the TOML and refuses what is wrong; here only the
shape stands.
"""

from dataclasses import dataclass, field

import numpy as np

SHARE, COUNT, MEAN = "share", "count", "mean"
HIGHER, LOWER = "higher", "lower"


@dataclass(frozen=True)
class Rate:
    """One rate (率): what is counted, which way is better, what it weighs, how its value becomes points."""

    id: str
    name: dict  # language -> name, e.g. {"zh_Hant": "滿意率", ...}
    kind: str  # share | count | mean
    better: str  # higher | lower
    weight: float
    points: np.ndarray  # (k, 2): value on the printed scale, points 0..100; values monotone
    supplier: str
    verifier: str
    sample: bool = False  # a sample of people: thin below ranking.thin_share effective answers
    adjust: bool = False  # expected depends on the place's covariates
    per: float = 1.0  # printed scale of crude and expected
    pool_quarters: int = 1
    guess: float = 0.0  # share answered right by luck; (p - g) / (1 - g) is shown and scored
    named_in_report: bool = False


@dataclass(frozen=True)
class Ranking:
    min_days: int = 60
    min_weight: float = 70.0
    min_ranked: int = 4
    tie_break: tuple = ("satisfaction", "incidents", "disputes", "prevention")
    bottom_tie: str = "nobody"  # nobody | all
    thin_share: float = 60.0
    thin_count: float = 10.0


@dataclass(frozen=True)
class Gate:
    evidence: str = "warn"  # off | warn | require
    notice_p_below: float = 0.80
    notice_p_bottom3: float = 0.80
    transfer_p_below: float = 0.95
    distinguishable: float = 0.80


@dataclass(frozen=True)
class Bottom:
    below: float = 80.0
    inclusive: bool = False
    quarters: str = "both"  # both | second | either | mean
    across_years: bool = True
    unranked: str = "reset"  # reset | pause
    spare_from: float = 0.0


@dataclass(frozen=True)
class Allowance:
    per_month_fen: int = 50000
    split: str = "proportional"
    needs_funding_approval: bool = True


@dataclass(frozen=True)
class Year:
    min_quarters: int = 3
    awards_fen: tuple = (100000, 80000, 50000)
    nominate: int = 1
    talent_pool: tuple = (2, 3)


@dataclass(frozen=True)
class LeaderDayRule:
    per_month: float = 2.0
    full_day_hours: float = 6.0
    half_day_hours: float = 3.0


@dataclass(frozen=True)
class PoolRate:
    """Complexity coefficients of one rate from a larger pool; intercept first in ``covariance`` (p + 1, p + 1)."""

    intercept: float
    coefficients: np.ndarray  # (p,)
    covariance: np.ndarray  # (p + 1, p + 1)
    tau: float  # spread between places the covariates do not explain, link scale


@dataclass(frozen=True)
class Pool:
    name: str
    places: int
    periods: tuple  # first, last
    covariates: tuple
    mean: np.ndarray  # (p,)
    sd: np.ndarray  # (p,)
    rates: dict  # rate id -> PoolRate


@dataclass(frozen=True)
class Complexity:
    covariates: tuple = ()
    standardise: bool = True
    prior_sd: float = 0.25
    pool: Pool | None = None


@dataclass(frozen=True)
class Scheme:
    name: str
    version: str
    in_force_from: str  # ISO day
    rates: tuple  # of Rate, in the scheme's order
    ranking: Ranking = field(default_factory=Ranking)
    gate: Gate = field(default_factory=Gate)
    bottom: Bottom = field(default_factory=Bottom)
    allowance: Allowance = field(default_factory=Allowance)
    year: Year = field(default_factory=Year)
    leader_days: LeaderDayRule = field(default_factory=LeaderDayRule)
    complexity: Complexity = field(default_factory=Complexity)

    def rate(self, rate_id):
        """The rate with that id; KeyError if the scheme has none."""
        for rate in self.rates:
            if rate.id == rate_id:
                return rate
        raise KeyError(rate_id)
