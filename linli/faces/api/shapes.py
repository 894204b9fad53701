"""What the API answers, as types: they are the OpenAPI document's schemas. Unknown is null, never 0."""

from datetime import date, datetime

from ninja import Schema


class Fault(Schema):
    """Why nothing else is answered."""

    error: str
    remedy: str = ""


class BureauOut(Schema):
    """A bureau that the client may read."""

    code: str
    name: str
    place: str
    place_name: str


class CommunityOut(Schema):
    """A community that is or was appraised."""

    code: str
    name: str
    kind: str
    complex: bool
    place_code: str | None
    station_code: str | None
    closed_on: date | None


class QuarterOut(Schema):
    """A quarter and how far it is; ``revision`` counts its corrections and begins with 1."""

    period: str
    state: str
    scheme_version: str
    objections_until: date | None
    published_at: datetime | None
    revision: int | None


class FigureOut(Schema):
    """One community's rate as published: raw, expected and adjusted side by side."""

    community: str
    rate: str
    numerator: float | None
    denominator: float | None
    crude: float | None
    expected: float | None
    adjusted: float | None
    low: float | None
    high: float | None
    points: float | None
    points_low: float | None
    points_high: float | None
    status: str


class ScoreOut(Schema):
    """One officer's published line. ``name`` is null unless the client may read names."""

    officer: str
    name: str | None
    community: str
    score: float | None
    low: float | None
    high: float | None
    rank: int | None
    tied: bool
    rank_low: int | None
    rank_high: int | None
    cannot_be_told_apart_from: list[str]
    status: str


class StepOut(Schema):
    """One step of a quarter's calendar: done, now, late or ahead."""

    code: str
    label: str
    first: date
    last: date
    state: str
    on: date | None
    estimated: bool


class RateOut(Schema):
    """A rate of the scheme: who supplies, who verifies, what it counts."""

    id: str
    name: str
    weight: float
    supplier: str
    verifier: str
    why: str | None
    numerator: str | None
    denominator: str | None
    next_review: date | None


class SchemeOut(Schema):
    """The scheme in force on a day, with its whole text."""

    name: str
    version: str
    in_force_from: date
    minute_number: str
    rates: list[RateOut]
    text: str
