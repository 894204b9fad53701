"""Every write of this room: places, bureaus, offices, communities, boundaries, and a year's facts."""

from datetime import date

from django.db.models import F, ProtectedError
from django.utils.translation import gettext as _

from linli.ground.places import boundaries
from linli.ground.places.codes import LEVELS, check_code
from linli.ground.places.facts import checked_facts, checked_population
from linli.ground.places.ids import checked_id, checked_name, made
from linli.ground.places.models import Bureau, Community, CommunityFacts, FactSheet, Office, Place
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.ground.trail.refusals import Refused, Stale

KINDS = ("city", "mixed", "village")


@action
def add_place(*, by, code, name, level, parent=None, boundary=None):
    """A node of the tree, its code checked against its level and its parent."""
    if level not in LEVELS:
        raise Refused(_("There is no level “%(level)s”.") % {"level": str(level)[:40]})
    code = str(code).strip()
    check_code(code, level, parent)
    if parent is None and level in ("township", "community"):
        raise Refused(_("A township or community lies in a county."), _("Add the county first."))
    place = made(
        Place.objects, _("There is already a place with the code %(code)s.") % {"code": code},
        code=code, name=checked_name(name, _("a place")), level=level, parent=parent,
        boundary=boundaries.checked(boundary) if boundary else None,
    )  # fmt: skip
    record(by=by, action="places.add_place", subject=f"place:{code}", name=place.name, level=level)
    return place


@action
def add_bureau(*, by, code, name, place):
    """A bureau; its code stands in addresses."""
    code = checked_id(code, _("a bureau"))
    if not (code.isascii() and code == code.lower()):
        raise Refused(_("The code of a bureau stands in addresses."), _("Use small Latin letters, digits, _ or -."))
    if place.level not in ("county", "city"):
        raise Refused(_("A bureau belongs to a county, district or city."), _("Choose such a place."))
    taken = _("There is already a bureau with the code %(code)s.") % {"code": code}
    bureau = made(Bureau.objects, taken, code=code, name=checked_name(name, _("a bureau")), place=place)
    record(by=by, action="places.add_bureau", subject=f"bureau:{code}", bureau=bureau, name=bureau.name)
    return bureau


@action
def add_office(*, by, bureau, code, name, kind="office", known_as=""):
    """A unit of the bureau or beside it; ``known_as`` is what schemes call it."""
    code = _new_code(Office, bureau, code, _("an office"))
    if kind not in Office.Kind.values:
        raise Refused(_("There is no kind of office “%(kind)s”.") % {"kind": str(kind)[:40]})
    office = made(
        bureau.offices, _("There is already an office with the code %(code)s.") % {"code": code},
        code=code, name=checked_name(name, _("an office")), kind=kind, known_as=str(known_as).strip()[:80],
    )  # fmt: skip
    record(by=by, action="places.add_office", subject=f"office:{code}", bureau=bureau, name=office.name, kind=kind)
    return office


@action
def add_community(*, by, bureau, code, name, kind, complex=False, place=None, station=None):
    """A community that is appraised; ``complex``: couple and brother posts may be tried there (R-60)."""
    code = _new_code(Community, bureau, code, _("a community"))
    values = _community_values(bureau, name, kind, complex, place, station)
    taken = _("There is already a community with the code %(code)s.") % {"code": code}
    community = made(bureau.communities, taken, code=code, **values)
    record(by=by, action="places.add_community", subject=f"community:{code}", bureau=bureau, **_said(values))
    return community


@action
def edit_community(*, by, community, name, kind, complex, place=None, station=None, version=None):
    """Other words for a community; its code stays. version: what was read, or None to write over."""
    values = _community_values(community.bureau, name, kind, complex, place, station)
    version = community.version if version is None else version
    open_ones = Community.objects.filter(pk=community.pk, version=version, closed_on=None)
    if not open_ones.update(version=F("version") + 1, **values):
        _stale_community(community, values)
    record(
        by=by, action="places.edit_community", subject=f"community:{community.code}", bureau=community.bureau,
        before=_said({name: getattr(community, name) for name in values}), after=_said(values),
    )  # fmt: skip
    community.refresh_from_db()
    return community


