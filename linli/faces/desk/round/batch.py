"""What a phone sends, read with distrust: either a ``Batch`` of whole records, or ``Malformed`` and nothing is done."""

import base64
import binascii
import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware

MOST_RECORDS = 20
LARGEST_BODY = 8 * 2**20
LARGEST_FILE = 2 * 2**20
TYPES = ("work", "change", "request", "dispute", "call")
_SOUNDS = (b"\x1a\x45\xdf\xa3", b"OggS")  # WebM and Ogg; MP4 says ``ftyp`` after its length


class Malformed(Exception):
    """This is no batch of records; the text says why, for whoever writes a client."""


@dataclass(frozen=True)
class Record:
    """One thing an officer wrote down. at: by the bureau's clock as the phone knew it; phone_at: by the phone's own."""

    key: UUID
    number: int
    type: str
    at: datetime
    phone_at: datetime
    fields: dict = field(default_factory=dict)
    photo: bytes = b""
    voice: bytes = b""


@dataclass(frozen=True)
class Batch:
    """officer: the user name whose records these are; records in the order in which they were written."""

    officer: str
    records: tuple


def read(body):
    """The ``Batch`` in the body of a request."""
    if len(body) > LARGEST_BODY:
        raise Malformed("too large")
    try:
        told = json.loads(body.decode("utf-8", "strict"))
    except (ValueError, RecursionError) as fault:
        raise Malformed("not JSON") from fault
    if not isinstance(told, dict) or not isinstance(told.get("records"), list):
        raise Malformed("no list of records")
    if not 1 <= len(told["records"]) <= MOST_RECORDS:
        raise Malformed(f"1 to {MOST_RECORDS} records")
    records = [_record(one) for one in told["records"]]
    if len({one.key for one in records}) < len(records):
        raise Malformed("a key stands twice")
    return Batch(_text(told.get("officer"), 150), tuple(sorted(records, key=lambda one: one.number)))


def _record(told):
    if not isinstance(told, dict):
        raise Malformed("a record is an object")
    kind, number, fields = told.get("type"), told.get("number"), told.get("fields")
    if kind not in TYPES:
        raise Malformed("an unknown type of record")
    if type(number) is not int or not 1 <= number < 2**31:
        raise Malformed("number: 1 to 2147483647")
    if not isinstance(fields, dict) or len(fields) > 30:
        raise Malformed("fields: an object")
    return Record(
        key=_key(told.get("key")), number=number, type=kind, at=moment(told.get("at")),
        phone_at=moment(told.get("phone_at")), fields={_text(name, 40): _plain(fields[name]) for name in fields},
        photo=_file(told.get("photo")), voice=_sound(_file(told.get("voice"))),
    )  # fmt: skip


def _key(told):
    try:
        return UUID(_text(told, 40))
    except ValueError as fault:
        raise Malformed("key: a UUID") from fault


def moment(told):
    """A moment in ISO 8601 with its zone."""
    try:
        found = parse_datetime(_text(told, 40))
        found and found.utctimetuple()  # a moment at the edge of the calendar has no equal in another zone
    except (ValueError, OverflowError) as fault:
        raise Malformed("a moment that does not exist") from fault
    if found is None or not is_aware(found) or not 2000 <= found.year <= 2200:
        raise Malformed("a moment in ISO 8601 with its zone")
    return found.astimezone(UTC)  # a database knows fewer zones than Python


def _text(told, most):
    if not isinstance(told, str) or len(told) > most:
        raise Malformed(f"a text of at most {most} characters")
    return told.replace("\x00", "\N{REPLACEMENT CHARACTER}").encode(errors="replace").decode()


def _plain(told):
    """A field's value as a form gives it: text; a whole number (a version) becomes text too."""
    return str(told) if type(told) in (int, bool) and abs(told) < 2**31 else _text(told, 5000)


def _file(told):
    if told in (None, ""):
        return b""
    text = _text(told, LARGEST_FILE * 4 // 3 + 4)
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as fault:
        raise Malformed("photo and voice: base64") from fault


def _sound(content):
    if content and not (content.startswith(_SOUNDS) or content[4:8] == b"ftyp"):
        raise Malformed("voice: WebM, Ogg or MP4")
    return content
