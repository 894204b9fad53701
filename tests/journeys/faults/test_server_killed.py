"""The server killed with everybody in it, and started again: everything is there, and what was begun is done once."""

import threading
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.faults.visitor import Visitor
from tests.journeys.web.served import until

DAY = datetime(2027, 1, 11, 9)
PAY = "/payments/linjiang/pay?period=2026Q3"


def workers_of(server):
    """Programs that were started to end with this server."""
    found = []
    for line in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            words = line.read_bytes().split(b"\0")
        except OSError:
            continue
        if b"--with-parent" in words and str(server).encode() in words:
            found.append(line.parent)
    return found


def sent_and_killed(server, visitor, path, form, after):
    """Sends a form from beside, and kills the server so many seconds later."""
    sent = threading.Event()

    def send():
        sent.set()
        with suppress(OSError):  # the connection breaks: that is what this is about
            visitor.post(path, form)

    sender = threading.Thread(target=send)
    sender.start()
    sent.wait(60)
    sender.join(after)
    server.kill()
    sender.join(120)


def night_is_over(forge):
    """Whether the worker has done what is due once a day: it erases and asks, whoever is killed."""
    states = [state for (state,) in forge.sql("SELECT state FROM jobs_job WHERE arguments LIKE '%\"day\"%'")]
    return states and set(states) == {"done"}


def test_killed_and_started_again_everything_is_there_and_the_old_worker_has_ended(house):
    server, forge = house(DAY)
    server.start()
    until(lambda: night_is_over(forge))
    before = forge.state()
    personnel = Visitor(server.url, "personnel").log_in()
    old = server.running.pid
    assert len(workers_of(old)) == 1
    server.kill()
    until(lambda: workers_of(old) == [])

    server.start()
    assert personnel.get("/payments/linjiang/")[0] == 200  # the session too
    status, text, _to = personnel.get("/health")
    assert status == 200 and '"database": "ok"' in text and '"holds": true' in text
    after = forge.state()
    moved = {name for name in before if before[name] != after[name]}
    assert moved <= {"trail_entry", "axes_accesslog", "accounts_user", "trail_once"}  # the login, and nothing else
    assert forge.holds()


@pytest.mark.parametrize("after", [0.0, 0.05, 0.2])
def test_killed_while_paying_all_is_paid_or_nothing_and_once_when_sent_again(house, after):
    server, forge = house(DAY, "answer", "publish", "promise")
    server.start()
    personnel = Visitor(server.url, "personnel").log_in()
    form = personnel.form(PAY) | {"voucher": "V-9"}
    sent_and_killed(server, personnel, PAY, form, after)
    counted = "SELECT count(*) FROM payments_payment WHERE voucher = 'V-9'"
    assert forge.sql(counted)[0][0] in (0, 11)
    assert forge.holds()

    server.start()
    assert personnel.post(PAY, form)[0] == 302  # the same form, by its token: done now, or led where it led
    assert forge.sql(counted)[0][0] == 11
    assert forge.sql("SELECT count(*) FROM payments_promise WHERE state = 'due' AND period = '2026Q3'") == [(0,)]
    assert forge.holds()


@pytest.mark.parametrize("after", [0.0, 0.1, 0.4])
def test_killed_while_freezing_the_quarter_is_frozen_or_open_and_is_computed_in_the_end(house, after):
    server, forge = house(DAY, "fill_the_sheet")
    server.start()
    personnel = Visitor(server.url, "personnel").log_in()
    quarter = "/appraisal/linjiang/2026Q4/"
    form = personnel.form(quarter, "/freeze/")
    sent_and_killed(server, personnel, f"{quarter}freeze/", form, after)
    revisions = "SELECT count(*) FROM indicators_revision WHERE period = '2026Q4'"
    jobs = "SELECT count(*) FROM jobs_job WHERE key = 'compute:linjiang:2026Q4:1'"
    state = "SELECT state FROM appraisal_cycle WHERE period = '2026Q4'"
    frozen = forge.sql(revisions)[0][0]
    assert forge.sql(jobs)[0][0] == frozen
    assert (forge.sql(state)[0][0] != "open") == bool(frozen)

    server.start()
    assert personnel.post(f"{quarter}freeze/", form)[0] == 302
    forge.sql("UPDATE jobs_job SET lease_until = '2020-01-01 00:00:00' WHERE state = 'running'")
    until(lambda: forge.sql(state)[0][0] == "computed", 240)
    assert forge.sql(revisions)[0][0] == 1
    assert forge.sql("SELECT count(*) FROM appraisal_computation")[0][0] == 7
    assert forge.holds()
