"""What a phone sends is written once, in order, by who wrote it, or refused in words; nothing else comes of it."""

import json
from datetime import timedelta
from io import BytesIO

import pytest
from django.db import connection
from PIL import Image

from linli.faces.desk.models import Sent
from linli.faces.desk.round import actions as of_round
from linli.ground.officers.models import Officer
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.work.disputes.models import Dispute
from linli.work.requests.models import Request
from linli.work.worklog import actions as worklog
from linli.work.worklog.models import CallAway, Enclosure, Work
from tests.rooms.desk.round.phone import NOW, Phone

QUARREL = {"community": "C08", "kind": "neighbours", "title": "樓道堆物", "scale": "two", "urgency": ""}
NOISE = {"community": "C08", "kind": "noise", "words": "夜裡施工", "place_note": "三號樓旁", "contact": ""}


def a_call():
    began, ended = NOW - timedelta(hours=3), NOW - timedelta(hours=2)
    return {"kind": "case", "started_at": began.isoformat(), "ended_at": ended.isoformat(), "ordered_by": "派出所"}


def picture():
    kept = BytesIO()
    Image.new("RGB", (40, 30), "green").save(kept, "JPEG")
    return kept.getvalue()


def test_a_day_arrives_whole_and_each_record_becomes_what_it_is(phone):
    records = [
        phone.visit(), phone.record("request", **NOISE), phone.record("dispute", **QUARREL),
        phone.record("call", **a_call()),
    ]  # fmt: skip
    assert [one["outcome"] for one in phone.outcomes(*records)] == ["done"] * 4
    assert (Work.objects.get().community.code, Work.objects.get().cell) == ("C08", "B3")
    assert (Request.objects.get().channel, Request.objects.get().words) == ("round", "夜裡施工")
    assert Dispute.objects.get().title == "樓道堆物"
    assert CallAway.objects.get().ordered_by == "派出所"
    assert [row.subject.split(":")[0] for row in Sent.objects.order_by("number")] == [
        "work",
        "request",
        "dispute",
        "call",
    ]


def test_the_same_key_again_is_answered_the_same_and_writes_nothing(phone):
    records = [phone.visit(), phone.record("request", **NOISE)]
    first = phone.outcomes(*records)
    before = Entry.objects.count()
    assert phone.outcomes(*records) == first
    assert first[1]["code"], "the sender's receipt code is not lost with an answer that is"
    assert (Work.objects.count(), Request.objects.count(), Sent.objects.count()) == (1, 1, 2)
    assert Entry.objects.count() == before


def test_the_same_key_with_other_words_changes_nothing(phone):
    visit = phone.visit(note="一")
    phone.outcomes(visit)
    visit["fields"]["note"] = "二"
    assert phone.outcomes(visit)[0]["outcome"] == "done"
    assert Work.objects.get().note == "一"


def test_records_are_written_in_the_order_in_which_they_were_made(phone):
    began = [NOW - timedelta(hours=5 - hour) for hour in range(4)]
    records = [phone.visit(began=moment) for moment in began]
    phone.outcomes(*reversed(records))
    assert [work.started_at for work in Work.objects.order_by("pk")] == began


def test_one_that_is_refused_does_not_hold_up_the_others(phone):
    good, wrong = phone.visit(), phone.visit(community="C01")
    told = phone.outcomes(good, wrong, phone.visit(began=NOW - timedelta(hours=4)))
    assert [one["outcome"] for one in told] == ["done", "refused", "done"]
    assert told[1]["message"] and told[1]["remedy"]
    assert Work.objects.count() == 2
    assert Sent.objects.get(key=wrong["key"]).outcome == "refused"


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "raid"}, {"cell": "Z9"}, {"cell": "<b>"}, {"community": "C99"}, {"community": ""},
        {"started_at": ""}, {"ended_at": "yesterday"}, {"ended_at": "2026-10-20T01:00:00+08:00"},
        {"ended_at": (NOW + timedelta(days=30)).isoformat()}, {"started_at": "2026-10-01T01:00:00+08:00"},
        {"note": "長" * 3000},
    ],
)  # fmt: skip
def test_what_does_not_fit_is_refused_in_words_and_written_nowhere(phone, fields):
    told = phone.outcomes(phone.visit(**fields))[0]
    assert (told["outcome"], Work.objects.count()) == ("refused", 0)
    assert told["message"] and told["remedy"]


