"""What is public of a community: nothing below five, nothing that gives it away, and no officer's score or rank."""

from datetime import datetime

import pytest

from heng.disclosure import ranges
from linli.faces.portal import figures, outcomes
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Score
from linli.work.requests import actions as requests
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from tests.rooms.portal.resident import text_of
from tests.rooms.published import County


def told(cast, kind, number, state="received", day=datetime(2026, 5, 5, 9)):
    with clock.at(day):
        for _ in range(number):
            requests.receive(by="resident", bureau=cast.bureau, kind=kind, words="吵", community=cast.community("C01"))
    Request.objects.filter(kind=kind).update(state=state)


def came(cast):
    return outcomes.of_community(cast.community("C01"))


def test_four_whole_quarters_are_counted_and_today_is_not(cast):
    told(cast, "noise", 7)
    told(cast, "hazard", 7, day=datetime(2026, 7, 1, 9))
    told(cast, "lost", 7, day=datetime(2025, 6, 30, 9))
    found = came(cast)
    assert (found.first.isoformat(), found.last.isoformat()) == ("2025-07-01", "2026-06-30")
    assert found.every == 7 and found.kinds == [("噪音擾民", 7, 100)]


def test_small_counts_are_withheld_and_no_total_gives_one_back(cast):
    for kind, number, state in (("noise", 20, "solved"), ("hazard", 3, "received"), ("parking", 9, "declined")):
        told(cast, kind, number, state)
    found = came(cast)
    shown = {name: count for name, count, _ in found.kinds}
    assert found.every == 32 and "安全隱患" in found.few and found.open is None
    counts = [{"noise": 20, "hazard": 3, "parking": 9}.get(kind, 0) for kind in KINDS]
    mask = [KINDS[kind].name("zh_Hant") not in shown for kind in KINDS] + [False]
    low, high = ranges(counts, mask)
    assert all(high[at] - low[at] >= 4 for at, hide in enumerate(mask) if hide)


def test_nobody_who_asked_is_said_in_words(cast, resident):
    assert "Nothing came in" in text_of(resident.get("c/C01/?lang=en"))


def test_share_is_withheld_when_few_said_the_other_thing():
    assert figures.small("share", 48, 50) and figures.small("share", 3, 50) and not figures.small("share", 30, 50)


@pytest.fixture(scope="module")
def whole_county(django_db_setup, django_db_blocker):
    from django.db import transaction

    with django_db_blocker.unblock(), transaction.atomic():
        yield County()
        transaction.set_rollback(True)


def test_page_shows_figures_of_the_place_and_no_score_of_anybody(whole_county, django_db_blocker, client):
    with django_db_blocker.unblock():
        text = text_of(client.get("/p/linjiang/c/C01/?lang=en"))
        assert "Public figures" in text and "Incident rate" in text
        for score in Score.objects.exclude(score=None):
            assert f"{score.score:.2f}" not in text
        assert "rank" not in text.lower() and "points" not in text.lower()
