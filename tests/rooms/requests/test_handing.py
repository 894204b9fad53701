"""Handing on: it has arrived once the office takes it; what does not arrive comes back; a good way is remembered."""

from datetime import datetime

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.work.requests import actions, queries
from linli.work.requests.forms import HandOnForm
from linli.work.requests.models import Route


@pytest.fixture
def handed(send, officer, lighting):
    """A request about a street light, handed on."""
    return actions.hand_on(by=officer, request=send(kind="lighting"), to=lighting, why="路燈歸他們管", remember=True)


def texts(user, bureau):
    return {item.text: item for item in queries.items(user, bureau, clock.today())}


def test_handed_on_is_on_the_offices_list_and_has_not_arrived(cast, handed, department):
    assert (handed.state, handed.group) == ("handed_on", "open")
    assert handed in queries.visible(department, cast.bureau)
    assert [item.count for item in queries.items(department, cast.bureau, clock.today())] == [1]


def test_it_has_arrived_once_the_office_takes_it_and_its_own_deadline_begins(handed, department):
    actions.take(by=department, request=handed)
    assert (handed.state, handed.arrive_by) == ("taken", None)
    assert handed.office_due_on.isoformat() == "2026-07-15"  # five working days


def test_office_solves_what_it_has_taken_and_not_before(handed, department):
    with pytest.raises(NotAllowed):
        actions.solve(by=department, request=handed, what_was_done="修好了")
    actions.take(by=department, request=handed)
    assert actions.solve(by=department, request=handed, what_was_done="修好了").state == "solved"


def test_another_office_may_not_take_it(cast, handed):
    with pytest.raises(NotAllowed):
        actions.take(by=cast.user("command"), request=handed)


def test_what_does_not_arrive_comes_back_to_whoever_handed_it_on(cast, handed, officer):
    assert handed.arrive_by.isoformat() == "2026-07-10"
    with clock.at(datetime(2026, 7, 10, 23)):
        before = queries.items(officer, cast.bureau, clock.today())
    with clock.at(datetime(2026, 7, 13, 9)):
        after = queries.items(officer, cast.bureau, clock.today())
        actions.take_back(by=officer, request=handed, why="沒有人接")
    assert (len(before), [item.count for item in after]) == (0, [1])
    assert after[0].late(datetime(2026, 7, 13).date())
    assert (handed.state, handed.office) == ("acknowledged", None)


def test_good_way_is_suggested_the_next_time(send, handed, lighting):
    assert queries.route_for(send(kind="lighting")).office == lighting
    assert queries.route_for(send(kind="rubbish")) is None


def test_way_of_another_community_is_not_suggested(cast, send, handed):
    assert queries.route_for(send(kind="lighting", community=cast.community("C02"))) is None


def test_remembering_another_office_takes_the_place_of_the_first(cast, send, officer, handed):
    other = cast.bureau.offices.get(code="交警大隊")
    actions.hand_on(by=officer, request=send(kind="lighting"), to=other, why="改了", remember=True)
    assert [route.office for route in Route.objects.all()] == [other]


def test_station_forgets_a_way_and_an_officer_may_not(cast, handed, officer):
    route = Route.objects.get()
    with pytest.raises(NotAllowed):
        actions.forget_route(by=officer, route=route)
    actions.forget_route(by=cast.user("station"), route=route)
    assert not Route.objects.exists()


def test_office_without_an_account_is_marked(cast):
    able = {office.code: office.can_take for office in queries.offices_of(cast.bureau)}
    assert able["綜治中心"] and able["派出所"] and not able["交警大隊"]


def test_office_of_another_bureau_and_ones_own_are_refused(cast, send, officer, handed, department):
    from linli.ground.places.models import Office

    away = Office.objects.create(bureau=cast.other_bureau, code="X", name="X")
    with pytest.raises(Refused):
        actions.hand_on(by=officer, request=send(), to=away, why="…")
    actions.take(by=department, request=handed)
    with pytest.raises(Refused):
        actions.hand_on(by=department, request=handed, to=department.office, why="…")


def test_deadline_of_the_sender_does_not_move_by_handing_on(handed):
    assert handed.promised_on == handed.due_on


def test_overdue_counts_the_senders_deadline_and_the_offices(cast, send, handed, department):
    late = send(kind="help")
    with clock.at(datetime(2026, 7, 13, 9)):
        assert list(queries.overdue(cast.bureau, clock.today())) == [late]
    actions.take(by=department, request=handed)
    with clock.at(datetime(2026, 7, 16, 9)):
        assert set(queries.overdue(cast.bureau, clock.today())) == {late, handed}


def test_reopened_matter_is_no_longer_the_offices_and_may_be_handed_to_it_again(
    cast, handed, officer, department, lighting
):
    actions.take(by=department, request=handed)
    actions.solve(by=department, request=handed, what_was_done="修好了")
    actions.reopen(by=officer, request=handed, why="又壞了")
    assert handed.office is None and handed not in queries.visible(department, cast.bureau)
    assert "綜治中心" in [code for code, _name in HandOnForm(row=handed, others=[]).fields["to"].choices]
    assert actions.hand_on(by=officer, request=handed, to=lighting, why="還是壞的").office == lighting
