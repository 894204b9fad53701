"""Spot checks are drawn and not chosen, can be drawn again by anybody, and the officer has a word."""

import random
from datetime import date, time, timedelta

import pytest

from linli.ground.officers.models import Relation
from linli.ground.trail import clock
from linli.ground.trail.immutable import Written
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.worklog import actions, shown
from linli.work.worklog.models import Draw, SpotCheck
from tests.rooms.worklog.conftest import at


@pytest.fixture
def running(cast):
    """Six officers at work, one of them with a planned evening."""
    for number in range(1, 7):
        officer = cast.officer(f"O0{number}")
        community = officer.posts.get().community
        actions.start(by=officer.account, officer=officer, community=community, kind="patrol", at=at(9, 16))
    first = cast.officer("O01")
    actions.plan(by=first.account, officer=first, day=date(2026, 9, 10), entries=[
        {"kind": "visit", "community": cast.community("C01"), "starts": time(19), "minutes": 90},
        {"kind": "visit", "community": cast.community("C01")},
    ])  # fmt: skip
    return cast


def test_draw_can_be_made_again_from_its_seed(running):
    draw = actions.draw_checks(by=running.user("supervision"), bureau=running.bureau, seed=11, size=3)
    assert len(draw.frame) == 7  # six at work and one planned line that says when
    chosen = random.Random(11).sample(draw.frame, 3)
    assert [key.split(":")[1] for key in chosen] == [c.officer.code for c in draw.checks.order_by("number")]
    with pytest.raises(Written):
        Draw.objects.update(seed=12)


def test_numbers_go_on_from_draw_to_draw(running):
    for name, size in (("station", 2), ("supervision", 3)):
        actions.draw_checks(by=running.user(name), bureau=running.bureau, size=size)
    assert sorted(SpotCheck.objects.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert list(Draw.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


def test_relative_of_the_one_who_draws_is_not_in_the_draw(running):
    Relation.objects.create(officer=running.officer("O02"), relative=running.user("supervision"))
    draw = actions.draw_checks(by=running.user("supervision"), bureau=running.bureau, seed=1)
    assert not any(":O02:" in key for key in draw.frame)


def test_nothing_to_draw_from_is_said(cast):
    with pytest.raises(Refused):
        actions.draw_checks(by=cast.user("supervision"), bureau=cast.bureau)


def test_check_is_made_in_its_time_once_and_not_by_the_officer_or_a_relative(running):
    draw = actions.draw_checks(by=running.user("supervision"), bureau=running.bureau, seed=11, size=7)
    now, later = (
        draw.checks.filter(look_until__gt=clock.now()).order_by("look_from")[0],
        draw.checks.order_by("-look_from")[0],
    )
    with pytest.raises(Refused):
        actions.check(by=running.user("supervision"), spot_check=later, found=False)
    for name in ("o01", "o02", "personnel"):
        with pytest.raises(NotAllowed):
            actions.check(by=running.user(name), spot_check=now, found=True)
    actions.check(by=running.user("station"), spot_check=now, found=True)
    with pytest.raises(Refused):
        actions.check(by=running.user("supervision"), spot_check=now, found=False)
    assert actions.check(by=running.user("station"), spot_check=later, found=None).result == "could not"


def test_officer_answers_own_done_checks_and_supervision_alone_sets_aside(running):
    draw = actions.draw_checks(by=running.user("supervision"), bureau=running.bureau, seed=1, size=1)
    check = draw.checks.get()
    own, other = check.officer.account, running.user("o09")
    with pytest.raises(Refused):
        actions.answer_check(by=own, spot_check=check, text="我在")
    actions.check(by=running.user("station"), spot_check=check, found=False)
    actions.answer_check(by=own, spot_check=check, text="我在")
    with pytest.raises(NotAllowed):
        actions.answer_check(by=other, spot_check=check, text="x")
    with pytest.raises(NotAllowed):
        actions.lift_check(by=running.user("station"), spot_check=check, why="x")
    actions.lift_check(by=running.user("supervision"), spot_check=check, why="查錯了樓")
    assert check.lifted_because == "查錯了樓"


def test_share_found_comes_with_its_doubt_and_leaves_out_what_was_set_aside():
    def row(result, lifted=""):
        return SpotCheck(result=result, lifted_because=lifted)

    rows = [row("found")] * 7 + [row("not found"), row("not found", "x"), row("could not"), row("waiting")]
    said = shown.checks_said(rows)
    assert "7" in said and "8" in said and "53" in said and "98" in said  # Wilson's limits of 7 in 8
    assert not any(character.isdigit() for character in shown.checks_said([row("could not")]))


def test_station_draws_once_a_day_and_at_most_half_of_what_there_is(running):
    station, bureau = running.user("station"), running.bureau
    with pytest.raises(Refused):
        actions.draw_checks(by=station, bureau=bureau, size=4)  # of seven
    assert actions.draw_checks(by=station, bureau=bureau, size=3).size == 3
    with pytest.raises(Refused):
        actions.draw_checks(by=station, bureau=bureau, size=1)
    actions.draw_checks(by=running.user("supervision"), bureau=bureau, size=7)
    with clock.at(at(10, 9)), pytest.raises(Refused):  # the next day nothing but the planned evening is left
        actions.draw_checks(by=station, bureau=bureau, size=1)
    with clock.at(at(10, 9)):
        for number in (2, 3):
            officer = running.officer(f"O0{number}")
            work = officer.works.get()
            actions.start(by=officer.account, officer=officer, community=work.community, kind="visit", at=at(10, 8))
        assert actions.draw_checks(by=station, bureau=bureau, size=1).size == 1


def test_result_is_entered_within_a_day_and_afterwards_only_that_nobody_could_look(running):
    by = running.user("supervision")
    check = actions.draw_checks(by=by, bureau=running.bureau, seed=11, size=1).checks.get()
    with clock.at(check.look_until + timedelta(hours=24, minutes=1)):
        for found in (True, False):
            with pytest.raises(Refused):
                actions.check(by=by, spot_check=check, found=found, at=check.look_from)
        assert actions.check(by=by, spot_check=check, found=None).result == "could not"


def test_drawn_waiting_and_unlooked_are_said_beside_the_share():
    rows = [SpotCheck(result=result) for result in ("found", "waiting", "waiting", "could not", "not found")]
    said = shown.drawn_said(rows)
    assert [int(word) for word in "".join(c if c.isdigit() else " " for c in said).split()] == [5, 2, 1]
