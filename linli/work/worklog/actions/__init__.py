"""Every write of this room, by what it is about: works, plans, calls away, spot checks, due hours."""

from linli.work.worklog.actions.calls import answer_call, call_away, decide_call, withdraw_call
from linli.work.worklog.actions.changes import change, erase_old, strike
from linli.work.worklog.actions.checks import answer_check, check, draw_checks, lift_check
from linli.work.worklog.actions.due import set_due, withdraw_due
from linli.work.worklog.actions.plans import draw_round, plan
from linli.work.worklog.actions.works import copy, record, start, stop

__all__ = [
    "answer_call",
    "answer_check",
    "call_away",
    "change",
    "check",
    "copy",
    "decide_call",
    "draw_checks",
    "draw_round",
    "erase_old",
    "lift_check",
    "plan",
    "record",
    "set_due",
    "start",
    "stop",
    "strike",
    "withdraw_call",
    "withdraw_due",
]
