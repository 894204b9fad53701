"""The round as it is used: seen on a phone, by keyboard, in three languages; two officers, two versions, a log-out."""

from datetime import timedelta
from uuid import uuid4

import pytest

from tests.journeys.web.pocket import ROUND, Pocket, counts, rows, since
from tests.journeys.web.served import until
from tests.journeys.web.test_axe import _RUN, AXE
from tests.journeys.web.test_phone_and_keyboard import TOO_WIDE, tab_to

SCREENS = ("now", "today", "queue", "work", "request", "dispute", "call")
SMALL = """() => [...document.querySelectorAll("button, a, select, input:not([type=hidden]), summary")]
    .filter(one => one.offsetParent && !one.closest(".round-chips, .round-file"))
    .filter(one => one.getBoundingClientRect().height < 44 && !one.matches(".skip, strong a"))
    .map(one => one.outerHTML.slice(0, 90))"""


@pytest.fixture
def pocket(browser, served, tmp_path):
    made = Pocket(browser, tmp_path / "phone", served.url).open()
    yield made
    made.close()
    assert made.complaints == []


@pytest.mark.parametrize("language", ["zh-hant", "zh-hans", "en"])
def test_every_screen_fits_a_thumb_and_a_phone_and_axe_finds_nothing(pocket, language):
    pocket.log_in("o08")
    pocket.context.add_cookies([{"name": "django_language", "value": language, "url": pocket.url}])
    pocket.go_round()
    pocket.page.evaluate(AXE.read_text(encoding="utf-8"))
    pocket.visit()
    for screen in SCREENS:
        pocket.page.evaluate(f"location.hash = '{screen}'")
        pocket.page.wait_for_selector(f"#{screen}:not([hidden])")
        assert pocket.page.evaluate(TOO_WIDE) == "", screen
        assert pocket.page.evaluate(SMALL) == [], screen
        assert pocket.page.evaluate(_RUN) == [], screen
    pocket.page.evaluate("location.hash = 'now'")
    pocket.tap('[data-start="patrol"]')
    pocket.tap("#running summary")
    assert pocket.page.evaluate(TOO_WIDE) == "" and pocket.page.evaluate(_RUN) == []
    pocket.tap("#discard")


def test_a_visit_and_a_request_are_written_down_without_a_mouse(served, stranger):
    before = counts(served)
    officer = stranger("o07").log_in()
    officer.go(ROUND)
    officer.page.wait_for_selector("html[data-opened]")
    tab_to(officer, "[data-start=visit]")
    officer.page.keyboard.press("Enter")
    officer.page.locator("#stop:not([disabled])").wait_for()
    tab_to(officer, "#stop")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_selector("#start:not([hidden])")
    tab_to(officer, '#now a[href="#request"]')
    officer.page.keyboard.press("Enter")
    tab_to(officer, "#request-1")
    officer.page.keyboard.press("ArrowRight")
    tab_to(officer, "#request-words")
    officer.page.keyboard.type("夜裡有人施工")
    tab_to(officer, "#request button[type=submit]")
    officer.page.keyboard.press("Enter")
    officer.page.wait_for_selector("#now:not([hidden])")
    officer.page.locator('#state[data-state="sent"]').wait_for()
    assert since(served, before) == {"works": 1, "requests": 1, "disputes": 0, "calls": 0}


def test_another_officer_on_the_same_phone_neither_sees_nor_sends_the_firsts(pocket, served):
    before = counts(served)
    pocket.log_in("o01")
    pocket.context.set_offline(True)
    pocket.visit()
    pocket.say("門口堆了雜物")
    pocket.close()
    pocket.open().log_in("o02").all_sent()
    assert pocket.queue() == []
    pocket.page.locator('.round-bar a[href="#queue"]').tap()
    assert "2" in pocket.page.locator("#others").inner_text()
    assert "雜物" not in pocket.page.content()
    pocket.page.locator('.round-bar a[href="#now"]').tap()
    pocket.visit()
    pocket.all_sent()
    assert since(served, before) == {"works": 1, "requests": 0, "disputes": 0, "calls": 0}
    pocket.close()
    pocket.open().log_in("o01").all_sent()
    assert since(served, before) == {"works": 2, "requests": 1, "disputes": 0, "calls": 0}


def changed_at_the_desk(person, note):
    """The officer's newest work of the day gets another note by another way than the phone's queue."""
    asked = person.page.request
    today = asked.get(f"{person.url}{ROUND}today").json()
    work = [line["work"] for group in today["list"] for line in group["lines"] if "work" in line][-1]
    moment = today["now"]
    record = {"key": str(uuid4()), "number": 1, "type": "change", "at": moment, "phone_at": moment}
    sent = {
        "officer": person.name,
        "records": [record | {"fields": work | {"version": str(work["version"]), "note": note}}],
    }
    headers = {"X-CSRFToken": today["token"], "Referer": person.url}
    answer = asked.post(f"{person.url}{ROUND}sync", data=sent, headers=headers)
    assert answer.json()["outcomes"][0]["outcome"] == "done", answer.text()


