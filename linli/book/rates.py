"""The rates of a scheme file: each [[rate]] read and held against itself, then all of them together."""

import numpy as np

from heng.scheme import COUNT, HIGHER, LOWER, MEAN, SHARE, Rate
from linli.book import cells
from linli.book.forbidden import forbidden_words
from linli.book.phrases import LANGUAGES
from linli.book.toml import Refused, choice, number, switch, whole, words

MOST = 7  # at most seven rates
NEEDED = ("id", "name", "kind", "better", "weight", "points", "supplier", "verifier")


def ident(raw):
    """An id of 1 to 40 letters, digits, _ or -."""
    try:
        return cells.ident(words(raw))
    except cells.Unreadable as why:
        raise Refused(why.code) from why


def _name(raw):
    """Language -> name. A plain text is the name in all three; a language left out takes the first one given."""
    if isinstance(raw, str):
        raw = {"zh_Hant": raw}
    if not isinstance(raw, dict) or not raw or set(raw) - set(LANGUAGES):
        raise Refused("word", words=[f"name = {{ {', '.join(f'{lang} = …' for lang in LANGUAGES)} }}"])
    given = {lang: words(raw[lang]) for lang in LANGUAGES if lang in raw}
    first = next(iter(given.values()))
    return {lang: given.get(lang, first) for lang in LANGUAGES}


def _points(raw):
    """The table as an array (k, 2), values rising or falling from step to step, so that no value has two points."""
    shaped = isinstance(raw, list) and len(raw) >= 2 and all(isinstance(p, list) and len(p) == 2 for p in raw)
    if not shaped:
        raise Refused("points")
    try:
        table = np.array([[number()(value), number(0, 100)(points)] for value, points in raw])
    except Refused as why:
        raise Refused("points") from why
    steps = np.diff(table[:, 0])
    if not (np.all(steps > 0) or np.all(steps < 0)):
        raise Refused("points_values")
    return table


KEYS = {
    "id": ident,
    "name": _name,
    "kind": choice(SHARE, COUNT, MEAN),
    "better": choice(HIGHER, LOWER),
    "weight": number(above=0, high=100),
    "points": _points,
    "supplier": words,
    "verifier": words,
    "sample": switch,
    "adjust": switch,
    "per": number(above=0),
    "pool_quarters": whole(1, 20),
    "guess": number(0, 0.99),
    "named_in_report": switch,
}


def read_rates(document):
    """The tuple of ``heng.scheme.Rate``; what is wrong goes to the document's problems."""
    raw = document.content.get("rate")
    if not isinstance(raw, list) or not 1 <= len(raw) <= MOST:
        found = len(raw) if isinstance(raw, list) else raw
        document.refuse("rates", ("rate",) if raw is not None else (), found)
        return ()
    given = [document.section(one, ("rate", place), KEYS, NEEDED) for place, one in enumerate(raw)]
    for place, rate in enumerate(given):
        _alone(document, ("rate", place), rate)
    _together(document, given)
    return tuple(_rate(rate) for rate in given) if not document.problems else ()


def _rate(given):
    return Rate(**({"per": 10000.0 if given["kind"] == COUNT else 1.0} | given))


def _alone(document, path, rate):
    """What the keys of one rate say of each other, and of what no rate may be about (R-03)."""
    for key, text in [("id", rate.get("id", "")), *(("name", name) for name in rate.get("name", {}).values())]:
        if forbidden_words(text):
            document.refuse("forbidden", (*path, key), text)
            break
    if "points" in rate and "better" in rate:
        values, points = rate["points"][np.argsort(rate["points"][:, 0])].T
        if np.any(np.diff(points) * (1 if rate["better"] == HIGHER else -1) < 0):
            document.refuse(f"points_{rate['better']}", (*path, "points"), rate["points"].tolist())
        kind = rate.get("kind")
        if kind == SHARE and not (values[0] >= 0 and values[-1] <= 1):
            document.refuse("points_share", (*path, "points"), values.tolist())
        if kind == COUNT and values[0] < 0:
            document.refuse("points_count", (*path, "points"), values.tolist())
    if rate.get("guess") and rate.get("kind", SHARE) != SHARE:
        document.refuse("guess_share", (*path, "guess"), rate["guess"])
    if "supplier" in rate and rate["supplier"].casefold() == rate.get("verifier", "").casefold():
        document.refuse("other_department", (*path, "verifier"), rate["verifier"])


def _together(document, given):
    seen = set()
    for place, rate in enumerate(given):
        found = rate.get("id", "").casefold()
        if found in seen:
            document.refuse("once", ("rate", place, "id"), rate["id"])
        seen.add(found or None)
    weights = [rate.get("weight") for rate in given]
    if None not in weights and abs(sum(weights) - 100) > 1e-6:
        document.refuse("weights", ("rate",), f"{sum(weights):.12g}")