def _stale_community(community, values):
    there = Community.objects.select_related("place", "station").get(pk=community.pk)
    if there.closed_on:
        raise Refused(_("%(community)s is closed.") % {"community": there.name})
    rows = [(name, value, getattr(there, name), name) for name, value in _said(values).items()]
    raise Stale(_("Somebody else changed this community first."), rows=rows, version=there.version)


@action
def close_community(*, by, community, on, why):
    """From that day on it is not appraised; what it was stays."""
    if not str(why).strip():
        raise Refused(_("Say why the community is closed."))
    if not Community.objects.filter(pk=community.pk, closed_on=None).update(closed_on=on):
        raise Refused(_("%(community)s is already closed.") % {"community": community.name})
    record(by=by, action="places.close_community", subject=f"community:{community.code}", why=str(why),
           bureau=community.bureau, on=on)  # fmt: skip
    community.refresh_from_db()
    return community


@action
def remove_community(*, by, community, why):
    """Takes back a community entered by mistake; refused as soon as anything is known of it."""
    subject, bureau = f"community:{community.code}", community.bureau
    try:
        community.delete()
    except ProtectedError as known:
        raise Refused(
            _("Something is already known of %(community)s.") % {"community": community.name}, _("Close it instead.")
        ) from known
    record(by=by, action="places.remove_community", subject=subject, why=str(why), bureau=bureau)


@action
def remove_office(*, by, office, why):
    """Takes back an office entered by mistake; refused as soon as anything is known of it."""
    subject, bureau, name = f"office:{office.code}", office.bureau, office.name
    try:
        office.delete()
    except ProtectedError as known:
        raise Refused(_("Something is already known of %(office)s.") % {"office": name}) from known
    record(by=by, action="places.remove_office", subject=subject, why=str(why), bureau=bureau)


@action
def import_boundaries(*, by, bureau, content):
    """Boundaries of the bureau's communities from the bytes of a GeoJSON file: all of them or none.

    A feature names its community by code, national code or name. Gives the communities whose boundary was set.
    """
    known = _by_key(bureau)
    wanted, faults = {}, []
    for number, (keys, geometry) in enumerate(boundaries.read_collection(content), 1):
        community = next((known[key] for key in keys if known.get(key)), None)
        facts = {"number": number, "keys": ", ".join(keys)[:80] or "—"}
        if community is None:
            faults.append(_("Feature %(number)s: no community is called %(keys)s.") % facts)
        elif community in wanted:
            faults.append(_("Feature %(number)s: a second boundary of %(keys)s.") % facts)
        elif community.place is None:
            faults.append(_("Feature %(number)s: %(keys)s has no place in the tree yet.") % facts)
        else:
            wanted[community] = geometry
    boundaries.refuse_all(faults)
    for community, geometry in wanted.items():
        Place.objects.filter(pk=community.place_id).update(boundary=geometry)
    codes = sorted(community.code for community in wanted)
    record(by=by, action="places.import_boundaries", subject=f"bureau:{bureau.code}", bureau=bureau, communities=codes)
    return sorted(wanted, key=lambda community: community.code)


def _by_key(bureau):
    """What may name a community in a file -> the community; None where two are called so."""
    found = {}
    for community in Community.objects.filter(bureau=bureau, closed_on=None).select_related("place"):
        for key in {community.code, community.name, community.place.code if community.place else community.code}:
            found[key] = None if key in found else community
    return found


@action
def write_facts(*, by, bureau, year, community, population, facts, version=None):
    """One community's row in the draft of a year's facts.

    version: of the row that was read, 0 = there was none, None = write over whatever stands there.
    """
    if community.bureau_id != bureau.pk:
        raise Refused(_("%(community)s belongs to another bureau.") % {"community": community.name})
    sheet = _draft(bureau, year)
    values = {"population": checked_population(population), "facts": checked_facts(facts)}
    row = CommunityFacts.objects.filter(sheet=sheet, community=community).first()
    if version is not None and version != (row.version if row else 0):
        _stale_facts(community, row, values)
    before = {"population": row.population, "facts": row.facts} if row else {}
    if row is None:
        taken = _("Somebody else wrote the facts of %(community)s first.") % {"community": community.name}
        row = made(CommunityFacts.objects, taken, sheet=sheet, community=community, **values)
    elif not CommunityFacts.objects.filter(pk=row.pk, version=row.version).update(version=F("version") + 1, **values):
        _stale_facts(community, CommunityFacts.objects.get(pk=row.pk), values)
    record(by=by, action="places.write_facts", subject=f"facts:{year}:{community.code}", bureau=bureau,
           before=before, after=values)  # fmt: skip
    row.refresh_from_db()
    return row


