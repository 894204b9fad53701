"""The past of another system, brought in to be counted: nobody is given a code, and it stands on nobody's list."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.utils.timezone import localtime
from django.utils.translation import gettext as _

from linli.ground.places.models import Community
from linli.ground.trail import clock
from linli.ground.trail.actions import action, name_of, record
from linli.work.requests import codes, terms, where
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from linli.work.requests.states import State

CHUNK = 1000


@dataclass(frozen=True)
class Historical:
    """One row of another system. reference: its number there; position: (lat, lon); fault: what is wrong with it."""

    reference: str
    kind: str
    opened_at: datetime
    due_at: datetime | None = None
    closed_at: datetime | None = None
    community: Community | None = None
    position: tuple | None = None
    fault: str = ""


@action
def bring_in(*, by, bureau, rows):
    """(made, kept with a fault, [(reference, why it was refused)]) of ``Historical`` rows; a fault stops its row alone.

    Closed before opened: kept, when it was closed being unknown. A reference that is here already is refused.
    """
    made = faulty = 0
    refused, seen, chunk = [], set(), []
    for row in rows:
        if why := _refusal(bureau, row, seen):
            refused.append((row.reference, why))
            continue
        seen.add(row.reference)
        chunk.append(row)
        if len(chunk) == CHUNK:
            made, faulty = _laid_down(by, bureau, chunk, refused, made, faulty)
            chunk = []
    made, faulty = _laid_down(by, bureau, chunk, refused, made, faulty)
    counts = {"made": made, "kept_with_fault": faulty, "refused": len(refused)}
    record(by=by, action="requests.bring_in", subject="requests:import", bureau=bureau, **counts)
    return made, faulty, refused


def _refusal(bureau, row, seen):
    if not row.reference or len(row.reference) > 60:
        return _("it has no number, or one that is too long")
    if row.reference in seen:
        return _("its number stands twice in the file")
    if row.kind not in KINDS:
        return _("there is no such kind of request")
    if not isinstance(row.opened_at, datetime) or row.opened_at.tzinfo is None:
        return _("when it was opened is unknown")
    if row.community is not None and row.community.bureau_id != bureau.pk:
        return _("its community is of another bureau")
    return ""


def _laid_down(by, bureau, chunk, refused, made, faulty):
    keys = [f"import:{row.reference}" for row in chunk]
    known = set(Request.objects.filter(bureau=bureau, client_key__in=keys).values_list("client_key", flat=True))
    laid = []
    for row, key in zip(chunk, keys, strict=True):
        if key in known:
            refused.append((row.reference, _("it was brought in before")))
        else:
            laid.append(_row(by, bureau, row, key))
    Request.objects.bulk_create(laid, batch_size=200)
    return made + len(laid), faulty + sum(bool(one.fault) for one in laid)


def _row(by, bureau, row, key):
    closed, fault = row.closed_at, row.fault
    state = State.ENDED if closed else State.RECEIVED
    if closed and closed < row.opened_at:
        closed, fault = None, fault or "closed before opened"
    lat = lon = None
    if row.position is not None:
        lat, lon = where.checked(row.position)
    day = localtime(row.opened_at).date()
    return Request(
        bureau=bureau, public_id=codes.new_number("R"), client_key=key, channel=Request.Channel.IMPORT,
        entered_by=name_of(by)[:150], kind=row.kind, community=row.community, state=state, opened_at=row.opened_at,
        promised_on=_day(row.due_at), due_on=_day(row.due_at), ended_at=closed, fault=str(fault)[:120],
        cell=where.cell(lat, lon) if row.position is not None else "", erase_contact_on=day,
        erase_words_on=day + timedelta(days=terms.WORDS_KEPT_AT_MOST), erased_at=clock.now(),
    )  # fmt: skip


def _day(moment):
    if moment is None or (isinstance(moment, date) and not isinstance(moment, datetime)):
        return moment
    return localtime(moment).date()
