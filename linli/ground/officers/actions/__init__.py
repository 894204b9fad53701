"""Every write of this room, by what it is about: people, posts, pairings, leaders' days, leave."""

from linli.ground.officers.actions.days import (
    copy_leader_day,
    countersign,
    record_leader_day,
    refuse_leader_day,
    remove_leader_day,
    withdraw_leader_day,
)
from linli.ground.officers.actions.leave import cancel_leave, record_leave
from linli.ground.officers.actions.pairings import end_pairing, pair, remove_pairing, reopen_pairing
from linli.ground.officers.actions.people import (
    add_leader,
    add_officer,
    give_account,
    relate,
    remove_leader,
    remove_officer,
    rename_officer,
    unrelate,
)
from linli.ground.officers.actions.posts import hold_post, leave_post, remove_post, reopen_post, restaff

__all__ = [
    "add_leader",
    "add_officer",
    "cancel_leave",
    "copy_leader_day",
    "countersign",
    "end_pairing",
    "give_account",
    "hold_post",
    "leave_post",
    "pair",
    "record_leader_day",
    "record_leave",
    "refuse_leader_day",
    "relate",
    "remove_leader",
    "remove_leader_day",
    "remove_officer",
    "remove_pairing",
    "remove_post",
    "rename_officer",
    "reopen_pairing",
    "reopen_post",
    "restaff",
    "unrelate",
    "withdraw_leader_day",
]
