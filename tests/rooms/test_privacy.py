"""What residents said in confidence: not in the database, the trail or the log as it was said, and gone after its time.

On which pages it may be read is tested with every address: tests/rooms/test_access.py.
"""

import logging
from datetime import timedelta

import pytest
from django.apps import apps
from django.db import connection

from linli.ground.jobs import actions as jobs
from linli.ground.jobs.models import Job
from linli.ground.trail import clock
from linli.ground.trail.privacy import class_of
from linli.work.requests import actions as complaints
from linli.work.requests.models import Complaint, Request
from linli.work.surveys import actions as surveys
from linli.work.surveys.models import Wave
from tests.rooms.access_county import NOW
from tests.rooms.access_work import SEEN_BY, Working

LONGER_THAN_ANY = timedelta(days=3 * 366)
KEPT_AS_RECORDS = ("disputes",)  # a mediation is a file that the law has kept; it is encrypted


@pytest.fixture
def said(cast, caplog):
    """The bureau after residents have spoken, and what the log wrote meanwhile."""
    with clock.at(NOW), caplog.at_level(logging.DEBUG):
        Working(cast)
    return caplog.text


def _rows():
    """(table, row as text) of everything that the database holds."""
    with connection.cursor() as cursor:
        for model in apps.get_models(include_auto_created=True):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(model._meta.db_table)}")
            for row in cursor.fetchall():
                yield model._meta.db_table, repr(row)


def _readable():
    """(label, secret) of what the program can still read of residents' words and contacts."""
    for model in apps.get_models():
        names = [field.name for field in model._meta.local_fields if class_of(model, field.name) == "sensitive"]
        for row in model.objects.all() if names else ():
            text = " ".join(str(getattr(row, name)) for name in names)
            yield from ((model._meta.label_lower, secret) for secret in SEEN_BY if secret in text)


def _all_closed(cast):
    """Time runs from the day on which a thing is over: the waves closed, the complaint answered."""
    for wave in Wave.objects.filter(state=Wave.State.OPEN):
        surveys.close_wave(by=cast.user("committee"), wave=wave)
    complaint = Complaint.objects.get()
    for step in (complaints.take_up, complaints.answer, complaints.close_complaint):
        text = {"text": "已核實，已致歉。"} if step is complaints.answer else {}
        step(by=cast.user("supervision"), complaint=Complaint.objects.get(pk=complaint.pk), **text)


def test_nothing_that_was_said_stands_readable_in_any_table_nor_in_the_trail(said):
    found = {(table, secret) for table, row in _rows() for secret in SEEN_BY if secret in row}
    assert found == set()


def test_nothing_that_was_said_is_written_to_the_log(said):
    assert [secret for secret in SEEN_BY if secret in said] == []


def test_program_with_its_key_reads_what_it_needs(said):
    assert {secret for _label, secret in _readable()} == set(SEEN_BY)


def test_words_and_contacts_are_gone_after_their_time_and_the_counts_stay(cast, said):
    requests = Request.objects.count()
    with clock.at(NOW + timedelta(days=9)):
        _all_closed(cast)
    day = NOW
    while day < NOW + LONGER_THAN_ANY:  # what is erased a while after it was closed needs more than one night
        day += timedelta(days=183)
        with clock.at(day):
            jobs.ask_daily(clock.today())
            while jobs.work_one():
                pass
    left = {label for label, _secret in _readable() if not label.startswith(KEPT_AS_RECORDS)}
    assert left <= {"worklog.work"}  # the officer's own note, which is no resident's word
    assert not Job.objects.filter(state="failed").exists() and Request.objects.count() == requests
