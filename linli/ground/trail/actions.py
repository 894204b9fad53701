"""Writing to the trail: every action of every room ends here, inside its own transaction."""

import json
from functools import wraps

from django.db import transaction

from linli.ground.trail import chain, clock
from linli.ground.trail.models import Entry, Head


@transaction.atomic
def record(*, by, action, subject="", why="", bureau=None, **facts):
    """Adds an ``Entry``. by: a user, or a name such as "linli"; bureau: a ``Bureau`` or its code; facts: plain values.

    The head is locked until the transaction ends, so entries stand in the order in which their actions were done.
    """
    Head.objects.get_or_create(pk=1)
    head = Head.objects.select_for_update().get(pk=1)
    moment = clock.now()
    if head.at and moment < head.at:
        facts["clock_back"] = True  # the clock was set back: said, and the order stays that of the numbers
    entry = Entry(
        number=head.number + 1,
        at=moment.replace(microsecond=0),
        by=getattr(by, "username", by),
        bureau=getattr(bureau, "code", bureau) or "",
        action=action,
        subject=subject[:200],
        why=why,
        facts=chain.canonical(facts),
        previous=head.hash,
    )
    entry.hash = chain.hash_of(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(number=entry.number, hash=entry.hash, at=moment)
    return entry


def action(function):
    """Marks a write of a room: keyword-only, with ``by=``, all of it or nothing. The house test looks for the mark."""

    @wraps(function)
    def done(**kwargs):
        with transaction.atomic():
            return function(**kwargs)

    done.is_action = True
    return done


def facts_of(entry):
    """The entry's facts as a dict."""
    return json.loads(entry.facts)