def test_two_versions_of_a_work_are_both_shown_and_a_person_chooses(pocket, served, stranger):
    pocket.log_in("o03")
    pocket.visit(note="原來的")
    pocket.all_sent()
    pocket.page.locator('.round-bar a[href="#today"]').tap()
    pocket.page.locator("#day [data-edit]:visible").last.wait_for()
    pocket.context.set_offline(True)
    changed_at_the_desk(stranger("o03").log_in(), "桌上改的")
    pocket.page.locator("#day [data-edit]:visible").last.tap()
    pocket.type("#change-note", "手機改的")
    pocket.keep("change")
    pocket.context.set_offline(False)
    pocket.comes_to("stuck")
    pocket.page.locator('.round-bar a[href="#queue"]').tap()
    pocket.page.locator("#records [data-mend]:not([hidden])").first.tap()
    pocket.page.locator("#mend-rows dl").first.wait_for()
    text = pocket.page.locator("#mend").inner_text()
    assert "手機改的" in text and "桌上改的" in text
    pocket.page.locator("#mend-over").tap()
    pocket.all_sent()
    assert rows(served, "SELECT version FROM worklog_work ORDER BY id DESC LIMIT 1") == [(3,)]


def test_what_the_server_refuses_stays_until_a_person_mends_or_deletes_it(pocket, served):
    before = counts(served)
    pocket.log_in("o04")
    pocket.quarrel("電話 13800138000 的鄰居")  # the room takes no phone numbers
    pocket.visit()
    pocket.comes_to("stuck")
    until(lambda: since(served, before)["works"] == 1)
    pocket.page.locator('.round-bar a[href="#queue"]').tap()
    pocket.page.locator("#records [data-mend]:not([hidden])").first.tap()
    pocket.page.locator("#mend-edit").tap()
    pocket.type("#dispute-title", "鄰居之間的噪音")
    pocket.page.locator("#dispute button[type=submit]").tap()
    pocket.page.wait_for_selector("#queue:not([hidden])")
    pocket.all_sent()
    assert since(served, before)["disputes"] == 1


def test_logging_out_warns_of_what_waits_erases_what_can_be_read_and_keeps_the_queue(pocket, served):
    pocket.log_in("o05").all_sent()
    asked = []
    pocket.page.on("dialog", lambda dialog: asked.append(dialog.message))
    pocket.context.route("**/sync", lambda route: route.abort())
    pocket.visit()
    pocket.page.locator("header details.menu summary").last.tap()
    with pocket.page.expect_navigation():
        pocket.page.locator('header form[action$="/logout/"] button').tap()
    assert any("1" in text for text in asked)
    pocket.page.goto(pocket.url + "/accounts/login/")
    left = pocket.page.evaluate(
        """async () => {
            const queue = await import("/static/desk/round/queue.js");
            const pages = await (await caches.open("linli-round-pages")).keys();
            return [(await queue.mine("o05")).length, (await queue.kept("today o05")) ?? null, pages.length];
        }"""
    )
    assert left == [1, None, 0]


def test_a_list_older_than_a_day_is_erased(pocket):
    pocket.log_in("o09").all_sent()
    later = pocket.page.evaluate("Date.now()") + timedelta(hours=25).total_seconds() * 1000
    left = pocket.page.evaluate(
        """async (later) => {
            const queue = await import("/static/desk/round/queue.js");
            await queue.erase("o09", later);
            return (await queue.kept("today o09")) ?? null;
        }""",
        later,
    )
    assert left is None


def test_a_voice_note_is_kept_with_its_visit(pocket, served):
    pocket.close()
    pocket.open(more=("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"))
    pocket.context.grant_permissions(["microphone"], origin=pocket.url)
    pocket.log_in("o11")
    pocket.tap('[data-start="information"]')
    pocket.tap("#running summary")
    pocket.tap("#running [data-voice]")
    pocket.page.locator('#running [data-voice][aria-pressed="true"]').wait_for()
    pocket.page.wait_for_timeout(1500)
    pocket.tap("#stop")  # what is being recorded belongs to it
    pocket.page.wait_for_selector("#start:not([hidden])")
    pocket.all_sent()
    newest = "SELECT what, media_type FROM worklog_enclosure ORDER BY id DESC LIMIT 1"
    assert rows(served, newest) == [("voice", "audio/webm")]


def test_a_photo_is_made_small_on_the_phone_and_arrives_with_its_visit(pocket, served, tmp_path):
    from PIL import Image

    large = tmp_path / "large.jpg"
    Image.effect_noise((3000, 2000), 90).convert("RGB").save(large, quality=95)
    pocket.log_in("o10")
    pocket.tap('[data-start="visit"]')
    pocket.tap("#running summary")
    pocket.page.set_input_files("#running-form input[type=file]", large)
    pocket.page.wait_for_selector("#running-form img:not([hidden])")
    pocket.tap("#stop")
    pocket.page.wait_for_selector("#start:not([hidden])")
    pocket.all_sent()
    assert rows(served, "SELECT what, media_type FROM worklog_enclosure ORDER BY id DESC LIMIT 1") == [
        ("photo", "image/jpeg")
    ]
