"""Who may open what: each address of the application, each role, as tests/spec/access.csv says it."""

import io
from collections import defaultdict
from urllib.parse import unquote
from zipfile import ZipFile

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from linli.ground.trail.models import Entry
from tests.rooms import access
from tests.rooms.access_county import County
from tests.rooms.access_work import SEEN_BY
from tests.spec.access_page import PAGE, page

PARTS = 4  # so that several cores may share the table


@pytest.fixture(scope="module")
def county(django_db_setup, django_db_blocker):
    """One county for all rows; what a row does to it is undone before the next."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield County()
        transaction.set_rollback(True)


def test_every_address_has_a_row_for_every_role():
    said = defaultdict(set)
    for row in access.rows():
        said[access.route_of(row), row.method].add(row.role)
    lacking = {
        f"{door.method} {door.route}": sorted(missing)
        for door in access.doors()
        if (missing := set(access.EVERY) - said[door.route, door.method])
    }
    assert lacking == {}, "write rows for them: python -m tests.spec.write_access proposes some"


def test_every_row_is_about_an_address_there_is():
    known = {(door.route, door.method) for door in access.doors()}
    library = {row for row in access.rows() if (access.route_of(row) or "").startswith(access.LIBRARIES)}
    stray = [row for row in access.rows() if row not in library and (access.route_of(row), row.method) not in known]
    assert stray == []


def test_no_row_stands_twice_and_each_says_allowed_or_refused():
    rows = access.rows()
    assert len({(row.url, row.method, row.role) for row in rows}) == len(rows)
    assert {row.answer for row in rows} == {access.ALLOWED, access.REFUSED}
    assert {row.role for row in rows} <= {*access.PLAYERS, "anonymous", "client"}


def test_every_view_is_behind_a_door():
    open_views = {door.route for door in access.doors() if door.public}
    assert {route for route in open_views if not route.startswith(("api/", "health", "open311/", "p/"))} == STATIC
    assert not {route for route in open_views if "/staff/" in route}


STATIC = {"county/card.css"}  # a file that the browser fetches by itself


@pytest.mark.django_db
@pytest.mark.parametrize("part", range(PARTS))
def test_each_row_is_answered_as_it_says(county, settings, part):
    settings.USERSESSIONS_TRACK_ACTIVITY = False  # two writes a request that are not asked about here
    wrong = []
    for row in access.rows()[part::PARTS]:
        cache.clear()  # the limits on asking too often have their own tests
        with transaction.atomic():
            answer = _asked(county, row)
            transaction.set_rollback(True)
        wrong += [f"{row.method} {row.url} as {row.role}: shows {secret}" for secret in _leaked(answer, row)]
        if _meant(answer, row) != row.answer:
            wrong.append(f"{row.method} {row.url} as {row.role}: {row.answer} expected, {_said(answer)} answered")
    assert not wrong, "\n".join(wrong)


def _asked(county, row):
    try:
        return county.asked(row)
    except Exception as fault:  # told with its row, beside all others
        return fault


def _leaked(answer, row):
    """What a resident said in confidence, on a page that is not for this reader; files are opened."""
    body = getattr(answer, "content", b"") if not getattr(answer, "streaming", False) else b"".join(answer)
    if body[:2] == b"PK":
        with ZipFile(io.BytesIO(body)) as file:
            body = b"".join(file.read(name) for name in file.namelist())
    text = body.decode("utf-8", "replace")
    for secret, (begins, roles) in SEEN_BY.items():
        if secret in text and not (row.url.startswith(begins) and row.role in roles):
            yield secret


def _meant(answer, row):
    """What an answer means; None for one that is neither: not found, not allowed that way, a fault."""
    status = getattr(answer, "status_code", 500)
    sent_to_login = status == 302 and answer["Location"].startswith("/accounts/login/")
    if status in (401, 403) or (row.role == "anonymous" and sent_to_login):
        return access.REFUSED
    return access.ALLOWED if status < 404 or status in (409, 422) else None


def _said(answer):
    return getattr(answer, "status_code", None) or f"{type(answer).__name__}: {answer}"


@pytest.mark.django_db
def test_what_was_refused_stands_in_the_trail(county):
    for row in access.rows():
        if (
            row.answer == access.REFUSED
            and row.role in ("officer", "administrator", "stranger")
            and row.method == "GET"
        ):
            with transaction.atomic():
                before = Entry.objects.count()
                if county.asked(row).status_code == 403:
                    entry = Entry.objects.latest("number")
                    found = (Entry.objects.count() - before, entry.action, entry.by, entry.subject)
                    assert found == (1, "door.refused", access.PLAYERS[row.role], unquote(row.path)), row
                transaction.set_rollback(True)


def test_page_about_access_is_fresh():
    assert PAGE.read_text(encoding="utf-8") == page(), "run: python -m tests.spec.access_page"


@pytest.mark.django_db
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_without_its_token_no_form_is_taken(county, method):
    client = Client(enforce_csrf_checks=True)
    client.force_login(county.cast.user("administrator"), backend="django.contrib.auth.backends.ModelBackend")
    answer = client.generic(method, "/people/account/o08/unlock/")
    assert answer.status_code == (403 if method == "POST" else 405)
