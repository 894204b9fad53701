"""Who held which post in a quarter, and who of them is appraised for it (R-21, R-62)."""

from dataclasses import dataclass

import numpy as np

from heng import periods
from heng.evidence import Columns, days, text


@dataclass(frozen=True)
class Holders(Columns):
    """One row per officer and community of the quarter, by community, then officer."""

    officer: np.ndarray
    name: np.ndarray
    community: np.ndarray
    staffing: np.ndarray
    since: np.ndarray  # first day of this spell in the post, renewals joined
    days: np.ndarray  # int, days in the post within the quarter
    appraised: np.ndarray  # bool: days >= min_days


def of_quarter(posts, period, min_days):
    """The ``Holders`` of a period; empty when nobody held a post."""
    first, last = periods.first_day(period), periods.last_day(period)
    held = periods.days_held(posts.start, posts.end, first, last)
    spells = {}
    for i in np.lexsort((posts.start, posts.officer, posts.community)):
        if posts.start[i] <= last:
            _add(spells.setdefault((posts.community[i], posts.officer[i]), _Spell()), posts, i, held[i])
    rows = [(key, spell) for key, spell in sorted(spells.items()) if spell.days > 0]
    return Holders(
        officer=text(officer for (_, officer), _ in rows),
        name=text(spell.name for _, spell in rows),
        community=text(community for (community, _), _ in rows),
        staffing=text(spell.staffing for _, spell in rows),
        since=days(spell.since for _, spell in rows),
        days=np.array([spell.days for _, spell in rows], dtype=int),
        appraised=np.array([spell.days >= min_days for _, spell in rows], dtype=bool),
    )


@dataclass
class _Spell:
    since: np.datetime64 | None = None
    end: np.datetime64 | None = None
    days: int = 0
    name: str = ""
    staffing: str = ""


def _add(spell, posts, i, held):
    """One row of the book joined to the spell: a renewal on the next day goes on, a gap begins anew."""
    if spell.since is None or (not np.isnat(spell.end) and posts.start[i] > spell.end + 1):
        spell.since = posts.start[i]
    spell.end, spell.name, spell.staffing = posts.end[i], posts.name[i], posts.staffing[i]
    spell.days += int(held)
