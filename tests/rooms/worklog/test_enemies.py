"""What somebody would try who wants more hours, another's words, or a file that bites."""

import base64
import io
from datetime import date

import pytest
from PIL import Image

from linli.ground.officers.models import Post
from linli.ground.trail import clock
from linli.ground.trail.refusals import Refused
from linli.work.worklog import actions, queries
from linli.work.worklog.models import Enclosure, SpotCheck, Work
from tests.rooms.worklog.conftest import at

ROOT = "/worklog/linjiang/"


def photo_with_a_place():
    made, exif = io.BytesIO(), Image.Exif()
    exif[0x010E] = "taken at home"
    Image.new("RGB", (40, 30), "white").save(made, "JPEG", exif=exif)
    return made.getvalue()


def test_photo_loses_what_the_camera_wrote_into_it(record):
    work = record(at(9, 9), at(9, 10), photo=photo_with_a_place())
    kept = base64.b64decode(work.enclosures.get().content)
    assert kept.startswith(b"\xff\xd8\xff") and b"taken at home" not in kept
    with pytest.raises(Refused):
        record(at(9, 11), at(9, 12), photo=b"%PDF-1.7 not a picture")


def test_enclosure_stands_encrypted_and_is_only_ever_saved(cast, record, logged_in):
    from django.db import connection

    record(at(9, 9), at(9, 10), voice=b"OggS" + b"secret" * 9, client_key="k")
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM worklog_enclosure")
        stored = cursor.fetchone()[0]
    assert base64.b64encode(b"OggSsecret")[:10].decode() not in stored
    answer = logged_in(cast.user("o01")).get(f"{ROOT}works/k/enclosed/voice/")
    assert answer.content.startswith(b"OggSsecret")
    assert answer["Content-Disposition"].startswith("attachment") and answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Type"] == "audio/ogg"
    for name in ("o02", "station", "supervision"):
        assert logged_in(cast.user(name)).get(f"{ROOT}works/k/enclosed/voice/").status_code in (403, 404)


def test_ten_entries_over_one_hour_are_one_hour(cast, record):
    for _again in range(10):
        record(at(7, 9), at(7, 10))
    assert queries.delivered(cast.bureau, "2026Q3")["C01"] == pytest.approx(1)


def test_work_sent_late_over_a_check_that_found_nobody_is_taken_out_too(cast, officer, beat, record):
    with clock.at(at(8, 10)):
        work = actions.start(by=officer.account, officer=officer, community=beat, kind="patrol", at=at(8, 9))
        actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau, seed=1)
        actions.check(by=cast.user("supervision"), spot_check=SpotCheck.objects.get(), found=False)
    actions.stop(by=officer.account, work=work, at=at(8, 12))
    record(at(8, 8), at(8, 12))
    assert queries.delivered(cast.bureau, "2026Q3")["C01"] == 0


def test_plan_that_is_not_kept_takes_nothing_out(cast, officer, beat, record):
    with clock.at(at(7, 8)):
        entry = {"kind": "visit", "community": beat, "starts": at(8, 10).time(), "minutes": 60}
        actions.plan(by=officer.account, officer=officer, day=date(2026, 9, 8), entries=[entry])
        actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau, seed=1)
    with clock.at(at(8, 10, 30)):
        actions.check(by=cast.user("supervision"), spot_check=SpotCheck.objects.get(), found=False)
    record(at(8, 14), at(8, 16))
    assert queries.delivered(cast.bureau, "2026Q3")["C01"] == pytest.approx(2)


def test_who_left_the_post_neither_writes_nor_reads_on(cast, officer, beat, record, logged_in):
    record(at(7, 9, month=7), at(7, 10, month=7))
    Post.objects.filter(officer=officer).update(end=date(2026, 8, 31))
    with pytest.raises(Refused):
        record(at(7, 9), at(7, 10))
    mine = logged_in(officer.account)
    assert mine.get(f"{ROOT}hours/2026Q3/C01/").status_code == 200  # the part of the quarter that was served
    with clock.at(at(5, 9, month=10)):
        assert mine.get(f"{ROOT}hours/2026Q4/C01/").status_code == 403
        assert mine.get(f"{ROOT}day/").status_code == 200
        assert mine.get(f"{ROOT}day/2026-10-06/plan/").status_code == 200


@pytest.mark.parametrize(
    "text", ["\0", "‮txt.exe", "𠮷" * 2000, "<img src=x onerror=alert(1)>", "=HYPERLINK(1)", "\r\n"]
)
def test_odd_text_is_kept_as_text(cast, record, logged_in, text):
    work = record(at(7, 9), at(7, 10), note=text)
    page = logged_in(cast.user("o01")).get(f"{ROOT}works/{work.client_key}/")
    assert page.status_code == 200 and "<img src=x" not in page.content.decode()
    for path in ("", "diary.xlsx", "visits.xlsx"):
        assert logged_in(cast.user("o01")).get(f"{ROOT}papers/O01/2026-09-01/2026-09-09/{path}").status_code == 200


@pytest.mark.parametrize(
    "sent",
    [
        {}, {"kind": "visit", "community": "\0", "day": "9999-99-99"}, {"kind": "x" * 5000, "once": "y" * 5000},
        {"kind": "visit", "community": "C01", "day": "0001-01-01", "begins": "00:00", "ends": "00:01"},
        {"kind": "visit", "community": "C01", "day": "9999-12-31", "begins": "23:59", "ends": "00:00"},
    ],
)  # fmt: skip
def test_no_form_breaks(cast, logged_in, sent):
    mine = logged_in(cast.user("o01"))
    for path in ("record/", "start/", "calls/enter/", "day/2026-09-12/plan/", "day/2026-09-12/round/"):
        assert mine.post(ROOT + path, sent).status_code < 500, path
    assert not Work.objects.filter(ended_at__isnull=False).exists()
    station = logged_in(cast.user("station"))
    for path in ("calls/enter/", "checks/draw/"):
        assert station.post(ROOT + path, sent).status_code < 500, path
    assert logged_in(cast.user("personnel")).post(f"{ROOT}due/set/", sent).status_code < 500


def test_photos_and_voice_notes_are_gone_after_half_a_year(record):
    from datetime import timedelta

    from linli.ground.jobs.actions import kinds
    from linli.ground.jobs.models import Job

    record(at(9, 9), at(9, 10), voice=b"OggS0000", photo=photo_with_a_place())
    with clock.at(clock.now() + timedelta(days=181)):
        job = Job(arguments={"day": clock.today().isoformat()})
        kinds()["worklog.erase_old"](job, lambda done, total: None)
    assert not Enclosure.objects.exists() and Work.objects.count() == 1
