"""Counts by month: a table is read and shown, then accepted as new revisions; nothing that stood there is lost."""

import hashlib

from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from linli.book import incident_table
from linli.book.problems import BadBook
from linli.ground.places.models import Bureau, Community
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.language import reader
from linli.ground.trail.refusals import Refused, Stale
from linli.work.incidents import kinds, months
from linli.work.incidents.counted import newest, version_of
from linli.work.incidents.models import CountTable, MonthCount
from linli.work.incidents.worded import one_of, place_words

State, Origin = CountTable.State, CountTable.Origin
LARGEST = 1_000_000  # incidents of one kind in one month and community: whatever is above is a slip
LARGEST_FILE = 4 * 2**20


@action
def read_table(*, by, bureau, source, rows=None, upload=None, kind="", month="", year=None):
    """A ``CountTable`` to be looked at before it counts: nothing is changed yet.

    rows: (month, community code, kind, number) …; or upload: the bytes of an .xlsx or .csv, which are not kept. kind,
    month, year: what the file does not say itself. A file with a sign of persons in it is refused with its cell named.
    """
    notes, sha256 = (), ""
    source = place_words(source)
    if upload is not None:
        rows, notes, sha256 = _of_file(bureau, source, upload, kind, month, year)
    rows = _checked(bureau, rows)
    if not rows:
        raise Refused(
            _("The table holds no number."), _("A blank cell is not a zero: where nothing happened, write 0.")
        )
    stands = newest(bureau, {row[0] for row in rows})
    seen = [[*row, stands[row[:3]].revision if row[:3] in stands else 0] for row in rows]
    table = _made(by, bureau, source, Origin.FILE, State.READ, sha256=sha256, rows=seen, notes=list(notes),
                  covers=_covers(rows))  # fmt: skip
    record(by=by, action="incidents.read_table", subject=f"table:{table.number}", bureau=bureau, sha256=sha256,
           rows=len(rows), months=sorted(table.covers))  # fmt: skip
    return table


def _of_file(bureau, source, content, kind, month, year):
    if len(content) > LARGEST_FILE:
        raise Refused(_("The file is larger than any table of counts."), _("Send the monthly table alone."))
    places = {word: place.code for place in bureau.communities.all() for word in (place.code, place.name)}
    try:
        read = incident_table.read(source, content, places, kind=kind, month=month, year=year)
    except BadBook as bad:
        raise Refused(bad.said(reader()), _("Nothing was kept, not even the file. Mend it and send it again.")) from bad
    return read.rows, read.notes, hashlib.sha256(content).hexdigest()


def _checked(bureau, rows):
    """The rows as kept, in order; ``Refused`` for what no county counts."""
    codes, found = set(bureau.communities.values_list("code", flat=True)), {}
    for month, community, kind, number in rows:
        key = (months.checked(month), community, one_of(kinds.NAMES, kind, _("kind of incident")))
        if community not in codes:
            raise Refused(_("There is no community “%(code)s”.") % {"code": str(community)[:40]})
        if isinstance(number, bool) or int(number) != number or not 0 <= number <= LARGEST:
            raise Refused(_("“%(number)s” is not a number of incidents.") % {"number": str(number)[:40]})
        if key in found:
            raise Refused(
                _("%(month)s, %(community)s: the same number stands twice.") % {"month": month, "community": community}
            )
        found[key] = int(number)
    return [(*key, number) for key, number in sorted(found.items())]


def _covers(rows):
    found = {}
    for month, community, kind, *_rest in rows:
        found.setdefault(month, {}).setdefault(community, []).append(kind)
    return found


def _made(by, bureau, source, origin, state, **more):
    Bureau.objects.select_for_update(no_key=True).get(pk=bureau.pk)
    last = CountTable.objects.filter(bureau=bureau).aggregate(last=Max("number"))["last"] or 0
    settled = {"settled_by": name_of(by), "settled_at": clock.now()} if state == State.ACCEPTED else {}
    return CountTable.objects.create(
        bureau=bureau, number=last + 1, origin=origin, state=state, source=source, read_by=name_of(by),
        read_at=clock.now(), **settled, **more,
    )  # fmt: skip


@action
def accept(*, by, bureau, table):
    """The table counts from now on: each number that differs becomes a new revision."""
    rows = CountTable.objects.get(pk=table.pk, bureau=bureau).rows
    _settle(by, table, State.ACCEPTED)
    changed = _revised(by, bureau, table, rows)
    CountTable.objects.filter(pk=table.pk).update(changed=changed)
    record(by=by, action="incidents.accept", subject=f"table:{table.number}", bureau=bureau, changed=changed)
    table.refresh_from_db()
    return table


@action
def drop(*, by, table):
    """The table is not taken: nothing of it is kept but that it was read."""
    _settle(by, table, State.DROPPED)
    record(by=by, action="incidents.drop", subject=f"table:{table.number}", bureau=table.bureau)
    table.refresh_from_db()
    return table


@action
def compare(*, by, table):
    """Holds a table that was read against what stands there now, after somebody else has changed it."""
    table = CountTable.objects.select_for_update().get(pk=table.pk)
    if table.state != State.READ:
        raise Refused(_("This table is settled already."), _("Look at the counts as they are now."))
    stands = newest(table.bureau, {row[0] for row in table.rows})
    rows = [[*row[:4], _revision(stands, row)] for row in table.rows]
    CountTable.objects.filter(pk=table.pk).update(rows=rows)
    record(by=by, action="incidents.compare", subject=f"table:{table.number}", bureau=table.bureau)
    table.refresh_from_db()
    return table


