"""Every write of the room: budget lines, what is owed, and paying it."""

from linli.quarter.payments.actions.budget import approve_budget, set_budget
from linli.quarter.payments.actions.owing import gather_dues, promise_allowances, promise_award, recalculate
from linli.quarter.payments.actions.paying import approve, hold, pay, pay_all, release

__all__ = [
    "approve",
    "approve_budget",
    "gather_dues",
    "hold",
    "pay",
    "pay_all",
    "promise_allowances",
    "promise_award",
    "recalculate",
    "release",
    "set_budget",
]
