"""Departments' figures: supplied, changed, taken out, and found false."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from linli.ground.accounts.roles import SUPERVISION
from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.actions import action, record
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.indicators import figures, gates, owners, queries
from linli.quarter.indicators.figures import Figure
from linli.quarter.indicators.models import Entry
from linli.quarter.indicators.turns import take_turn


@dataclass
class Saved:
    """What became of a sheet's rows, by community code."""

    written: list = field(default_factory=list)
    unchanged: list = field(default_factory=list)
    stale: dict = field(default_factory=dict)  # code -> Stale: somebody else wrote this row first
    refused: dict = field(default_factory=dict)  # code -> Refused


@action
def supply(*, by, bureau, period, community, rate, numerator, denominator, design_effect=1.0, sd=None, source="",
           status="final", version=0):  # fmt: skip
    """One figure. version: of the row as it was read, 0 = there was none; ``Stale`` when it has changed since.

    The same figure again is no change; another one makes the row unverified again.
    """
    community = _community(bureau, community)
    figure = Figure(numerator, denominator, design_effect, sd, source.strip(), status)
    rows = [{"community": community, "figure": figure, "version": version, "again": True}]
    saved = _supplied(by, bureau, period, rate, rows)
    for refusal in (*saved.refused.values(), *saved.stale.values()):
        raise refusal
    return Entry.objects.get(period=period, community=community, rate=rate)


@action
def supply_sheet(*, by, bureau, period, rate, rows):
    """One rate for many communities: ``Saved``. A row that is wrong or stale does not hold up the others.

    rows: dicts of community (``Community`` or code), figure (``Figure``, or None: blank), version, and again (True: a
    returned figure is sent as it was). A blank takes the figure out that stood there.
    """
    return _supplied(by, bureau, period, rate, rows)


@action
def take_counted(*, by, bureau, period, rate, communities=None, versions=None):
    """What the working rooms counted for one rate, as the supplier's figures: ``Saved``. Whoever supplies the rate
    answers for it as for typed ones; a second office looks at it all the same.

    communities: codes of exactly the cells that are meant; None: those that are blank or were counted before, never a
    typed one. versions: code -> version of the row as it was read, 0 = there was none; None: as it stands now. A figure
    taken over earlier that its room no longer counts is taken out; a typed one that no room counts stays.
    """
    offered = {community: counted for (community, _rate), counted in queries.offered(bureau, period, rate).items()}
    take_turn()
    found = Entry.objects.filter(bureau=bureau, period=period, rate=rate).select_related("community")
    standing = {entry.community.code: entry for entry in found}
    codes = sorted(standing.keys() | offered.keys() if communities is None else communities)
    rows, stay = [], []
    for code in codes:
        before, counted = standing.get(code), offered.get(code)
        typed = before is not None and not before.room
        if typed and communities is None:
            continue
        if typed and counted is None:
            stay.append(code)
            continue
        stands = before.version if before else 0
        read = stands if versions is None else versions.get(code, 0)
        figure = figures.of_counted(counted) if counted else None
        rows.append({"community": code, "figure": figure, "version": read, "again": communities is not None})
    saved = _supplied(by, bureau, period, rate, rows)
    saved.unchanged += stay
    return saved


@action
def withdraw(*, by, entry, version, why=""):
    """Takes a figure out: the cell is blank again, which is not 0."""
    rows = [{"community": entry.community, "figure": None, "version": version}]
    saved = _supplied(by, entry.bureau, entry.period, entry.rate, rows, why)
    for refusal in (*saved.refused.values(), *saved.stale.values()):
        raise refusal


def _supplied(by, bureau, period, rate, rows, why=""):
    take_turn()
    known = gates.rate_of(bureau, period, rate)
    gates.of_bureau(by, bureau, *owners.SUPPLIERS)
    gates.supplier(by, known)
    gates.begun(period)
    gates.not_frozen(bureau, period)
    barred = set() if gates.is_system(by) else owners.barred(by, bureau, period)
    rows = [row | {"community": _community(bureau, row["community"])} for row in rows]
    standing = {
        entry.community_id: entry
        for entry in Entry.objects.filter(bureau=bureau, period=period, rate=rate).select_related("community")
    }
    saved, new, facts = Saved(), [], {}
    for row in rows:
        community, before = row["community"], standing.get(row["community"].pk)
        try:
            gates.community_in_reach(by, community, barred)
            told = _told(before, row["figure"])  # as it stood: writing changes ``before`` itself
            done = _row(by, known, row, before)
        except Stale as stale:
            saved.stale[community.code] = stale
            continue
        except Refused as refused:
            saved.refused[community.code] = refused
            continue
        if done is None:
            saved.unchanged.append(community.code)
            continue
        if done.pk is None:
            done.bureau, done.period, done.community, done.rate = bureau, period, community, rate
            new.append(done)
        facts[community.code] = told
        saved.written.append(community.code)
    Entry.objects.bulk_create(new)
    if facts:
        record(
            by=by, action="indicators.supply", subject=f"figure:{bureau.code}/{period}/{rate}", why=why,
            bureau=bureau, figures=facts,
        )  # fmt: skip
    return saved


