"""Writing officers: one place at a time, pairs and brothers, leaders' days that somebody else confirms."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from linli.ground.accounts.models import User
from linli.ground.officers import actions, queries
from linli.ground.officers.gaps import gaps
from linli.ground.officers.models import Leader, LeaderDay, Officer, Pairing, Post, Relation
from linli.ground.places.models import Office
from linli.ground.trail import clock
from linli.ground.trail.actions import facts_of
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused

DAY = date(2026, 9, 10)


@pytest.fixture(autouse=True)
def autumn():
    with clock.at(date(2026, 9, 20)):
        yield


@pytest.fixture
def personnel(cast):
    return cast.user("personnel")


@pytest.fixture
def new(cast, personnel):
    return actions.add_officer(by=personnel, bureau=cast.bureau, code="O20", name="新人")


def hold(cast, by, officer, code, **more):
    return actions.hold_post(by=by, officer=officer, community=cast.community(code), **({"start": DAY} | more))


def test_code_of_an_officer_is_unique_whatever_its_capitals(cast, personnel):
    with pytest.raises(Refused):
        actions.add_officer(by=personnel, bureau=cast.bureau, code="o08", name="又")


def test_account_is_one_officers_of_the_same_bureau_and_role(cast, personnel, new):
    for account in ("o08", "personnel", "stranger"):
        with pytest.raises(Refused):
            actions.add_officer(by=personnel, bureau=cast.bureau, code="O21", name="乙", account=cast.user(account))
    account = User.objects.create(username="o20", role="officer", bureau=cast.bureau)
    assert actions.give_account(by=personnel, officer=new, account=account).account == account
    with pytest.raises(Refused):
        actions.give_account(by=personnel, officer=new, account=account)


def test_two_communities_at_once_are_refused(cast, personnel):
    with pytest.raises(Refused, match="C08|新城"):
        hold(cast, personnel, cast.officer("O08"), "C01")


def test_two_holders_at_once_are_refused_unless_all_share(cast, personnel, new):
    for staffing in ("single", "multi"):
        with pytest.raises(Refused):
            hold(cast, personnel, new, "C01", staffing=staffing)
    post = cast.officer("O01").posts.get()
    actions.restaff(by=personnel, post=post, staffing="multi")
    hold(cast, personnel, new, "C01", staffing="multi")
    with pytest.raises(Refused):
        actions.restaff(by=personnel, post=post, staffing="single")


def test_couple_only_in_a_complex_community(cast, personnel, new):
    with pytest.raises(Refused):
        hold(cast, personnel, new, "C04", staffing="couple")


def test_couple_of_two_officers_is_related_and_wants_an_approval(cast, personnel, new):
    assert cast.community("C07").complex
    post = hold(cast, personnel, new, "C07", staffing="couple")
    assert facts_of(Entry.objects.get(action="officers.hold_post"))["warning"] == "R-61"
    assert [gap.code for gap in gaps(cast.bureau, DAY) if gap.community.code == "C07"] == ["approval"]
    assert queries.related(cast.user("o07"), new) and Relation.objects.get().kind == "spouse"
    actions.restaff(by=personnel, post=post, staffing="couple", law_approval="省廳政〔2026〕3 號")
    assert not [gap for gap in gaps(cast.bureau, DAY) if gap.code == "approval"]


def test_successor_begins_the_day_after(cast, personnel, new):
    post = cast.officer("O08").posts.get()
    actions.leave_post(by=personnel, post=post, end=DAY)
    with pytest.raises(Refused):
        hold(cast, personnel, new, "C08")
    hold(cast, personnel, new, "C08", start=DAY + timedelta(days=1))
    assert [p.officer.code for p in queries.holders_of(cast.community("C08"), DAY, DAY + timedelta(1))] == [
        "O08",
        "O20",
    ]
    with pytest.raises(Refused):
        actions.reopen_post(by=personnel, post=post, why="錯")
    with pytest.raises(Refused):
        actions.leave_post(by=personnel, post=post, end=DAY)


def test_post_that_ends_before_it_begins_is_refused(cast, personnel, new):
    with pytest.raises(Refused):
        hold(cast, personnel, new, "C08", end=DAY - timedelta(days=1))


def test_officer_of_another_bureau_holds_nothing_here(cast, personnel):
    other = Officer.objects.create(bureau=cast.other_bureau, code="Z", name="他")
    actions.leave_post(by=personnel, post=cast.officer("O08").posts.get(), end=DAY)
    with pytest.raises(Refused):
        hold(cast, personnel, other, "C08", start=DAY + timedelta(days=1))


def test_vacancy_is_reported_with_its_first_day(cast, personnel):
    actions.leave_post(by=personnel, post=cast.officer("O08").posts.get(), end=DAY)
    found = {(gap.code, gap.community.code): gap for gap in gaps(cast.bureau, DAY + timedelta(days=3))}
    assert "2026-09-11" in found["vacant", "C08"].text
    assert {code for kind, code in found if kind == "no_leader"} == {"C08", "C09", "C10"}


def test_relation_holds_from_either_side(cast, personnel):
    actions.relate(by=personnel, officer=cast.officer("O01"), relative=cast.user("o02"), kind="sibling")
    assert queries.related(cast.user("o02"), cast.officer("O01"))
    assert queries.related(cast.user("o01"), cast.officer("O02"))
    assert queries.related(cast.user("o01"), cast.officer("O01"))
    assert not queries.related(cast.user("personnel"), cast.officer("O01"))
    for name in ("o01", "o02", "personnel"):
        user = cast.user(name)
        each = {one.pk for one in Officer.objects.all() if queries.related(user, one)}
        assert queries.relatives_of(user) == each
    with pytest.raises(Refused):
        actions.relate(by=personnel, officer=cast.officer("O01"), relative=cast.user("o01"))
    with pytest.raises(Refused):
        actions.relate(by=personnel, officer=cast.officer("O01"), relative=cast.user("stranger"))


def test_leader_and_office_have_one_community_a_day(cast, personnel):
    leader, office = Leader.objects.get(code="局領導甲"), Office.objects.get(code="監所股")
    with pytest.raises(Refused):
        actions.pair(by=personnel, community=cast.community("C10"), leader=leader, office=office, start=DAY)
    with pytest.raises(Refused):
        actions.pair(by=personnel, community=cast.community("C01"), leader=None, office=office, start=DAY)
    pairing = Pairing.objects.get(office=office)
    actions.end_pairing(by=personnel, pairing=pairing, end=DAY - timedelta(days=1))
    actions.pair(by=personnel, community=cast.community("C01"), leader=leader, office=office, start=DAY)
    assert {p.office.code for p in queries.pairings_on(cast.community("C01"), DAY)} == {"政工室", "監所股"}
    with pytest.raises(Refused):
        actions.reopen_pairing(by=personnel, pairing=pairing, why="錯")


def test_community_may_have_an_office_and_no_leader(cast, personnel):
    office = actions_office(cast, personnel)
    actions.pair(by=personnel, community=cast.community("C10"), leader=None, office=office, start=DAY)
    with pytest.raises(Refused):
        actions.pair(by=personnel, community=cast.community("C10"), leader=None, office=office, start=DAY)


def actions_office(cast, personnel):
    from linli.ground.places.actions import add_office

    return add_office(by=personnel, bureau=cast.bureau, code="新股", name="新股")


def enter(cast, hours=6, code="C01", name="leader1", day=DAY):
    user = cast.user(name)
    return actions.record_leader_day(
        by=user, leader=queries.leader_of(user), community=cast.community(code), date=day, hours=hours
    )


@pytest.mark.parametrize("hours", [0, -1, 24.5, "x", float("nan"), float("inf"), "", None])
def test_hours_of_a_day_are_hours(cast, hours):
    with pytest.raises(Refused):
        enter(cast, hours)


def test_hours_of_a_date_are_24_at_most_wherever_they_were(cast):
    enter(cast, 20)
    with pytest.raises(Refused, match="20"):
        enter(cast, 4.25, code="C02")
    assert enter(cast, 4, code="C02").hours == Decimal(4)


def test_day_to_come_is_refused(cast):
    with pytest.raises(Refused):
        enter(cast, day=date(2026, 9, 21))


def test_officer_of_the_community_countersigns_and_a_cadre_as_committee(cast):
    first, second = enter(cast), enter(cast, 3)
    assert actions.countersign(by=cast.user("o01"), leader_day=first, as_="O01").countersigned_by == "O01"
    assert actions.countersign(by=cast.user("cadre"), leader_day=second, as_="committee").countersigned_at
    with pytest.raises(Refused):
        actions.countersign(by=cast.user("o01"), leader_day=first, as_="O01")


@pytest.mark.parametrize(
    "who, as_",
    [
        ("leader1", "O01"), ("leader2", "O01"), ("o02", "O02"), ("o02", "O01"), ("o01", "committee"),
        ("cadre", "O01"), ("personnel", "committee"), ("stranger", "committee"), ("administrator", "committee"),
    ],
)  # fmt: skip
def test_nobody_else_countersigns(cast, who, as_):
    with pytest.raises(NotAllowed):
        actions.countersign(by=cast.user(who), leader_day=enter(cast), as_=as_)
    assert not LeaderDay.objects.latest("pk").countersigned_by


def test_officer_who_came_later_does_not_countersign_what_was_before(cast, personnel):
    day = enter(cast, code="C09", day=date(2026, 8, 10))
    with pytest.raises(NotAllowed):
        actions.countersign(by=cast.user("o11"), leader_day=day, as_="O11")
    assert list(queries.to_countersign(cast.user("o09"))) == [day] and not queries.to_countersign(cast.user("o11"))


def test_refused_day_says_why_and_does_not_count(cast):
    from linli.ground.officers.months import leader_months

    day = enter(cast, 8, day=date(2026, 9, 11))

    def uncounted():
        rows = leader_months(cast.bureau, "2026Q3")
        return sum(m.uncounted for m in rows if m.leader == day.leader and m.community.code == "C01")

    assert uncounted() == 1
    with pytest.raises(Refused):
        actions.refuse_leader_day(by=cast.user("o01"), leader_day=day, why=" ")
    actions.refuse_leader_day(by=cast.user("o01"), leader_day=day, why="沒有來")
    assert uncounted() == 0
    with pytest.raises(Refused):
        actions.countersign(by=cast.user("o01"), leader_day=day, as_="O01")
    assert enter(cast, 24, day=date(2026, 9, 11))


def test_months_are_those_the_core_counts(cast):
    from heng import binding
    from linli.book.read import read_book
    from linli.book.scheme import read_scheme
    from linli.ground.officers.months import leader_months
    from tests.rooms.cast import COUNTY

    scheme = read_scheme(COUNTY / "scheme.toml")
    book, _report = read_book(COUNTY, scheme=scheme)
    there = binding.leader_months(book.leader_days, book.pairings, "2026Q3", scheme.leader_days)
    here = leader_months(cast.bureau, "2026Q3")
    assert [(m.leader.code, m.month, m.days, m.due) for m in here] == list(
        zip(there.leader, there.month, there.days.tolist(), there.due.tolist(), strict=True)
    )


def test_leader_withdraws_only_an_own_day_that_nobody_signed(cast):
    day = enter(cast)
    with pytest.raises(NotAllowed):
        actions.withdraw_leader_day(by=cast.user("leader2"), leader_day=day)
    actions.countersign(by=cast.user("o01"), leader_day=day, as_="O01")
    with pytest.raises(Refused):
        actions.withdraw_leader_day(by=cast.user("leader1"), leader_day=day)
    other = enter(cast)
    actions.withdraw_leader_day(by=cast.user("leader1"), leader_day=other)
    assert not LeaderDay.objects.filter(pk=other.pk).exists()


def test_leave_of_one_officer_does_not_meet_itself(cast, personnel):
    def away(first, last, kind="leave"):
        return actions.record_leave(
            by=personnel, officer=cast.officer("O01"), first=first, last=last, kind=kind, reason="家事"
        )

    away(DAY, DAY)
    for first, last, kind in ((DAY, DAY, "sick"), (DAY, DAY - timedelta(1), "leave"), (DAY, DAY, "gone")):
        with pytest.raises(Refused):
            away(first, last, kind)
    assert away(DAY + timedelta(1), DAY + timedelta(2))
    assert "家事" not in Entry.objects.filter(action="officers.record_leave").first().facts


def test_entry_of_which_more_is_known_is_not_taken_back(cast, personnel, new):
    with pytest.raises(Refused):
        actions.remove_officer(by=personnel, officer=cast.officer("O08"), why="錯")
    actions.remove_officer(by=personnel, officer=new, why="錯")
    assert not Officer.objects.filter(code="O20").exists() and Post.objects.filter(officer__code="O08").exists()


def test_trail_keeps_no_names(cast, personnel, new):
    actions.rename_officer(by=personnel, officer=new, name="改名人")
    assert not [entry for entry in Entry.objects.all() if "改名人" in entry.facts or "新人" in entry.facts]
