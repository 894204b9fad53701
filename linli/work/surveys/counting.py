"""From the answers of one community to its figures: weights, shares, margins. Reads nothing and writes nothing."""

from collections import Counter
from dataclasses import dataclass

from heng.raking import UNKNOWN as NOT_SAID
from heng.raking import rake
from heng.sampling import share_of
from linli.work.surveys.questions import FIXED, GUESS, MARGINS, SCORES, UNKNOWN

MOST = 4.0  # no answer speaks for more than four
SCORE = "score"
VALUES = {"familiarity": {"right": 1.0, "wrong": 0.0, UNKNOWN: GUESS}, "satisfaction": SCORES}


@dataclass(frozen=True)
class Figure:
    """One question and one choice ("score": what goes up to the rate). low and high None: no margin."""

    question: str
    kind: str
    value: str
    answers: int
    share: float | None
    low: float | None
    high: float | None
    design_effect: float


def weigh(questions, ticks, margins):
    """(weights (n,), report) of a community's answers; equal weights where nothing is asked or known to weigh by."""
    asked = {question["kind"]: question["key"] for question in questions if question["kind"] in MARGINS}
    used = [kind for kind in sorted(asked) if kind in margins]
    if not used or not ticks:
        return [1.0] * len(ticks), {"by": []}
    columns, shares = [], []
    for kind in used:
        place = {value: number for number, value in enumerate(MARGINS[kind])}
        columns.append([place.get(row.get(asked[kind]), NOT_SAID) for row in ticks])
        shares.append([margins[kind][value] for value in MARGINS[kind]])
    raked = rake(columns, _possible(columns, shares), most=MOST)
    empty = [f"{used[index]}:{MARGINS[used[index]][category]}" for index, category in raked.empty]
    return raked.weights.tolist(), {
        "by": used, "rounds": raked.rounds, "converged": raked.converged, "gap": round(raked.gap, 6), "empty": empty,
        "trimmed": raked.trimmed, "trim_loss": round(raked.trim_loss, 6),
        "design_effect": round(raked.design_effect, 4),
    }  # fmt: skip


def _possible(columns, shares):
    """Margins above 0 wherever somebody answered from: a census that has nobody there is older than the answer."""
    return [
        [max(share, 0.5) if number in column else share for number, share in enumerate(row)]
        for column, row in zip(columns, shares, strict=True)
    ]


def figures(questions, ticks, weights, probability, cluster_effect):
    """``Figure`` of every closed question and choice, and of the two that go up."""
    for question in questions:
        if question["kind"] in ("open", "screen"):
            continue
        key, kind = question["key"], question["kind"]
        rows = [(row[key], weight) for row, weight in zip(ticks, weights, strict=True) if key in row]
        if kind in VALUES:
            yield _figure(key, kind, SCORE, _scored(kind, rows), probability, cluster_effect)
        for value in _values(question):
            told = [(1.0 if given == value else 0.0, weight) for given, weight in rows]
            yield _figure(key, kind, value, told, probability, cluster_effect)


def _scored(kind, rows):
    return [(VALUES[kind][given], weight) for given, weight in rows if given in VALUES[kind]]


def _values(question):
    if question["kind"] == "familiarity":
        return ("right", "wrong", UNKNOWN)
    if question["kind"] == "single":
        return [*(choice["key"] for choice in question["choices"]), UNKNOWN]
    return tuple(FIXED[question["kind"]])


def _figure(key, kind, value, rows, probability, cluster_effect):
    found = share_of([v for v, _ in rows], [w for _, w in rows], probability, cluster_effect=cluster_effect)
    nobody = not rows
    return Figure(
        key, kind, value, len(rows), None if nobody else found.share, found.low, found.high,
        1.0 if nobody else found.design_effect,
    )  # fmt: skip


def identical(ticks):
    """Of strings of at least five answers, how often the most frequent one came; 0 when none came twice.

    Many of one string is a reason to look; a short or a very satisfied questionnaire has many by itself.

    >>> identical([{"a": "1", "b": "1", "c": "1", "d": "1", "e": "1"}] * 3)
    3
    """
    strings = Counter(tuple(sorted(row.items())) for row in ticks if len(row) >= 5)
    most = max(strings.values(), default=0)
    return most if most > 1 else 0
