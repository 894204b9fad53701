"""Whom to ask is left to chance; who was drawn is given out once and kept nowhere."""

from collections import Counter

import pytest
from django.db import connection

from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.surveys import actions, frames
from linli.work.surveys.models import Tally, Token, Wave
from tests.rooms.surveys import asking


def everything_written():
    """The text of every cell of every table of the database."""
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                yield from (str(cell) for cell in row)


def test_as_many_are_drawn_as_the_interval_asks_for(wave, drawn):
    assert Counter(row.community for row in drawn) == {"C01": 60, "C02": 60}  # ± 10 % of 60 houses asks all of them
    planned = frames.size_of(wave, 2000)
    assert (planned.answers, planned.asked) == (92, 154)


def test_both_strata_give_their_part(cast, questionnaire):
    wave = asking.opened(cast, questionnaire, ("C01",), half_width=0.3)
    drawn = actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses(("C01",)), seed=3)
    known = {row["label"]: row["stratum"] for row in asking.houses(("C01",))}
    assert Counter(known[row.label] for row in drawn) == {"old": 11, "new": 6}


def test_same_list_and_seed_draw_the_same_houses_with_other_cards(cast, questionnaire):
    first, second = (asking.opened(cast, questionnaire, half_width=0.3) for _ in range(2))
    one, other = (
        actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses(), seed=5)
        for wave in (first, second)
    )
    assert [row[:2] for row in one] == [row[:2] for row in other]
    assert not {row.token for row in one} & {row.token for row in other}


def test_neither_address_nor_card_can_be_read_out_of_the_database(wave, drawn):
    cells = list(everything_written())
    for row in drawn[:10]:
        assert not any(row.token in cell or row.label in cell for cell in cells)


def test_seed_and_hash_of_the_list_stand_in_the_trail(wave, drawn):
    entry = Entry.objects.get(action="surveys.draw")
    wave.refresh_from_db()
    assert '"seed":"7"' in entry.facts.replace(" ", "") and wave.frame_hash in entry.facts


def test_second_draw_is_refused_until_the_first_is_thrown_away_and_stays_counted(cast, wave, drawn):
    committee = cast.user("committee")
    with pytest.raises(Refused):
        actions.draw_sample(by=committee, wave=wave, frame=asking.houses())
    with pytest.raises(Refused):
        actions.discard_draw(by=committee, wave=wave, why=" ")
    actions.discard_draw(by=committee, wave=wave, why="the list was lost in the printer")
    actions.draw_sample(by=committee, wave=wave, frame=asking.houses())
    assert Wave.objects.get(pk=wave.pk).draws == 2


def test_draw_cannot_be_thrown_away_once_somebody_answered(cast, wave, drawn):
    actions.answer(token=drawn[0].token, answers={"satisfied": "not"})
    with pytest.raises(Refused):
        actions.discard_draw(by=cast.user("committee"), wave=wave, why="we do not like it")


def test_answer_that_ends_while_its_card_is_waited_for_keeps_the_draw(cast, wave, drawn):
    """Whoever waits for the cards sees what became of them: the first look at them is not the one that counts."""
    looked = []

    def answered_meanwhile(execute, sql, params, many, context):
        found = execute(sql, params, many, context)
        if not looked and sql.startswith("SELECT") and "surveys_token" in sql:
            looked.append(sql)
            Token.objects.filter(pk=Token.objects.filter(wave=wave).first().pk).update(spent=True)
        return found

    with connection.execute_wrapper(answered_meanwhile), pytest.raises(Refused, match="已經有人作答"):
        actions.discard_draw(by=cast.user("committee"), wave=wave, why="the list was lost in the printer")
    assert looked and Token.objects.filter(wave=wave).count() == len(drawn)


@pytest.mark.parametrize(
    "row",
    [
        {"community": "C99", "label": "1"},
        {"community": "C01", "label": ""},
        {"community": "C01", "label": "王某 13912345678"},
        {"community": "C01", "label": "11010519491231002X"},
        {"community": "C01", "label": "x" * 121},
    ],
)
def test_wrong_row_of_the_list_is_named_and_nothing_is_drawn(cast, wave, row):
    with pytest.raises(Refused, match="121"):
        actions.draw_sample(by=cast.user("committee"), wave=wave, frame=[*asking.houses(), row])
    assert not Token.objects.exists()


def test_address_that_stands_twice_is_refused(cast, wave):
    with pytest.raises(Refused):
        actions.draw_sample(by=cast.user("committee"), wave=wave, frame=asking.houses() * 2)


def test_route_needs_cells_and_no_addresses(cast, questionnaire):
    wave = asking.opened(cast, questionnaire, ("C01",), sampling="route", half_width=0.2)
    frame = [{"community": "C01", "cell": cell, "dwellings": 40} for cell in ("A1", "B2")]
    drawn = actions.draw_sample(by=cast.user("committee"), wave=wave, frame=frame, seed=1)
    assert len(drawn) == frames.size_of(wave, 80).asked
    assert all("A1" in row.label or "B2" in row.label for row in drawn)


@pytest.mark.parametrize("who", ["station", "o01"])
def test_station_and_officer_may_not_open_a_wave(cast, questionnaire, who):
    user = cast.user(who)
    with pytest.raises(NotAllowed):
        actions.open_wave(
            by=user, bureau=cast.bureau, questionnaire=questionnaire, period="2026Q3", sampling="list",
            office=cast.user("committee").office,
        )  # fmt: skip


def test_station_may_not_run_a_wave_whoever_opens_it(cast, questionnaire):
    with pytest.raises(Refused):
        actions.open_wave(
            by=cast.user("personnel"), bureau=cast.bureau, questionnaire=questionnaire, period="2026Q3",
            sampling="list", office=cast.user("station").office,
        )  # fmt: skip


def test_office_that_shares_an_officers_result_may_not_ask_there(cast, questionnaire):
    office = cast.user("publicorder").office  # paired with C02
    asked = {"bureau": cast.bureau, "questionnaire": questionnaire, "period": "2026Q3", "sampling": "list"}
    with pytest.raises(Refused, match="C02"):
        actions.open_wave(by=cast.user("personnel"), office=office, **asked)
    only = [cast.community("C01")]
    assert actions.open_wave(by=cast.user("personnel"), office=office, communities=only, **asked)


def test_another_office_may_not_touch_a_wave(cast, wave):
    with pytest.raises(NotAllowed):
        actions.draw_sample(by=cast.user("command"), wave=wave, frame=asking.houses())
    with pytest.raises(NotAllowed):
        actions.close_wave(by=cast.user("personnel"), wave=wave)


def test_who_did_not_answer_is_counted_and_never_more_than_were_drawn(cast, wave, drawn):
    committee, place = cast.user("committee"), cast.community("C01")
    actions.count_missed(by=committee, wave=wave, community=place, refused=10, unreached=20)
    with pytest.raises(Refused):
        actions.count_missed(by=committee, wave=wave, community=place, unreached=31)
    with pytest.raises(Refused):
        actions.count_missed(by=committee, wave=wave, community=place, refused=-11)
    tally = Tally.objects.get(wave=wave, community=place)
    assert (tally.refused, tally.unreached) == (10, 20)


def test_lineup_has_the_officer_and_three_who_never_held_the_community(cast, wave):
    lineup = wave.lineups.get(community__code="C01")
    held = set(lineup.community.posts.values_list("officer__code", flat=True))
    assert lineup.officer.code in held and len(set(lineup.decoys)) == 3 and not held & set(lineup.decoys)
