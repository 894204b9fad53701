"""Writing to the trail: every action of every room ends here, inside its own transaction."""

import json
from functools import wraps

from django.db import transaction

from linli.ground.trail import chain, clock
from linli.ground.trail.models import Entry, Head

UNWRITABLE = "\x00"  # PostgreSQL keeps no NUL; an address may hold one


@transaction.atomic
def record(*, by, action, subject="", why="", bureau=None, **facts):
    """Adds an ``Entry``. by: a user, or a name such as "linli"; bureau: a ``Bureau`` or its code; facts: plain values.

    The head is locked until the transaction ends, so entries stand in the order in which their actions were done.
    Facts never hold a score or a secret: the auditor, who sees neither, reads them.
    """
    head = _head()
    moment = clock.now()
    if head.at and moment < head.at:
        facts["clock_back"] = True  # the clock was set back: said, and the order stays that of the numbers
    entry = Entry(
        number=head.number + 1,
        at=moment.replace(microsecond=0),
        by=name_of(by),
        bureau=getattr(bureau, "code", bureau) or "",
        action=action,
        subject=_plain(subject)[:200],
        why=_plain(why),
        facts=_plain(chain.canonical(facts)),
        previous=head.hash,
    )
    entry.hash = chain.hash_of(entry)
    entry.save(force_insert=True)
    Head.objects.filter(pk=1).update(number=entry.number, hash=entry.hash, at=moment)
    return entry


def _head():
    """The chain's end, locked."""
    locked = Head.objects.select_for_update().filter(pk=1)
    for found in locked:
        return found
    Head.objects.get_or_create(pk=1)  # whichever of several programs writes the first entry lays it down
    return locked.get()


def _plain(text):
    return str(text).replace(UNWRITABLE, "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()


def name_of(by):
    """How the trail calls whoever acts: a user's name, or "linli" for the program itself."""
    return getattr(by, "username", by)


def action(function):
    """Marks a write of a room: keyword-only, with ``by=``, all of it or nothing. The house test looks for the mark."""

    @wraps(function)
    def done(**kwargs):
        with transaction.atomic():
            return function(**kwargs)

    done.is_action = True
    return done


@action
def note_check(*, by, since, head, faults):
    """Leaves in the trail that somebody asked whether the chain holds, and what the answer was."""
    found = [f"{number} {what}" for number, what in faults[:50]]
    return record(by=by, action="trail.verify", subject=f"entry:{head[0]}", since=since, faults=found)


@action
def note_export(*, by, filters):
    """Leaves in the trail that somebody took a part of it along."""
    return record(by=by, action="trail.export", **filters)


def facts_of(entry):
    """The entry's facts as a dict; empty where what stands there is no longer JSON."""
    try:
        found = json.loads(entry.facts)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
