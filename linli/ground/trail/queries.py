"""Reading the trail: what was done to a thing, and whether the chain holds."""

from linli.ground.trail import chain
from linli.ground.trail.models import Entry, Head


def faults(entries=None, head=None):
    """(number, what) of every break of the chain, in order: altered, removed or reordered entries, a missing tail.

    what: "altered", "gap" (entries are missing before this one), "link" (it does not follow the one before),
    "tail" (the last entries are missing).
    """
    number, previous = 0, ""
    for entry in Entry.objects.order_by("number").iterator() if entries is None else entries:
        if entry.number != number + 1:
            yield entry.number, "gap"
        elif entry.previous != previous:
            yield entry.number, "link"
        if chain.hash_of(entry) != entry.hash:
            yield entry.number, "altered"
        number, previous = entry.number, entry.hash
    head = Head.objects.filter(pk=1).first() if head is None else head
    if head and (head.number, head.hash) != (number, previous):
        yield head.number, "tail"
    if head is None and number:
        yield number, "tail"


def of_subject(subject):
    """Entries about one thing, newest first."""
    return Entry.objects.filter(subject=subject).order_by("-number")
