"""Who to ask, how many, and how sure one is afterwards.

A margin is given for a probability sample alone: everybody had a known chance of being asked. Whoever came to a
meeting or followed a link chose to, and no formula says how far such answers are from everybody's (Kish, Survey
Sampling, 1965). Every draw takes the generator it draws with; the same generator in the same state draws the same.
"""

from dataclasses import dataclass
from math import ceil, inf

import numpy as np
from scipy.special import ndtri

from heng import checks, shares
from heng.raking import design_effect, effective

NOT_PROBABILITY = "not_probability"  # why there is no margin: people chose themselves
NOBODY = "nobody"  # nobody answered


@dataclass(frozen=True)
class Size:
    """answers: valid answers wanted; asked: people to draw so that so many answer; whole: everybody has to be asked."""

    answers: int
    asked: int
    whole: bool


def size(half_width, share=0.5, confidence=0.95, population=inf, answer_rate=1.0, design_effect=1.0):
    """How many to ask for an interval of ± half_width around a share (0.5 is the safe guess).

    The normal approximation with finite population correction (Cochran, Sampling Techniques, 1977, section 4.4), times
    the design effect, over the expected answer rate; never more than there are. population in people (or dwellings),
    inf = not limited. ValueError for a half-width or share outside (0, 1), a rate outside (0, 1], an effect below 1.

    >>> size(0.05), size(0.10, population=400, answer_rate=0.6)
    (Size(answers=385, asked=385, whole=False), Size(answers=78, asked=130, whole=False))
    """
    half = checks.open_unit("half_width", half_width)
    share, z = checks.open_unit("share", share), ndtri(0.5 + checks.open_unit("confidence", confidence) / 2)
    if not 0 < answer_rate <= 1:
        raise ValueError(f"answer_rate = {answer_rate!r} is not above 0 and at most 1")
    if not design_effect >= 1:
        raise ValueError(f"design_effect = {design_effect!r} is below 1")
    if not population >= 1:
        raise ValueError(f"population = {population!r} is below 1")
    unlimited = z * z * share * (1 - share) / half**2
    corrected = unlimited / (1 + (unlimited - 1) / population)
    answers = ceil(round(corrected * design_effect, 9))
    asked = ceil(round(answers / answer_rate, 9))
    return Size(int(min(answers, population)), int(min(asked, population)), asked >= population)


def simple(count, wanted, rng):
    """Indices of ``wanted`` out of ``count``, each set equally likely; all of them where there are no more. Sorted.

    >>> simple(5, 9, np.random.default_rng(1)).tolist()
    [0, 1, 2, 3, 4]
    """
    count, wanted = _number("count", count), _number("wanted", wanted)
    return np.sort(rng.choice(count, size=min(count, wanted), replace=False))


def systematic(count, wanted, rng):
    """Indices at even (fractional) steps from a random start: spread over the frame's order. Sorted, each once.

    >>> systematic(10, 5, np.random.default_rng(7)).tolist()
    [1, 3, 5, 7, 9]
    """
    count, wanted = _number("count", count), _number("wanted", wanted)
    wanted = min(count, wanted)
    if wanted == 0:
        return np.empty(0, dtype=int)
    step = count / wanted
    return np.minimum(np.floor((rng.random() + np.arange(wanted)) * step), count - 1).astype(int)


def allocate(sizes, wanted):
    """How many of ``wanted`` each stratum gives, shape (k,): proportional to its size, by largest remainder.

    Never more than a stratum has; ties go to the stratum that stands first.

    >>> allocate([50, 30, 20], 7).tolist()
    [4, 2, 1]
    """
    sizes = checks.whole("sizes", checks.at_least("sizes", sizes, 0)).astype(int)
    wanted = min(_number("wanted", wanted), int(sizes.sum()))
    if wanted == 0:
        return np.zeros(len(sizes), dtype=int)
    given = sizes * wanted // sizes.sum()
    remainder = sizes * wanted % sizes.sum()
    most = np.lexsort((np.arange(len(sizes)), -remainder))
    given[most[: wanted - given.sum()]] += 1
    return given


def stratified(strata, wanted, rng):
    """Indices drawn systematically inside each stratum, as many as it is large. strata: a label for each, (n,).

    >>> drawn = stratified(["old", "old", "new", "new", "new", "new"], 3, np.random.default_rng(2))
    >>> [bool(index < 2) for index in drawn]
    [True, False, False]
    """
    strata = np.asarray(strata)
    labels, member = np.unique(strata, return_inverse=True)
    given = allocate(np.bincount(member, minlength=len(labels)), wanted)
    rows = [np.flatnonzero(member == k) for k in range(len(labels))]
    drawn = [mine[systematic(len(mine), number, rng)] for mine, number in zip(rows, given, strict=True)]
    return np.sort(np.concatenate(drawn)) if drawn else np.empty(0, dtype=int)


