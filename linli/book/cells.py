"""One cell at a time: what people write, read as what they mean, or refused with the reason.

Every reader takes a raw cell (text of a CSV; text, number, boolean or day of a workbook) and gives a value or raises
``Unreadable``. Full-width digits and letters are read as plain ones; NFKC would go too far (10² would become 102).
"""

import datetime
import math
import re
import unicodedata

from heng import periods

LARGEST = 1e12  # nothing a county counts is larger; keeps every later sum far from overflow
LONGEST = 200  # characters of a name or a source
YEARS = range(1900, 2200)
TICKS = frozenset("√✓✔☑")
CROSSES = frozenset("×✗✘☒")

_NUMBER = re.compile(r"[+-]?([0-9]+(\.[0-9]*)?|\.[0-9]+)([eE][+-]?[0-9]{1,3})?")
_THOUSANDS = re.compile(r"[+-]?[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")
_ID = re.compile(r"[\w-]{1,40}")
_DAY = re.compile(r"([0-9]{4})(?:-([0-9]{1,2})-|\.([0-9]{1,2})\.|/([0-9]{1,2})/|年([0-9]{1,2})月)([0-9]{1,2})日?")
_MONTH_DAY = re.compile(r"([0-9]{1,2})月([0-9]{1,2})日")
_MIDNIGHT = re.compile(r"[T ]+0{1,2}:00(:00(\.0+)?)?$")
_QUARTER = re.compile(r"([0-9]{4})(?:Q|年第?)([1-4一二三四])(?:季度?)?", re.IGNORECASE)
_WINDOWS = re.compile(r"(?i)con|prn|aux|nul|com[0-9]|lpt[0-9]")
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_ERRORS = frozenset(("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!", "#SPILL!", "#CALC!"))


_EDGES = "\ufeff\u200b\u3000\xa0 \t\r\n"
_PLAIN = {0xFF01 + i: 0x21 + i for i in range(94)} | {0x3000: 0x20}


class Unreadable(Exception):
    """A cell that does not say what its column needs: the code of a phrase and its facts."""

    def __init__(self, code, **facts):
        super().__init__(code)
        self.code, self.facts = code, facts


class Uncomputed:
    """A formula whose value the workbook does not hold: nobody opened and saved it since it was made."""

    def __str__(self):
        return "=…"


UNCOMPUTED = Uncomputed()


def plain(cell):
    """The cell as trimmed text, full-width forms made plain; "" for an empty one.

    >>> plain("　２０２６Ｑ３ ")
    '2026Q3'
    """
    if isinstance(cell, Uncomputed):
        raise Unreadable("stored_value")
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < LARGEST:
        cell = int(cell)
    found = "" if cell is None else unicodedata.normalize("NFC", str(cell)).translate(_PLAIN).strip(_EDGES)
    if found in _ERRORS:
        raise Unreadable("no_error")
    return found


def text(cell):
    """A name or a remark as it was written, line breaks as spaces. Full-width punctuation stays: it is their name."""
    plain(cell)
    written = " ".join(("" if cell is None else str(cell)).strip(_EDGES).split())
    if len(written) > LONGEST or _UNPRINTABLE.search(written):
        raise Unreadable("text", longest=LONGEST)
    return written


def ident(cell):
    """An id of 1 to 40 letters, digits, _ or -: it becomes a file name, so never a path nor a name Windows keeps."""
    found = plain(cell)
    if not _ID.fullmatch(found) or _WINDOWS.fullmatch(found):
        raise Unreadable("id")
    return found


def number(low=-math.inf, high=math.inf, above=None):
    """A reader of numbers from ``low`` to ``high`` (or strictly above ``above``); thousands separators are fine."""

    def read(cell):
        found = _float(cell)
        if not low <= found <= high or (above is not None and found <= above):
            raise Unreadable("above" if above is not None else "range", low=_edge(low), high=_edge(high), above=above)
        return found

    return read


def whole(low, high=LARGEST):
    """A reader of whole numbers from ``low`` to ``high``."""

    def read(cell):
        found = _float(cell)
        if not found.is_integer() or not low <= found <= high:
            raise Unreadable("whole", low=_edge(low), high=_edge(high))
        return found

    return read


def fact(cell):
    """A number about a place: as ``number``, and 18% is 0.18 (spreadsheets write shares so)."""
    found = plain(cell)
    if not isinstance(cell, bool) and found.endswith("%"):
        return _float(found[:-1].rstrip()) / 100
    return _float(cell)


def _float(cell):
    found = plain(cell)
    if isinstance(cell, bool) or not (_NUMBER.fullmatch(found) or _THOUSANDS.fullmatch(found)):
        raise Unreadable("number")
    value = float(found.replace(",", ""))
    if abs(value) > LARGEST:
        raise Unreadable("range", low=_edge(-LARGEST), high=_edge(LARGEST))
    return value


def _edge(value):
    return "…" if math.isinf(value) else f"{value:,.12g}"


def flag(cell):
    """True or False of 1, 0, a tick or a cross, yes or no, 是 or 否."""
    found = plain(cell).casefold()
    if found in TICKS or found in ("1", "true", "yes", "是"):
        return True
    if found in CROSSES or found in ("0", "false", "no", "否"):
        return False
    raise Unreadable("flag")


def word(meanings):
    """A reader of a few words; ``meanings`` gives each canonical word the other ways of writing it."""
    known = {other.casefold(): canonical for canonical, others in meanings.items() for other in (canonical, *others)}

    def read(cell):
        found = plain(cell).casefold()
        if found not in known:
            raise Unreadable("word", words=list(meanings))
        return known[found]

    return read


def day(cell):
    """A day of a calendar that exists, in any of the forms people write."""
    return _day(cell, None)


def day_in(year):
    """A reader that also takes 3月1日, as a day of ``year``; without a year (None) it asks for one."""
    return lambda cell: _day(cell, year)


def _day(cell, year):
    if isinstance(cell, datetime.datetime):
        cell = cell.date()
    found = _MIDNIGHT.sub("", plain(cell))
    if match := _DAY.fullmatch(found):
        parts = [int(part) for part in match.groups() if part]
    elif match := _MONTH_DAY.fullmatch(found):
        if year is None:
            raise Unreadable("day_with_year")
        parts = [year, int(match[1]), int(match[2])]
    else:
        raise Unreadable("day")
    if parts[0] not in YEARS:
        raise Unreadable("day")
    try:
        return datetime.date(*parts)
    except ValueError as impossible:
        raise Unreadable("day") from impossible


def quarter(cell):
    """A period, 2026Q3 or 2026年第三季度, as heng writes it."""
    match = _QUARTER.fullmatch("".join(plain(cell).split()))
    if match is None or int(match[1]) not in YEARS:
        raise Unreadable("quarter")
    found = f"{match[1]}Q{'一二三四'.find(match[2]) + 1 or match[2]}"
    periods.parse(found)
    return found
