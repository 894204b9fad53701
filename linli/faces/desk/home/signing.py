"""Leaders' days that wait for a counter-signature: an officer's, or a cadre's for the residents' committee (R-41)."""

from django.urls import reverse
from django.utils.translation import ngettext

from linli.ground.accounts.items import Item
from linli.ground.officers.queries import to_countersign


def items(user, bureau, today):
    """One ``Item`` for all of them."""
    waiting = to_countersign(user).count()
    if waiting:
        text = ngettext("%(n)d leader day to counter-sign", "%(n)d leader days to counter-sign", waiting)
        yield Item(text % {"n": waiting}, reverse("officers:to_sign", args=[bureau.code]), count=waiting)
