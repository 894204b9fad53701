"""How the cells of the tables are read: settings, quarters, scores, points, all as somebody would write them down."""

import re
import tomllib
from dataclasses import replace

import numpy as np

from heng.evidence import Pairings, days, text
from heng.scheme import Scheme
from heng.standings import Standing, of_scores

BETWEEN = " · "
DEFAULT = Scheme(name="spec", version="2026.1", in_force_from="2026-01-01", rates=())
_QUARTER = re.compile(
    r"(?P<period>\d{4}Q\d) (?P<place>last|shared|safe|unranked)(?: (?P<score>[\d.]+))?"
    r"(?: in (?P<community>\w+))?(?: since (?P<since>[\d-]+))?"
)


def parts(cell):
    return cell.split(BETWEEN) if cell else []


def said(items):
    return BETWEEN.join(items)


def scheme_with(settings):
    """The default scheme with settings changed, written as in scheme.toml with the section before the dot.

    >>> scheme_with('bottom.quarters = "either"').bottom.quarters
    'either'
    """
    scheme = DEFAULT
    for section, changes in tomllib.loads("\n".join(parts(settings))).items():
        frozen = {key: tuple(value) if isinstance(value, list) else value for key, value in changes.items()}
        scheme = replace(scheme, **{section: replace(getattr(scheme, section), **frozen)})
    return scheme


def story(cell, officer="A"):
    """standing_of for one officer of ten: "2026Q1 last 79.99 · 2026Q2 unranked · 2026Q3 last 74.00 in C02".

    last = alone on the last rank, shared = on it with another post that the chain did not part, safe = above it.
    """
    quarters = [_QUARTER.fullmatch(part).groupdict() for part in parts(cell)]
    return {quarter["period"]: (_standing(officer, **quarter),) for quarter in quarters}.get


def _standing(officer, period, place, score, community, since):
    since, community = np.datetime64(since, "D") if since else None, community or "C01"
    if place == "unranked":
        return Standing(period, officer, community, np.nan, since=since)
    return Standing(
        *(period, officer, community, float(score)),
        rank={"last": 10.0, "shared": 9.0, "safe": 4.0}[place],
        ranked=True,
        last=place == "last",
        shared_last=place == "shared",
        of=10,
        tied_with=("B",) if place == "shared" else (),
        since=since,
    )


def posts(scores, points="", settings="", period="2026Q3"):
    """The standings of "A 90.00 · B+C 88.40 · D unranked": + joins those who share a post."""
    officers, communities, values = [], [], []
    for holders, score in (part.split() for part in parts(scores)):
        for officer in holders.split("+"):
            officers.append(officer)
            communities.append(holders)
            values.append(float(score) if score != "unranked" else np.nan)
    ranked = ~np.isnan(values)
    return of_scores(period, officers, communities, values, ranked, scheme_with(settings), points_by_post(points))


def points_by_post(cell):
    """post -> rate -> points of "A satisfaction 80.00, incidents 71.00 · B satisfaction 80.00"."""
    found = {}
    for part in parts(cell):
        post, known = part.split(" ", 1)
        found[post] = {rate: float(value) for rate, value in (one.rsplit(" ", 1) for one in known.split(", "))}
    return found


def pairings(cell, community="C01"):
    """Pairings of "甲, 政工室, 2026-07-01 to 2026-08-15 · –, 戶政股, 2026-08-16 on": leader, office, days."""
    rows = [part.split(", ") for part in parts(cell)]
    spans = [span.removesuffix(" on").split(" to ") for *_, span in rows]
    return Pairings(
        community=text([community] * len(rows)),
        leader=text("" if leader == "–" else leader for leader, *_ in rows),
        office=text(office for _, office, _ in rows),
        start=days(span[0] for span in spans),
        end=days(span[1] if len(span) > 1 else None for span in spans),
    )
