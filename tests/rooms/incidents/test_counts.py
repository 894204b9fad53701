"""Counts: read, accepted, revised, undone; what stood there is kept, what is missing is not zero."""

from datetime import datetime

import pytest
from django.db import DatabaseError, connection, transaction

from linli.ground.trail.immutable import Written
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import Refused, Stale
from linli.work.incidents import actions, counted, evidence, kinds
from linli.work.incidents.models import CountTable, MonthCount
from tests.rooms.incidents.conftest import THIRD


def number(cast, month="2026-08", code="C01", kind="burglary"):
    found = counted.newest(cast.bureau, [month]).get((month, code, kind))
    return found.number if found else None


def test_a_table_that_was_read_counts_nothing_until_it_is_accepted(cast):
    by, rows = cast.user("command"), [("2026-08", "C01", "burglary", 4)]
    table = actions.read_table(by=by, bureau=cast.bureau, source="月報", rows=rows)
    assert number(cast) is None
    actions.accept(by=by, bureau=cast.bureau, table=table)
    assert number(cast) == 4 and table.rows == []


def test_a_dropped_table_leaves_nothing_but_that_it_was_read(cast):
    by = cast.user("command")
    table = actions.read_table(by=by, bureau=cast.bureau, source="月報", rows=[("2026-08", "C01", "burglary", 4)])
    actions.drop(by=by, table=table)
    assert table.rows == [] and not MonthCount.objects.exists()
    with pytest.raises(Refused):
        actions.accept(by=by, bureau=cast.bureau, table=table)


def test_only_what_differs_becomes_a_revision(cast, quarter, table):
    table([("2026-08", "C01", "burglary", 5), ("2026-08", "C01", "robbery", 2)])
    rows = MonthCount.objects.filter(community__code="C01", month="2026-08")
    assert list(rows.filter(kind="burglary").values_list("revision", "number")) == [(1, 2), (2, 5)]
    assert rows.filter(kind="robbery").count() == 1


def test_undoing_puts_back_what_stood_there_and_nobody_knows_what_was_never_known(cast, quarter, table):
    wrong = table([("2026-08", "C01", "burglary", 50), ("2026-06", "C01", "burglary", 9)])
    actions.undo(by=cast.user("command"), table=wrong, why="年份弄錯")
    assert number(cast) == 2 and number(cast, month="2026-06") is None
    history = MonthCount.objects.filter(community__code="C01", month="2026-08", kind="burglary")
    assert [row.number for row in history] == [2, 50, 2]
    with pytest.raises(Refused):
        actions.undo(by=cast.user("command"), table=wrong, why="再一次")


def test_what_a_later_table_changed_is_undone_first(cast, quarter, table):
    first = table([("2026-08", "C01", "burglary", 5)])
    later = table([("2026-08", "C01", "burglary", 6)])
    with pytest.raises(Refused, match=str(later.number)):
        actions.undo(by=cast.user("command"), table=first, why="弄錯")
    for wrong in (later, first):
        actions.undo(by=cast.user("command"), table=wrong, why="弄錯")
    assert number(cast) == 2


def test_an_undo_says_why(cast, quarter):
    with pytest.raises(Refused):
        actions.undo(by=cast.user("command"), table=quarter, why=" ")


def test_two_who_read_at_once_are_both_shown_what_stands_there(cast, quarter):
    by, rows = cast.user("command"), [("2026-08", "C01", "burglary", 7)]
    mine = actions.read_table(by=by, bureau=cast.bureau, source="甲", rows=rows)
    theirs = actions.read_table(by=by, bureau=cast.bureau, source="乙", rows=[("2026-08", "C01", "burglary", 8)])
    actions.accept(by=by, bureau=cast.bureau, table=theirs)
    with pytest.raises(Stale) as stale, transaction.atomic():
        actions.accept(by=by, bureau=cast.bureau, table=mine)
    assert stale.value.rows[0][1:3] == (7, 8) and number(cast) == 8
    actions.compare(by=by, table=mine)
    actions.accept(by=by, bureau=cast.bureau, table=mine)
    assert number(cast) == 7


def test_a_single_number_is_typed_and_a_stale_one_refused(cast):
    said = {"by": cast.user("command"), "bureau": cast.bureau, "month": "2026-08", "community": cast.community("C01")}
    actions.count(**said, kind="burglary", number=3, version=0)
    with pytest.raises(Stale), transaction.atomic():
        actions.count(**said, kind="burglary", number=4, version=0)
    assert actions.count(**said, kind="burglary", number=4).number == 4


