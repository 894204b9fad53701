"""What a program sends: every field read once, what is wrong with it said, and what is not needed left where it is.

Not kept: ``device_id`` and ``account_id`` (marks of a person), ``media_url`` (an address that somebody else chose is
never fetched), ``attribute[…]`` (no service asks for any).
"""

import re
from dataclasses import dataclass

from linli.faces.api.open311.faults import Fault
from linli.work.requests.kinds import KINDS

LONGEST = {"description": 4000, "address_string": 300, "first_name": 80, "last_name": 80, "email": 120, "phone": 40}
NOT_KEPT = ("address_id", "device_id", "account_id", "media_url")
_NUMBER = re.compile(r"[+-]?\d{1,3}(\.\d{0,20})?", re.ASCII)


@dataclass(frozen=True)
class Sent:
    """A request as a program sent it."""

    kind: str
    words: str
    place_note: str
    position: tuple[float, float] | None  # latitude, longitude
    contact: str
    photo: bytes | None  # as it came: it is drawn anew where it is kept


def read(request):
    """``Sent`` of a POST; ``Fault`` 404 when there is no such service, 400 with everything else that is wrong."""
    form, faults = request.POST, []
    kind = _kind(form, faults)
    text = {name: _text(form, name, most, faults) for name, most in LONGEST.items()}
    position = _position(form, faults)
    if position is None and not text["address_string"]:
        faults.append("a place is needed: lat and long together, or address_string")
    if faults:
        raise Fault(400, *faults)
    name = f"{text['first_name']} {text['last_name']}".strip()
    contact = "\n".join(part for part in (name, text["email"], text["phone"]) if part)
    media = request.FILES.get("media")
    return Sent(kind, text["description"], text["address_string"], position, contact, media and media.read())


def _kind(form, faults):
    code = form.get("service_code", "").strip()
    if not code:
        faults.append("service_code was not provided")
    elif code not in KINDS:
        raise Fault(404, "service_code was not found; services are listed at services.json and services.xml")
    return code


def _text(form, name, most, faults):
    found = form.get(name, "").replace("\x00", "").strip()
    if len(found) > most:
        faults.append(f"{name} has {len(found)} characters; at most {most} are read")
    return found


def _position(form, faults):
    lat, long = form.get("lat", "").strip(), form.get("long", "").strip()
    if not lat and not long:
        return None
    if not (_NUMBER.fullmatch(lat) and _NUMBER.fullmatch(long)) or abs(float(lat)) > 90 or abs(float(long)) > 180:
        faults.append("lat and long are decimal degrees (WGS 84): -90 to 90 and -180 to 180, both of them")
        return 0.0, 0.0
    return float(lat), float(long)
