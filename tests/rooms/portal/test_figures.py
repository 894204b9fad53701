"""What is public of a community: nothing below five, nothing that gives it away, and no officer's score or rank."""

from datetime import datetime

from heng.disclosure import ranges
from linli.faces.portal import figures, outcomes
from linli.ground.trail import clock
from linli.quarter.appraisal.models import Cycle, Score
from linli.work.requests import actions as requests
from linli.work.requests.kinds import KINDS
from linli.work.requests.models import Request
from tests.rooms.portal.resident import text_of
from tests.rooms.published import publish


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
    assert [name for name, _, _ in found.kinds] == ["噪音擾民"]
    assert found.every == 32 and "安全隱患" in found.few and found.open is None
    counts = [{"noise": 20, "hazard": 3, "parking": 9}.get(kind, 0) for kind in KINDS]
    mask = [kind.name("zh_Hant") in found.few for kind in KINDS.values()] + [False]
    low, high = ranges(counts, mask, zeros=True)
    assert all(high[at] - low[at] >= 4 for at, hide in enumerate(mask) if hide)


def test_nobody_who_asked_is_said_in_words(cast, resident):
    assert "Nothing came in" in text_of(resident.get("c/C01/?lang=en"))


def test_share_is_withheld_when_few_said_the_other_thing():
    assert figures.small("share", 48, 50) and figures.small("share", 3, 50) and not figures.small("share", 30, 50)


def test_page_shows_figures_of_the_place_and_no_score_of_anybody(cast, resident):
    publish(cast)
    text = text_of(resident.get("c/C01/?lang=en"))
    assert "Public figures, 2026 Q3" in text and "Incident rate" in text and "usual in a place like this" in text
    assert [str(row.score) for row in Score.objects.exclude(score=None) if str(row.score) in text] == []
    assert "rank" not in text.lower() and "points" not in text.lower()


def test_quarter_that_is_not_published_is_not_shown(cast, resident):
    publish(cast, state=Cycle.State.NOTICED)
    assert "Public figures" not in text_of(resident.get("c/C01/?lang=en"))


def test_figure_with_a_small_count_behind_it_says_so_in_words(cast, resident):
    publish(cast)
    found = [figures.of_community(place)[1] for place in cast.bureau.communities.all()]
    hidden = [one for rates in found for one in rates if one.hidden]
    assert hidden and all((one.value, one.span, one.compared) == ("", "", "") for one in hidden)
