"""What an appraisal gives: one frozen dataclass of column arrays per output file of the contract, and their whole.

Unknown floats are nan, unknown ranks nan; probabilities 0..1; money whole fen. Rows already stand in the contract's
order (community, officer, the scheme's order of rates, kinds in the order of KINDS).
"""

from dataclasses import dataclass

import numpy as np

from heng.evidence import Columns

KINDS = ("notice", "talk", "transfer_review", "award", "nomination", "talent_pool")
BLOCKS = ("objection_period", "minute_number", "funding_approval", "law_check", "evidence")
RANKED, SHORT_POST, LITTLE_EVIDENCE = "ranked", "not_ranked:short_post", "not_ranked:little_evidence"


@dataclass(frozen=True)
class Indicators(Columns):
    period: np.ndarray
    community: np.ndarray
    rate: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    crude: np.ndarray
    expected: np.ndarray
    adjusted: np.ndarray
    low: np.ndarray
    high: np.ndarray
    own_weight: np.ndarray
    points: np.ndarray  # rounded to two decimals, half up, like points_low and points_high
    points_low: np.ndarray
    points_high: np.ndarray
    status: np.ndarray  # ok | pooled | provisional | thin | false | no_evidence


@dataclass(frozen=True)
class Scores(Columns):
    period: np.ndarray
    officer: np.ndarray
    name: np.ndarray
    community: np.ndarray
    score: np.ndarray  # published: two decimals half up; nan for short posts
    low: np.ndarray
    high: np.ndarray
    rank: np.ndarray  # float, nan when not ranked
    tied: np.ndarray  # bool
    p_first: np.ndarray
    p_last: np.ndarray
    p_below: np.ndarray
    rank_low: np.ndarray
    rank_high: np.ndarray
    present_weight: np.ndarray
    status: np.ndarray


@dataclass(frozen=True)
class Ranks(Columns):
    period: np.ndarray
    officer: np.ndarray
    rank: np.ndarray  # 1..N, every rank for every ranked officer
    probability: np.ndarray


@dataclass(frozen=True)
class Proposals(Columns):
    period: np.ndarray
    officer: np.ndarray
    community: np.ndarray
    kind: np.ndarray  # of KINDS
    rule: np.ndarray  # "R-30"
    reason: np.ndarray  # plain words with the arithmetic, in English
    distinguishable: np.ndarray  # bool
    p: np.ndarray
    blocked_by: np.ndarray  # tuples of BLOCKS
    leaders: np.ndarray  # tuples of leader ids
    offices: np.ndarray  # tuples of office ids
    facts: np.ndarray  # dicts: the reason's numbers and names, to be said in another language


@dataclass(frozen=True)
class AllowanceLines(Columns):
    period: np.ndarray
    officer: np.ndarray
    months: np.ndarray  # two decimals
    score: np.ndarray  # the score that was used; the mean of the others for an officer without one
    amount_fen: np.ndarray  # int


@dataclass(frozen=True)
class LeaderMonths(Columns):
    """R-41: one row per leader, community and month of the quarter."""

    leader: np.ndarray
    community: np.ndarray
    month: np.ndarray  # "2026-07"
    days: np.ndarray  # 0, 0.5, 1 ... counted days
    due: np.ndarray
    uncounted: np.ndarray  # int: dates that nobody counter-signed


@dataclass(frozen=True)
class Coefficients:
    """The frozen level and coefficients of one rate, and where they come from."""

    rate: str
    source: str  # pool | low_confidence | current | none
    periods: tuple  # the quarters they were fitted on, () for a pool
    level: float
    coefficients: np.ndarray  # (p,), () without ``adjust``
    covariance: np.ndarray  # (p + 1, p + 1), intercept first
    tau_scale: float


@dataclass(frozen=True)
class Standardised:
    """How the covariates were standardised: (value − centre) / scale. With it anybody can recompute ``expected``."""

    names: tuple
    centre: np.ndarray  # (p,)
    scale: np.ndarray  # (p,)


@dataclass(frozen=True)
class Quarter:
    """A whole appraised quarter: every number behind every decision, and nothing decided."""

    period: str
    scheme: object  # heng.scheme.Scheme
    seed: int
    draws: int
    indicators: Indicators
    scores: Scores
    ranks: Ranks
    proposals: Proposals
    allowance: AllowanceLines
    leader_months: LeaderMonths
    coefficients: tuple  # of Coefficients, the scheme's order
    covariates: Standardised
    notes: tuple  # of (code, dict of facts): what the reader must be told; see heng.notes
    alike: dict  # officer -> tuple of ranked officers of other posts it cannot be told apart from