@dataclass(frozen=True)
class Route:
    """A random-route plan, one row for each dwelling to be asked: where the walk begins, which side, which door.

    ``walk`` counts walks from 0, ``cell`` is the index of the cell it begins in, ``side`` 0 = left, 1 = right hand at
    every corner, ``door`` the number of the dwelling passed since the beginning.
    """

    walk: np.ndarray
    cell: np.ndarray
    side: np.ndarray
    door: np.ndarray


def route(dwellings, wanted, step, a_walk, rng):
    """A plan for asking ``wanted`` dwellings without a list of addresses.

    Walks of ``a_walk`` dwellings begin in cells drawn with a chance proportional to their dwellings (k,), each with a
    random side and a random first door among the first ``step``; from there every ``step``-th door is asked. Nobody on
    the walk chooses a door. ValueError where no cell has a dwelling, or step or a_walk is below 1.

    >>> plan = route([10, 0, 30], 4, step=5, a_walk=2, rng=np.random.default_rng(3))
    >>> plan.walk.tolist(), sorted(set(plan.cell.tolist()) - {0, 2}), (plan.door[1] - plan.door[0]).item()
    ([0, 0, 1, 1], [], 5)
    """
    dwellings = checks.at_least("dwellings", dwellings, 0)
    wanted, step, a_walk = _number("wanted", wanted), _number("step", step), _number("a_walk", a_walk)
    if step < 1 or a_walk < 1:
        raise ValueError(f"step = {step} and a_walk = {a_walk} are 1 or more")
    if wanted and not dwellings.sum() > 0:
        raise ValueError("dwellings sum to 0: there is nowhere to begin")
    walks = ceil(wanted / a_walk)
    cells = rng.choice(len(dwellings), size=walks, p=dwellings / dwellings.sum()) if walks else np.empty(0, dtype=int)
    sides, firsts = rng.integers(0, 2, walks), rng.integers(1, step + 1, walks)
    walk = np.arange(wanted) // a_walk
    return Route(walk, cells[walk], sides[walk], firsts[walk] + np.arange(wanted) % a_walk * step)


@dataclass(frozen=True)
class Share:
    """A weighted share. low and high are None where ``reason`` says why there is no margin."""

    share: float
    low: float | None
    high: float | None
    answers: int
    effective: float
    design_effect: float
    reason: str = ""


def share_of(values, weights=None, probability=True, confidence=0.95, cluster_effect=1.0):
    """The weighted mean of values within 0..1 (n,), with Wilson's interval on the effective number of answers.

    The design effect is Kish's for the weights times ``cluster_effect`` (what asking neighbours costs; 1 = nothing).
    For values between 0 and 1 the binomial variance is an upper bound, so the interval is rather too wide than too
    narrow. Not a probability sample: no margin, reason "not_probability". Nobody answered: nan, reason "nobody".

    >>> found = share_of([1, 1, 0.75, 0])
    >>> found.share, round(found.low, 3), round(found.high, 3)
    (0.6875, 0.258, 0.933)
    >>> share_of([1, 0], probability=False).low is None
    True
    """
    values = checks.within("values", values, 0, 1)
    weights = np.ones(len(values)) if weights is None else checks.at_least("weights", weights, 0)
    checks.as_long_as("weights", weights, "values", values)
    if not cluster_effect >= 1:
        raise ValueError(f"cluster_effect = {cluster_effect!r} is below 1")
    if not weights.sum() > 0:
        return Share(float("nan"), None, None, len(values), 0.0, float("nan"), NOBODY)
    share = float(min((weights * values).sum() / weights.sum(), 1.0))
    effect = design_effect(weights) * cluster_effect
    found = (len(values), effective(weights) / cluster_effect, effect)
    if not probability:
        return Share(share, None, None, *found, NOT_PROBABILITY)
    low, high = shares.wilson(share * found[1], found[1], confidence)
    return Share(share, float(low), float(high), *found)


def _number(name, value):
    """One whole number, 0 or more."""
    found = checks.whole(name, checks.at_least(name, value, 0))
    if len(found) != 1:
        raise ValueError(f"{name} is one number, found {len(found)}")
    return int(found[0])
