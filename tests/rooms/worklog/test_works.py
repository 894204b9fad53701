"""Two taps, a record afterwards, the same key again, and a day that is the officer's own."""

from datetime import timedelta

import pytest

from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.worklog import actions
from linli.work.worklog.models import Work
from tests.rooms.worklog.conftest import at


def test_start_and_stop_are_two_taps(officer, beat):
    with clock.at(at(9, 9)):
        work = actions.start(by=officer.account, officer=officer, community=beat, kind="patrol")
    with clock.at(at(9, 11)):
        stopped = actions.stop(by=officer.account, work=work)
    assert (stopped.started_at, stopped.ended_at, stopped.version) == (at(9, 9), at(9, 11), 2)
    assert [entry.action for entry in Entry.objects.order_by("number")] == ["worklog.start", "worklog.stop"]


def test_starting_another_stops_the_first(officer, beat):
    with clock.at(at(9, 9)):
        first = actions.start(by=officer.account, officer=officer, community=beat, kind="patrol")
    with clock.at(at(9, 10)):
        actions.start(by=officer.account, officer=officer, community=beat, kind="visit")
    first.refresh_from_db()
    assert first.ended_at == at(9, 10)
    assert Work.objects.filter(ended_at=None).count() == 1


def test_start_that_arrives_late_is_ended_by_what_began_afterwards(officer, beat):
    actions.start(by=officer.account, officer=officer, community=beat, kind="visit", at=at(9, 10))
    late = actions.start(by=officer.account, officer=officer, community=beat, kind="patrol", at=at(9, 9))
    assert late.ended_at == at(9, 10)


def test_same_key_again_is_the_same_row_and_writes_nothing(record):
    first = record(at(9, 9), at(9, 10), client_key="11111111-1111-4111-8111-111111111111")
    entries = Entry.objects.count()
    again = record(at(9, 12), at(9, 13), client_key="11111111-1111-4111-8111-111111111111")
    assert again.pk == first.pk and again.started_at == at(9, 9)
    assert Entry.objects.count() == entries


def test_stop_sent_twice_changes_nothing_and_another_end_shows_both(officer, beat):
    work = actions.start(by=officer.account, officer=officer, community=beat, kind="visit", at=at(9, 9))
    actions.stop(by=officer.account, work=work, at=at(9, 10))
    assert actions.stop(by=officer.account, work=work, at=at(9, 10)).version == 2
    with pytest.raises(Stale) as stale:
        actions.stop(by=officer.account, work=work, at=at(9, 11))
    assert stale.value.version == 2


def test_nobody_writes_anothers_day(cast, officer, beat):
    for name in ("o02", "station", "personnel", "supervision"):
        with pytest.raises(NotAllowed):
            actions.start(by=cast.user(name), officer=officer, community=beat, kind="visit")


def test_work_lies_in_a_community_that_is_held(cast, record):
    with pytest.raises(Refused):
        record(at(9, 9), at(9, 10), community=cast.community("C02"))


@pytest.mark.parametrize(
    "wrong",
    [
        {"kind": "arrest"},
        {"cell": "Z9"},
        {"topics": ("people",)},
        {"note": "長" * 2001},
        {"client_key": "a key with blanks"},
    ],
)
def test_what_is_no_kind_cell_topic_note_or_key_is_refused(record, wrong):
    with pytest.raises(Refused):
        record(at(9, 9), at(9, 10), **wrong)


def test_work_ends_after_it_starts_and_not_in_the_future(record):
    for first, last in ((at(9, 10), at(9, 10)), (at(9, 11), at(9, 10)), (at(9, 16), at(9, 18))):
        with pytest.raises(Refused):
            record(first, last)


def test_change_over_an_older_version_shows_both(officer, record):
    work = record(at(9, 9), at(9, 10), note="早")
    actions.change(by=officer.account, work=work, version=1, note="晚")
    with pytest.raises(Stale) as stale:
        actions.change(by=officer.account, work=work, version=1, note="午")
    assert stale.value.version == 2
    assert stale.value.rows[0][1:] == ("午", "晚")


def test_struck_work_stays_with_its_reason(officer, record):
    work = actions.strike(by=officer.account, work=record(at(9, 9), at(9, 10)), why="記錯了日子")
    assert work.struck_because == "記錯了日子"
    with pytest.raises(Refused):
        actions.change(by=officer.account, work=work, version=work.version, kind="patrol")
    with pytest.raises(Refused):
        actions.strike(by=officer.account, work=work, why="again")


def test_note_is_kept_encrypted_and_out_of_the_trail(record):
    from django.db import connection

    work = record(at(9, 9), at(9, 10), note="三號樓的燈壞了")
    with connection.cursor() as cursor:
        cursor.execute("SELECT note FROM worklog_work WHERE id = %s", [work.pk])
        assert "燈" not in cursor.fetchone()[0]
    assert Work.objects.get(pk=work.pk).note == "三號樓的燈壞了"
    assert not Entry.objects.filter(facts__contains="燈").exists()


def test_many_works_are_copied_once_with_one_entry_of_the_trail(officer, beat):
    rows = [
        {"community": beat, "kind": "visit", "started_at": at(day, 9), "ended_at": at(day, 11), "client_key": f"k{day}"}
        for day in range(1, 8)
    ]
    assert len(actions.copy(by="linli", officer=officer, rows=rows)) == 7
    assert actions.copy(by="linli", officer=officer, rows=rows) == []
    assert [entry.action for entry in Entry.objects.all()] == ["worklog.copy"] * 2


def test_voice_is_known_by_how_it_begins_and_is_not_large(officer, record):
    import base64

    work = record(at(9, 9), at(9, 10), voice=b"OggS" + b"\0" * 50)
    kept = work.enclosures.get(what="voice")
    assert kept.media_type == "audio/ogg" and base64.b64decode(kept.content).startswith(b"OggS")
    for wrong in (b"<script>", b"OggS" + b"\0" * 2**20):
        with pytest.raises(Refused):
            record(at(9, 11), at(9, 12), voice=wrong)
    assert Work.objects.count() == 1
    with clock.at(clock.now() + timedelta(days=181)):
        assert actions.erase_old(by="linli", today=clock.today()) == 1
