"""Every write of the room: receiving, answering, what the sender says, complaints, erasing."""

from linli.work.requests.actions.answering import acknowledge, close, decline, merge, place, reopen, solve, visit
from linli.work.requests.actions.complaints import answer, close_complaint, complain, note_complaint_read, take_up
from linli.work.requests.actions.erasing import erase_due
from linli.work.requests.actions.handing import forget_route, hand_on, take, take_back
from linli.work.requests.actions.past import Historical, bring_in
from linli.work.requests.actions.receiving import receive
from linli.work.requests.actions.sender import ask_due, sender_says

__all__ = [
    "Historical",
    "acknowledge",
    "answer",
    "ask_due",
    "bring_in",
    "close",
    "close_complaint",
    "complain",
    "decline",
    "erase_due",
    "forget_route",
    "hand_on",
    "merge",
    "note_complaint_read",
    "place",
    "receive",
    "reopen",
    "sender_says",
    "solve",
    "take",
    "take_back",
    "take_up",
    "visit",
]
