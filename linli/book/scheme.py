"""scheme.toml: the local rules as data, read strictly. An absent key takes the default scheme's value."""

import tomllib
from functools import cache
from importlib import resources
from pathlib import Path

from heng import scheme as shape
from linli.book.pool import path_beside, pool_in, pool_of
from linli.book.problems import BadBook, Problem
from linli.book.rates import ident, read_rates
from linli.book.toml import LARGEST_FILE, choice, date, listing, number, parsed, read_toml, switch, whole, words

_PROBABILITY = number(0, 1)

SECTIONS = {
    "scheme": {"name": words, "version": words, "in_force_from": date},
    "ranking": {
        "min_days": whole(1, 92),
        "min_weight": number(0, 100),
        "min_ranked": whole(1),
        "tie_break": listing(ident, once=True),
        "bottom_tie": choice("nobody", "all"),
        "thin_share": number(0),
        "thin_count": number(0),
    },
    "gate": {
        "evidence": choice("off", "warn", "require"),
        "notice_p_below": _PROBABILITY,
        "notice_p_bottom3": _PROBABILITY,
        "transfer_p_below": _PROBABILITY,
        "distinguishable": _PROBABILITY,
    },
    "bottom": {
        "below": number(0, 100),
        "inclusive": switch,
        "quarters": choice("both", "second", "either", "mean"),
        "across_years": switch,
        "unranked": choice("reset", "pause"),
        "spare_from": number(0, 100),
    },
    "allowance": {"per_month_fen": whole(0, 10**9), "split": choice("proportional"), "needs_funding_approval": switch},
    "year": {
        "min_quarters": whole(1, 4),
        "awards_fen": listing(whole(0, 10**9)),
        "nominate": whole(0, 100),
        "talent_pool": listing(whole(1, 100), once=True),
    },
    "leader_days": {
        "per_month": number(0, 31),
        "full_day_hours": number(above=0, high=24),
        "half_day_hours": number(above=0, high=24),
    },
    "complexity": {
        "covariates": listing(words, once=True),
        "standardise": switch,
        "prior_sd": number(above=0, high=100),
        "pool": path_beside,
    },
}
_BARE = {"covariates": [], "pool": ""}  # [complexity] left out altogether: no covariates, no pool


@cache
def _defaults():
    return tomllib.loads(default_text())


def default_text():
    """The default scheme as it is shipped, a TOML text to start one's own from."""
    return (resources.files("linli.book") / "default_scheme.toml").read_text(encoding="utf-8")


def read_scheme(path, *, pool=True):
    """The ``heng.scheme.Scheme`` of a file, with its pool; ``BadBook`` with every problem at once.

    The default tie-break chain may name rates that a scheme does not have: those are passed over. A chain that the
    file gives itself may not. ``pool`` False leaves the pool out, for whoever is about to make it.
    """
    path = Path(path)
    return _scheme(read_toml(path), path.parent, pool)


def read_scheme_text(text, pool_text="", *, where="scheme.toml"):
    """``read_scheme`` of a text that stands in a database; ``pool_text`` is what its pool file would hold."""
    if len(text) + len(pool_text) > LARGEST_FILE:
        raise BadBook([Problem("size", where, found=f"{len(text):,}", facts={"most": f"{LARGEST_FILE:,}"})])
    return _scheme(parsed(where, text), pool_text, True)


def default_scheme(covariates=()):
    """The default scheme without a pool, adjusting for those of its covariates that are named here.

    The pool beside the example is an invented prefecture's: it is nobody's default.
    """
    document = parsed("default_scheme.toml", default_text())
    kept = [name for name in document.content["complexity"]["covariates"] if name in covariates]
    document.content["complexity"] |= {"covariates": kept, "pool": ""}
    return _scheme(document, Path())


def _scheme(document, beside, pool=True):
    """``beside``: the folder of the file, or the text of its pool."""
    content = document.content
    _top(document)
    given = {name: _section(document, name) for name in SECTIONS}
    rates = read_rates(document)
    _chain(document, given["ranking"])
    _hours(document, given["leader_days"])
    complexity = given["complexity"]
    where = complexity.pop("pool", "")
    if pool and "covariates" in complexity:
        found = pool_in if isinstance(beside, str) else pool_of
        complexity["pool"] = found(document, where, beside, complexity["covariates"])
    if document.problems:
        raise BadBook(sorted(document.problems, key=lambda p: (p.where != document.where, p.row or 0)))
    if "tie_break" not in content.get("ranking", {}):
        known = {rate.id for rate in rates}
        given["ranking"]["tie_break"] = tuple(rate for rate in given["ranking"]["tie_break"] if rate in known)
    return _built(given, rates)


def _top(document):
    known = ("format", *SECTIONS, "rate")
    document.section(document.content, (), dict.fromkeys(known, lambda raw: raw))
    if document.content.get("format", 1) != 1 or isinstance(document.content.get("format", 1), bool):
        document.refuse("format", ("format",), document.content["format"])


def _section(document, name):
    raw, defaults = document.content.get(name), _defaults()[name]
    if raw is None:
        raw = _BARE if name == "complexity" else {}
    return document.section(defaults | raw if isinstance(raw, dict) else raw, (name,), SECTIONS[name])


def _chain(document, ranking):
    """A tie-break chain that the file gives may name only rates that it has."""
    raw = document.content.get("ranking")
    rates = document.content.get("rate")
    if not isinstance(raw, dict) or "tie_break" not in raw or not isinstance(rates, list):
        return
    known = [rate["id"] for rate in rates if isinstance(rate, dict) and isinstance(rate.get("id"), str)]
    for rate in ranking.get("tie_break", ()):
        if rate not in known:
            document.refuse("scheme_rate", ("ranking", "tie_break"), rate, known=known)


def _hours(document, rule):
    full, half = rule.get("full_day_hours"), rule.get("half_day_hours")
    if full is not None and half is not None and half > full:
        document.refuse("hours", ("leader_days", "half_day_hours"), half, full=f"{full:g}")


def _built(given, rates):
    return shape.Scheme(
        **given["scheme"],
        rates=rates,
        ranking=shape.Ranking(**given["ranking"]),
        gate=shape.Gate(**given["gate"]),
        bottom=shape.Bottom(**given["bottom"]),
        allowance=shape.Allowance(**given["allowance"]),
        year=shape.Year(**given["year"]),
        leader_days=shape.LeaderDayRule(**given["leader_days"]),
        complexity=shape.Complexity(**given["complexity"]),
    )
