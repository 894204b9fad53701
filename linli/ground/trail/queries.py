"""Reading the trail: what was done to a thing, and whether the chain holds."""

from datetime import datetime, time, timedelta

from django.utils.timezone import make_aware

from linli.ground.trail import chain
from linli.ground.trail.models import Entry, Head

FIELDS = ("number", "at", "by", "bureau", "action", "subject", "why", "facts", "previous", "hash")


def faults(since=1, anchor=None):
    """(number, what) of every break of the chain, in order: altered, removed or reordered entries, a missing tail.

    what: "altered", "gap" (entries are missing before this one), "link" (it does not follow the one before), "tail"
    (the last entries are missing), "anchor" (it is not the entry that somebody outside wrote down). since: the first
    number to look at; anchor: (number, hash) as it was written down. Nobody has to stop working meanwhile.
    """
    number, previous = since - 1, hash_at(since - 1)
    while True:
        began = number
        for entry in _from(number + 1):
            yield from _against(entry, number, previous, anchor)
            number, previous = entry.number, entry.hash
        head = Head.objects.filter(pk=1).first() or Head()
        if head.number <= number or number == began:  # else somebody has added to the chain while it was read
            break
    if (head.number, head.hash) != (number, previous):
        yield max(head.number, number), "tail"
    if anchor and not since <= anchor[0] <= number:
        yield anchor[0], "anchor"


def _from(number):
    return Entry.objects.filter(number__gte=number).order_by("number").values_list(*FIELDS, named=True).iterator()


def hash_at(number):
    """The hash that stands in an entry; "" when there is none of that number."""
    return Entry.objects.filter(number=number).values_list("hash", flat=True).first() or ""


def _against(entry, number, previous, anchor):
    if entry.number != number + 1:
        yield entry.number, "gap"
    elif entry.previous != previous:
        yield entry.number, "link"
    if chain.hash_of(entry) != entry.hash:
        yield entry.number, "altered"
    if anchor and entry.number == anchor[0] and entry.hash != anchor[1]:
        yield entry.number, "anchor"


def head():
    """(number, hash) of the last entry: what somebody outside may write down; (0, "") of an empty trail."""
    found = Head.objects.filter(pk=1).first()
    return (found.number, found.hash) if found else (0, "")


def of_subject(subject):
    """Entries about one thing, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-number")


def entries(who="", action="", subject="", bureau="", first=None, last=None):
    """Entries by what an auditor asks for, newest first; each filter may be empty, days count in the bureau's zone.

    action: its beginning ("payments." finds all of a room); subject: any part of it.
    """
    found = Entry.objects.order_by("-number")
    found = found.filter(by=who) if who else found
    found = found.filter(action__startswith=action) if action else found
    found = found.filter(subject__icontains=subject) if subject else found
    found = found.filter(bureau=bureau) if bureau else found
    found = found.filter(at__gte=_midnight(first)) if first else found
    return found.filter(at__lt=_midnight(last + timedelta(days=1))) if last else found


def _midnight(day):
    return make_aware(datetime.combine(day, time()))
