"""A clock that was set back, and an account that is closed while its holder's history goes on."""

import json
from datetime import datetime

from tests.journeys.faults.visitor import Visitor
from tests.journeys.web.served import clock_at

DAY = datetime(2026, 10, 22, 10)
EARLIER = datetime(2026, 10, 9, 9)  # before the officers of 2026Q3 were told


def last_entries(forge, count):
    rows = forge.sql("SELECT number, at, facts FROM trail_entry ORDER BY number DESC LIMIT ?", count)
    return [(number, at, json.loads(facts)) for number, at, facts in reversed(rows)]


def test_with_the_clock_set_back_the_order_stays_and_the_trail_says_so(forge):
    forge.back_to("begun")
    clock_at(forge.home, DAY)
    forge.must("budget", with_={"year": 2031})
    clock_at(forge.home, EARLIER)
    forge.must("budget", with_={"year": 2032})
    clock_at(forge.home, DAY)
    forge.must("budget", with_={"year": 2033})

    (first, first_at, said), (second, second_at, back), (third, _at, again) = last_entries(forge, 3)
    assert (second, third) == (first + 1, first + 2)
    assert second_at < first_at
    assert "clock_back" not in said and back["clock_back"] is True and "clock_back" not in again
    assert forge.holds()


def test_with_the_clock_set_back_no_step_of_a_quarter_is_taken_before_the_one_before_it(forge):
    forge.back_to("begun")
    clock_at(forge.home, datetime(2027, 1, 11, 9))
    forge.must("answer")
    forge.keep("answered")
    before = forge.state()
    clock_at(forge.home, EARLIER)
    assert forge.do("publish")["ended"] == "refused"
    assert forge.state() == before
    clock_at(forge.home, datetime(2027, 1, 11, 10))
    forge.must("publish")
    assert forge.holds()


def closed(server, username):
    """The administrator closes an account."""
    administrator = Visitor(server.url, "administrator").log_in()
    page = f"/people/account/{username}/"
    form = administrator.form(page, "/close/") | {"why": "調離"}
    assert administrator.post(f"{page}close/", form)[0] == 302
    return administrator


def test_a_closed_account_is_out_at_once_and_what_it_did_stays(house):
    server, forge = house(DAY)
    server.start()
    officer = Visitor(server.url, "o08").log_in()
    personnel2 = Visitor(server.url, "personnel2").log_in()
    before = forge.state()
    closed(server, "o08")

    status, _text, to = officer.get("/county/linjiang/my-file/")
    assert status == 302 and "/login/" in to  # the session has ended
    form = officer.form("/accounts/login/")
    assert officer.post("/accounts/login/", form | {"login": "o08", "password": "linli-demo-2026"})[0] != 302 or (
        officer.get("/county/linjiang/my-file/")[0] == 302
    )

    assert "廖小芳" in personnel2.get("/county/linjiang/2026Q3/officers/O08/")[1]
    thread = "/appraisal/linjiang/2026Q3/objections/O08/1/"
    answer = personnel2.form(f"{thread}answer/") | {"outcome": "rejected", "answer": "已核對值勤表，時數無誤。"}
    assert personnel2.post(f"{thread}answer/", answer)[0] == 302  # an objection is answered even so
    after = forge.state()
    for table in ("appraisal_objection", "appraisal_publishedscore", "payments_promise", "officers_post"):
        assert before[table] == after[table]
    assert forge.holds()


def test_a_closed_accounts_name_is_given_to_nobody_else_and_nobody_can_delete_it(house):
    server, forge = house(DAY)
    server.start()
    administrator = closed(server, "personnel2")
    opening = administrator.form("/people/new/")
    opening |= {"username": "personnel2", "password": "another-long-one-7", "role": "auditor", "display_name": "新人"}
    assert administrator.post("/people/new/", opening)[0] == 400
    assert administrator.post("/people/account/personnel2/delete/", opening)[0] == 404
    assert forge.sql("SELECT is_active FROM accounts_user WHERE username = 'personnel2'") == [(0,)]
    page = administrator.get("/people/account/personnel2/")
    assert page[0] == 200
    assert forge.holds()
