"""The past of another system: its faults stop their own rows alone, and nobody is set to work on it."""

from datetime import UTC, datetime

from linli.ground.trail import clock
from linli.work.requests import actions, queries
from linli.work.requests.actions import Historical
from linli.work.requests.models import Request

OPENED = datetime(2026, 7, 1, 2, tzinfo=UTC)


def rows(community):
    return [
        Historical("1", "noise", OPENED, OPENED.replace(day=5), OPENED.replace(day=3), community, (0.05, 0.05)),
        Historical("2", "noise", OPENED, None, OPENED.replace(month=6), community),
        Historical("3", "noise", OPENED, None, None, None, None, "blank district"),
        Historical("3", "noise", OPENED),
        Historical("4", "arrest", OPENED),
        Historical("5", "noise", None),
        Historical("6", "noise", datetime(2026, 7, 1)),
        Historical("", "noise", OPENED),
    ]


def test_good_rows_are_made_faulty_ones_kept_or_refused_each_with_its_reason(cast, community):
    made, faulty, refused = actions.bring_in(by=cast.user("personnel"), bureau=cast.bureau, rows=rows(community))
    assert (made, faulty, [reference for reference, _why in refused]) == (3, 2, ["3", "4", "5", "6", ""])
    assert all(why for _reference, why in refused)


def test_closed_before_opened_is_kept_with_its_end_unknown(cast, community):
    actions.bring_in(by="linli", bureau=cast.bureau, rows=rows(community))
    kept = Request.objects.get(client_key="import:2")
    assert (kept.state, kept.ended_at, kept.fault) == ("ended", None, "closed before opened")


def test_bringing_the_same_in_again_adds_nothing(cast, community):
    for _ in range(2):
        made, _faulty, refused = actions.bring_in(by="linli", bureau=cast.bureau, rows=rows(community))
    assert (made, len(refused), Request.objects.count()) == (0, 8, 3)


def test_it_is_counted_and_on_nobodys_list(cast, community, officer):
    actions.bring_in(by="linli", bureau=cast.bureau, rows=rows(community))
    (cell,) = queries.hot(cast.bureau)
    assert cell.now == 2  # the third has no community
    for user in (officer, cast.user("station")):
        assert not queries.visible(user, cast.bureau).exists()
        assert queries.items(user, cast.bureau, clock.today()) == []
    assert not queries.overdue(cast.bureau, clock.today()).exists()


def test_nobody_is_given_a_code_and_no_point_is_kept(cast, community):
    actions.bring_in(by="linli", bureau=cast.bureau, rows=rows(community))
    kept = Request.objects.get(client_key="import:1")
    assert (kept.code_hash, kept.lat, kept.cell) == (None, None, "0.050,0.050")


def test_thousands_cost_a_query_for_some_two_dozen(cast, community, django_assert_max_num_queries):
    many = [Historical(str(number), "noise", OPENED, None, None, community) for number in range(2500)]
    with django_assert_max_num_queries(130):
        assert actions.bring_in(by="linli", bureau=cast.bureau, rows=iter(many))[0] == 2500
