"""What is read of schemes, figures and revisions, by this room's pages and by the rooms above."""

from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from heng import periods
from linli.book import frozen
from linli.book.scheme import read_scheme_text
from linli.book.words import Words
from linli.ground.accounts.models import User
from linli.ground.places.models import Office
from linli.ground.places.queries import communities
from linli.ground.trail import workdays
from linli.ground.trail.doors import opened
from linli.ground.trail.language import reader, told
from linli.quarter.indicators.figures import FIELDS, LABELS, moved
from linli.quarter.indicators.models import Entry, Revision, SchemeVersion
from linli.quarter.indicators.sheet import filled


def scheme_for(bureau, period):
    """The ``SchemeVersion`` in force on the quarter's first day, or None (rules, preamble)."""
    return scheme_on(bureau, periods.first_day(period).item())


def scheme_on(bureau, day):
    """The ``SchemeVersion`` in force on a day, or None; of two from one day the one decided later."""
    found = SchemeVersion.objects.filter(bureau=bureau, state=SchemeVersion.State.IN_FORCE, in_force_from__lte=day)
    return found.order_by("-in_force_from", "-approved_at", "-pk").first()


def scheme_asked(bureau, day):
    """The ``heng.scheme.Scheme`` in force on a day, or None: how the rooms below learn what a scheme asks of them."""
    version = scheme_on(bureau, day)
    return parsed(version) if version else None


def parsed(scheme_version):
    """The ``heng.scheme.Scheme`` of a version; read once for each text."""
    return _parsed(scheme_version.text, scheme_version.pool_text)


@lru_cache(maxsize=64)
def _parsed(text, pool_text):
    return read_scheme_text(text, pool_text)


def rate_name(rate):
    """The rate as its reader calls it."""
    return Words(reader()).rate(rate)


def texts_of(definition, lang):
    """why, numerator and denominator of a ``RateDefinition`` in one language; "" where nobody has written it."""
    parts = ("why", "numerator", "denominator")
    return {part: told(getattr(definition, part), lang) if definition else "" for part in parts}


def meaning(version, rate):
    """``texts_of`` one rate of a ``SchemeVersion`` for whoever reads the page."""
    return texts_of(version.definitions.filter(rate=rate).first(), reader())


def called(usernames):
    """Username -> the name of the account, for those that are accounts."""
    found = User.objects.filter(username__in=set(usernames))
    return {user.username: user.get_full_name() for user in found.only("username", "display_name")}


def office_name(written):
    """A department or source of the scheme as its reader calls it."""
    return Words(reader()).office(written)


@dataclass(frozen=True)
class Deadlines:
    """The last days, each to its midnight, of a quarter's work (rules J)."""

    ends: date
    supply: date
    verify: date


SUPPLY_WITHIN, VERIFY_WITHIN = 3, 5  # working days after the quarter's end


@lru_cache(maxsize=256)
def deadlines(period):
    """``Deadlines`` of a quarter."""
    ends = periods.last_day(period).item()
    return Deadlines(ends, workdays.after(ends, SUPPLY_WITHIN), workdays.after(ends, VERIFY_WITHIN))


def latest(bureau, period):
    """The newest ``Revision`` of a quarter, or None before the freeze."""
    return Revision.objects.filter(bureau=bureau, period=period).select_related("scheme").order_by("number").last()


def revisions(bureau, period):
    """All revisions of a quarter without their books, oldest first."""
    found = Revision.objects.filter(bureau=bureau, period=period).defer("book")
    return found.select_related("scheme").order_by("number")


def sheet(bureau, period, rate=None):
    """The ``Sheet`` of a quarter over all departments, in as many queries whatever its size.

    rate: the id of the one rate whose values are wanted; the other cells then count for nothing.
    """
    one = {"rate": rate} if rate else {}
    revision = revisions(bureau, period).last()
    version = revision.scheme if revision else scheme_for(bureau, period)
    due = deadlines(period)
    places = tuple(communities(bureau, on=periods.first_day(period).item()))
    if revision:
        values = {(value.community, value.rate): value for value in revision.values.filter(**one)}
    else:
        codes = {place.pk: place.code for place in places}
        typed = Entry.objects.filter(bureau=bureau, period=period, **one).order_by()
        values = {(codes.get(entry.community_id), entry.rate): entry for entry in typed}
    offices = tuple(Office.objects.filter(bureau=bureau))
    return filled(period, version, parsed(version) if version else None, revision, places, offices, due, values)