def _settle(by, table, state):
    still = CountTable.objects.filter(pk=table.pk, state=State.READ)
    if not still.update(state=state, rows=[], settled_by=name_of(by), settled_at=clock.now()):
        raise Refused(_("This table is settled already."), _("Look at the counts as they are now."))


def _revised(by, bureau, table, rows):
    """How many numbers changed; ``Stale`` when somebody else changed one of them since the table was read."""
    stands = newest(bureau, {row[0] for row in rows})
    moved = [row for row in rows if _revision(stands, row) != row[4]]
    if moved:
        raise _stale(stands, moved)
    places = {place.code: place for place in Community.objects.filter(bureau=bureau)}
    new = [
        MonthCount(
            bureau=bureau, community=places[code], month=month, kind=kind, number=number, revision=seen + 1,
            table=table, by=name_of(by), at=clock.now(),
        )
        for month, code, kind, number, seen in rows
        if number != _number(stands, (month, code, kind))
    ]  # fmt: skip
    try:
        with transaction.atomic():
            MonthCount.objects.bulk_create(new)
    except IntegrityError:
        raise _stale(newest(bureau, {row[0] for row in rows}), rows) from None
    return len(new)


def _revision(stands, row):
    return stands[tuple(row[:3])].revision if tuple(row[:3]) in stands else 0


def _number(stands, key):
    return stands[key].number if key in stands else None


def _stale(stands, rows):
    told = [
        (f"{month} {code} {kinds.NAMES[kind]}", number, _number(stands, (month, code, kind)), "number")
        for month, code, kind, number, _seen in rows[:50]
    ]
    remedy = _("Look at the table once more: it is now held against what stands there.")
    return Stale(_("Somebody else has changed these counts since the table was read."), told, 0, remedy)


@action
def undo(*, by, table, why):
    """Puts back what an accepted table changed, as new revisions; what a later table changed is undone first."""
    if table.state != State.ACCEPTED or table.origin == Origin.UNDO:
        raise Refused(_("Only a table that was accepted can be undone."))
    why = place_words(why, 200)
    if not why:
        raise Refused(_("Say why the table is undone."))
    if CountTable.objects.filter(undoes=table).exists():
        raise Refused(_("This table is undone already."))
    rows, later = _put_back(table)
    if later:
        numbers = ", ".join(map(str, sorted(later)))
        raise Refused(
            _("A later table changed some of these numbers: %(numbers)s.") % {"numbers": numbers},
            _("Undo that one first."),
        )
    back = _made(by, table.bureau, table.source, Origin.UNDO, State.ACCEPTED, undoes=table, changed=len(rows))
    _revised(by, table.bureau, back, rows)
    record(by=by, action="incidents.undo", subject=f"table:{table.number}", why=why, bureau=table.bureau,
           rows=len(rows))  # fmt: skip
    return back


def _put_back(table):
    """(rows that put back what stood before the table, numbers of the tables that changed them since)."""
    written = list(table.counts.select_related("community"))
    every = MonthCount.objects.filter(bureau=table.bureau, month__in={row.month for row in written})
    stacks, last = {}, {}
    for row in every.select_related("community", "table").order_by("revision"):
        stack = stacks.setdefault(_key(row), [])
        if row.table.undoes_id:
            stack.pop()  # what was undone counts as never written
        else:
            stack.append(row)
        last[_key(row)] = row.revision
    rows, later = [], set()
    for row in written:
        stack = stacks[_key(row)]
        if stack[-1].pk != row.pk:
            later.add(stack[-1].table.number)
        rows.append([*_key(row), stack[-2].number if len(stack) > 1 else None, last[_key(row)]])
    return rows, later


def _key(row):
    return row.month, row.community.code, row.kind


@action
def count(*, by, bureau, month, community, kind, number, source="", version=None):
    """One number typed in. version: the revision that was seen, 0 = none; None asks no question."""
    rows = _checked(bureau, [(month, community.code, kind, number)])
    seen = _revision(newest(bureau, [month]), rows[0]) if version is None else version
    _typed(by, bureau, [[*rows[0], seen]], source)
    record(by=by, action="incidents.count", subject=f"count:{month}:{community.code}", bureau=bureau,
           numbers={kind: number})  # fmt: skip
    return newest(bureau, [month]).get(rows[0][:3])


@action
def count_month(*, by, bureau, month, community, numbers, source="", version=None):
    """The numbers of a community's month, kind -> number, typed in. version: ``version_of`` what was seen."""
    rows = _checked(bureau, [(month, community.code, kind, number) for kind, number in numbers.items()])
    if not rows:
        raise Refused(_("No number is written."), _("A blank cell is not a zero: where nothing happened, write 0."))
    stands = newest(bureau, [month], community)
    if version is not None and version != version_of(stands):
        told = [
            (str(kinds.NAMES[kind]), number, _number(stands, (month, code, kind)), kind)
            for month, code, kind, number in rows
            if number != _number(stands, (month, code, kind))
        ]
        raise Stale(_("Somebody else has changed these counts."), told, version_of(stands))
    changed = _typed(by, bureau, [[*row, _revision(stands, row)] for row in rows], source)
    record(by=by, action="incidents.count", subject=f"count:{month}:{community.code}", bureau=bureau, numbers=numbers)
    return changed


def _typed(by, bureau, rows, source):
    """How many numbers changed by what was typed; typed once more, a kind counts as read once more."""
    source = place_words(source) or "—"
    table = _made(by, bureau, source, Origin.TYPED, State.ACCEPTED, covers=_covers(rows))
    changed = _revised(by, bureau, table, rows)
    CountTable.objects.filter(pk=table.pk).update(changed=changed)
    return changed
