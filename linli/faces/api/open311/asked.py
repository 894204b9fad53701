"""What a program asks for: whose requests, which of them, in which language. What is wrong is said, all at once."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.utils.timezone import is_naive, make_aware
from django.utils.translation import get_supported_language_variant
from django.utils.translation.trans_real import parse_accept_lang_header

from linli.faces.api.open311.faults import Fault
from linli.ground.places.models import Bureau
from linli.ground.trail import clock

DAYS = 90  # the protocol's longest span, and the one that is meant when none is said
MOST = 1000  # requests in one answer
_ID = re.compile(r"[A-Za-z0-9_-]{1,40}", re.ASCII)
_YEARS = (1970, 2200)


@dataclass(frozen=True)
class Asked:
    """Which requests: by their ids alone, or by kind, state and the time they came in."""

    ids: tuple[str, ...]
    kinds: tuple[str, ...]
    statuses: set[str]
    start: datetime
    end: datetime
    page: int
    page_size: int


def jurisdiction(request):
    """The bureau that ``jurisdiction_id`` names, wherever it was sent; left out where there is one bureau alone."""
    code = (request.POST.get("jurisdiction_id") or request.GET.get("jurisdiction_id") or "").strip()
    if code:
        found = Bureau.objects.filter(code=code).first() if _ID.fullmatch(code) else None
        if found is None:
            raise Fault(404, "jurisdiction_id was not found")
        return found
    first, *more = Bureau.objects.all()[:2] or [None]
    if first is None or more:
        raise Fault(400, "jurisdiction_id was not provided: it is the code of a bureau")
    return first


def language(request):
    """The language of the answer: ``locale``, then what the program accepts, then the installation's own."""
    wished = request.GET.get("locale", "")[:20].replace("_", "-").lower()
    accepted = parse_accept_lang_header(getattr(request, "asked_language", "")[:200])
    for code in (wished, *(code for code, _weight in accepted)):
        try:
            return get_supported_language_variant(code)
        except LookupError:
            continue
    return settings.LANGUAGE_CODE


def which(query):
    """``Asked`` of a query; ``Fault`` 400 with everything that is wrong with it."""
    faults = []
    start, end = _span(query, faults)
    asked = Asked(
        ids=_listed(query, "service_request_id"),
        kinds=_listed(query, "service_code"),
        statuses=_statuses(query, faults),
        start=start,
        end=end,
        page=_count(query, "page", 1, 10_000, faults),
        page_size=_count(query, "page_size", MOST, MOST, faults),
    )
    if faults:
        raise Fault(400, *faults)
    return asked


def _listed(query, name):
    """What a parameter lists, each once; no database keeps a NUL, so nothing with one is found."""
    parts = (part.replace("\0", "?") for text in query.getlist(name) for part in text.split(","))
    return tuple(dict.fromkeys(part.strip() for part in parts if part.strip()))[:MOST]


def _statuses(query, faults):
    said = {part.lower() for part in _listed(query, "status")}
    if said - {"open", "closed"}:
        faults.append("status is open, closed, or both with a comma between")
    return said


def _span(query, faults):
    start, end = (_moment(query, name, faults) for name in ("start_date", "end_date"))
    long = timedelta(days=DAYS)
    if start and end and not timedelta(0) <= end - start <= long:
        faults.append(f"start_date and end_date may not span more than {DAYS} days, and the start comes first")
    end = end or (start + long if start else clock.now())
    return start or end - long, end


def _moment(query, name, faults):
    text = query.get(name, "").strip()
    if not text:
        return None
    try:  # a + that was not written as %2B arrives as a space
        found = datetime.fromisoformat(re.sub(r" (\d\d:?\d\d)$", r"+\1", text) if "T" in text else text)
        if not _YEARS[0] < found.year < _YEARS[1]:
            raise ValueError(text)
        found = make_aware(found) if is_naive(found) else found
        return found.astimezone(UTC)  # a database knows fewer zones than Python
    except (ValueError, OverflowError):
        faults.append(f"{name} is a time such as 2026-01-31T08:00:00Z")
        return None


def _count(query, name, otherwise, most, faults):
    text = query.get(name, "").strip()
    if not text:
        return otherwise
    if not (text.isascii() and text.isdigit() and len(text) < 7 and 1 <= int(text) <= most):
        faults.append(f"{name} is a number from 1 to {most}")
        return otherwise
    return int(text)
