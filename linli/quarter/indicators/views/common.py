"""What the room's pages share: the quarter of an address, the way down, a refusal put back into its form."""

from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from heng import periods
from linli.book.words import Words
from linli.ground.trail.language import reader


def quarter_or_404(period):
    """The period of an address."""
    try:
        periods.parse(period)
    except ValueError as wrong:
        raise Http404 from wrong
    if not "1990Q1" <= period <= "2100Q4":
        raise Http404
    return period


def plain(text, longest):
    """What somebody sent, short enough and without NUL, which no database keeps.

    >>> plain("C0" + chr(0) + "1", 2)
    'C0'
    """
    return text.replace("\x00", "")[:longest]


def said_period(period):
    """The quarter as its reader writes it."""
    return Words(reader()).period(period)


def crumbs(bureau, *more):
    """The way down from the quarters' figures."""
    return [{"url": reverse("indicators:sheets", args=[bureau.code]), "label": _("Figures")}, *more]


def crumb(name, label, *args):
    """One step of the way."""
    return {"url": reverse(f"indicators:{name}", args=args), "label": label}