def _row(by, rate, row, before):
    """The ``Entry`` that was changed, removed, or is to be made; None when nothing changes."""
    figure, version = row["figure"], row["version"]
    if figure is not None:
        figures.check(rate, figure)
    unchanged = (before is None and figure is None) or (
        before is not None and figure is not None and figure.stands_in(before)
    )
    if unchanged and not (row.get("again") and before is not None and before.returned_because):
        return None
    if before is not None and before.status == Entry.Status.FALSE:
        raise Refused(
            _("Supervision found this figure false (R-15): it stays so until supervision takes that back."),
        )
    if (before.version if before else 0) != version:
        raise _stale(before, figure)
    if figure is None:
        Entry.objects.filter(pk=before.pk).delete()
        return before
    told = {"supplied_by": by if gates.is_system(by) else by.username, "supplied_at": clock.now()}
    if before is None:
        return Entry(**figure.as_written(), **told)
    _write(before, **figure.as_written(), **told, **UNVERIFIED, returned_because="")
    return before


UNVERIFIED = {"verified_by": "", "verified_as": "", "verified_at": None}


def _write(entry, **values):
    """Changes a row where it still is as it was read; counts its versions."""
    changed = Entry.objects.filter(pk=entry.pk, version=entry.version).update(version=entry.version + 1, **values)
    if not changed:
        raise _stale(Entry.objects.filter(pk=entry.pk).first(), None)
    for name, value in {**values, "version": entry.version + 1}.items():
        setattr(entry, name, value)


def _stale(before, figure):
    """The difference between what somebody sends and what stands there."""
    mine = figure.as_kept() if figure else {}
    names = figures.FIELDS if figure else ("numerator", "denominator")
    theirs = figures.kept(before) if before else {}
    rows = [
        (figures.LABELS[name](), figures.said(mine.get(name)), figures.said(theirs.get(name)), name)
        for name in names
        if mine.get(name) != theirs.get(name)
    ]
    message = _("Somebody else changed this figure while you were writing.")
    if before is None:
        message = _("Somebody else took this figure out while you were writing.")
    elif before.verified_by and not rows:
        message = _("This figure was verified in the meantime.")
    return Stale(
        message, rows, before.version if before else 0, _("Compare the two and send yours again, or leave it.")
    )


def _told(before, figure):
    """[before, after] of a row, for the trail."""
    told = [before and [before.numerator, before.denominator, before.status]]
    return [*told, figure and [figure.numerator, figure.denominator, figure.status]]


def _community(bureau, community):
    if isinstance(community, str):
        community = Community.objects.filter(bureau=bureau, code=community).first()
    if community is None or community.bureau_id != bureau.pk:
        raise Refused(_("This bureau has no such community."))
    return community


@action
def mark_false(*, by, entry, why):
    """A record proven false (R-15): its indicator scores 0 for the quarter. By supervision alone, with the reason."""
    take_turn()
    entry = _for_supervision(by, entry, why)
    _write(entry, status=Entry.Status.FALSE, returned_because="")
    _record_finding(by, entry, "indicators.mark_false", why)
    return entry


@action
def lift_false(*, by, entry, why):
    """Supervision takes a finding back: the figure is provisional and has to be verified again."""
    take_turn()
    entry = _for_supervision(by, entry, why)
    if entry.status != Entry.Status.FALSE:
        raise Refused(_("This figure has not been found false."))
    _write(entry, status=Entry.Status.PROVISIONAL, **UNVERIFIED)
    _record_finding(by, entry, "indicators.lift_false", why)
    return entry


def _for_supervision(by, entry, why):
    gates.of_bureau(by, entry.bureau, SUPERVISION)
    gates.not_frozen(entry.bureau, entry.period)
    if not gates.is_system(by) and entry.community_id in owners.barred(by, entry.bureau, entry.period):
        raise NotAllowed(_("Somebody related to you held this community in this quarter (R-61)."))
    if not why.strip():
        raise Refused(_("Say why: the finding, and where it is on file."))
    return Entry.objects.select_related("community", "bureau").get(pk=entry.pk)


def _record_finding(by, entry, verb, why):
    subject = f"figure:{entry.bureau.code}/{entry.period}/{entry.community.code}/{entry.rate}"
    facts = {"numerator": entry.numerator, "denominator": entry.denominator}
    record(by=by, action=verb, subject=subject, why=why, bureau=entry.bureau, **facts)
