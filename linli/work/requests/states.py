"""Where a request stands, in three kinds: open, closed, solved. Closed is not solved: nobody claims that it helped.

``STEPS`` is the whole machine: from which states a step may be taken, and where it leads.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class State(models.TextChoices):
    RECEIVED = "received", _("received")
    ACKNOWLEDGED = "acknowledged", _("acknowledged")
    HANDED_ON = "handed_on", _("handed on, not yet arrived")
    TAKEN = "taken", _("with another office")
    REOPENED = "reopened", _("reopened")
    SOLVED = "solved", _("solved")
    DECLINED = "declined", _("declined")
    OUTSIDE = "outside", _("handed on outside, no answer")
    SILENT = "silent", _("no answer from the sender")
    ENDED = "ended", _("ended, nobody says how")
    MERGED = "merged", _("merged into another")


class Group(models.TextChoices):
    OPEN = "open", _("open")
    CLOSED = "closed", _("closed, not solved")
    SOLVED = "solved", _("solved")


OPEN = (State.RECEIVED, State.ACKNOWLEDGED, State.HANDED_ON, State.TAKEN, State.REOPENED)
SOLVED = (State.SOLVED,)
CLOSED = (State.DECLINED, State.OUTSIDE, State.SILENT, State.ENDED, State.MERGED)
DONE = (*SOLVED, *CLOSED)
OF_GROUP = {"open": OPEN, "closed": CLOSED, "solved": SOLVED}
WITHOUT_SOLVING = (State.OUTSIDE, State.SILENT, State.ENDED)  # ways to close what was neither done nor refused
FRESH = (State.RECEIVED, State.REOPENED)  # nobody has answered yet
IN_HAND = (State.ACKNOWLEDGED, State.TAKEN)

ANSWERED = "answered"  # where it was; but what nobody had read before is acknowledged by it
STEPS = {  # step -> (from, to); to "": stays where it was
    "acknowledge": (FRESH, State.ACKNOWLEDGED),
    "visit": ((*FRESH, *IN_HAND), ANSWERED),
    "place": (OPEN, ""),
    "hand_on": (OPEN, State.HANDED_ON),
    "take": ((State.HANDED_ON,), State.TAKEN),
    "take_back": ((State.HANDED_ON, State.TAKEN), State.ACKNOWLEDGED),
    "solve": (OPEN, State.SOLVED),
    "decline": (OPEN, State.DECLINED),
    "close": (OPEN, State.ENDED),
    "merge": (OPEN, State.MERGED),
    "reopen": ((*SOLVED, State.DECLINED, *WITHOUT_SOLVING), State.REOPENED),
}
STEP_NAMES = {
    "acknowledge": _("acknowledged"),
    "visit": _("somebody was there"),
    "place": _("its community was put right"),
    "hand_on": _("handed on"),
    "take": _("arrived"),
    "take_back": _("taken back"),
    "solve": _("solved"),
    "decline": _("declined"),
    "close": _("closed without being solved"),
    "merge": _("merged into another"),
    "merged_here": _("another was merged into this"),
    "reopen": _("reopened"),
    "ask": _("the sender is asked whether it is solved"),
    "sender_solved": _("the sender says it is solved"),
    "sender_not_solved": _("the sender says it is not solved"),
}
TAGS = {"open": "now", "closed": "ahead", "solved": "done"}


def group_of(state):
    """The kind of a state.

    >>> group_of("declined"), group_of("solved"), group_of("taken")
    ('closed', 'solved', 'open')
    """
    return next(group for group, states in OF_GROUP.items() if state in states)
