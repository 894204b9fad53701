"""The chain itself: SHA-256 over an entry's fields and the hash before it. Anybody can work it out again."""

import hashlib
import json
from datetime import UTC, date, datetime
from decimal import Decimal


def canonical(facts):
    """Facts as JSON text that is always the same for the same facts."""
    return json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=_plain)


def _plain(value):
    if isinstance(value, date | datetime):
        return value.isoformat()
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def hash_of(entry):
    """64 hex digits over everything an entry says, the moment in UTC to the second."""
    moment = entry.at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    said = [entry.number, moment, entry.by, entry.bureau, entry.action, entry.subject, entry.why, entry.facts]
    text = json.dumps([*said, entry.previous], ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()
