"""Every write of the room: counts and their tables, sightings, leads, site checks."""

from linli.work.incidents.actions.checks import (
    add_check_point,
    close_check_point,
    draw_site_checks,
    record_site_check,
)
from linli.work.incidents.actions.counts import (
    LARGEST_FILE,
    accept,
    compare,
    count,
    count_month,
    drop,
    read_table,
    undo,
)
from linli.work.incidents.actions.leads import check_lead, merge_lead, receive_lead, verify_lead
from linli.work.incidents.actions.sheets import record_sheet
from linli.work.incidents.actions.sightings import close_sighting, pass_on, sighting

__all__ = [
    "LARGEST_FILE",
    "accept",
    "add_check_point",
    "check_lead",
    "close_check_point",
    "close_sighting",
    "compare",
    "count",
    "count_month",
    "draw_site_checks",
    "drop",
    "merge_lead",
    "pass_on",
    "read_table",
    "receive_lead",
    "record_sheet",
    "record_site_check",
    "sighting",
    "undo",
    "verify_lead",
]
