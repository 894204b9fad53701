"""The door through which working rooms hand up what they owe: each has a module ``dues`` with ``owed(bureau)``.

``owed`` gives (reference, payee, payee_name, amount_fen, what, due_on) for everything that is to be paid; the reference
begins with the room's name and never changes: "teams:2026-07:T03".
"""

import re

from linli.ground.trail.doors import FLOOR, opened
from linli.quarter.payments.models import Promise
from linli.quarter.payments.owed import Owed

_REFERENCE = re.compile(r"[\w.:-]{3,110}")


def all_owed(bureau):
    """An ``Owed`` for everything that any working room owes; a room that hands up nonsense is named."""
    return [_checked(room, *line) for room, door in opened("dues") for line in door.owed(bureau)]


def _checked(room, reference, payee, payee_name, amount_fen, what, due_on):
    if not reference.startswith(f"{room}:") or not _REFERENCE.fullmatch(reference):
        raise ValueError(f"{FLOOR}.{room}.dues: reference {reference!r} does not begin with {room!r} and a colon")
    if isinstance(amount_fen, bool) or not isinstance(amount_fen, int) or amount_fen < 0:
        raise ValueError(f"{FLOOR}.{room}.dues: {reference}: amount_fen {amount_fen!r} is not whole fen from 0 on")
    return Owed(reference, Promise.Kind.OTHER, payee[:40], payee_name[:80], amount_fen, what=what[:200], due_on=due_on)
