"""A day without a network: everything written on the phone arrives once, in order, whatever is closed or killed."""

import pytest

from tests.journeys.web.pocket import Pocket, counts, rows, since
from tests.journeys.web.served import until

LEDGER = (
    "SELECT number, kind, outcome, subject FROM desk_sent WHERE account_id ="
    " (SELECT id FROM accounts_user WHERE username = ?) ORDER BY id"
)
TAP, LETTER = 3.0, 1.0  # seconds: a slow thumb in a stairwell
FIVE_MINUTES = 300


@pytest.fixture
def pocket(browser, served, tmp_path):
    made = Pocket(browser, tmp_path / "phone", served.url).open()
    yield made
    made.close()
    assert made.complaints == []


def a_day(pocket):
    """Ten visits, two things residents said, one dispute, without a network."""
    for number in range(1, 11):
        pocket.visit(note=f"第{number}戶" if number % 5 == 0 else "")
        if number == 4:
            pocket.say("三單元夜裡有人施工")
    pocket.say("樓道燈不亮", kind=8)
    pocket.quarrel("樓道堆物")


DAY = ["work"] * 4 + ["request"] + ["work"] * 6 + ["request", "dispute"]


def arrived_once(served, name, before, day=DAY):
    ledger = rows(served, LEDGER, name)
    assert [row[0] for row in ledger] == list(range(1, len(day) + 1))
    assert [row[1] for row in ledger] == day
    assert {row[2] for row in ledger} == {"done"}
    assert len({row[3] for row in ledger}) == len(day)
    assert since(served, before) == {"works": 10, "requests": 2, "disputes": 1, "calls": 0}


def test_a_day_offline_the_browser_closed_the_session_over_and_all_is_there_once_in_order(pocket, served, capsys):
    before = counts(served)
    pocket.log_in("o08")
    pocket.context.set_offline(True)
    pocket.taps = 0
    a_day(pocket)
    assert pocket.state() == "offline"
    seconds = pocket.taps * TAP + pocket.typed * LETTER
    with capsys.disabled():
        print(f"\nan ordinary day: {pocket.taps} taps, {pocket.typed} characters, about {seconds / 60:.1f} min")
    assert seconds < FIVE_MINUTES
    written = [[number, kind, "waiting"] for number, kind in enumerate(DAY, 1)]
    assert pocket.queue() == written
    pocket.close()

    with served.stopped():  # nothing can come from anywhere but the phone
        pocket.open(offline=True).go_round()
        assert pocket.queue() == written
        pocket.page.locator('.round-bar a[href="#queue"]').tap()
        pocket.page.locator("#records li").nth(len(DAY) - 1).wait_for()
    assert since(served, before)["works"] == 0

    pocket.context.set_offline(False)  # the session ended with the browser: the queue waits for the log-in
    pocket.page.wait_for_selector("#login:not([hidden])")
    assert pocket.queue() == written
    with pocket.page.expect_navigation():
        pocket.page.locator("#login").tap()
    pocket.log_in("o08").all_sent()
    assert {state for _number, _kind, state in pocket.queue()} == {"done"}
    arrived_once(served, "o08", before)
    pocket.page.locator('.round-bar a[href="#queue"]').tap()
    pocket.page.locator('#records li[data-state="done"]').nth(len(DAY) - 1).wait_for()


@pytest.mark.parametrize("after, name", [(1, "o01"), (6, "o02")])
def test_killed_in_the_middle_of_taking_a_day_everything_is_there_once(pocket, served, after, name, capsys):
    before = counts(served)
    pocket.log_in(name)
    pocket.context.set_offline(True)
    a_day(pocket)
    pocket.context.set_offline(False)
    until(lambda: len(rows(served, LEDGER, name)) >= after, 30)
    served.kill()
    cut = len(rows(served, LEDGER, name))
    assert after <= cut <= len(DAY)
    with capsys.disabled():
        print(f"\nkilled when {cut} of {len(DAY)} were taken")
    pocket.comes_to("waiting", "offline", "sent")
    served.start()
    if pocket.page.locator("#send").is_visible():
        pocket.page.locator("#send").tap()
    pocket.all_sent()
    assert {state for _number, _kind, state in pocket.queue()} == {"done"}
    arrived_once(served, name, before)


def test_two_tabs_send_a_day_once(pocket, served):
    before = counts(served)
    pocket.log_in("o05")
    other = pocket.context.new_page()
    other.goto(pocket.page.url)
    other.wait_for_selector("html[data-opened]")
    pocket.context.set_offline(True)
    a_day(pocket)
    pocket.context.set_offline(False)
    pocket.all_sent()
    until(lambda: len(rows(served, LEDGER, "o05")) == len(DAY), 60)
    arrived_once(served, "o05", before)


def test_an_answer_that_is_lost_on_the_way_is_asked_for_again(pocket, served):
    before = counts(served)
    pocket.log_in("o06")
    lost = []

    def swallowed(route):
        route.fetch()  # the server takes it; the phone hears nothing
        lost.append(route.request.url)
        route.abort()

    pocket.context.route("**/sync", swallowed)
    pocket.visit()
    pocket.say("路燈不亮")
    until(lambda: len(rows(served, LEDGER, "o06")) == 2 or pocket.page.wait_for_timeout(50), 60)
    assert lost and {state for _number, _kind, state in pocket.queue()} == {"waiting"}
    pocket.context.unroute("**/sync")
    pocket.page.locator("#send").tap()
    pocket.all_sent()
    assert since(served, before) == {"works": 1, "requests": 1, "disputes": 0, "calls": 0}
