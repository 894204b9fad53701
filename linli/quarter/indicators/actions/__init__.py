"""Every write of the room: schemes from draft to force, figures from a department to verified, quarters frozen."""

from linli.quarter.indicators.actions.entries import (
    lift_false,
    mark_false,
    supply,
    supply_sheet,
    take_counted,
    withdraw,
)
from linli.quarter.indicators.actions.imported import import_figures, take_out_figures
from linli.quarter.indicators.actions.revisions import correct, freeze
from linli.quarter.indicators.actions.schemes import (
    define,
    draft_scheme,
    drop_scheme,
    open_consultation,
    put_in_force,
    save_draft,
    take_back,
)
from linli.quarter.indicators.actions.verification import return_entry, return_rows, verify, verify_rows

__all__ = [
    "correct",
    "define",
    "draft_scheme",
    "drop_scheme",
    "freeze",
    "import_figures",
    "lift_false",
    "mark_false",
    "open_consultation",
    "put_in_force",
    "return_entry",
    "return_rows",
    "save_draft",
    "supply",
    "supply_sheet",
    "take_back",
    "take_counted",
    "take_out_figures",
    "verify",
    "verify_rows",
    "withdraw",
]
