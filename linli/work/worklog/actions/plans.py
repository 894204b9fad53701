"""The officer's own plan of a day, and a round whose order nobody can learn: shuffled by a seed that is kept."""

import random
import secrets
from datetime import time

from django.utils.translation import gettext as _

from linli.ground.trail import clock
from linli.ground.trail.actions import action
from linli.ground.trail.actions import record as trail
from linli.ground.trail.refusals import Refused, Stale
from linli.work.worklog.actions import checked
from linli.work.worklog.kinds import WORKS
from linli.work.worklog.models import Plan, PlanEntry

MOST_ENTRIES = 30
A_STEP = 5  # minutes: a round begins on such a mark


@action
def plan(*, by, officer, day, entries, version=None):
    """The day's plan, in place of the one before. entries: dicts of kind, community and, if wanted, cell, starts (a
    time), minutes, place. Any hour of any day may be planned: evenings and weekends count alike."""
    return _laid(by, officer, day, entries, version, None)


@action
def draw_round(*, by, officer, day, places, begins, ends, kind="patrol", seed=None, version=None):
    """A plan that visits ``places`` (pairs of a community and a cell) in random order at random marks of time.

    The seed is kept, so that the officer can show that nobody chose the order.
    """
    first, last = _minutes(begins), _minutes(ends)
    marks = range(first, last, A_STEP)
    if not places or len(marks) < len(places):
        raise Refused(_("There is too little time for these places."), _("Choose fewer places or a longer time."))
    seed = secrets.randbits(31) if seed is None else seed
    draw = random.Random(seed)
    order = draw.sample(list(places), len(places))
    starts = sorted(draw.sample(marks, len(places)))
    entries = [
        {"kind": kind, "community": community, "cell": cell, "starts": time(*divmod(at, 60)), "minutes": until - at}
        for (community, cell), at, until in zip(order, starts, [*starts[1:], last], strict=True)
    ]
    return _laid(by, officer, day, entries, version, seed)


def _minutes(at):
    return at.hour * 60 + at.minute


def _laid(by, officer, day, entries, version, seed):
    officer = checked.own_day(by, officer)
    if day < clock.today():
        raise Refused(_("This day is over."), _("Record what was done instead."))
    if len(entries) > MOST_ENTRIES:
        raise Refused(_("A plan has at most %(most)d lines.") % {"most": MOST_ENTRIES})
    stands = Plan.objects.filter(officer=officer, day=day).first()
    if stands and version is not None and version != stands.version:
        raise _stale(stands, entries)
    if stands is None:
        stands = Plan.objects.create(officer=officer, day=day, seed=seed, version=0)
    Plan.objects.filter(pk=stands.pk).update(seed=seed, version=stands.version + 1)
    rows = [_entry(officer, day, stands, number, entry) for number, entry in enumerate(entries, 1)]
    PlanEntry.objects.filter(plan=stands).delete()
    PlanEntry.objects.bulk_create(rows)
    subject = f"plan:{officer.code}:{day.isoformat()}"
    trail(by=by, action="worklog.plan", subject=subject, bureau=officer.bureau, entries=len(rows), seed=seed)
    stands.refresh_from_db()
    return stands


def _entry(officer, day, stands, number, entry):
    minutes = entry.get("minutes") or None
    if minutes is not None and not 1 <= minutes <= 1440:
        raise Refused(_("Minutes are a number from 1 to 1440."))
    return PlanEntry(
        plan=stands, position=number, kind=checked.kind_of(entry["kind"]),
        community=checked.held_then(officer, entry["community"], day), cell=checked.cell_of(entry.get("cell")),
        starts=entry.get("starts"), minutes=minutes, place=str(entry.get("place") or "").strip()[:80],
    )  # fmt: skip


def said(entries):
    """A plan in one line a entry, for people."""
    return "\n".join(
        " ".join(filter(None, (f"{starts:%H:%M}" if starts else "", str(WORKS[kind]), community, cell, place)))
        for starts, kind, community, cell, place in entries
    )


def _stale(stands, entries):
    there = said(
        (entry.starts, entry.kind, entry.community.code, entry.cell, entry.place)
        for entry in stands.entries.select_related("community")
    )
    mine = said(
        (entry.get("starts"), entry["kind"], entry["community"].code, entry.get("cell"), entry.get("place"))
        for entry in entries
    )
    return Stale(_("This plan has been changed in the meantime."), [(_("Plan"), mine, there)], stands.version)
