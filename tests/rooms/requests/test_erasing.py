"""After its time everything a sender wrote is gone from the database file itself; steps and counts stay."""

import io
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from PIL import Image

from linli.ground.jobs import actions as jobs
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.work.requests import actions, queries, terms
from linli.work.requests.models import Photo, Request, Said, Update


def picture():
    kept = io.BytesIO()
    Image.new("RGB", (30, 20), "red").save(kept, "JPEG")
    return kept.getvalue()


@pytest.fixture
def ended(send, officer):
    request = send(photo=picture(), position=(0.05, 0.05))
    code = request.code
    actions.solve(by=officer, request=request, what_was_done="已固定。")
    request.code = code
    return request


def run_daily(day):
    with clock.at(datetime(day.year, day.month, day.day, 3)):
        jobs.ask_daily(day)
        while jobs.work_one():
            pass


def columns(table):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table}")
        return [dict(zip([c[0] for c in cursor.description], row, strict=True)) for row in cursor.fetchall()]


def after(days):
    return date(2026, 7, 8) + timedelta(days=days)


def test_contact_is_erased_first_and_the_words_stay(ended):
    run_daily(after(terms.CONTACT_KEPT - 1))
    assert Request.objects.get().contact
    run_daily(after(terms.CONTACT_KEPT))
    kept = Request.objects.get()
    assert (kept.contact, bool(kept.words), Photo.objects.count()) == ("", True, 1)


def test_words_photo_place_and_answers_are_erased_after_their_time(ended):
    run_daily(after(terms.WORDS_KEPT))
    (row,) = columns("requests_request")
    assert [row[name] for name in ("words", "place_note", "contact", "lat", "lon")] == ["", "", "", None, None]
    assert (Photo.objects.count(), Said.objects.count()) == (0, 0)


def test_steps_days_and_counts_stay(cast, ended):
    before = list(queries.by_community(cast.bureau, after(0), after(0)))
    run_daily(after(terms.WORDS_KEPT))
    assert list(queries.by_community(cast.bureau, after(0), after(0))) == before
    assert "solve" in {update.step for update in Update.objects.all()} and queries.hot(cast.bureau)


def test_open_matter_is_not_kept_for_ever_either(send):
    send()
    run_daily(after(terms.CONTACT_KEPT_AT_MOST))
    assert Request.objects.get().contact == ""
    run_daily(after(terms.WORDS_KEPT_AT_MOST))
    assert Request.objects.get().words == ""


def test_reopened_matter_keeps_its_words_while_it_is_open(cast, ended):
    with clock.at(datetime(2026, 12, 1, 9)):
        actions.sender_says(bureau=cast.bureau, code=ended.code, solved=False)
    run_daily(after(terms.WORDS_KEPT))
    assert Request.objects.get().words


def test_code_still_shows_the_state_after_erasure_but_opens_nothing_again(cast, ended):
    run_daily(after(terms.WORDS_KEPT))
    seen = queries.by_code(cast.bureau, ended.code)
    assert (seen.state, seen.may_say, {step.text for step in seen.steps}) == ("solved", False, {""})
    with pytest.raises(Refused):
        actions.sender_says(bureau=cast.bureau, code=ended.code, solved=False)


def test_second_run_finds_nothing_left(ended):
    run_daily(after(terms.WORDS_KEPT))
    assert actions.erase_due(today=after(terms.WORDS_KEPT + 1)) == (0, 0)