def test_a_phone_whose_clock_is_ahead_is_told_so(phone):
    told = phone.outcomes(phone.record("request", at=NOW + timedelta(hours=3), **NOISE))[0]
    assert told["outcome"] == "refused" and "時鐘" in told["remedy"] or "clock" in told["remedy"]
    assert Request.objects.count() == 0


def test_a_few_minutes_ahead_are_forgiven_and_both_times_are_kept(phone):
    record = phone.record("request", at=NOW + timedelta(minutes=3), **NOISE)
    record["phone_at"] = (NOW + timedelta(hours=9)).isoformat()
    assert phone.outcomes(record)[0]["outcome"] == "done"
    row = Sent.objects.get()
    assert (row.phone_at - row.at, row.received_at) == (timedelta(hours=8, minutes=57), NOW)


def test_a_change_over_an_older_version_shows_both_and_changes_nothing(phone, cast):
    phone.outcomes(phone.visit(note="原"))
    work = Work.objects.get()
    with clock.at(NOW):
        worklog.change(by=cast.user("o08"), work=work, version=1, note="桌上改的")
    fields = {
        "work": work.client_key, "version": 1, "note": "手機改的", "started_at": work.started_at.isoformat(),
        "ended_at": work.ended_at.isoformat(), "cell": "B3",
    }  # fmt: skip
    told = phone.outcomes(phone.record("change", **fields))[0]
    assert (told["outcome"], told["version"]) == ("conflict", 2)
    assert any(row[1:] == ["手機改的", "桌上改的"] for row in told["rows"])
    assert Work.objects.get().note == "桌上改的"
    over = phone.record("change", **fields | {"version": told["version"]})
    assert phone.outcomes(over)[0]["outcome"] == "done"
    assert Work.objects.get().note == "手機改的"


def test_nobody_changes_the_work_of_another_officer(phone, another_phone):
    phone.outcomes(phone.visit())
    work = Work.objects.get()
    fields = {"started_at": work.started_at.isoformat(), "ended_at": work.ended_at.isoformat(), "note": "冒名"}
    told = another_phone.outcomes(another_phone.record("change", work=work.client_key, version=1, **fields))[0]
    assert (told["outcome"], Work.objects.get().note) == ("refused", "")


def test_the_key_of_another_officer_opens_nothing(phone, another_phone):
    request = phone.record("request", **NOISE)
    mine = phone.outcomes(request)[0]
    copied = another_phone.record("request", **NOISE | {"community": "C04"})
    copied["key"] = request["key"]
    theirs = another_phone.outcomes(copied)[0]
    assert theirs["subject"] != mine["subject"] and theirs["code"] != mine["code"]
    assert Request.objects.count() == 2


def test_a_queue_is_never_sent_under_another_name(phone):
    status, _told = phone.send(phone.visit(), officer="o04")
    assert (status, Work.objects.count(), Sent.objects.count()) == (409, 0, 0)


@pytest.mark.parametrize("name", ["station", "personnel", "cadre", "administrator", "auditor", "province", "leader1"])
def test_only_officers_send(cast, logged_in, name):
    phone = Phone(logged_in(cast.user(name)), name)
    assert phone.send(phone.visit())[0] == 403
    assert Sent.objects.count() == 0


def test_another_bureau_takes_nothing(cast, logged_in):
    phone = Phone(logged_in(cast.user("o08")), "o08", bureau="yuanshan")
    assert phone.send(phone.visit())[0] == 403
    assert Phone(phone.client, "o08", bureau="nowhere").send(phone.visit())[0] == 404


def test_who_is_not_logged_in_is_led_to_the_login(cast, client):
    assert Phone(client, "o08").send()[0] == 302


def test_an_officer_whose_account_has_no_officer_is_refused_in_words(cast, logged_in):
    Officer.objects.filter(code="O08").update(account=None)
    phone = Phone(logged_in(cast.user("o08")), "o08")
    assert phone.outcomes(phone.visit())[0]["outcome"] == "refused"


BROKEN = [
    "", "null", "[]", "{", "{}", '{"records": []}', '{"records": 3}', '{"records": [3]}', '{"records": [{}]}',
    "[" * 100_000, '{"records": ' + "9" * 5000 + "}", "\ud800".encode("utf-8", "surrogatepass"), b"\xff\xfe",
    '{"officer": 5, "records": [{}]}',
]  # fmt: skip


