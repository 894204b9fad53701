"""Words for what this room keeps as codes, and how its pages write states and days."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from linli.work.requests.kinds import named
from linli.work.requests.states import TAGS, Group, State

CHANNELS = {
    "portal": gettext_lazy("residents' page"),
    "qr": gettext_lazy("QR card"),
    "paper": gettext_lazy("paper slip"),
    "open311": gettext_lazy("Open311"),
    "round": gettext_lazy("on the round"),
    "import": gettext_lazy("another system"),
}
CHANGES = {
    "up": (gettext_lazy("more than before"), "late"),
    "down": (gettext_lazy("fewer than before"), "done"),
    "same": (gettext_lazy("cannot be told apart"), ""),
}


def kind_name(code):
    """A kind as the reader names it."""
    return named(code)


def day(value):
    """A day or moment as the reader writes days; "—" for none."""
    if value is None:
        return "—"
    return date_format(localtime(value) if hasattr(value, "hour") else value, "DATE_FORMAT")


def is_late(request, today):
    """Whether an open request is past the sender's deadline or, where an office has taken it, the office's."""
    if request.group != Group.OPEN:
        return False
    own = request.office_due_on if request.state == State.TAKEN else None
    return any(due is not None and due < today for due in (request.due_on, own))


def state_cell(request, today):
    """The state as a tag: late when it should have been handled."""
    text = request.get_state_display()
    if is_late(request, today):
        return {"tag": "late", "text": text, "note": _("overdue")}
    if request.state == State.HANDED_ON:
        lost = request.arrive_by is not None and request.arrive_by < today
        return {"tag": "late" if lost else "wait", "text": text} | ({"note": _("did not arrive")} if lost else {})
    return {"tag": TAGS[request.group], "text": text}


def times_reopened(request):
    """ "reopened 2 times"; "" for a request that never was."""
    times = request.reopened
    return ngettext("reopened %(times)s time", "reopened %(times)s times", times) % {"times": times} if times else ""
