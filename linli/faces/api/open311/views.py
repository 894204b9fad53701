"""The methods of GeoReport v2, each as (name, value) of a shape; ``door`` writes it in the format asked for."""

from django.conf import settings
from django.http import JsonResponse
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from linli.faces.api.actions import spend
from linli.faces.api.models import Client
from linli.faces.api.open311 import asked, reading, sent
from linli.faces.api.open311.description import described
from linli.faces.api.open311.door import door
from linli.faces.api.open311.faults import Fault
from linli.faces.api.tokens import hash_of
from linli.ground.accounts.doors import page
from linli.ground.accounts.limits import allowed
from linli.ground.places.queries import communities
from linli.work.requests.actions import receive
from linli.work.requests.kinds import KINDS, named
from linli.work.requests.where import community_at

WINDOW = 600  # seconds in which one address may send ``settings.INTAKE_LIMIT`` requests


@door("GET", "HEAD")
def discovery(request):
    """Where the protocol is answered."""
    return "discovery", reading.discovery(request.build_absolute_uri("/").rstrip("/"))


@door("GET", "HEAD")
def services(request):
    """What may be asked for."""
    asked.jurisdiction(request)
    return "services", reading.services()


@door("GET", "HEAD")
def service(request, code):
    """What one service asks beside the usual: nothing."""
    asked.jurisdiction(request)
    if code not in KINDS:
        raise Fault(404, "service_code was not found")
    return "service_definition", {"service_code": code, "attributes": []}


@door("GET", "HEAD", "POST")
def requests(request):
    """GET: the requests of a bureau. POST: one more."""
    if request.method == "POST":
        return "service_requests", [_received(request, asked.jurisdiction(request))]
    return "service_requests", reading.requests(asked.jurisdiction(request), asked.which(request.GET))


@door("GET", "HEAD")
def one_request(request, number):
    """One request by its public number."""
    found = reading.request(asked.jurisdiction(request), number)
    if not found:
        raise Fault(404, "service_request_id was not found")
    return "service_requests", found


@door("GET", "HEAD")
def token(request, number):
    """The number that a token stands for: its own, for here every request has its number at once."""
    found = reading.request(asked.jurisdiction(request), number)
    if not found:
        raise Fault(404, "token was not found")
    return "service_requests", [{"service_request_id": number, "token": number}]


@page(public=True)
def openapi(request):
    """The same for machines."""
    return JsonResponse(described())


def _received(request, bureau):
    _may_send(request, bureau)
    found = sent.read(request)
    made = receive(
        by="open311", bureau=bureau, kind=found.kind, words=found.words or named(found.kind), channel="open311",
        community=_community(bureau, found.position), place_note=found.place_note, position=found.position,
        contact=found.contact, photo=found.photo, language=get_language(),
    )  # fmt: skip
    notice = _("Receipt code %(code)s: with it you can follow the matter and say whether it is solved, at %(page)s")
    notice %= {"code": made.code, "page": request.build_absolute_uri(f"/p/{bureau.code}/")}
    return {"service_request_id": made.public_id, "service_notice": notice, "account_id": None}


def _community(bureau, position):
    """Where the point lies; None without a point, and in a bureau that has laid down no boundaries."""
    found = position and community_at(bureau, *position)
    if position and found is None and communities(bureau).filter(place__boundary__isnull=False).exists():
        raise Fault(400, "lat and long lie outside this jurisdiction")
    return found


def _may_send(request, bureau):
    """By the address it comes from; where keys are asked for, by the client's own count."""
    if not settings.OPEN311_KEYS:
        if not allowed("intake", request, settings.INTAKE_LIMIT, WINDOW):
            raise Fault(429, "this address has sent many requests; try again later", wait=WINDOW)
        return
    key = request.POST.get("api_key") or request.GET.get("api_key") or ""
    client = Client.objects.filter(token_hash=hash_of(key), bureau=bureau, closed_at=None).first()
    if client is None:
        raise Fault(403, "api_key was not provided or is not known; the bureau opens a client and hands over its key")
    if wait := spend(client):
        raise Fault(429, "this client has sent many requests; try again later", wait=wait)
