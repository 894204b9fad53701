"""``kill -9`` in the middle of freeze, compute, publish, pay and import: wholly done or wholly not, and never twice."""

import pytest

MOMENTS = 8
BEFORE = {  # deed -> what has to be done first
    "freeze": ("fill_the_sheet",),
    "work": ("fill_the_sheet", "freeze"),
    "publish": ("answer",),
    "pay": ("answer", "publish", "promise"),
    "import_book": ("send_book",),
    "undo_book": ("send_book", "import_book"),
}
ONCE = {  # deed -> what stands in the database exactly so often once it is done, however often it was begun
    "freeze": ("SELECT count(*) FROM indicators_revision WHERE period = '2026Q4'", 1),
    "work": (
        "SELECT count(*) FROM appraisal_computation c JOIN indicators_revision r ON r.id = c.revision_id "
        "WHERE r.period = '2026Q4'", 1,
    ),
    "publish": ("SELECT count(*) FROM appraisal_publishedscore WHERE period = '2026Q3'", 11),
    "pay": (
        "SELECT count(*) FROM payments_payment m JOIN payments_promise p ON p.id = m.promise_id "
        "WHERE p.period = '2026Q3'", 11,
    ),
    "import_book": ("SELECT count(*) FROM officers_post p JOIN officers_officer o ON o.id = p.officer_id "
                    "WHERE o.code = 'O12'", 1),
    "undo_book": ("SELECT count(*) FROM places_community WHERE code = 'C11'", 0),
}  # fmt: skip


@pytest.fixture(scope="module", params=list(BEFORE))
def deed(request, forge):
    """(deed, the state before it, the state after it, how many statements it takes)."""
    forge.back_to("begun")
    for first in BEFORE[request.param]:
        forge.must(first)
    forge.keep("before")
    before = forge.state()
    statements = forge.must(request.param)["statements"]
    after = forge.state()
    assert after != before
    return request.param, before, after, statements


def once(forge, deed):
    statement, wanted = ONCE[deed]
    return forge.sql(statement) == [(wanted,)]


def but_the_trail(state):
    """Without the number of the trail's entries: doing again what is done may leave a line that it was done again."""
    return {name: rows for name, rows in state.items() if name != "trail_entry"}


def again(forge, deed):
    """The worker's lease is over; then the same once more, by whoever comes next."""
    forge.sql("UPDATE jobs_job SET lease_until = '2020-01-01 00:00:00'")
    return forge.do(deed)


def test_killed_at_any_statement_nothing_of_it_is_there_and_it_is_done_once_when_repeated(forge, deed):
    name, before, after, statements = deed
    for moment in range(MOMENTS):
        forge.back_to("before")
        kill_at = 1 + moment * (statements - 1) // (MOMENTS - 1)
        assert forge.do(name, kill_at=kill_at)["ended"] == "killed"
        if name != "work":
            assert forge.state() == before, kill_at
        assert forge.state() in (before, after), kill_at
        assert forge.holds()

        assert again(forge, name)["ended"] == "done", kill_at
        assert forge.state() == after, kill_at
        assert once(forge, name) and forge.holds()


def test_killed_at_any_moment_it_is_wholly_done_or_wholly_not(forge, deed):
    name, before, after, _statements = deed
    for moment in (0.002, 0.01, 0.03, 0.06, 0.1, 0.2, 0.4, 0.8):
        forge.back_to("before")
        ended = forge.do(name, kill_after=moment)["ended"]
        stands = forge.state()
        assert stands in (before, after), (moment, ended)
        assert forge.holds()

        again(forge, name)
        assert but_the_trail(forge.state()) == but_the_trail(after), moment
        assert once(forge, name) and forge.holds()


def test_done_already_it_is_refused_or_changes_nothing(forge, deed):
    name, _before, after, _statements = deed
    forge.back_to("before")
    forge.must(name)
    again(forge, name)
    assert but_the_trail(forge.state()) == but_the_trail(after)
    assert once(forge, name) and forge.holds()
