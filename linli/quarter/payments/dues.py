"""The door through which working rooms hand up what they owe: each has a module ``dues`` with ``owed(bureau)``.

``owed`` gives (reference, payee, payee_name, amount_fen, what, due_on) for everything that is to be paid; the reference
begins with the room's name and never changes: "teams:2026-07:T03".
"""

import pkgutil
import re
from importlib import import_module
from importlib.util import find_spec

from linli.quarter.payments.models import Promise
from linli.quarter.payments.owed import Owed

FLOOR = "linli.work"
_REFERENCE = re.compile(r"[\w.:-]{3,110}")


def doors(floor=FLOOR):
    """(room, function ``owed``) of every working room that has such a door, by name; none where there is no floor."""
    if find_spec(floor) is None:
        return []
    rooms = sorted(found.name for found in pkgutil.iter_modules(import_module(floor).__path__))
    open_doors = [room for room in rooms if find_spec(f"{floor}.{room}.dues")]
    return [(room, import_module(f"{floor}.{room}.dues").owed) for room in open_doors]


def all_owed(bureau, floor=FLOOR):
    """An ``Owed`` for everything that any working room owes; a room that hands up nonsense is named."""
    return [_checked(room, *line) for room, owed in doors(floor) for line in owed(bureau)]


def _checked(room, reference, payee, payee_name, amount_fen, what, due_on):
    if not reference.startswith(f"{room}:") or not _REFERENCE.fullmatch(reference):
        raise ValueError(f"{FLOOR}.{room}.dues: reference {reference!r} does not begin with {room!r} and a colon")
    if isinstance(amount_fen, bool) or not isinstance(amount_fen, int) or amount_fen < 0:
        raise ValueError(f"{FLOOR}.{room}.dues: {reference}: amount_fen {amount_fen!r} is not whole fen from 0 on")
    return Owed(reference, Promise.Kind.OTHER, payee[:40], payee_name[:80], amount_fen, what=what[:200], due_on=due_on)
