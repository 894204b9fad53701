"""Who may know whom: the four floors of the house as one function.

On *ground* and *quarter* a room knows those to its left; on *work* and *faces* never a sibling. Every room knows the
floors below. What goes up goes through a door: a working room's ``evidence`` (opened by indicators alone) and ``dues``
(by payments alone); nothing else of the working rooms is known on the quarter floor. Pages stand behind doors: the
views of the rooms left of ``accounts`` hang theirs in its ``doors`` by its ``roles``, and know nothing else of it.
"""

FLOORS = {
    "ground": ("trail", "jobs", "places", "accounts", "officers"),
    "work": (
        *("worklog", "requests", "disputes", "surveys", "incidents"),
        *("teams", "partners", "resources", "plans", "outreach"),
    ),
    "quarter": ("indicators", "appraisal", "decisions", "payments", "notices"),
    "faces": ("desk", "portal", "api", "reports", "demo"),
}
IN_ORDER = ("ground", "quarter")
HEIGHT = {"heng": 0, "book": 1, "ground": 2, "work": 3, "quarter": 4, "faces": 5, "top": 6}
DOORS = {"evidence": "indicators", "dues": "payments"}
BASE = ("linli", "linli.__version__", "linli.home", "linli.home.home", "linli.home.keys")  # every floor stands on it
PLAYER = ("faces", "demo")  # plays everybody, so it may do what any face does
FRAMES = ("ground", "accounts"), ("doors", "roles")  # whoever shows a page needs these


def place(module):
    """(floor, room, what in the room) of one of our modules; None for anybody else's.

    >>> place("linli.work.teams.dues")
    ('work', 'teams', 'dues')
    >>> place("heng.shares"), place("linli.cli"), place("numpy.linalg")
    (('heng', '', ''), ('top', '', ''), None)
    """
    parts = module.split(".")
    if parts[0] == "heng":
        return ("heng", "", "")
    if parts[0] == "national":
        return ("national", "", "")
    if parts[0] != "linli":
        return None
    floor = parts[1] if len(parts) > 1 and parts[1] in HEIGHT else "top"
    if floor in FLOORS:
        room, inside = (*parts[2:4], "", "")[:2]
        return (floor, room, inside)
    return (floor, "", "")


def may_know(knower, known):
    """Whether one of our modules may import another."""
    here, there = place(knower), place(known)
    if here is None or there is None or here[:2] == there[:2] or known in BASE:
        return True
    if here[0] == "national":  # Spark around the core: no web, no database
        return there[0] in ("heng", "book")
    if there[0] == "national":  # its command, and nobody else in the house
        return knower == "linli.national_commands"
    if there[2] in DOORS and there[0] == "work":
        return here[1] == DOORS[there[2]]
    if here[0] == "quarter" and there[0] == "work":
        return False
    if here[0] == "ground" and here[2] == "views" and (there[:2], there[2] in FRAMES[1]) == (FRAMES[0], True):
        return True
    if here[:2] == PLAYER and there[0] == "faces" and there[2] == "actions":
        return True
    if here[0] == there[0]:
        return _left_of(there[1], here[1], here[0])
    return HEIGHT[there[0]] < HEIGHT[here[0]]


def _left_of(known, knower, floor):
    rooms = FLOORS[floor]
    return floor in IN_ORDER and known in rooms and rooms.index(known) < rooms.index(knower)
