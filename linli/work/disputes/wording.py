"""How this room's pages write codes, days and states."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from linli.book.words import Words
from linli.ground.trail.language import reader
from linli.work.disputes.kinds import KINDS, OPEN, SCALES, STATES, TAGS

STEPS = {
    "disputes.take_in": gettext_lazy("taken in"),
    "disputes.change": gettext_lazy("put right"),
    "disputes.name_side": gettext_lazy("a side was given a label"),
    "disputes.consent": gettext_lazy("a side said whether it agrees to mediation"),
    "disputes.appoint": gettext_lazy("appointment made"),
    "disputes.note": gettext_lazy("note written"),
    "disputes.change_mediator": gettext_lazy("another mediator"),
    "disputes.settle": gettext_lazy("settled"),
    "disputes.fail": gettext_lazy("not settled"),
    "disputes.transfer": gettext_lazy("transferred by law"),
    "disputes.give_code": gettext_lazy("a side was given its number"),
    "disputes.confirm": gettext_lazy("confirmation on paper noted"),
    "disputes.confirm_by_code": gettext_lazy("a side answered with its own number"),
    "disputes.follow_up": gettext_lazy("followed up"),
    "disputes.strike": gettext_lazy("struck out"),
    "disputes.print": gettext_lazy("agreement printed"),
    "file.read": gettext_lazy("read by somebody who had not written it"),
}


def day(value):
    """A day or moment as the reader writes days; "—" for none."""
    if value is None:
        return "—"
    return date_format(localtime(value).date() if hasattr(value, "hour") else value, "DATE_FORMAT")


def period_name(period):
    """A quarter in words."""
    return Words(reader()).period(period)


def state_cell(dispute, today):
    """The state as a table's cell: late when the limit or the follow-up has passed."""
    if dispute.state in OPEN and dispute.due < today:
        return {"tag": "late", "text": _("limit passed"), "note": str(STATES[dispute.state])}
    if dispute.state == "settled" and dispute.follow_up_due <= today:
        return {"tag": "late", "text": _("follow-up due")}
    return {"tag": TAGS[dispute.state], "text": str(STATES[dispute.state])}


def kind_of(dispute):
    """The kind in words."""
    return KINDS.get(dispute.kind, dispute.kind)


def scale_of(dispute):
    """How many people, as a class."""
    return SCALES.get(dispute.scale, dispute.scale)
