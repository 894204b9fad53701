"""The API's addresses: what a client may read of its bureau. Nothing is written, nobody is logged in by a session."""

from datetime import date
from functools import wraps

from ninja import NinjaAPI, Query
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import HttpBearer

from linli.faces.api import reading, shapes
from linli.faces.api.actions import A_MINUTE, spend
from linli.faces.api.models import Client
from linli.faces.api.tokens import hash_of
from linli.ground.trail import clock
from linli.ground.trail.actions import record

MOST_ROWS = 1000
_ABOUT = f"""The figures of one bureau's quarters, as they were published, for programs.

Every request carries `Authorization: Bearer <token>`; the political and personnel office opens a client and is shown
its token once. A client may ask {A_MINUTE} times a minute; then the answer is 429 with `Retry-After` in seconds.
Unknown is null and never 0. Officers stand by their codes; names are given to clients that were opened for them.
Leaders, objections, talks, money and residents are never answered. Lists answer `count` and `items`; `limit` goes up
to {MOST_ROWS}."""


class Spent(Exception):
    """The client has asked too often; ``wait``: seconds until it may ask again."""

    def __init__(self, wait):
        self.wait = wait
        super().__init__(str(wait))


class Token(HttpBearer):
    """A client by its token; a closed one is nobody."""

    def authenticate(self, request, token):
        found = Client.objects.select_related("bureau__place").filter(token_hash=hash_of(token), closed_at=None)
        client = found.first()
        if client is not None and (wait := spend(client)):
            raise Spent(wait)
        return client


class ForPrograms(NinjaAPI):
    """Answers that no proxy keeps."""

    def create_response(self, *args, **kwargs):
        answer = super().create_response(*args, **kwargs)
        answer["Cache-Control"] = "no-store"
        return answer


api = ForPrograms(
    title="Linli 鄰里",
    version="1",
    description=_ABOUT,
    urls_namespace="api:v1",
    openapi_url="/openapi.json",
    docs_url=None,  # a page of documents would load scripts from elsewhere
    auth=Token(),
)


@api.exception_handler(Spent)
def too_often(request, fault):
    """429 with the seconds to wait."""
    said = {"error": f"more than {A_MINUTE} requests in a minute", "remedy": f"ask again in {fault.wait} s"}
    answer = api.create_response(request, said, status=429)
    answer["Retry-After"] = str(fault.wait)
    return answer


@api.exception_handler(AuthenticationError)
def unknown_client(request, fault):
    """401: no token, a wrong one, or one of a closed client."""
    said = {"error": "no client has this token", "remedy": "send Authorization: Bearer <token> of an open client"}
    answer = api.create_response(request, said, status=401)
    answer["WWW-Authenticate"] = "Bearer"
    return answer


@api.exception_handler(HttpError)
def not_answered(request, fault):
    """What else is wrong, in the same shape."""
    return api.create_response(request, {"error": fault.message, "remedy": ""}, status=fault.status_code)


@api.exception_handler(ValidationError)
def not_understood(request, fault):
    """422: which part of the request is wrong."""
    said = "; ".join(f"{error['loc'][-1]}: {error['msg']}" for error in fault.errors)
    return api.create_response(request, {"error": said, "remedy": "see openapi.json"}, status=422)


FAULTS = {401: shapes.Fault, 404: shapes.Fault, 422: shapes.Fault, 429: shapes.Fault}


def listed(shape):
    """A list's answer: how many there are, and some of them."""
    return type(f"{shape.__name__}List", (shapes.Schema,), {"__annotations__": {"count": int, "items": list[shape]}})


def answers(address, shape, summary):
    """Registers a GET whose first argument is the client's own bureau; another bureau is not found."""

    def register(function):
        @wraps(function)
        def answered(request, *args, **kwargs):
            return function(request, *args, **kwargs)

        return api.get(address, response={200: shape, **FAULTS}, summary=summary, operation_id=function.__name__)(
            answered
        )

    return register


def _bureau(request, code):
    if request.auth.bureau.code != code:
        raise HttpError(404, "this client reads no such bureau")
    return request.auth.bureau


def _cycle(request, code, period, published=True):
    cycle = reading.cycle(_bureau(request, code), period)
    if cycle is None or (published and cycle.state != "published"):
        raise HttpError(404, "there is no such quarter, or it is not published yet")
    return cycle


def _part(rows, limit, offset):
    return {"count": rows.count(), "items": list(rows[offset : offset + limit])}


Limit, Offset = Query(100, ge=1, le=MOST_ROWS), Query(0, ge=0)


@answers("/bureaus", listed(shapes.BureauOut), "The bureau this client reads")
def bureaus(request):
    one = request.auth.bureau
    return {"count": 1, "items": [reading.bureau(one)]}


@answers("/bureaus/{bureau}/communities", listed(shapes.CommunityOut), "Communities")
def communities(request, bureau: str, limit: int = Limit, offset: int = Offset):
    return _part(reading.communities(_bureau(request, bureau)), limit, offset)


@answers("/bureaus/{bureau}/quarters", listed(shapes.QuarterOut), "Quarters, the latest first")
def quarters(request, bureau: str, limit: int = Limit, offset: int = Offset):
    return _part(reading.quarters(_bureau(request, bureau)), limit, offset)


@answers("/bureaus/{bureau}/quarters/{period}/calendar", list[shapes.StepOut], "The calendar of a quarter")
def calendar(request, bureau: str, period: str):
    return reading.calendar(_cycle(request, bureau, period, published=False))


@answers("/bureaus/{bureau}/quarters/{period}/figures", listed(shapes.FigureOut), "Published figures by community")
def figures(
    request, bureau: str, period: str, community: str = "", rate: str = "", limit: int = Limit, offset: int = Offset
):
    return _part(reading.figures(_cycle(request, bureau, period), community, rate), limit, offset)


@answers("/bureaus/{bureau}/quarters/{period}/scores", listed(shapes.ScoreOut), "Published scores by officer")
def scores(request, bureau: str, period: str, limit: int = Limit, offset: int = Offset):
    cycle, client = _cycle(request, bureau, period), request.auth
    found = {"names": client.names, "offset": offset}
    record(by=f"client:{client.name}", action="api.read_scores", subject=f"cycle:{period}", bureau=bureau, **found)
    part = _part(reading.scores(cycle), limit, offset)
    part["items"] = [reading.score(row, client.names) for row in part["items"]]
    return part


@answers("/bureaus/{bureau}/scheme", shapes.SchemeOut, "The scheme in force on a day, by default today")
def scheme(request, bureau: str, on: date | None = None):
    found = reading.scheme(_bureau(request, bureau), on or clock.today())
    if found is None:
        raise HttpError(404, "no scheme was in force on that day")
    return found
