"""The words of this room as lists: kinds of incident, where a lead comes from, what came of it, what is checked.

The first three kinds are what locks, lights, visits and a known face can prevent; they are counted in the incident
rate. Fraud is kept apart: it comes by telephone, and no patrol stops it. Everything else is kept and not counted.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Kind:
    """code: as it is kept; name: as it is read; counted: whether the incident rate counts it."""

    code: str
    name: str
    counted: bool


KINDS = (
    Kind("burglary", _("burglary"), True),
    Kind("vehicle", _("theft of vehicles and e-bikes"), True),
    Kind("robbery", _("street robbery and snatching"), True),
    Kind("fraud", _("fraud"), False),
    Kind("other", _("other, not counted"), False),
)
NAMES = {kind.code: kind.name for kind in KINDS}
COUNTED = tuple(kind.code for kind in KINDS if kind.counted)

SEEN = {  # what a resident may say was seen: a choice, no text
    "break_in": _("somebody breaking into a home or shop"),
    "vehicle": _("somebody tampering with vehicles"),
    "snatching": _("a snatching or a robbery"),
    "fraud": _("an attempt at fraud"),
    "fire": _("something dangerous: fire, gas, explosives"),
    "other": _("something else"),
}
LEAD_KINDS = {**NAMES, "danger": _("danger: fire, gas, explosives")}
AS_LEAD = {"break_in": "burglary", "vehicle": "vehicle", "snatching": "robbery", "fraud": "fraud", "fire": "danger"}

SOURCES = {
    "officer": _("community officer"),
    "team": _("watch team"),
    "resident": _("resident"),
    "sighting": _("something seen"),
}
VERIFIED = {
    "open": pgettext_lazy("lead", "not yet verified"),
    "useful": pgettext_lazy("lead", "useful"),
    "not": pgettext_lazy("lead", "not useful"),
}
RESULTS = {  # what came of it for the place; never an arrest or a solved case
    "": pgettext_lazy("result of a lead", "not known yet"),
    "prevented": _("something was prevented"),
    "mended": _("a danger was put right"),
    "found": _("property was found or given back"),
    "known": _("it helped to know the place better"),
    "none": _("nothing came of it"),
}

CLASSES = {  # of what is checked on the spot -> its share of the checks drawn (防範率, docs/rooms/incidents.md)
    "people": (_("people: a shift that is really done"), 40),
    "physical": (_("physical: a lock, a light, a gate"), 30),
    "technical": (_("technical: a camera, an entry, an alarm"), 30),
}
CLASS_NAMES = {code: name for code, (name, _share) in CLASSES.items()}
SHARES = {code: share for code, (_name, share) in CLASSES.items()}
FOUND = {
    "": pgettext_lazy("site check", "to do"),
    "passed": pgettext_lazy("site check", "passed"),
    "failed": pgettext_lazy("site check", "failed"),
    "could_not": pgettext_lazy("site check", "could not be checked"),
}