@pytest.mark.parametrize("body", BROKEN, ids=range(len(BROKEN)))
def test_what_is_no_batch_is_refused_whole(phone, body):
    assert phone.post(body)[0] == 400


@pytest.mark.parametrize(
    "name, value",
    [
        ("key", "x"), ("key", None), ("key", 5), ("number", 0), ("number", -1), ("number", 2**31), ("number", "1"),
        ("number", True), ("number", 1.5), ("type", "praise"), ("type", None), ("type", []), ("fields", []),
        ("fields", {"note": {}}), ("fields", {"note": 1e9}), ("fields", {str(n): "" for n in range(31)}),
        ("fields", {"note": "長" * 6000}), ("at", "yesterday"), ("at", "2026-10-20T10:00:00"), ("at", 5),
        ("at", "0001-01-01T00:00:00+14:00"), ("at", "9999-12-31T23:59:59-11:00"), ("at", "2026-02-30T10:00:00Z"),
        ("photo", "not base64!"), ("photo", 5), ("voice", "bm8gc291bmQ="), ("photo", "A" * 3_000_000),
    ],
)  # fmt: skip
def test_what_is_no_record_makes_no_batch(phone, name, value):
    record = phone.visit() | {name: value}
    assert phone.send(record)[0] == 400
    assert Sent.objects.count() == 0


def test_too_many_records_and_a_key_twice_are_refused_whole(phone):
    assert phone.send(*(phone.visit() for _ in range(21)))[0] == 400
    visit = phone.visit()
    assert phone.send(visit, visit)[0] == 400


def test_a_huge_body_is_refused_before_it_is_read(phone):
    assert phone.post(json.dumps({"officer": "o08", "records": ["x" * 9_000_000]}))[0] == 413
    assert phone.post("x" * 13_000_000)[0] in (400, 413)


@pytest.mark.parametrize("text", ["<script>alert(1)</script>", "\x00\ud800 \u202e", "👩‍👩‍👧 ﷽" * 9, "' OR 1=1 --"])
def test_any_words_are_kept_as_words(phone, text):
    record = phone.record("request", **NOISE | {"words": text})
    assert phone.outcomes(record)[0]["outcome"] == "done"


def test_photo_is_drawn_anew_and_a_file_that_is_none_is_refused_in_words(phone):
    phone.outcomes(phone.visit(photo=picture()))
    assert Enclosure.objects.get().what == "photo"
    told = phone.outcomes(phone.visit(began=NOW - timedelta(hours=3), photo=b"MZ this is a program"))
    assert told[0]["outcome"] == "refused"


def test_a_fault_of_ours_leaves_the_record_in_the_queue_and_takes_the_others(phone, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setitem(of_round.STEPS, "dispute", broken)
    told = phone.outcomes(phone.visit(), phone.record("dispute", **QUARREL), phone.record("request", **NOISE))
    assert [one["outcome"] for one in told] == ["done", "later", "done"]
    assert Sent.objects.count() == 2


def test_a_refused_record_leaves_an_entry_without_its_words(phone):
    phone.outcomes(phone.visit(note="某人的名字", community="C01"))
    entry = Entry.objects.latest("number")
    assert (entry.action, entry.by) == ("desk.refuse_record", "o08")
    assert "某人的名字" not in entry.facts + entry.why


def test_answers_are_encrypted_and_forgotten_after_a_month_and_the_ledger_stays(phone):
    request = phone.record("request", **NOISE)
    code = phone.outcomes(request)[0]["code"]
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer FROM desk_sent")
        assert code not in cursor.fetchone()[0]
    with clock.at(NOW + timedelta(days=31)):
        assert of_round.forget_answers(by="linli", today=clock.today()) == 1
        assert of_round.forget_answers(by="linli", today=clock.today()) == 0
    assert phone.outcomes(request)[0] == {
        "key": request["key"],
        "outcome": "done",
        "subject": Sent.objects.get().subject,
    }
    assert Request.objects.count() == 1


def test_a_record_written_before_the_post_began_is_refused(phone):
    long_ago = NOW - timedelta(days=3000)
    assert phone.outcomes(phone.visit(began=long_ago))[0]["outcome"] == "refused"


def test_a_key_is_the_accounts_own(cast, phone):
    record = phone.visit()
    phone.outcomes(record)
    assert Work.objects.get().client_key != record["key"]
