"""The one sheet over all departments: communities × rates, what stands in each cell, who owes it, who is late."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from linli.ground.places.models import Community, Office
from linli.quarter.indicators import owners
from linli.quarter.indicators.models import Entry

MISSING, SUPPLIED, RETURNED, VERIFIED = "missing", "supplied", "returned", "verified"
PROVISIONAL, FALSE, FROZEN = "provisional", "false", "frozen"
STATES = (MISSING, RETURNED, PROVISIONAL, SUPPLIED, VERIFIED, FALSE, FROZEN)
OWED_BY_SUPPLIER = (MISSING, RETURNED)
OWED_BY_VERIFIER = (SUPPLIED, PROVISIONAL)


@dataclass(frozen=True)
class Cell:
    """One community's rate. value: the ``Entry``, after the freeze the ``FrozenValue``; None = missing, never 0."""

    community: Community
    rate: object
    state: str
    value: object = None


@dataclass(frozen=True)
class Duty:
    """What one office owes of one rate: figures (``part`` "supply") or a second look ("verify")."""

    rate: object
    part: str
    written: str  # the office as the scheme writes it
    office: Office | None  # None: the bureau has no office of that name
    due: date
    owed: tuple  # cells

    def late_on(self, today):
        """Whether the last day for it has passed."""
        return bool(self.owed) and today > self.due


@dataclass(frozen=True)
class Sheet:
    """A quarter's whole sheet."""

    period: str
    scheme: object  # heng.scheme.Scheme; None when none is in force
    version: object  # its SchemeVersion
    revision: object  # the latest Revision, None before the freeze
    communities: tuple
    offices: tuple
    supply_by: date
    verify_by: date
    cells: dict = field(default_factory=dict)  # (community code, rate id) -> Cell

    @property
    def rates(self):
        return self.scheme.rates if self.scheme else ()

    def row(self, community):
        """The cells of one community in the scheme's order."""
        return [self.cells[community.code, rate.id] for rate in self.rates]

    def of_rate(self, rate):
        """The cells of one rate, community by community."""
        return [self.cells[community.code, rate.id] for community in self.communities]

    @cached_property
    def duties(self):
        """Two ``Duty`` for each rate."""
        return tuple(duty for rate in self.rates for duty in self._duties(rate))

    def _duties(self, rate):
        cells = self.of_rate(rate)
        for part, written, due, states in (
            ("supply", rate.supplier, self.supply_by, OWED_BY_SUPPLIER),
            ("verify", rate.verifier, self.verify_by, OWED_BY_VERIFIER),
        ):
            owed = tuple(cell for cell in cells if cell.state in states)
            yield Duty(rate, part, written, self.office(written), due, owed)

    def office(self, written):
        """The office that the scheme's words mean, or None."""
        return next((office for office in self.offices if owners.is_meant(office, written)), None)

    def late(self, today):
        """The duties whose day has passed."""
        return [duty for duty in self.duties if duty.late_on(today)]


def filled(period, version, scheme, revision, communities, offices, deadlines, values):
    """The ``Sheet`` of those values: (community code, rate id) -> ``Entry`` or ``FrozenValue``."""
    found = Sheet(period, scheme, version, revision, communities, offices, deadlines.supply, deadlines.verify)
    for place in communities:
        for rate in found.rates:
            value = values.get((place.code, rate.id))
            found.cells[place.code, rate.id] = Cell(place, rate, _state(value, revision), value)
    return found


def _state(value, revision):
    if value is None:
        return MISSING
    if value.status == Entry.Status.FALSE:
        return FALSE
    if revision is not None:
        return FROZEN
    if value.returned_because:
        return RETURNED
    if value.verified_at is not None:
        return VERIFIED
    return PROVISIONAL if value.status == Entry.Status.PROVISIONAL else SUPPLIED
