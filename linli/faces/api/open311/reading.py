"""What Open311 answers: a request's number, kind, state, dates, community and office. Never words, address or point."""

from datetime import datetime, time

from django.db.models import Max
from django.utils.timezone import get_current_timezone, localtime
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from linli.faces.api.open311.asked import MOST
from linli.work.requests.kinds import KINDS, named
from linli.work.requests.queries import public
from linli.work.requests.states import OPEN, State

SPECIFICATION = "http://wiki.open311.org/GeoReport_v2"
CHANGED = "2026-11-25T00:00:00+08:00"  # when the services or the addresses last changed
NOT_SAID = ("address", "address_id", "zipcode", "lat", "long", "media_url")


def discovery(root):
    """Where the protocol is answered, and in which formats. root: this installation's address."""
    formats = ["text/xml", "application/json"]
    said = {"specification": SPECIFICATION, "url": f"{root}/open311/v2", "changeset": CHANGED, "type": "production"}
    key_service = "The bureau's political and personnel office opens a client and hands over its key."
    return {
        "changeset": CHANGED,
        "contact": f"{root}/p/",
        "key_service": key_service,
        "endpoints": [said | {"formats": formats}],
    }


def services():
    """Every kind of request as a service."""
    return [_service(kind) for kind in KINDS.values()]


def _service(kind):
    owner = "police" if kind.police else "handed on"
    keywords = ", ".join(dict.fromkeys((kind.code, *kind.names.values())))
    said = {"service_code": kind.code, "service_name": str(kind), "description": _described(kind), "metadata": False}
    return said | {"type": "realtime", "keywords": keywords, "group": owner}


def _described(kind):
    """What its sender may expect, in the reader's language."""
    within = ngettext("Answered within %(n)s working day.", "Answered within %(n)s working days.", kind.days)
    whose = "" if kind.police else _("It is handed on to whoever looks after it.")
    return f"{within % {'n': kind.days}} {whose}".strip()


def requests(bureau, asked):
    """The requests that were asked for, the latest first."""
    if asked.ids:
        return _shown(public(bureau, public_ids=asked.ids))
    group = {("open",): "open", ("closed",): "done"}.get(tuple(asked.statuses), "")
    rows = public(bureau, kinds=asked.kinds, group=group, since=asked.start, until=asked.end)
    first = (asked.page - 1) * asked.page_size
    return _shown(rows, first, first + asked.page_size)


def request(bureau, public_id):
    """One request as a list, as the protocol has it; empty when there is none."""
    return _shown(public(bureau, public_ids=[public_id]))


def _shown(rows, first=0, last=MOST):
    seen = ("public_id", "kind", "state", "opened_at", "promised_on", "community__name", "office__name", "bureau__name")
    rows = rows.select_related(None).annotate(moved_at=Max("updates__at"))
    return [_one(row) for row in rows.values(*seen, "moved_at")[first:last]]


def _one(row):
    office, moved = row["office__name"] or row["bureau__name"], row["moved_at"] or row["opened_at"]
    return {
        "service_request_id": row["public_id"],
        "status": "open" if row["state"] in OPEN else "closed",
        "status_notes": str(State(row["state"]).label),
        "service_name": named(row["kind"]),
        "service_code": row["kind"],
        "description": "",
        "agency_responsible": office,
        "service_notice": row["community__name"] or "",
        "requested_datetime": moment(row["opened_at"]),
        "updated_datetime": moment(moved),
        "expected_datetime": row["promised_on"] and _end_of(row["promised_on"]),
        **dict.fromkeys(NOT_SAID),
    }


def moment(at):
    """A time as the protocol writes it, in the bureau's zone.

    >>> moment(datetime.fromisoformat("2026-01-05T01:00:00Z"))
    '2026-01-05T09:00:00+08:00'
    """
    return localtime(at).isoformat(timespec="seconds")


def _end_of(day):
    return datetime.combine(day, time(23, 59, 59), get_current_timezone()).isoformat()
