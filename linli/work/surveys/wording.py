"""How this room says its codes."""

from django.utils.translation import gettext_lazy as _

SAMPLINGS = {
    "list": _("at random from a list of addresses"),
    "route": _("random walks with a fixed step"),
    "symposium": _("who came to a meeting (no sample: no margins, counts in no rate)"),
    "open": _("an open link (no sample: no margins, counts in no rate)"),
}
SHORT = {
    "list": _("random list"),
    "route": _("random walk"),
    "symposium": _("symposium"),
    "open": _("open link"),
}
MODES = {
    "qr": _("by the card's QR code"),
    "phone": _("by telephone"),
    "tablet": _("at the door, on a tablet"),
    "paper": _("on paper"),
}
STATES = {"open": (_("being asked"), "now"), "closed": (_("survey closed"), "done")}
OUTCOMES = {
    "stands": _("would answer the same"),
    "changed": _("would answer otherwise now"),
    "told": _("had been told what to answer"),
    "unreached": _("not reached"),
}
SIGNS = {  # reasons to look, never deductions
    "quick": _("answered faster than one can read"),
    "repeats": _("from a device that had answered before"),
    "identical": _("one and the same string of answers"),
    "changed": _("called again: would answer otherwise"),
    "told": _("called again: had been told what to answer"),
}


def percent(share, digits=0):
    """A share in per cent; "—" where there is none.

    >>> percent(0.7345), percent(None)
    ('73 %', '—')
    """
    return "—" if share is None else f"{share * 100:.{digits}f} %"


def interval(low, high):
    """An interval in per cent; "—" where there is no margin.

    >>> interval(0.671, 0.892), interval(None, None)
    ('67–89 %', '—')
    """
    return "—" if low is None else f"{low * 100:.0f}–{high * 100:.0f} %"
