"""The county book of a quarter out of the tables: what a freeze keeps. Checked as a file would be.

Places with the facts published for the year; posts and pairings up to the quarter's end; the quarter's leader days;
this quarter's figures, and those of earlier quarters as they were frozen.
"""

from dataclasses import replace

import numpy as np

from heng import periods
from linli.book.columns import Table
from linli.book.read import book_of
from linli.book.sheets import SHEETS
from linli.ground.officers.models import LeaderDay, Pairing, Post
from linli.ground.places.queries import communities, facts_of
from linli.quarter.indicators.models import Entry, FrozenValue, Revision

REACH = 12  # earlier quarters in a book, or twice the longest window of the scheme: more cannot be looked back upon


def assembled(bureau, period, scheme, history):
    """(``heng.evidence.Book``, this quarter's ``FrozenValue`` rows unsaved, codes of communities without facts)."""
    first, last = periods.span_of(period)
    places = list(communities(bureau, on=first))
    sheet = facts_of(bureau, first.year)  # fixed for the year, published before it
    facts = {row.community_id: row for row in sheet.rows.all()} if sheet else {}
    kept = [place for place in places if place.pk in facts]
    known = {place.pk: place.code for place in kept}
    values = _this_quarter(bureau, period, known)
    tables = {
        "communities": _communities(kept, facts),
        "posts": _posts(known, last),
        "pairings": _pairings(known, last),
        "evidence": _evidence([*_earlier(bureau, period, scheme, known), *((period, value) for value in values)]),
        "leader_days": _leader_days(known, first, last),
        "history": _table("history", []),
    }
    book = book_of(tables, scheme, period)
    return replace(book, history=history), values, [place.code for place in places if place.pk not in facts]


def _table(sheet, rows, facts=None):
    """A ``Table`` as the reader of files would have made it; a line is named by its key."""
    names = list(SHEETS[sheet].columns)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(names)}
    keys = [" ".join(str(cell) for cell in row[:3] if cell is not None) for row in rows]
    return Table(sheet, sheet, keys, columns, facts or {})


def _communities(places, facts):
    names = sorted({name for place in places for name in facts[place.pk].facts})
    rows = [(p.code, p.name, p.kind, p.complex, float(facts[p.pk].population)) for p in places]
    return _table("communities", rows, {name: [facts[p.pk].facts.get(name) for p in places] for name in names})


def _posts(known, last):
    found = Post.objects.filter(community__in=known, start__lte=last).select_related("officer")
    found = found.order_by("officer__code", "start")
    return _table(
        "posts",
        [(p.officer.code, p.officer.name, known[p.community_id], p.start, p.end, p.staffing) for p in found],
    )


def _pairings(known, last):
    found = Pairing.objects.filter(community__in=known, start__lte=last).select_related("leader", "office")
    rows = [
        (known[p.community_id], p.leader.code if p.leader else "", p.office.code, p.start, p.end)
        for p in found.order_by("community__code", "start", "pk")
    ]
    return _table("pairings", rows)


def _leader_days(known, first, last):
    found = LeaderDay.objects.filter(community__in=known, date__range=(first, last), refused_because="")
    found = found.select_related("leader").order_by("leader__code", "date", "pk")
    rows = [(d.leader.code, known[d.community_id], d.date, float(d.hours), d.countersigned_by) for d in found]
    return _table("leader_days", rows)


def _evidence(values):
    rows = [
        (period, v.community, v.rate, v.numerator, v.denominator, v.design_effect, v.sd, v.source, v.verified_by,
         v.status)
        for period, v in values
    ]  # fmt: skip
    return _table("evidence", rows)


def _this_quarter(bureau, period, known):
    """The figures as they stand now. Returned ones are left out: their verifier has said that they are wrong."""
    found = Entry.objects.filter(bureau=bureau, period=period, community__in=known, returned_because="")
    return [frozen_value(entry, known) for entry in found.order_by("community__code", "rate")]


def frozen_value(entry, known):
    """An ``Entry`` as it is frozen: what nobody verified in time is provisional (R-80), and says so."""
    unverified = entry.verified_at is None and entry.status == Entry.Status.FINAL
    return FrozenValue(
        community=known[entry.community_id],
        rate=entry.rate,
        numerator=entry.numerator,
        denominator=entry.denominator,
        design_effect=entry.design_effect,
        sd=entry.sd,
        source=entry.source,
        status=Entry.Status.PROVISIONAL if unverified else entry.status,
        room=entry.room,
        counted=entry.counted,
        supplied_by=entry.supplied_by,
        verified_by="" if entry.verified_at is None else entry.verified_as,
    )


def _earlier(bureau, period, scheme, known):
    """(period, value) of earlier quarters: as last frozen; of quarters from before Linli, as they were imported."""
    longest = max(rate.pool_quarters for rate in scheme.rates)
    since = periods.step(period, -max(REACH, 2 * longest))
    codes, rates = set(known.values()), {rate.id for rate in scheme.rates}
    revisions = Revision.objects.filter(bureau=bureau, period__gte=since, period__lt=period)
    latest = dict(revisions.order_by("period", "number").values_list("period", "pk"))
    of_revision = {pk: earlier for earlier, pk in latest.items()}
    frozen = FrozenValue.objects.filter(revision__in=of_revision, community__in=codes, rate__in=rates)
    found = [(of_revision[value.revision_id], value) for value in frozen]
    typed = Entry.objects.filter(bureau=bureau, period__gte=since, period__lt=period, community__in=known)
    typed = typed.filter(rate__in=rates, returned_because="").exclude(period__in=latest)
    found += [(entry.period, frozen_value(entry, known)) for entry in typed]
    return sorted(found, key=lambda pair: (pair[0], pair[1].community, pair[1].rate))


def changed(book, period, changes):
    """The book with this quarter's figures changed. changes: (community, rate) -> dict of ``FrozenValue`` fields, or
    None for a figure that is taken out."""
    evidence = book.evidence
    keys = list(zip(evidence.community, evidence.rate, strict=True))
    mine = evidence.period == period
    keep = np.array([not (mine[i] and key in changes) for i, key in enumerate(keys)], dtype=bool)
    table = evidence.rows(keep)
    new = [value | {"period": period} for value in changes.values() if value is not None]
    columns = {}
    for name in ("period", "community", "rate", "source", "verified_by", "status"):
        columns[name] = np.array([*getattr(table, name), *(value[name] for value in new)], dtype=object)
    for name in ("numerator", "denominator", "design_effect", "sd"):
        added = [np.nan if value[name] is None else value[name] for value in new]
        columns[name] = np.array([*getattr(table, name), *added], dtype=float)
    order = sorted(range(len(columns["rate"])), key=lambda i: tuple(columns[n][i] for n in _KEY))
    return replace(book, evidence=type(evidence)(**{name: values[order] for name, values in columns.items()}))


_KEY = ("period", "community", "rate")