@pytest.mark.parametrize(
    "row",
    [
        ("2026-10", "C01", "burglary", 1),  # the month is running
        ("2027-01", "C01", "burglary", 1),
        ("2026-13", "C01", "burglary", 1),
        ("2026-08", "C77", "burglary", 1),
        ("2026-08", "C01", "solved", 1),
        ("2026-08", "C01", "burglary", -1),
        ("2026-08", "C01", "burglary", 1.5),
        ("2026-08", "C01", "burglary", 10_000_000),
        ("2026-08", "C01", "burglary", True),
    ],
)
def test_what_no_county_counts_is_refused(cast, row):
    with pytest.raises(Refused):
        actions.read_table(by=cast.user("command"), bureau=cast.bureau, source="月報", rows=[row])
    assert not CountTable.objects.exists()


def test_a_row_of_counts_is_written_once_in_the_database_too(cast, quarter):
    row = MonthCount.objects.first()
    with pytest.raises(Written):
        row.save()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("UPDATE incidents_monthcount SET number = 0")


def test_a_refused_file_is_kept_nowhere(cast):
    content = "月份,社區,類別,件數,姓名\n2026-08,C01,詐騙,1,某人\n".encode()
    before = Entry.objects.count()
    with pytest.raises(Refused, match="姓名"):
        actions.read_table(by=cast.user("command"), bureau=cast.bureau, source="表.csv", upload=content)
    assert not CountTable.objects.exists() and Entry.objects.count() == before


def test_a_file_name_with_a_telephone_number_is_refused(cast):
    with pytest.raises(Refused):
        actions.read_table(
            by=cast.user("command"), bureau=cast.bureau, source="13912345678.csv", rows=[("2026-08", "C01", "fraud", 1)]
        )


# --- what goes up


def figures(cast, rate, period="2026Q3"):
    return {c.community: c for c in evidence.figures(cast.bureau, period) if c.rate == rate}


def test_the_counted_kinds_of_three_months_go_up_over_the_residents(cast, quarter):
    found = figures(cast, "incidents")
    assert len(found) == 10
    assert (found["C01"].numerator, found["C01"].denominator) == (18, 14200)  # 2 × 3 kinds × 3 months; fraud apart
    assert found["C01"].source == "call and case system"


def test_a_month_that_is_missing_is_no_row(cast, table):
    table([(month, "C01", kind, 2) for month in THIRD[:2] for kind in kinds.NAMES])
    assert figures(cast, "incidents") == {}
    table([("2026-09", "C01", kind, 0) for kind in ("burglary", "vehicle")])
    assert figures(cast, "incidents") == {}  # robbery is not known
    table([("2026-09", "C01", "robbery", 0)])
    assert figures(cast, "incidents")["C01"].numerator == 12


def test_a_number_taken_back_is_no_row(cast, quarter):
    actions.undo(by=cast.user("command"), table=quarter, why="弄錯")
    assert figures(cast, "incidents") == {}


def test_a_month_read_once_is_provisional_and_read_again_it_is_not(cast, quarter, table):
    assert all(found.provisional for found in figures(cast, "incidents").values())
    table([(month, "C01", kind, 2) for month in THIRD for kind in kinds.NAMES], on=datetime(2026, 10, 9, 9))
    found = figures(cast, "incidents")
    assert not found["C01"].provisional and found["C02"].provisional


def test_three_files_of_one_kind_each_are_one_reading_and_not_three(cast, table):
    for kind in kinds.COUNTED:
        table([(month, "C01", kind, 2) for month in THIRD])
    assert figures(cast, "incidents")["C01"].provisional
    for kind in kinds.COUNTED[:-1]:
        table([(month, "C01", kind, 2) for month in THIRD])
    assert figures(cast, "incidents")["C01"].provisional  # the last kind is read once
    table([(month, "C01", kinds.COUNTED[-1], 2) for month in THIRD])
    assert not figures(cast, "incidents")["C01"].provisional


def test_a_number_typed_again_is_no_second_reading_of_the_other_kinds(cast, quarter):
    by, place = cast.user("command"), cast.community("C01")
    for month in THIRD:
        actions.count_month(by=by, bureau=cast.bureau, month=month, community=place, numbers={"burglary": 2})
    assert figures(cast, "incidents")["C01"].provisional
    assert CountTable.objects.first().covers == {"2026-09": {"C01": ["burglary"]}}


def test_two_readings_can_be_told_apart(cast, quarter, table):
    before = figures(cast, "incidents")["C01"].revision
    table([("2026-08", "C01", "burglary", 3)])
    assert figures(cast, "incidents")["C01"].revision != before


def test_the_path_of_a_figure_is_this_rooms_page_and_no_other_rooms(cast):
    where = ("2026Q3", cast.community("C01"))
    assert evidence.path(cast.bureau, *where, "incidents") == "/incidents/linjiang/2026Q3/C01/#incidents"
    assert evidence.path(cast.bureau, *where, "satisfaction") == ""
