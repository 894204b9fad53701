"""Words for what this room keeps as codes, and how its pages write money and days."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from linli.book.figures import yuan  # noqa: F401  the room's pages write money by it
from linli.book.words import Words
from linli.ground.trail.language import reader

STATES = {"promised": _("promised"), "due": _("due"), "paid": _("paid"), "cancelled": _("cancelled")}
TAGS = {"promised": "wait", "due": "now", "paid": "done", "cancelled": "ahead"}
KINDS = {"allowance": _("work allowance"), "award": _("year-end award"), "other": _("other")}
STEPS = {
    "payments.promise": _("promised"),
    "payments.approve": _("approved"),
    "payments.pay": _("paid"),
    "payments.cancel": _("cancelled by a correction"),
    "payments.overpaid": _("found overpaid; not reclaimed"),
    "payments.hold": _("on hold"),
    "payments.release": _("released"),
}


def period_name(period):
    """2026年第三季度; "" where a promise has no quarter."""
    return Words(reader()).period(period) if period else ""


def day(value):
    """A day or moment as the reader writes days; "—" for none."""
    if value is None:
        return "—"
    return date_format(localtime(value) if hasattr(value, "hour") else value, "DATE_FORMAT")


def what_for(promise):
    """What a promise is for, in words."""
    said = promise.what or str(KINDS[promise.kind])
    return f"{said} · {_('after a correction')}" if promise.corrects_id else said


def state_cell(promise, today):
    """The state as a table's cell: late when it should have been paid."""
    late = promise.state in ("promised", "due") and promise.due_on is not None and promise.due_on < today
    if promise.held_because and promise.state != "paid":
        return {"tag": "blocked", "text": _("on hold")}
    if late:
        return {"tag": "late", "text": _("overdue")}
    return {"tag": TAGS[promise.state], "text": STATES[promise.state]}
