"""A panel replayed: in every period each way forecasts a later one, knowing nothing of it but what it is counted over.

What all places do together, a season or a lockdown, is nobody's merit and no way's either: every way starts from the
level of the quarter and gets the same common step, so that only what is said of *places* can make a difference.
"""

from dataclasses import dataclass

import numpy as np

from benchmarks.prediction import forecasts
from benchmarks.prediction.forecasts import WAYS, Origin
from benchmarks.prediction.panel import COUNT, BadPanel
from benchmarks.prediction.scores import log_scores, settled

BEFORE = 4  # quarters before this one that the level and β are frozen on
SEASONAL, KNOWN, KEPT = "seasonal", "known", "kept"  # the common step: of earlier years, the true one, none


@dataclass(frozen=True)
class Replay:
    """The m forecasts that were scored: log scores of each way (m,), the period foretold, place and figure (m,)."""

    scores: dict
    period: np.ndarray
    place: np.ndarray
    seen: np.ndarray
    ahead: int
    own_weight: float  # of the median place in the last quarter forecast from


@dataclass(frozen=True)
class _Made:
    """Forecasts made in one period: for every way (n, scatters) of log scores."""

    scores: dict
    target: int
    places: np.ndarray


def replay(panel, ahead=1, step=SEASONAL):
    """``Replay`` of a panel: the period ``ahead`` foretold from each. Windows that share interviews ask for an
    ``ahead`` that leaves none shared; earlier quarters are then taken as far apart.

    step: what is taken for the common step: ``seasonal``, the mean step of the same season in the years before;
    ``known``, the true one, which nobody can know; ``kept``, none. ``BadPanel`` when no forecast can be scored.
    """
    origins = [t for t in range(len(panel.periods) - ahead) if len(_both(panel, t, ahead)) > 1]
    made = [_made(panel, t, ahead, step) for t in origins]
    if len(made) <= ahead:
        raise BadPanel([f"periods: only {len(made)} have a figure {ahead} later in two places; too few to score"])
    chosen = {way: settled([one.scores[way] for one in made], ahead) for way in made[0].scores}
    scored = made[ahead:]
    fit = forecasts.appraised(origin_at(panel, origins[-1], ahead))
    return Replay(
        scores={way: np.concatenate(scores) for way, scores in chosen.items()},
        period=np.concatenate([np.full(len(one.places), one.target) for one in scored]),
        place=np.concatenate([one.places for one in scored]),
        seen=np.concatenate([panel.seen[one.target, one.places] for one in scored]),
        ahead=ahead,
        own_weight=float(np.median(fit.own_weight())),
    )


def origin_at(panel, t, ahead):
    """``Origin`` of the forecast made in period t, of the places that have a figure then and ``ahead`` later."""
    places = _both(panel, t, ahead)
    before = list(range(t - ahead, -1, -ahead))[: max(1, BEFORE // ahead)]
    return Origin(
        kind=panel.kind,
        seen=panel.seen[t, places],
        of=panel.of[t, places],
        past_seen=panel.seen[before][:, places].sum(axis=0),
        past_of=panel.of[before][:, places].sum(axis=0),
        facts=panel.facts[t, places],
        next_of=panel.of[t + ahead, places],
    )


def common_step(panel, t, ahead, step=SEASONAL):
    """How far the level of all places is expected to move from period t on, on the scale of the link."""
    if step == KEPT:
        return 0.0
    if step == KNOWN:
        return _moved_by(panel, t, ahead)
    earlier = [s for s in range(t % panel.year, t - ahead + 1, panel.year) if len(_both(panel, s, ahead))]
    return float(np.mean([_moved_by(panel, s, ahead) for s in earlier])) if earlier else 0.0


def _moved_by(panel, t, ahead):
    both = _both(panel, t, ahead)
    now, later = (forecasts.level(panel.kind, panel.seen[s, both], panel.of[s, both]) for s in (t, t + ahead))
    return later - now


def _both(panel, t, ahead):
    """Places with a figure in period t and in the one foretold."""
    return np.flatnonzero((panel.of[t] > 0) & (panel.of[t + ahead] > 0))


def _made(panel, t, ahead, step):
    origin, places, target = origin_at(panel, t, ahead), _both(panel, t, ahead), t + ahead
    shift = common_step(panel, t, ahead, step)
    scores = {}
    for name, way in WAYS.items():
        if panel.kind == COUNT or name != "count":  # of people asked, a bare count says nothing
            values = forecasts.moved(panel.kind, way(origin), shift)
            scores[name] = log_scores(panel.kind, values, panel.seen[target, places], origin.next_of)
    return _Made(scores, target, places)
