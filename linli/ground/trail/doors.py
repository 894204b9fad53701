"""What goes up goes through a door: a module of one name in each working room, opened by one room above.

``evidence`` has ``RATES``, the ids of the rates it counts for, and two functions. ``figures(bureau, period)`` gives a
``Counted`` for each community and rate the room counted something for. ``path(bureau, period, community, rate)`` is the
address of the room's own page with the records behind that figure, or ""; who may read them is for that page to say.
``dues`` is described in ``quarter.payments``.
"""

from importlib import import_module
from importlib.util import find_spec
from pkgutil import iter_modules
from typing import NamedTuple

FLOOR = "linli.work"


class Counted(NamedTuple):
    """One figure of a working room.

    ``numerator`` and ``denominator`` are numbers, never None: what was not counted has no row. ``source`` says in words
    where it comes from (at most 200 characters), ``revision`` how far the records had come (their count and the newest
    change, say), so that two readings can be told apart. ``shown`` are (label, text) pairs that stand beside the figure
    and are not scored. ``provisional``: more may still come. ``room`` is written by whoever opens the door.
    """

    community: str
    rate: str
    numerator: float
    denominator: float
    source: str
    revision: str = ""
    design_effect: float = 1.0
    shown: tuple = ()
    provisional: bool = False
    room: str = ""


def opened(name):
    """(room, module) of every working room that has a door of this name, by the room's name.

    >>> opened("nothing")
    []
    """
    rooms = sorted(found.name for found in iter_modules(import_module(FLOOR).__path__) if found.ispkg)
    there = [room for room in rooms if find_spec(f"{FLOOR}.{room}.{name}")]
    return [(room, import_module(f"{FLOOR}.{room}.{name}")) for room in there]
