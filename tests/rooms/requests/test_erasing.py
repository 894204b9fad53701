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


def test_what_was_erased_is_reopened_by_nobody(ended, officer):
    run_daily(after(terms.WORDS_KEPT))
    with pytest.raises(Refused):
        actions.reopen(by=officer, request=ended, why="再看看（虛構）")
    assert Request.objects.get().state == "solved" and not Said.objects.exists()


def test_what_is_said_of_an_open_matter_after_its_words_were_erased_is_erased_too(send, cast):
    request, station = send(), cast.user("station")
    last = after(terms.WORDS_KEPT_AT_MOST)
    run_daily(last)
    with clock.at(datetime(last.year, last.month, last.day, 9)):
        actions.visit(by=station, request=request, note="三棟李某（虛構）")
        actions.solve(by=station, request=request, what_was_done="好了")
    assert Said.objects.count() == 2
    run_daily(last + timedelta(days=1))
    assert not Said.objects.exists() and Update.objects.filter(step="solve").exists()


def test_nothing_is_kept_past_the_day_promised_when_it_came_however_late_it_ends_and_is_reopened(send, cast):
    request, station = send(), cast.user("station")
    for days in (350, 700, 720):
        with clock.at(datetime(2026, 7, 8, 10) + timedelta(days=days)):
            actions.solve(by=station, request=request, what_was_done="好了")
            ended = request.erase_contact_on, request.erase_words_on
            actions.reopen(by=station, request=request, why="又壞了")
            again = request.erase_contact_on, request.erase_words_on
        assert max(ended[0], again[0]) <= after(terms.CONTACT_KEPT_AT_MOST), days
        assert max(ended[1], again[1]) <= after(terms.WORDS_KEPT_AT_MOST), days


def test_putting_a_reopened_matter_into_a_community_lengthens_nothing(send, cast, community):
    request, station = send(), cast.user("station")
    actions.solve(by=station, request=request, what_was_done="好了")
    actions.reopen(by=station, request=request, why="又壞了")
    day = request.erase_words_on
    with clock.at(datetime(2026, 9, 1, 9)):
        actions.place(by=station, request=request, community=community)
    assert request.erase_words_on == day


def test_what_supervision_writes_after_a_complaint_was_erased_is_erased_too(cast):
    made = actions.complain(bureau=cast.bureau, words="某民警（虛構）")
    last = made.erase_words_on
    run_daily(last)
    with clock.at(datetime(last.year, last.month, last.day, 9)):
        actions.answer(by=cast.user("supervision"), complaint=made, text="遲到的答覆")
    run_daily(last + timedelta(days=1))
    made.refresh_from_db()
    assert (made.answer, made.state) == ("", "answered")
