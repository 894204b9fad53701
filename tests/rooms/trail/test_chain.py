"""The trail cannot be altered unseen: each way of tampering with it is done, and found."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from linli.ground.trail import chain, clock, queries
from linli.ground.trail.actions import facts_of, record
from linli.ground.trail.immutable import Written
from linli.ground.trail.models import Entry, Head
from tests.rooms.trail.tampering import rewritten, sql, unprotect

pytestmark = pytest.mark.django_db


@pytest.fixture
def ten():
    for number in range(1, 11):
        record(by="linli", action="trail.test", subject=f"entry:{number}", why="因為", step=number)


def faults(**asked):
    return list(queries.faults(**asked))


def test_empty_trail_holds():
    assert faults() == []


def test_entries_follow_one_another(ten):
    assert faults() == []
    assert [e.number for e in Entry.objects.all()] == list(range(1, 11))
    assert queries.head() == (10, Entry.objects.get(number=10).hash)


@pytest.mark.parametrize(
    "column, value",
    [("at", "2020-01-01 00:00:00+00"), ("by", "o08"), ("bureau", "yuanshan"), ("action", "trail.other"),
     ("subject", "entry:99"), ("why", "another reason"), ("facts", '{"step":99}')],
)  # fmt: skip
def test_altered_entry_is_found(ten, column, value):
    unprotect()
    sql(f'UPDATE trail_entry SET "{column}" = %s WHERE number = 5', value)
    assert faults() == [(5, "altered")]


def test_altered_entry_with_its_hash_made_anew_breaks_the_link(ten):
    unprotect()
    sql("UPDATE trail_entry SET why = 'another reason' WHERE number = 5")
    sql("UPDATE trail_entry SET hash = %s WHERE number = 5", chain.hash_of(Entry.objects.get(number=5)))
    assert faults() == [(6, "link")]


def test_entry_removed_from_the_middle_is_found(ten):
    unprotect()
    sql("DELETE FROM trail_entry WHERE number = 5")
    assert faults() == [(6, "gap")]


def test_entry_removed_from_the_beginning_is_found(ten):
    unprotect()
    sql("DELETE FROM trail_entry WHERE number = 1")
    assert faults() == [(2, "gap")]


def test_entries_removed_from_the_end_are_found(ten):
    unprotect()
    sql("DELETE FROM trail_entry WHERE number > 7")
    assert faults() == [(10, "tail")]


def test_whole_trail_removed_is_found(ten):
    unprotect()
    sql("DELETE FROM trail_entry")
    assert faults() == [(10, "tail")]


def test_entries_put_into_another_order_are_found(ten):
    unprotect()
    for old, new in ((4, -1), (5, 4), (-1, 5)):
        sql("UPDATE trail_entry SET number = %s WHERE number = %s", new, old)
    assert {number for number, _ in faults()} == {4, 5, 6}


def test_removed_entry_whose_followers_were_renumbered_is_found(ten):
    unprotect()
    sql("DELETE FROM trail_entry WHERE number = 5")
    for number in range(6, 11):
        sql("UPDATE trail_entry SET number = %s WHERE number = %s", number - 1, number)
    found = faults()
    assert (5, "link") in found and (10, "tail") in found


def test_entry_put_in_at_the_end_by_hand_is_found(ten):
    sql(
        'INSERT INTO trail_entry (number, at, "by", bureau, action, subject, why, facts, previous, hash) '
        "VALUES (11, %s, 'o08', '', 'x', '', '', '{}', '', '')",
        timezone.now(),
    )
    assert "tail" in {what for _, what in faults()}


def test_removed_head_is_found(ten):
    sql("DELETE FROM trail_head")
    assert faults() == [(10, "tail")]


def test_end_cut_off_and_written_anew_holds_in_itself_and_is_found_by_an_anchor_outside(ten):
    kept = queries.head()
    unprotect()
    sql("DELETE FROM trail_entry WHERE number > 7")
    rewritten(8)
    record(by="linli", action="trail.other")
    assert faults() == []
    assert faults(anchor=kept) == [(10, "anchor")]


def test_chain_wholly_written_anew_is_found_by_an_anchor_outside(ten):
    kept = (3, Entry.objects.get(number=3).hash)
    unprotect()
    sql("UPDATE trail_entry SET why = 'another' WHERE number = 2")
    rewritten(1)
    assert faults() == []
    assert faults(anchor=kept) == [(3, "anchor")]


def test_anchor_of_an_untouched_chain_holds_however_much_was_added(ten):
    kept = queries.head()
    record(by="linli", action="trail.more")
    assert faults(anchor=kept) == []


def test_newest_part_alone_can_be_checked(ten):
    unprotect()
    sql("UPDATE trail_entry SET why = 'another' WHERE number IN (2, 9)")
    assert faults(since=6) == [(9, "altered")]


def test_entries_are_never_changed_nor_removed_through_the_application(ten):
    entry = Entry.objects.first()
    for attempt in (entry.save, entry.delete, Entry.objects.all().delete, lambda: Entry.objects.update(why="x")):
        with pytest.raises(Written):
            attempt()


def test_database_itself_refuses_to_change_or_remove_an_entry(ten):
    for statement in ("UPDATE trail_entry SET why = 'x'", "DELETE FROM trail_entry"):
        with pytest.raises(DatabaseError, match="written once"), transaction.atomic():
            sql(statement)
    assert faults() == []


def test_clock_set_back_is_said_and_the_order_stays_that_of_the_numbers(ten):
    with clock.at(timezone.now() - timedelta(days=400)):
        entry = record(by="linli", action="trail.late")
    assert facts_of(entry)["clock_back"] is True and entry.number == 11
    assert faults() == []


def test_clock_put_right_again_is_not_called_set_back(ten):
    with clock.at(timezone.now() - timedelta(days=400)):
        record(by="linli", action="trail.late")
    assert "clock_back" not in facts_of(record(by="linli", action="trail.after"))


@pytest.mark.parametrize("text", ["a\x00b", "𠮷", "‮", "<script>", "x" * 5000, "\ud800", 'quote " and \\'])
def test_any_text_can_be_left_and_read_again(text):
    entry = record(by="linli", action="trail.text", subject=text, why=text, text=text)
    assert faults() == []
    assert Entry.objects.get(pk=entry.pk).number == 1


def test_entry_is_undone_with_the_action_that_left_it(ten):
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        record(by="linli", action="trail.undone")
        raise ZeroDivisionError
    assert queries.head()[0] == 10 and faults() == []


def test_head_is_locked_while_an_entry_is_added(ten):
    with CaptureQueriesContext(connection) as seen:
        record(by="linli", action="trail.locked")
    if connection.vendor == "postgresql":
        assert any("FOR UPDATE" in query["sql"] for query in seen)
    assert Head.objects.count() == 1
