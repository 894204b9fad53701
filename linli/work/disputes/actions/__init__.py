"""Every write of this room, by what it is about: intake, the meeting, the end, and the look after sixty days."""

from linli.work.disputes.actions.ending import fail, settle, transfer
from linli.work.disputes.actions.following import follow_up
from linli.work.disputes.actions.intake import change, name_side, read_in, strike, take_in
from linli.work.disputes.actions.ledger import copy
from linli.work.disputes.actions.meeting import appoint, change_mediator, consent, note
from linli.work.disputes.actions.sides import confirm, confirm_by_code, give_code

__all__ = [
    "appoint",
    "change",
    "change_mediator",
    "confirm",
    "confirm_by_code",
    "consent",
    "copy",
    "fail",
    "follow_up",
    "give_code",
    "name_side",
    "note",
    "read_in",
    "settle",
    "strike",
    "take_in",
    "transfer",
]
