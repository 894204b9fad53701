"""A frame: the list of addresses a sample is drawn from. Checked and drawn from here; its labels are kept nowhere.

Rows are dicts. Of a list: community, label (a number or a name of the house; never a person's), stratum (optional).
Of a route: community, cell, dwellings. Of a symposium: community, number of cards.
"""

import hashlib
import re
from typing import NamedTuple

import numpy as np
from django.utils.translation import gettext as _

from heng import sampling
from linli.book.safe import clean
from linli.ground.trail.refusals import Refused

A_WALK = 5  # dwellings asked on one walk
MOST_ROWS = 200_000
_PERSON = re.compile(r"(?<!\d)(1[3-9]\d{9}|\d{17}[\dXx])(?!\d)")  # a mobile number, an identity number


class Drawn(NamedTuple):
    """One line of the list that is printed once: whom to ask, and the token of the card."""

    community: str
    label: str
    token: str


def checked(wave, rows, communities):
    """The rows by community code, cleaned and in a fixed order; refuses the row that is wrong, by its number."""
    found, faults = {code: [] for code in communities}, []
    if len(rows) > MOST_ROWS:
        raise Refused(_("More than %(most)s rows.") % {"most": MOST_ROWS}, _("Draw for fewer communities at once."))
    for number, row in enumerate(rows, 1):
        read = {name: clean(str(value)).strip() for name, value in row.items() if value is not None}
        if fault := _fault(wave, read, found):
            faults.append(_("Row %(number)s: %(fault)s") % {"number": number, "fault": fault})
        else:
            found[read["community"]].append(read)
    if faults:
        raise Refused("\n".join(faults[:20]), _("Nothing was drawn. Mend the list and send it again."))
    missing = [code for code, mine in found.items() if not mine]
    if missing:
        raise Refused(
            _("The list has no row for %(communities)s.") % {"communities": ", ".join(missing)},
            _("Every community of the wave is drawn at once."),
        )
    for code, mine in found.items():
        mine.sort(key=lambda row: tuple(row.get(name, "") for name in ("stratum", "label", "cell", "number")))
        labels = [(row.get("stratum"), row.get("label")) for row in mine if row.get("label")]
        if len(set(labels)) < len(labels):
            raise Refused(_("%(code)s: an address stands in the list twice.") % {"code": code})
    return found


def _fault(wave, row, found):
    if row.get("community") not in found:
        return _("the community “%(code)s” is not asked in this wave.") % {"code": row.get("community", "")[:40]}
    if any(_PERSON.search(text) for text in row.values()):
        return _("it holds a telephone or identity number; an address alone is wanted.")
    if wave.sampling == "list":
        return (
            "" if 0 < len(row.get("label", "")) <= 120 else _("the address is missing or longer than 120 characters.")
        )
    name = "dwellings" if wave.sampling == "route" else "number"
    if wave.sampling == "route" and not row.get("cell"):
        return _("the cell is missing.")
    whole = row.get(name, "").isdecimal() and 0 < int(row[name]) <= 100_000
    return "" if whole else _("“%(column)s” is not a whole number above 0.") % {"column": name}


def hash_of(rows_by_code):
    """SHA-256 of a frame in its fixed order: who has the list can show that it was the one."""
    lines = (
        "\t".join([code, *(f"{name}={row[name]}" for name in sorted(row) if name != "community")])
        for code, rows in sorted(rows_by_code.items())
        for row in rows
    )
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()


def size_of(wave, population):
    """``heng.sampling.Size`` that the wave is planned for in a community of so many dwellings."""
    return sampling.size(
        wave.half_width,
        population=max(population, 1),
        answer_rate=wave.answer_rate,
        design_effect=wave.cluster_effect,
    )


def labels_drawn(wave, rows_by_code, seed):
    """(community code, label) of everybody to ask. The same frame, plan and seed give the same."""
    rng = np.random.default_rng(seed)
    for code, rows in sorted(rows_by_code.items()):
        if wave.sampling == "list":
            asked = size_of(wave, len(rows)).asked
            drawn = sampling.stratified([row.get("stratum", "") for row in rows], asked, rng)
            yield from ((code, rows[index]["label"]) for index in drawn)
        elif wave.sampling == "route":
            yield from ((code, label) for label in _walks(wave, rows, rng))
        else:
            total = sum(int(row["number"]) for row in rows)
            yield from ((code, _("card %(number)s") % {"number": number}) for number in range(1, total + 1))


def _walks(wave, rows, rng):
    dwellings = [int(row["dwellings"]) for row in rows]
    asked = size_of(wave, sum(dwellings)).asked
    plan = sampling.route(dwellings, asked, wave.step, A_WALK, rng)
    hands = (_("left hand"), _("right hand"))
    for walk, cell, side, door in zip(plan.walk, plan.cell, plan.side, plan.door, strict=True):
        said = {"walk": walk + 1, "cell": rows[cell]["cell"], "hand": hands[side], "door": door}
        yield _("walk %(walk)s from %(cell)s, %(hand)s, door %(door)s") % said
