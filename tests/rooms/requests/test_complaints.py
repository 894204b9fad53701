"""A complaint about police reaches supervision, and nobody else learns so much as that it is there."""

from datetime import datetime

import pytest

from linli.ground.accounts.roles import Role
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.requests import actions, queries
from linli.work.requests.models import Complaint
from tests.rooms.requests.conftest import CONTACT

TEXT = "某民警態度惡劣（虛構）"


@pytest.fixture
def complaint(cast):
    return actions.complain(bureau=cast.bureau, words=TEXT, contact=CONTACT, about="社區民警（虛構）")


@pytest.fixture
def supervision(cast):
    return cast.user("supervision")


def everybody_else(cast, officer):
    names = ["station", "personnel", "leader1", "secretary", "cadre", "command", "province", "auditor", "administrator"]
    return [officer, *map(cast.user, names)]


def test_it_is_in_nobodys_list_items_counts_or_exports_but_supervisions(cast, complaint, officer, supervision):
    today = clock.today()
    for user in everybody_else(cast, officer):
        assert list(queries.items(user, cast.bureau, today)) == []
        assert not queries.visible(user, cast.bureau).exists()
    assert queries.hot(cast.bureau) == [] and not queries.public(cast.bureau).exists()
    assert sum(row.opened for row in queries.by_community(cast.bureau, today, today)) == 0
    assert [item.count for item in queries.items(supervision, cast.bureau, today)] == [1, 1]


def test_trail_holds_its_number_and_nothing_else(cast, complaint, supervision):
    actions.note_complaint_read(by=supervision, complaint=complaint)
    actions.take_up(by=supervision, complaint=complaint, note="內部")
    actions.answer(by=supervision, complaint=complaint, text="查實，已處理。")
    entries = list(Entry.objects.filter(subject=f"complaint:{complaint.number}"))
    assert len(entries) == 4
    assert all((entry.facts, entry.why) == ("{}", "") for entry in entries)
    assert "resident" not in {entry.by for entry in entries}


def test_text_stands_encrypted(complaint):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT words, about, contact FROM requests_complaint")
        assert all("（虛構）" not in text for text in cursor.fetchone())


def test_it_has_a_clock_of_its_own(complaint):
    assert complaint.acknowledge_by.isoformat() == "2026-07-10"
    assert complaint.answer_by.isoformat() == "2026-07-29"


def test_overdue_complaints_wait_in_supervisions_list_as_late(cast, complaint, supervision):
    with clock.at(datetime(2026, 7, 13, 9)):
        late = [item.late(clock.today()) for item in queries.items(supervision, cast.bureau, clock.today())]
    assert late == [True, False]


def test_its_sender_follows_it_by_its_own_code(cast, complaint, supervision):
    code = complaint.code
    actions.answer(by=supervision, complaint=complaint, text="查實，已處理。")
    seen = queries.complaint_by_code(cast.bureau, code)
    assert (seen.state, seen.answer) == ("answered", "查實，已處理。")
    assert TEXT not in str(seen) and CONTACT not in str(seen)
    assert queries.by_code(cast.bureau, code) is None


def test_code_of_a_request_opens_no_complaint(cast, complaint, send):
    assert queries.complaint_by_code(cast.bureau, send().code) is None
    assert queries.complaint_by_code(cast.bureau, complaint.number) is None


@pytest.mark.parametrize("name", ["station", "personnel", "leader1", "secretary", "cadre", "auditor", "administrator"])
def test_nobody_else_takes_a_step(cast, complaint, name):
    for step, given in (
        ("take_up", {}),
        ("answer", {"text": "…"}),
        ("close_complaint", {}),
        ("note_complaint_read", {}),
    ):
        with pytest.raises(NotAllowed):
            getattr(actions, step)(by=cast.user(name), complaint=complaint, **given)


def test_supervision_of_another_bureau_may_not(cast, complaint):
    from linli.ground.accounts.models import User

    away = User.objects.create(username="away", role=Role.SUPERVISION, bureau=cast.other_bureau)
    with pytest.raises(NotAllowed):
        actions.take_up(by=away, complaint=complaint)


def test_only_what_was_answered_is_closed_and_then_its_time_runs(complaint, supervision):
    with pytest.raises(Refused):
        actions.close_complaint(by=supervision, complaint=complaint)
    actions.answer(by=supervision, complaint=complaint, text="…")
    actions.close_complaint(by=supervision, complaint=complaint)
    with clock.at(datetime(2026, 10, 7, 9)):
        actions.erase_due(today=clock.today())
    kept = Complaint.objects.get()
    assert (kept.contact, kept.words) == ("", TEXT)
    with clock.at(datetime(2028, 7, 8, 9)):
        actions.erase_due(today=clock.today())
    kept = Complaint.objects.get()
    assert (kept.words, kept.about, kept.answer, kept.erased_at is None) == ("", "", "", False)


def test_second_writer_is_shown_what_the_first_wrote(complaint, supervision):
    page = Complaint.objects.get()
    actions.answer(by=supervision, complaint=complaint, text="一", version=1)
    with pytest.raises(Stale):
        actions.answer(by=supervision, complaint=page, text="二", version=1)


def test_same_key_again_is_the_same_complaint(cast):
    made = [actions.complain(bureau=cast.bureau, words=TEXT, client_key="k") for _ in range(2)]
    assert made[0].pk == made[1].pk and Complaint.objects.count() == 1


@pytest.mark.parametrize("words", ["", "  ", "長" * 5000])
def test_blank_or_huge_is_refused(cast, words):
    with pytest.raises(Refused):
        actions.complain(bureau=cast.bureau, words=words)
