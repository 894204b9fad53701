"""What the pages of this room share: who reads words, the way down to a page, and how a number is said."""

from django.urls import reverse
from django.utils.translation import gettext as _

from linli.ground.accounts.roles import CADRE, DEPARTMENT, LEADING, OFFICER, STATION

READERS = (OFFICER, STATION, DEPARTMENT, CADRE)  # each of them only what ``rights`` lets through


def crumbs(bureau, *more):
    """The way down to a page of this room."""
    top = [(reverse("requests:list", args=[bureau.code]), _("Requests"))]
    return [{"url": url, "label": label} for url, label in [*top, *more]]


def short(number):
    """The number as people say it: its first signs are enough within one bureau's list.

    >>> short("R0123456789ABCDEF")
    'R0123-4567…'
    """
    return f"{number[:5]}-{number[5:9]}…"


def tabs(user):
    """Which pages of this room its reader may open."""
    return {
        "reads": user.role in READERS,
        "counts": user.role in (OFFICER, STATION, *LEADING),
        "local": user.role in (OFFICER, STATION),
    }
