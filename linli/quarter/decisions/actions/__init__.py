"""Every write of this room: taking over proposals, the file of each, the decision, the talk, the pool."""

from linli.quarter.decisions.actions.deciding import decide, keep, resume, revoke, suspend
from linli.quarter.decisions.actions.file import (
    ask_statement,
    check_law,
    close_remedy,
    decline_statement,
    enter_funding,
    open_remedy,
    state,
)
from linli.quarter.decisions.actions.pool import leave_pool
from linli.quarter.decisions.actions.proposing import propose
from linli.quarter.decisions.actions.talks import amend_talk, follow_up, record_talk, sign_talk

__all__ = [
    "propose",
    "state",
    "ask_statement",
    "decline_statement",
    "check_law",
    "enter_funding",
    "open_remedy",
    "close_remedy",
    "decide",
    "suspend",
    "resume",
    "keep",
    "revoke",
    "record_talk",
    "amend_talk",
    "sign_talk",
    "follow_up",
    "leave_pool",
]
