"""What staff write for residents: the own card alone, bulletins for the own community, and who must not."""

from datetime import date

import pytest

from linli.faces.portal import actions
from linli.faces.portal.models import Bulletin, OfficerCard
from linli.ground.officers.models import Post
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from tests.rooms.portal.resident import HOME, picture, text_of

STAFF = f"{HOME}staff/"
TEXTS = {"title": "夜間燈光", "text": "東門巷路燈已修好。"}


def bulletin(cast, by="personnel", **more):
    texts = {"title": {"zh_Hant": "夜間燈光"}, "text": {"zh_Hant": "路燈已修好。", "en": "The lights are mended."}}
    return actions.publish(by=cast.user(by), bureau=cast.bureau, **{**texts, **more})


def test_officer_writes_the_own_card_and_residents_see_it_at_once(cast, officer, logged_in, resident):
    client = logged_in(officer)
    sent = {"hours": "每晚七點", "phone": "0739-555 0101", "room": "社區服務中心", "version": 0}
    assert client.post(f"{STAFF}card/", sent).status_code == 302
    assert "每晚七點" in text_of(resident.get("c/C01/"))
    assert Entry.objects.latest("number").action == "portal.write_card"


def test_card_of_another_is_not_written(cast, officer):
    with pytest.raises(NotAllowed):
        actions.write_card(by=officer, officer=cast.officer("O08"), hours="24 小時")
    assert not OfficerCard.objects.exists()


def test_card_changed_elsewhere_meanwhile_is_not_overwritten(cast, officer):
    actions.write_card(by=officer, officer=officer.officer, hours="上午")
    with pytest.raises(Stale) as stale:
        actions.write_card(by=officer, officer=officer.officer, hours="下午", version=0)
    assert stale.value.rows[0][1:] == ("下午", "上午")


def test_photo_is_drawn_anew_and_goes_when_it_is_taken_down(cast, officer):
    card = actions.write_card(by=officer, officer=officer.officer, photo=picture((900, 700)))
    assert b"a camera" not in bytes(card.photo) and len(card.photo_name) == 16
    card = actions.write_card(by=officer, officer=officer.officer, drop_photo=True, version=card.version)
    assert card.photo is None and card.photo_name == ""


def test_what_is_no_photo_is_refused(cast, officer):
    with pytest.raises(Refused):
        actions.write_card(by=officer, officer=officer.officer, photo=b"<svg>")


def test_personnel_writes_for_the_whole_bureau(cast, logged_in, resident):
    answer = logged_in(cast.user("personnel")).post(f"{STAFF}bulletins/new/", TEXTS)
    assert answer.status_code == 302 and "東門巷路燈已修好" in text_of(resident.get(""))


def test_officer_writes_for_the_own_community_alone(cast, officer, logged_in, resident):
    client = logged_in(officer)
    assert client.post(f"{STAFF}bulletins/new/", TEXTS | {"community": "C01"}).status_code == 302
    assert client.post(f"{STAFF}bulletins/new/", TEXTS | {"community": "C02"}).status_code == 200
    assert client.post(f"{STAFF}bulletins/new/", TEXTS).status_code == 200
    assert Bulletin.objects.get().community.code == "C01"
    assert "東門巷" in text_of(resident.get("c/C01/")) and "東門巷" not in text_of(resident.get("c/C02/"))


def test_cadre_writes_for_the_own_community(cast, logged_in):
    logged_in(cast.user("cadre")).post(f"{STAFF}bulletins/new/", TEXTS | {"community": "C01"})
    assert Bulletin.objects.get().by == "cadre"


def test_officer_who_left_the_post_writes_there_no_more(cast, officer):
    Post.objects.filter(officer=officer.officer).update(end="2026-06-30")
    with pytest.raises(NotAllowed):
        bulletin(cast, by=officer.username, community=cast.community("C01"))


def test_bulletin_of_another_community_is_neither_seen_nor_changed(cast, officer, logged_in):
    other = bulletin(cast, community=cast.community("C02"))
    client = logged_in(officer)
    assert client.get(f"{STAFF}bulletins/{other.number}/").status_code == 403
    assert client.post(f"{STAFF}bulletins/{other.number}/withdraw/", {"why": "不要"}).status_code == 403
    assert "夜間燈光" not in text_of(client.get(f"{STAFF}bulletins/"))


def test_those_who_do_not_write_do_not_get_in(cast, logged_in, officer):
    for name in ("station", "supervision", "leader1", "command", "province", "administrator", "auditor", "stranger"):
        for page in ("bulletins/", "bulletins/new/"):
            assert logged_in(cast.user(name)).get(STAFF + page).status_code == 403, (name, page)
    for name in ("personnel", "cadre", "station"):
        assert logged_in(cast.user(name)).get(f"{STAFF}card/").status_code == 403, name


def test_asked_done_and_what_came_of_it_stand_in_three_steps_and_three_languages(cast, resident):
    bulletin(
        cast, community=cast.community("C01"), asked={"zh_Hant": "希望裝路燈", "en": "Please light the lane"},
        did={"zh_Hant": "聯繫供電所", "en": "We asked the grid"},
    )  # fmt: skip
    english, simplified = (text_of(resident.get(f"c/C01/?lang={lang}")) for lang in ("en", "zh-hans"))
    assert "Please light the lane" in english and "The lights are mended" in english
    assert "希望装路灯" in simplified and "路灯已修好" in simplified


def test_what_was_asked_without_what_was_done_is_refused(cast):
    with pytest.raises(Refused):
        bulletin(cast, asked={"zh_Hant": "希望裝路燈"})


def test_withdrawn_and_past_bulletins_are_shown_no_more(cast, resident):
    one, other = bulletin(cast), bulletin(cast, until=clock.today())
    assert text_of(resident.get("")).count("夜間燈光") == 2
    actions.withdraw(by=cast.user("personnel"), bulletin=one, why="寫錯")
    with clock.at(date(2026, 7, 9)):
        assert "夜間燈光" not in text_of(resident.get(""))
    with pytest.raises(Refused):
        actions.withdraw(by=cast.user("personnel"), bulletin=one, why="再撤")
    assert other.number == one.number + 1


def test_two_who_change_one_bulletin_do_not_overwrite_each_other(cast):
    one, texts = bulletin(cast), {"title": {"zh_Hant": "新題"}, "text": {"zh_Hant": "新文"}}
    actions.change(by=cast.user("personnel"), bulletin=one, version=1, **texts)
    with pytest.raises(Stale):
        actions.change(by=cast.user("personnel"), bulletin=one, version=1, **texts)


def test_list_of_bulletins_comes_as_a_file_that_calculates_nothing(cast, logged_in):
    bulletin(cast, title={"zh_Hant": "=1+1"})
    answer = logged_in(cast.user("personnel")).get(f"{STAFF}bulletins/?format=csv")
    assert "'=1+1" in b"".join(answer.streaming_content).decode()


def test_markup_in_a_bulletin_or_on_a_card_is_text(cast, officer, resident):
    evil = "<script>alert(1)</script>"
    bulletin(cast, text={"zh_Hant": evil}, community=cast.community("C01"))
    actions.write_card(by=officer, officer=officer.officer, hours=evil, phone='"><b>', room=evil)
    for page in ("c/C01/", "c/C01/card/", "bulletins/?c=C01"):
        text = resident.get(page).content.decode()
        assert "<script>alert" not in text and "<b>" not in text
