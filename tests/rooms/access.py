"""The table of access (tests/spec/access.csv) and the addresses it must cover.

A row says what one role is answered at one address: ``allowed`` or ``refused``. Beside the eleven roles stand
``anonymous`` (nobody has logged in), ``stranger`` (the personnel office of another bureau), ``colleague`` (an officer
whom the thing does not concern), ``reviewer`` (supervision that had no part in the score), departments whose own
part it is (``committee``, ``mediators``, ``brigade``, ``investigators``) and ``client`` (a program with a token of the
API).
"""

import csv
from dataclasses import dataclass
from pathlib import Path

from django.urls import URLPattern, get_resolver, resolve
from django.urls.exceptions import Resolver404

from linli.ground.accounts.roles import Role

TABLE = Path(__file__).resolve().parents[1] / "spec" / "access.csv"
COLUMNS = ("url", "method", "role", "answer")
ALLOWED, REFUSED = "allowed", "refused"
EVERY = (*Role.values, "anonymous")  # each address has a row for each of these
PLAYERS = {  # role -> who of the cast plays it
    **{role: role for role in Role.values},
    **{"officer": "o08", "department": "command", "leader": "leader7", "colleague": "o01"},
    **{"stranger": "stranger", "reviewer": "reviewer", "committee": "committee", "mediators": "mediation"},
    **{"brigade": "publicorder", "investigators": "investigation"},
}
LIBRARIES = ("accounts/", "i18n/")  # pages of the libraries: a few rows of their own
NOWHERE = ("api-root", "portal:lost")  # addresses that only say that there is no such page
PROGRAMS = "api/bureaus"  # asked with a token; a session opens none of it


@dataclass(frozen=True)
class Row:
    """One row of the table."""

    url: str
    method: str
    role: str
    answer: str

    @property
    def path(self):
        """The address without what is asked of it."""
        return self.url.partition("?")[0]


@dataclass(frozen=True)
class Door:
    """One address of the application as its pattern, a method, and whom the view says it lets in."""

    route: str
    method: str
    roles: tuple
    public: bool
    name: str
    kwargs: tuple


def rows():
    """The table, row by row."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        lines = csv.DictReader(file)
        if tuple(lines.fieldnames) != COLUMNS:
            raise ValueError(f"{TABLE.name}: the columns are {','.join(COLUMNS)}")
        return [Row(**line) for line in lines]


def doors():
    """Every address and method, library pages left out."""
    found = _walk(get_resolver())
    return [door for door in found if not door.route.startswith(LIBRARIES) and not door.name.endswith(NOWHERE)]


def _walk(resolver, prefix="", spaces=()):
    for pattern in resolver.url_patterns:
        route = prefix + (str(pattern.pattern).removeprefix("^") if prefix else str(pattern.pattern))
        if isinstance(pattern, URLPattern):
            yield from _hung(pattern, route, spaces)
        else:
            yield from _walk(pattern, route, (*spaces, pattern.namespace) if pattern.namespace else spaces)


def _hung(pattern, route, spaces):
    view = pattern.callback
    methods = [method for method in getattr(view, "methods", ("GET",)) if method != "HEAD"]
    name = ":".join((*spaces, pattern.name or ""))
    kwargs = tuple(getattr(pattern.pattern, "converters", None) or pattern.pattern.regex.groupindex)
    roles = tuple(str(role) for role in getattr(view, "roles", ()))
    for method in methods:
        yield Door(route, method, roles, getattr(view, "public", not roles), name, kwargs)


def route_of(row):
    """The pattern a row's address meets; None when no page lives there."""
    try:
        return resolve(row.path).route
    except Resolver404:
        return None
