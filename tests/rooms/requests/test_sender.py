"""What the sender says to the answer: it reaches the officer and the station, and nobody's patience is abused."""

from datetime import datetime

import pytest

from linli.ground.jobs import actions as jobs
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.work.requests import actions, queries
from linli.work.requests.models import Request, Update


@pytest.fixture
def solved(send, officer):
    request = send()
    code = request.code
    actions.solve(by=officer, request=request, what_was_done="已固定。")
    request.code = code
    return request


def run_daily(day):
    jobs.ask_daily(day)
    while jobs.work_one():
        pass


def test_sender_is_asked_some_days_after_solving_by_the_daily_job(cast, solved):
    run_daily(clock.today())
    assert not queries.by_code(cast.bureau, solved.code).asked
    with clock.at(datetime(2026, 7, 12, 9)):
        run_daily(clock.today())
        run_daily(clock.today())
        assert queries.by_code(cast.bureau, solved.code).asked
    assert Update.objects.filter(step="ask").count() == 1


def test_sender_says_it_is_solved(cast, solved):
    actions.sender_says(bureau=cast.bureau, code=solved.code, solved=True)
    seen = queries.by_code(cast.bureau, solved.code)
    assert (seen.sender_said, seen.state, seen.asked) == ("solved", "solved", False)


def test_sender_says_it_is_not_solved_and_officer_and_station_have_it_again(cast, solved, officer):
    actions.sender_says(bureau=cast.bureau, code=solved.code, solved=False, words="又掉下來了")
    solved.refresh_from_db()
    assert (solved.state, solved.reopened, solved.ended_at) == ("reopened", 1, None)
    assert solved.due_on.isoformat() == "2026-07-13" and solved.promised_on.isoformat() == "2026-07-13"
    for user in (officer, cast.user("station")):
        (item,) = [i for i in queries.items(user, cast.bureau, clock.today()) if "reopened" in i.url]
        assert item.count == 1 and "1" in item.note


def test_matter_closed_without_solving_may_be_reopened_too(cast, send, officer):
    request = send()
    code = request.code
    actions.decline(by=officer, request=request, reason="不辦")
    assert actions.sender_says(bureau=cast.bureau, code=code, solved=False).state == "reopened"


def test_reopening_is_counted_and_ends_after_some_times(cast, solved, officer):
    for _ in range(5):
        request = actions.sender_says(bureau=cast.bureau, code=solved.code, solved=False)
        actions.solve(by=officer, request=request, what_was_done="再修")
    with pytest.raises(Refused):
        actions.sender_says(bureau=cast.bureau, code=solved.code, solved=False)
    assert Request.objects.get(pk=solved.pk).reopened == 5


def test_wrong_code_says_nothing_and_changes_nothing(cast, solved):
    for code in ("", "0000-0000-0000-0000", solved.public_id):
        assert actions.sender_says(bureau=cast.bureau, code=code, solved=False) is None
    assert actions.sender_says(bureau=cast.other_bureau, code=solved.code, solved=False) is None
    assert Request.objects.get(pk=solved.pk).state == "solved"


def test_matter_that_is_open_cannot_be_judged_yet(cast, send):
    with pytest.raises(Refused):
        actions.sender_says(bureau=cast.bureau, code=send().code, solved=True)


def test_sender_of_a_merged_request_reopens_the_matter_itself(cast, send, officer):
    first, second = send(), send()
    code = second.code
    actions.merge(by=officer, request=second, into=first)
    actions.solve(by=officer, request=first, what_was_done="好了")
    actions.sender_says(bureau=cast.bureau, code=code, solved=False)
    first.refresh_from_db()
    assert (first.state, first.reopened) == ("reopened", 1)


def test_solving_again_asks_again(cast, solved, officer):
    request = actions.sender_says(bureau=cast.bureau, code=solved.code, solved=False)
    actions.solve(by=officer, request=request, what_was_done="換了新線")
    seen = queries.by_code(cast.bureau, solved.code)
    assert (seen.sender_said, seen.reopened, seen.may_say) == ("", 1, True)


def test_fast_but_unsolved_is_not_timely(cast, solved, officer):
    request = actions.sender_says(bureau=cast.bureau, code=solved.code, solved=False)
    with clock.at(datetime(2026, 8, 3, 9)):
        actions.solve(by=officer, request=request, what_was_done="遲了")
        (row,) = [r for r in queries.by_community(cast.bureau, solved.promised_on.replace(day=1), clock.today())
                  if r.code == "C01"]  # fmt: skip
    assert (row.timely, row.dated) == (0, 1)


def test_who_is_asked_is_locked_before_it_is_written(solved, locking):
    with clock.at(datetime(2026, 7, 12, 9)):
        assert actions.ask_due(today=clock.today()) == 1
    (rows,) = [rows for rows in locking if rows.model is Request]
    assert "asked_at" in str(rows.query) and "ended_at" in str(rows.query)
