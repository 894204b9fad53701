"""The room's states and kinds as words and signs of a page."""

from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from linli.quarter.indicators import sheet
from linli.quarter.indicators.figures import moved, said

STATES = {
    sheet.MISSING: pgettext_lazy("figure", "not supplied"),
    sheet.SUPPLIED: pgettext_lazy("figure", "supplied"),
    sheet.RETURNED: pgettext_lazy("figure", "returned"),
    sheet.VERIFIED: pgettext_lazy("figure", "verified"),
    sheet.PROVISIONAL: pgettext_lazy("figure", "provisional"),
    sheet.FALSE: pgettext_lazy("figure", "found false"),
    sheet.FROZEN: pgettext_lazy("figure", "frozen"),
}
SIGNS = {
    sheet.MISSING: "ahead",
    sheet.SUPPLIED: "wait",
    sheet.RETURNED: "late",
    sheet.VERIFIED: "done",
    sheet.PROVISIONAL: "wait",
    sheet.FALSE: "adverse",
    sheet.FROZEN: "done",
}
SCHEME_STATES = {
    "draft": pgettext_lazy("scheme", "draft"),
    "consulting": pgettext_lazy("scheme", "before the officers"),
    "in_force": pgettext_lazy("scheme", "in force"),
    "dropped": pgettext_lazy("scheme", "dropped"),
}
SCHEME_SIGNS = {"draft": "ahead", "consulting": "wait", "in_force": "done", "dropped": "blocked"}
KINDS = {
    "share": pgettext_lazy("rate", "a share"),
    "count": pgettext_lazy("rate", "a count"),
    "mean": pgettext_lazy("rate", "a mean"),
}
BETTER = {"higher": pgettext_lazy("rate", "higher is better"), "lower": pgettext_lazy("rate", "lower is better")}
PARTS = {"supply": pgettext_lazy("figure", "supply"), "verify": pgettext_lazy("figure", "verify")}


ROOMS = {
    "worklog": pgettext_lazy("room", "the officers' log"),
    "disputes": pgettext_lazy("room", "the mediation ledger"),
    "surveys": pgettext_lazy("room", "surveys"),
    "incidents": pgettext_lazy("room", "the registers of incidents, leads and checks"),
}


def origin(value):
    """Where a figure comes from: typed by its supplier, or counted in a room; "" of nothing."""
    if value is None:
        return ""
    if not value.room:
        return pgettext("figure", "typed")
    return _("counted in %(room)s") % {"room": ROOMS.get(value.room, value.room)}


def now(value, counted):
    """What a room counts where something else stands; "" where it is the same, or nothing to compare."""
    if not moved(value, counted):
        return ""
    if counted is None:
        return _("the room no longer counts this")
    return _("the room now counts %(figure)s") % {"figure": figure(counted)}


def sign_of(cell, sheet_, today):
    """The sign of a cell: what nobody owes yet is ahead, what is owed beyond its day is late."""
    if sheet_.revision is None and cell.state in sheet.OWED_BY_SUPPLIER and today > sheet_.supply_by:
        return "late"
    if sheet_.revision is None and cell.state in sheet.OWED_BY_VERIFIER and today > sheet_.verify_by:
        return "late"
    return SIGNS[cell.state]


def figure(value):
    """26 / 14200 of a value, or a dash: never 0 for nothing."""
    if value is None:
        return "—"
    return _("%(numerator)s / %(denominator)s") % {
        "numerator": said(value.numerator),
        "denominator": said(value.denominator),
    }