def before(bureau, period, rate):
    """Community code -> the rate's value of the quarter before, as it was last frozen or, not frozen, as it stands."""
    earlier = periods.step(period, -1)
    revision = revisions(bureau, earlier).last()
    if revision:
        return {value.community: value for value in revision.values.filter(rate=rate)}
    typed = Entry.objects.filter(bureau=bureau, period=earlier, rate=rate).select_related("community")
    return {entry.community.code: entry for entry in typed}


def last_source(bureau, period, rate):
    """What the rate's figures came from last; "" when nobody has said."""
    said = Entry.objects.filter(bureau=bureau, rate=rate, period__lte=period).exclude(source="")
    return said.order_by("-period", "community").values_list("source", flat=True).first() or ""


def known_periods(bureau, today):
    """Quarters that have figures or are running, newest first."""
    now = periods.period_of(today)
    typed = Entry.objects.filter(bureau=bureau).order_by().values_list("period", flat=True).distinct()
    frozen_ones = Revision.objects.filter(bureau=bureau).order_by().values_list("period", flat=True).distinct()
    return sorted({now, periods.step(now, -1), *typed, *frozen_ones}, reverse=True)


def late(bureau, period, today):
    """The ``Duty`` rows whose last day lies before ``today``: which office owes which figures (R-80)."""
    return sheet(bureau, period).late(today)


def book_of(revision):
    """The ``heng.evidence.Book`` of a revision; ``ValueError`` when its text is not what its hash says."""
    return _book(revision.book, revision.sha256)


@lru_cache(maxsize=16)
def _book(text, sha256):
    if frozen.sha256(text) != sha256:
        raise ValueError("the text of a revision does not have its hash: the database was changed from outside")
    return frozen.loads(text)


@dataclass(frozen=True)
class Difference:
    """One figure that two revisions have differently: ``before`` and ``after`` are values, None = none."""

    community: str
    rate: str
    before: object
    after: object

    @property
    def rows(self):
        """(label, before, after) of each field that moved."""
        for name in (*FIELDS, "verified_by"):
            old, new = (getattr(value, name, None) for value in (self.before, self.after))
            if old != new:
                yield LABELS.get(name, LABELS["verified_as"])(), old, new


def differences(older, newer):
    """What moved between two revisions of one quarter: ``Difference`` rows, by community and rate."""
    old, new = ({(v.community, v.rate): v for v in revision.values.all()} for revision in (older, newer))
    moved = [key for key in sorted(set(old) | set(new)) if _fields(old.get(key)) != _fields(new.get(key))]
    return [Difference(*key, old.get(key), new.get(key)) for key in moved]


def _fields(value):
    return value and [getattr(value, name) for name in (*FIELDS, "verified_by")]


def counted_since(bureau, sheet_):
    """(community code, rate) -> what its room counts now, or None, of each counted figure of an open sheet that differs
    from it. The rooms are asked only when something was taken over."""
    cells = [cell for cell in sheet_.cells.values() if cell.value is not None and cell.value.room]
    if sheet_.revision is not None or not cells:
        return {}
    now = offered(bureau, sheet_.period)
    keys = {(cell.community.code, cell.rate.id): cell.value for cell in cells}
    return {key: now.get(key) for key, value in keys.items() if moved(value, now.get(key))}


def offered(bureau, period, rate=None):
    """(community code, rate) -> the ``Counted`` of a working room. Shown beside what is typed, and taken over by
    whoever supplies the rate, never by itself. rate: only what counts for that one."""
    return {
        (counted.community, counted.rate): counted._replace(room=room)
        for room, door in opened("evidence")
        if rate is None or rate in door.RATES
        for counted in door.figures(bureau, period)
        if rate in (None, counted.rate)
    }


def records_of(bureau, period, values):
    """(community code, rate) -> address of the page with the records that a counted value counts. Typed ones have
    none: their records are not kept here. values: (community code, rate, room)."""
    doors, found = dict(opened("evidence")), {}
    for community, rate, room in values:
        address = doors[room].path(bureau, period, community, rate) if room in doors else ""
        if address:
            found[community, rate] = address
    return found