@action
def remove_facts(*, by, bureau, year, community, why):
    """Takes a community's row out of the draft of a year."""
    removed, _rows = CommunityFacts.objects.filter(sheet=_draft(bureau, year), community=community).delete()
    if removed:
        record(
            by=by, action="places.remove_facts", subject=f"facts:{year}:{community.code}", why=str(why), bureau=bureau
        )


def _draft(bureau, year):
    """The year's sheet, made if need be, locked; refused once it is published."""
    if not 2000 <= int(year) <= 2200:
        raise Refused(_("%(year)s is no year.") % {"year": year})
    FactSheet.objects.get_or_create(bureau=bureau, year=year)
    sheet = FactSheet.objects.select_for_update().get(bureau=bureau, year=year)
    if sheet.published_at:
        raise Refused(
            _("The facts of %(year)s are published: they stay as they are for the whole year.") % {"year": year},
            _("Write what has changed into the sheet of the year after."),
        )
    return sheet


def _stale_facts(community, row, values):
    there = {"population": row.population, **row.facts} if row else {}
    mine = {"population": values["population"], **values["facts"]}
    rows = [
        (f"{community.name} · {name}", mine.get(name), there.get(name), f"{community.code}-{name}")
        for name in dict.fromkeys([*mine, *there])
        if mine.get(name) != there.get(name)
    ]
    raise Stale(_("Somebody else changed this community's facts first."), rows=rows, version=row.version if row else 0)


@action
def publish_facts(*, by, bureau, year):
    """Fixes a year's facts: before the year begins, so that nobody can be measured by a rule made afterwards (R-13).

    A bureau's very first sheet may come late, and says so.
    """
    sheet = FactSheet.objects.filter(bureau=bureau, year=year).first()
    if sheet is None or not sheet.rows.exists():
        raise Refused(_("There are no facts of %(year)s to publish.") % {"year": year}, _("Write them first."))
    late = clock.today() >= date(year, 1, 1)
    earlier = FactSheet.objects.filter(bureau=bureau, published_at__isnull=False).exclude(pk=sheet.pk).exists()
    if late and earlier:
        raise Refused(
            _("%(year)s has begun: its facts can no longer be published.") % {"year": year},
            _("The sheet of the latest year before goes on. Publish the next year's before 1 January."),
        )
    who = name_of(by)
    unpublished = FactSheet.objects.filter(pk=sheet.pk, published_at=None)
    if not unpublished.update(published_at=clock.now(), published_by=who, late=late):
        raise Refused(_("The facts of %(year)s are already published.") % {"year": year})
    record(by=by, action="places.publish_facts", subject=f"facts:{year}", bureau=bureau, late=late)
    sheet.refresh_from_db()
    return sheet


def _new_code(model, bureau, code, what):
    """A checked code that no other of the bureau has, capitals or not: on many disks they are one file."""
    code = checked_id(code, what)
    if model.objects.filter(bureau=bureau, code__iexact=code).exists():
        raise Refused(_("The code %(code)s is already in use.") % {"code": code}, _("Choose another code."))
    return code


def _community_values(bureau, name, kind, complex, place, station):
    if kind not in KINDS:
        raise Refused(_("There is no kind of community “%(kind)s”.") % {"kind": str(kind)[:40]})
    if station is not None and (station.bureau_id != bureau.pk or station.kind != Office.Kind.STATION):
        raise Refused(_("%(station)s is not a police station of this bureau.") % {"station": station.name})
    if place is not None and place.level not in ("community", "township"):
        raise Refused(_("%(place)s is not a community in the tree of places.") % {"place": place.name})
    name = checked_name(name, _("a community"))
    return {"name": name, "kind": kind, "complex": bool(complex), "place": place, "station": station}


def _said(values):
    """Values as the trail keeps them."""
    codes = {name: getattr(values[name], "code", None) for name in ("place", "station")}
    return {**values, **codes}
