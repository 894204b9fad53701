"""The county book in memory: what was counted, over what, by whom, for whom.

One frozen dataclass of column arrays per sheet of the book. Ids are strings; days are ``datetime64[D]`` with
``NaT`` for "still so"; unknown numbers are ``nan``, never 0. ``linli.book`` reads and writes them; nothing in here
opens a file.
"""

from dataclasses import dataclass, field, fields

import numpy as np

FINAL, PROVISIONAL, FALSE = "final", "provisional", "false"
STAFFING = ("single", "multi", "couple", "brother", "twinned")
SHARED_STAFFING = ("multi", "couple", "brother")  # these posts may have several holders at once
KINDS_OF_PLACE = ("city", "mixed", "village")
COMMITTEE = "committee"  # the residents' committee as counter-signer of a leader's day (R-41)


def text(values=()):
    """Column of strings, shape (n,)."""
    return np.asarray(list(values), dtype=object)


def days(values=()):
    """Column of days, shape (n,), ``datetime64[D]``; '' and None become NaT."""
    return np.asarray([v if v else "NaT" for v in values], dtype="datetime64[D]")


def numbers(values=()):
    """Column of floats, shape (n,); None becomes nan (not known)."""
    return np.asarray([np.nan if v is None else v for v in values], dtype=float)


class Columns:
    """A table of equally long columns: ``len(table)`` rows, ``table.rows(mask)`` a table of some of them."""

    def __len__(self):
        return len(getattr(self, fields(self)[0].name))

    def rows(self, which):
        """The rows that ``which`` (a boolean mask or integer positions) picks, as a table of the same kind."""
        return type(self)(**{f.name: _pick(getattr(self, f.name), which) for f in fields(self)})


def _pick(column, which):
    if isinstance(column, dict):
        return {name: values[which] for name, values in column.items()}
    return column[which]


@dataclass(frozen=True)
class Communities(Columns):
    community: np.ndarray  # ids
    name: np.ndarray
    kind: np.ndarray  # city | mixed | village
    complex: np.ndarray  # bool: may have couple and brother posts
    population: np.ndarray  # float, actual residents
    facts: dict  # covariate name -> float (n,), nan = not known


@dataclass(frozen=True)
class Posts(Columns):
    officer: np.ndarray
    name: np.ndarray
    community: np.ndarray
    start: np.ndarray  # first day in post
    end: np.ndarray  # last day in post, NaT = still in post
    staffing: np.ndarray


@dataclass(frozen=True)
class Pairings(Columns):
    community: np.ndarray
    leader: np.ndarray  # "" = none
    office: np.ndarray
    start: np.ndarray
    end: np.ndarray


@dataclass(frozen=True)
class Evidence(Columns):
    period: np.ndarray  # "2026Q3"
    community: np.ndarray
    rate: np.ndarray
    numerator: np.ndarray
    denominator: np.ndarray
    design_effect: np.ndarray  # 1 where the book is blank
    sd: np.ndarray  # kind "mean" only, else nan
    source: np.ndarray
    verified_by: np.ndarray
    status: np.ndarray  # final | provisional | false


@dataclass(frozen=True)
class LeaderDays(Columns):
    leader: np.ndarray = field(default_factory=text)
    community: np.ndarray = field(default_factory=text)
    date: np.ndarray = field(default_factory=days)
    hours: np.ndarray = field(default_factory=numbers)
    countersigned_by: np.ndarray = field(default_factory=text)  # officer id, "committee" or "" = nobody


@dataclass(frozen=True)
class History(Columns):
    period: np.ndarray = field(default_factory=text)
    officer: np.ndarray = field(default_factory=text)
    community: np.ndarray = field(default_factory=text)
    score: np.ndarray = field(default_factory=numbers)  # nan when not ranked
    rank: np.ndarray = field(default_factory=numbers)  # nan when not ranked
    ranked: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=bool))


@dataclass(frozen=True)
class Book:
    """A county book: the six sheets of the contract, checked by whoever built it (``linli.book.read``)."""

    communities: Communities
    posts: Posts
    pairings: Pairings
    evidence: Evidence
    leader_days: LeaderDays = field(default_factory=LeaderDays)
    history: History = field(default_factory=History)
