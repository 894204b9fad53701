"""Past requests as cities publish them ("311" files): one CSV, known by its heading, every fault named, none mended.

Two layouts are known, New York's and Boston's. What cannot be true is left out and said; what is merely unknown stays
unknown and is said too. Times stand as they were written, without a zone.
"""

import csv
import io
from collections import Counter
from dataclasses import dataclass
from datetime import datetime

from linli.book.safe import clean

LEFT_OUT = {
    "repeat": "the number stood in an earlier row",
    "no_number": "it has no number",
    "no_opening": "when it was opened is not said",
    "not_a_time": "a time that is none",
    "closed_without_time": "closed, and when is not said",
}
KEPT = {
    "closed_before_opened": "closed before it was opened: when it was closed is unknown",
    "no_target": "no day by which it was to be answered",
    "target_before_opened": "the target lies before the opening and is not taken over",
    "no_district": "the district is blank",
}
_BLANK = ("", "unspecified", "0 unspecified", "n/a", "null")
LARGEST = 200 * 2**20


@dataclass(frozen=True)
class Layout:
    """Which column holds what, and how times are written."""

    city: str
    number: str
    kind: str
    opened: str
    closed: str
    target: str
    district: str
    status: str
    times: str


LAYOUTS = (
    Layout(
        "New York", "unique_key", "complaint_type", "created_date", "closed_date", "due_date", "community_board",
        "status", "%m/%d/%Y %I:%M:%S %p",
    ),
    Layout(
        "Boston", "case_enquiry_id", "type", "open_dt", "closed_dt", "target_dt", "neighborhood", "case_status",
        "%Y-%m-%d %H:%M:%S",
    ),
)  # fmt: skip


@dataclass(frozen=True)
class PastRequest:
    """One row. ``closed`` stands as it was written, None for an open one; ``faults``: codes of ``KEPT``."""

    row: int
    number: str
    kind: str
    opened: datetime
    closed: datetime | None
    target: datetime | None
    district: str
    faults: tuple[str, ...]


@dataclass(frozen=True)
class Fault:
    """What is odd about a row: a code of ``LEFT_OUT`` or ``KEPT``, and what stands there."""

    row: int
    code: str
    found: str


@dataclass(frozen=True)
class Read:
    """A file read: its layout, the requests, and the faults in the order of rows."""

    layout: Layout
    requests: list
    faults: list
    rows: int

    def counts(self):
        """How often each fault occurs, the commonest first."""
        return Counter(fault.code for fault in self.faults).most_common()


class NotRequests(ValueError):
    """The file is not one that is known; the sentence says what was looked for."""


def read_requests(content):
    """``Read`` of the file's bytes; ``NotRequests`` when it is another file."""
    if len(content) > LARGEST:
        raise NotRequests(f"the file is larger than {LARGEST // 2**20} MB")
    try:
        lines = csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline=""))
        heading = lines.fieldnames or ()
        layout = next((one for one in LAYOUTS if set(_columns(one)) <= set(heading)), None)
        if layout is None:
            known = "; ".join(f"{one.city}: {', '.join(_columns(one))}" for one in LAYOUTS)
            raise NotRequests(f"the heading is of no known city. {known}")
        return _read(layout, lines)
    except (UnicodeDecodeError, csv.Error) as broken:
        raise NotRequests(f"this is not a CSV in UTF-8: {broken}") from broken


def _columns(layout):
    return [value for name, value in vars(layout).items() if name not in ("city", "times")]


def _read(layout, lines):
    faults, seen = [], set()
    found = [_request(layout, line, lines.line_num, seen, faults) for line in lines]
    return Read(layout, [request for request in found if request], faults, len(found))


def _request(layout, line, row, seen, faults):
    said = {name: clean(line.get(column) or "").strip() for name, column in vars(layout).items()}
    try:
        number = _number(said["number"], seen)
        times = {name: _time(said[name], layout.times) for name in ("opened", "closed", "target")}
        opened, closed, target = times.values()
        if opened is None:
            raise _Odd("no_opening", "")
        if closed is None and said["status"].lower() == "closed":
            raise _Odd("closed_without_time", number)
    except _Odd as odd:
        faults.append(Fault(row, odd.code, odd.found))
        return None
    district = "" if said["district"].lower() in _BLANK else said["district"]
    odd = {
        "closed_before_opened": closed is not None and closed < opened,
        "no_target": target is None,
        "target_before_opened": target is not None and target < opened,
        "no_district": not district,
    }
    found = tuple(code for code, is_so in odd.items() if is_so)
    faults.extend(Fault(row, code, number) for code in found)
    target = None if odd["target_before_opened"] else target
    return PastRequest(row, number, said["kind"], opened, closed, target, district, found)


class _Odd(Exception):
    def __init__(self, code, found):
        self.code, self.found = code, found


def _number(text, seen):
    if not text:
        raise _Odd("no_number", "")
    if text in seen:
        raise _Odd("repeat", text)
    seen.add(text)
    return text


def _time(text, form):
    if not text:
        return None
    try:
        return datetime.strptime(text, form)
    except ValueError:
        raise _Odd("not_a_time", text) from None


_OURS = (  # the first word found in a city's own name of a kind
    ("noise", "noise"),
    *((word, "parking") for word in ("parking", "driveway", "abandoned vehicle", "derelict vehicle")),
    *((word, "water") for word in ("water", "sewer", "heat", "plumbing", "electric", "gas")),
    *((word, "lighting") for word in ("light", "street condition", "pothole", "sidewalk", "signal", "sign", "roadway")),
    *((word, "rubbish") for word in ("clean", "trash", "bulk", "dirty", "litter", "graffiti", "sanita", "collection")),
    *((word, "hazard") for word in ("hazard", "tree", "unsafe", "danger")),
    ("lost", "lost"),
)


def ours(kind):
    """Which kind of request of Linli's a city's own kind is, by its words.

    >>> ours("Noise - Residential"), ours("Request for Pothole Repair"), ours("Taxi Complaint")
    ('noise', 'lighting', 'other')
    """
    name = kind.lower()
    return next((code for word, code in _OURS if word in name), "other")
