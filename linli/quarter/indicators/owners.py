"""Whose a rate is: one office supplies it, another verifies it (R-80), and nobody for a relative (R-61)."""

from heng import periods
from linli.ground.accounts.roles import CADRE, DEPARTMENT, LEADING, PERSONNEL, STATION, SUPERVISION
from linli.ground.officers.queries import holders, relatives_of
from linli.ground.places.models import Office

SUPPLIERS = (DEPARTMENT, STATION, PERSONNEL, SUPERVISION, CADRE)
VERIFIERS = (DEPARTMENT, PERSONNEL, SUPERVISION)  # a station has a voice and verifies nothing


def is_meant(office, written):
    """Whether a scheme that writes ``written`` means this office: by its name in schemes, its code or its name.

    >>> is_meant(Office(code="政工室", name="政工室", known_as="Personnel"), "personnel")
    True
    """
    wanted = written.strip().casefold()
    return office is not None and wanted in {
        name.strip().casefold() for name in (office.known_as, office.code, office.name) if name
    }


def supplies(user, rate):
    """Whether the account's office supplies the rate; a cadre supplies what residents' committees do."""
    return bool(supplied_by(user, [rate]))


def supplied_by(user, rates):
    """Those of the rates that the account supplies, in their order."""
    if user.role not in SUPPLIERS:
        return []
    offices = [user.office]
    if user.role == CADRE and user.office is None:
        offices = Office.objects.filter(bureau=user.bureau_id, kind=Office.Kind.COMMITTEE)
    offices = list(offices)
    return [rate for rate in rates if any(is_meant(office, rate.supplier) for office in offices)]


def verifies(user, rate):
    """Whether the account's office verifies the rate, and is not the one that supplies it."""
    mine = user.role in VERIFIERS and is_meant(user.office, rate.verifier)
    return mine and not is_meant(user.office, rate.supplier)


def sees(user, rate):
    """Whether the account may see the rate's figures of every community before they are published."""
    if user.role in (*LEADING, SUPERVISION):
        return True
    return is_meant(user.office, rate.supplier) or is_meant(user.office, rate.verifier)


def reaches(user, community):
    """Whether a supplier has to do with this community: a cadre with the own one, a station with its own ones."""
    if user.role == CADRE:
        return user.community_id == community.pk
    if user.role == STATION and community.station_id is not None:
        return user.office_id == community.station_id
    return True


def barred(user, bureau, period):
    """Keys of the communities that the account may neither supply nor verify in that quarter: a relative's, its own."""
    first, last = periods.span_of(period)
    kin = relatives_of(user)
    return {post.community_id for post in holders(bureau, first, last) if post.officer_id in kin} if kin else set()
