"""Duplicates: the same kind, close by, within two weeks; or at the same place by its words."""

from datetime import timedelta

import pytest

from linli.ground.trail import clock
from linli.work.requests import queries, where
from tests.rooms.requests.conftest import THE_DAY

HERE = (0.05, 0.05)


def north(metres):
    return (HERE[0] + metres / where.METRES_A_DEGREE, HERE[1])


@pytest.mark.parametrize(("metres", "found"), [(0, True), (140, True), (160, False), (5000, False)])
def test_within_a_hundred_and_fifty_metres(send, metres, found):
    request = send(position=HERE, place_note="")
    other = send(position=north(metres), place_note="")
    assert (other in queries.near(request)) == found == (request in queries.near(other))


def test_other_kind_is_another_matter(send):
    request = send(position=HERE)
    send(position=HERE, kind="noise")
    assert queries.near(request) == []


@pytest.mark.parametrize(("days", "found"), [(13, True), (15, False)])
def test_within_two_weeks(send, days, found):
    with clock.at(THE_DAY - timedelta(days=days)):
        old = send(position=HERE)
    assert (old in queries.near(send(position=HERE))) == found


def test_same_place_in_words_of_the_same_community_is_near_without_a_position(cast, send):
    request = send(place_note="三棟 一單元。")
    same, other = send(place_note="三棟一單元"), send(place_note="四棟")
    elsewhere = send(place_note="三棟一單元", community=cast.community("C02"))
    assert queries.near(request) == [same]
    assert {other, elsewhere}.isdisjoint(queries.near(same))


def test_blank_place_is_the_same_as_no_other(send):
    request = send(place_note="")
    send(place_note="")
    assert queries.near(request) == []


def test_only_what_the_reader_may_read_is_suggested(cast, send, officer):
    request = send(position=HERE)
    hidden = send(position=HERE, community=cast.community("C02"))
    assert hidden in queries.near(request)
    assert hidden not in queries.near(request, among=queries.visible(officer, cast.bureau))
