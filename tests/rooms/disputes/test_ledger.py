"""The old ledger: read in from a file, and copied from paper; nothing is lost or counted otherwise than by the rule."""

import io
from datetime import date

import pytest
from openpyxl import Workbook

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.disputes import actions
from linli.work.disputes.ledger_in import read_ledger, ready
from linli.work.disputes.models import Dispute
from tests.rooms.disputes.test_pages import HEAD, sheet_of

DAY = date(2026, 9, 1)


@pytest.fixture(autouse=True)
def today():
    """The clock stands on the first of September."""
    with clock.at(DAY):
        yield DAY


def test_two_like_matters_of_an_old_ledger_are_two_however_often_it_is_read(mediation):
    row = ("2025.3.1", "C01", "debt", "借款未還", "few")
    first, second = (read_ledger(sheet_of(HEAD, row, row).read(), {"C01": mediation.community}) for _ in "12")
    keys = [one["client_key"] for one in first.rows]
    assert len(set(keys)) == 2 and first == second
    for _ in "12":
        read = ready(first.rows, {"C01": mediation.community})
        actions.read_in(by=mediation.mediator, bureau=mediation.bureau, rows=read)
    assert Dispute.objects.count() == 2


def test_ledger_of_too_many_rows_or_of_two_sheets_is_refused_and_loses_no_row_silently(mediation, monkeypatch):
    places = {"C01": mediation.community}
    rows = [("2025.3.1", "C01", "debt", f"借款 {number}", "few") for number in range(4)]
    monkeypatch.setattr("linli.work.disputes.ledger_in.MOST", 3)
    assert len(read_ledger(sheet_of(HEAD, *rows[:3]).read(), places).rows) == 3
    found = read_ledger(sheet_of(HEAD, *rows).read(), places)
    assert found.rows == () and "3" in found.problems[0]
    book = Workbook()
    for sheet in (book.active, book.create_sheet("二月")):
        sheet.append(HEAD)
        sheet.append(rows[0])
    written = io.BytesIO()
    book.save(written)
    found = read_ledger(written.getvalue(), places)
    assert found.rows == () and "二月" in found.problems[0]


def test_copied_ledger_is_for_the_committee_and_for_what_is_over(mediation, cast):
    row = {
        "community": mediation.community, "kind": "debt", "title": "借款", "scale": "two",
        "taken_in_on": date(2026, 3, 1), "state": "closed", "ended_on": date(2026, 3, 9), "signed": (True, True),
        "client_key": "paper:1",
    }  # fmt: skip
    asked = {"bureau": mediation.bureau, "rows": [row]}
    with clock.at(DAY):
        with pytest.raises(NotAllowed):
            actions.copy(by=cast.user("cadre"), **asked)
        (made,) = actions.copy(by=mediation.mediator, **asked)
        assert made.counts_on == date(2026, 5, 8)
        assert actions.copy(by=mediation.mediator, **asked) == []
        row |= {"client_key": "paper:2", "ended_on": date(2026, 8, 20)}
        with pytest.raises(Refused):
            actions.copy(by=mediation.mediator, **asked)


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "refused", "ended_on": date(2026, 4, 1)},  # after its limit: not settled, and counted
        {"state": "relapsed"},
        {"relapsed_on": date(2026, 4, 1)},
        {"state": "relapsed", "relapsed_on": date(2026, 5, 9)},  # the sixty days were over
        {"taken_in_on": date(2025, 9, 1), "ended_on": date(2025, 9, 9)},  # its quarter is long over
    ],
)
def test_copied_matter_keeps_the_rule_of_any_other(mediation, wrong):
    row = {
        "community": mediation.community, "kind": "debt", "title": "借款", "scale": "two",
        "taken_in_on": date(2026, 3, 1), "state": "closed", "ended_on": date(2026, 3, 9), "signed": (True, True),
    }  # fmt: skip
    with clock.at(DAY), pytest.raises(Refused):
        actions.copy(by=mediation.mediator, bureau=mediation.bureau, rows=[row | wrong])
    assert not Dispute.objects.exists()
