"""The room's states and kinds as words and signs of a page."""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from linli.quarter.indicators import sheet
from linli.quarter.indicators.figures import said

STATES = {
    sheet.MISSING: lazy("not supplied"),
    sheet.SUPPLIED: lazy("supplied"),
    sheet.RETURNED: lazy("returned"),
    sheet.VERIFIED: lazy("verified"),
    sheet.PROVISIONAL: lazy("provisional"),
    sheet.FALSE: lazy("found false"),
    sheet.FROZEN: lazy("frozen"),
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
    "draft": lazy("draft"),
    "consulting": lazy("before the officers"),
    "in_force": lazy("in force"),
    "dropped": lazy("dropped"),
}
SCHEME_SIGNS = {"draft": "ahead", "consulting": "wait", "in_force": "done", "dropped": "blocked"}
KINDS = {"share": lazy("a share"), "count": lazy("a count"), "mean": lazy("a mean")}
BETTER = {"higher": lazy("higher is better"), "lower": lazy("lower is better")}
PARTS = {"supply": lazy("supply"), "verify": lazy("verify")}


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
