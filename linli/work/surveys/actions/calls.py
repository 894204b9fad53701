"""Calling again those who left a contact for it: drawn at random, asked two things, forgotten."""

import secrets
from datetime import timedelta
from random import Random

from django.db.models import F
from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import Refused
from linli.work.surveys.actions.waves import must_run
from linli.work.surveys.models import Contact, Tally, Word

SHARE = 0.10  # methods: one in ten is called again
WORDS_KEPT = timedelta(days=365)  # after the wave closed
OUTCOMES = ("stands", "changed", "told", "unreached")


@action
def draw_calls(*, by, wave, share=SHARE):
    """Draws who is called again, at least one where anybody left a contact; gives how many are to be called."""
    must_run(by, wave)
    left = sorted(Contact.objects.filter(wave=wave, drawn=False).values_list("pk", flat=True))
    if not left:
        raise Refused(_("Nobody has left a contact that is not drawn yet."))
    chosen = Random(secrets.randbits(64)).sample(left, max(1, round(share * len(left))))
    for start in range(0, len(chosen), 500):
        Contact.objects.filter(pk__in=chosen[start : start + 500]).update(drawn=True)
    record(by=by, action="surveys.draw_calls", subject=f"wave:{wave.code}", bureau=wave.bureau, drawn=len(chosen))
    return len(chosen)


@action
def record_call(*, by, wave, contact, outcome):
    """What came of a call, as a count of the community; the contact is erased with it.

    stands: would answer the same; changed: would answer otherwise; told: had been told what to answer; unreached.
    """
    must_run(by, wave)
    if outcome not in OUTCOMES:
        raise Refused(_("Say what came of the call."))
    if not Contact.objects.filter(pk=contact.pk, wave=wave, drawn=True).delete()[0]:
        raise Refused(_("This contact is gone: somebody has called it already."), _("Look at the list again."))
    if outcome != "unreached":
        counts = {"called": F("called") + 1} | ({outcome: F(outcome) + 1} if outcome != "stands" else {})
        Tally.objects.filter(wave=wave, community=contact.community_id).update(**counts)
    record(by=by, action="surveys.call", subject=f"wave:{wave.code}", bureau=wave.bureau)
    return outcome


@action
def read_contacts(*, by, wave):
    """The contacts that are to be called, and an entry in the trail of who read them."""
    must_run(by, wave)
    found = list(Contact.objects.filter(wave=wave, drawn=True).select_related("community").order_by("pk"))
    if found:
        record(by=by, action="surveys.read_contacts", subject=f"wave:{wave.code}", bureau=wave.bureau, read=len(found))
    return found


@action
def erase_due(*, by, today=None):
    """Erases contacts whose time is over and words of waves closed a year ago; gives how many. Asked for daily."""
    today = today or clock.today()
    contacts = Contact.objects.filter(erase_on__lte=today).delete()[0]
    words = Word.objects.filter(wave__closed_on__lte=today - WORDS_KEPT).delete()[0]
    if contacts or words:
        record(by=by, action="surveys.erase", contacts=contacts, words=words)
    return contacts + words
