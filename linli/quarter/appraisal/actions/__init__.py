"""Every write of this room, split by idea: the cycle of a quarter, objections, corrections, a scheme's consultation,
history from before Linli."""

from linli.quarter.appraisal.actions.consultation import answer_comment, comment_on_scheme, put_in_force
from linli.quarter.appraisal.actions.corrections import correct
from linli.quarter.appraisal.actions.cycle import ask_again, compute, freeze, give_notice, open_cycle, publish
from linli.quarter.appraisal.actions.history import import_history, take_out_history
from linli.quarter.appraisal.actions.objections import answer, extend, recuse, send_objection, withdraw_objection

__all__ = [
    "answer",
    "answer_comment",
    "ask_again",
    "comment_on_scheme",
    "compute",
    "correct",
    "extend",
    "freeze",
    "give_notice",
    "import_history",
    "open_cycle",
    "publish",
    "put_in_force",
    "recuse",
    "send_objection",
    "take_out_history",
    "withdraw_objection",
]
