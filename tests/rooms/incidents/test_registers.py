"""Leads, sightings and site checks: each once, without persons, by the right hands, and what of them goes up."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from django.db import transaction

from linli.ground.officers.actions import relate
from linli.ground.trail import clock
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.work.incidents import actions, drawing, evidence, kinds, queries
from linli.work.incidents.actions.sightings import _moment
from linli.work.incidents.models import Lead, Sighting, SiteCheck

PERSONS = ("13912345678", "找 139 1234 5678", "990125198001011234")


def figures(cast, rate, period):
    return {c.community: c for c in evidence.figures(cast.bureau, period) if c.rate == rate}


# --- sightings


def test_a_sighting_gets_a_number_and_keeps_nobody(cast):
    numbers = [
        actions.sighting(
            by="resident", bureau=cast.bureau, community=cast.community("C02"), kind="vehicle", place_note="東門"
        )
        for _ in range(2)
    ]
    assert numbers == ["2026-0001", "2026-0002"]
    entry = Entry.objects.filter(action="incidents.sighting").last()
    assert entry.by == "resident" and "東門" not in entry.facts


@pytest.mark.parametrize("words", PERSONS)
def test_no_number_of_a_person_enters_a_register(cast, lead, words):
    with pytest.raises(Refused):
        actions.sighting(by="resident", bureau=cast.bureau, kind="other", place_note=words)
    with pytest.raises(Refused):
        lead(place_note=words)
    with pytest.raises(Refused):
        lead(cell=words)


@pytest.mark.parametrize(
    "more",
    [{"kind": "murder"}, {"place_note": "長" * 81}, {"at": datetime(2027, 1, 1)}],
    ids=("kind", "length", "time"),
)
def test_what_does_not_fit_the_register_is_refused(cast, more):
    with pytest.raises(Refused):
        actions.sighting(**{"by": "resident", "bureau": cast.bureau, "kind": "other"} | more)
    assert not Sighting.objects.exists()


@pytest.mark.parametrize(
    "at",
    [
        datetime(1, 1, 1),
        datetime(1, 1, 1, tzinfo=timezone(timedelta(hours=23))),
        datetime(9999, 12, 31, 23, tzinfo=timezone(timedelta(hours=-23))),
        datetime(2025, 10, 1),
        datetime(2026, 10, 9, 11),
    ],
    ids=("year 1", "before year 1", "after year 9999", "a year ago", "tomorrow"),
)
def test_a_time_that_no_register_can_hold_is_refused_and_the_register_still_opens(cast, at):
    with pytest.raises(Refused):
        actions.sighting(by="resident", bureau=cast.bureau, kind="other", at=at)
    assert list(queries.sightings(cast.bureau)) == []


def test_a_time_is_kept_in_utc_from_whatever_zone_it_was_said(cast):
    said = datetime(2026, 10, 7, 9, tzinfo=timezone(timedelta(hours=23, minutes=30)))
    actions.sighting(by="resident", bureau=cast.bureau, kind="other", at=said)
    actions.sighting(by="resident", bureau=cast.bureau, kind="other", at=datetime(2026, 10, 8, 14))  # a clock ahead
    assert Sighting.objects.order_by("number").first().seen_at == said
    assert _moment(said).tzinfo is UTC  # PostgreSQL reads no zone beyond 16 hours


def test_a_sighting_sent_twice_with_one_key_is_one_row_and_one_entry(cast):
    said = {"by": "resident", "bureau": cast.bureau, "kind": "other"}
    assert actions.sighting(**said, client_key="k") == actions.sighting(**said, client_key="k") == "2026-0001"
    assert actions.sighting(**said) == "2026-0002" and actions.sighting(**said) == "2026-0003"
    assert Entry.objects.filter(action="incidents.sighting").count() == 3


def test_a_sighting_becomes_one_lead_and_no_second(cast):
    actions.sighting(
        by="resident", bureau=cast.bureau, kind="break_in", place_note="東門", community=cast.community("C02")
    )
    seen = Sighting.objects.get()
    lead = actions.pass_on(by=cast.user("command"), sighting=seen)
    assert (lead.source, lead.kind, lead.place_note, lead.community.code) == ("sighting", "burglary", "東門", "C02")
    with pytest.raises(Refused), transaction.atomic():
        actions.pass_on(by=cast.user("command"), sighting=Sighting.objects.get())
    with pytest.raises(Refused):
        actions.close_sighting(by=cast.user("command"), sighting=Sighting.objects.get())
    assert Lead.objects.count() == 1


def test_a_sighting_without_a_place_needs_one_to_become_a_lead(cast):
    actions.sighting(by="resident", bureau=cast.bureau, kind="other")
    seen = Sighting.objects.get()
    with pytest.raises(Refused), transaction.atomic():
        actions.pass_on(by=cast.user("command"), sighting=seen)
    assert actions.pass_on(by=cast.user("command"), sighting=seen, community=cast.community("C03")).kind == "other"


# --- leads


def verified(cast, lead, said="useful", **more):
    return actions.verify_lead(by=cast.user("investigation"), lead=lead, verified=said, **more)


def test_nobody_verifies_the_own_lead_or_checks_the_own_verification(cast, lead):
    found = lead()
    with pytest.raises(NotAllowed):
        actions.verify_lead(by=cast.user("o01"), lead=found, verified="useful")
    verified(cast, found)
    with pytest.raises(NotAllowed):
        actions.check_lead(by=cast.user("investigation"), lead=found, agrees=True)
    assert actions.check_lead(by=cast.user("command"), lead=found, agrees=True).checked_by == "command"


def test_a_verification_that_goes_back_is_open_again_with_its_reason(cast, lead):
    found = verified(cast, lead(), result="prevented")
    with pytest.raises(Refused):
        actions.check_lead(by=cast.user("command"), lead=found, agrees=False)
    back = actions.check_lead(by=cast.user("command"), lead=found, agrees=False, why="與另一條相同")
    assert (back.verified, back.result, back.returned_because) == ("open", "", "與另一條相同")


def test_two_who_verify_at_once_are_told(cast, lead):
    found = lead()
    mine, theirs = Lead.objects.get(pk=found.pk), Lead.objects.get(pk=found.pk)
    verified(cast, theirs)
    with pytest.raises(Stale):
        verified(cast, mine, "not")


def test_a_lead_entered_twice_counts_once(cast, lead):
    first, again = verified(cast, lead()), verified(cast, lead())
    actions.merge_lead(by=cast.user("investigation"), lead=again, into=first)
    assert figures(cast, "leads", "2026Q4")["C01"].numerator == 1
    with pytest.raises(Refused):
        actions.merge_lead(by=cast.user("investigation"), lead=first, into=again)
    with pytest.raises(Refused):
        verified(cast, again)


def test_useful_leads_go_up_by_the_day_they_came_and_the_open_ones_are_said(cast, lead):
    verified(cast, lead())
    verified(cast, lead(), "not")
    lead()
    verified(cast, lead(received_on=date(2026, 9, 30)))
    found = figures(cast, "leads", "2026Q4")
    assert (found["C01"].numerator, found["C01"].denominator, found["C01"].provisional) == (1, 14200, True)
    assert set(found) == {"C01"}  # a community without a lead of its own has no row: unknown, not 0
    assert figures(cast, "leads", "2026Q3")["C01"].numerator == 1
    assert figures(cast, "leads", "2026Q2") == {}  # nobody kept the register here then


def test_leads_of_which_none_was_useful_are_a_zero_of_their_own_community_alone(cast, lead):
    verified(cast, lead(), "not")
    verified(cast, lead(officer="O02", community="C02"))
    found = figures(cast, "leads", "2026Q4")
    assert {code: row.numerator for code, row in found.items()} == {"C01": 0, "C02": 1}


def test_a_relative_of_the_holder_neither_verifies_nor_checks_a_lead(cast, lead):
    for account in ("investigation", "command"):
        relate(by="linli", officer=cast.officer("O01"), relative=cast.user(account))
    found = lead()
    with pytest.raises(NotAllowed, match="R-61"):
        verified(cast, found)
    assert verified(cast, lead(officer="O02", community="C02")).verified == "useful"
    Lead.objects.filter(pk=found.pk).update(verified="useful", verified_by="other")
    with pytest.raises(NotAllowed, match="R-61"):
        actions.check_lead(by=cast.user("command"), lead=Lead.objects.get(pk=found.pk), agrees=True)


def test_no_result_of_a_lead_is_an_arrest_or_a_solved_case():
    from linli.book.forbidden import forbidden_words

    words = [*kinds.RESULTS, *map(str, kinds.RESULTS.values()), *kinds.NAMES, *map(str, kinds.NAMES.values())]
    assert [word for word in words if forbidden_words(word)] == []


# --- site checks


def draw(cast, size=10, seed=7, **more):
    return actions.draw_site_checks(
        **{"by": cast.user("publicorder"), "bureau": cast.bureau, "period": "2026Q4", "size": size, "seed": seed} | more
    )


def test_the_same_plan_and_seed_give_the_same_checks(cast, plan):
    draw(cast)
    made = list(SiteCheck.objects.order_by("community", "number").values_list("point__code", "due_on"))
    days = date(2026, 10, 8), date(2026, 12, 31)
    points = sorted(plan, key=lambda point: (point.community.code, point.code))
    assert [(point.code, day) for _number, point, day in drawing.drawn(points, 7, 10, *days)] == made
    assert [(p.code, d) for _n, p, d in drawing.drawn(points, 8, 10, *days)] != made


def test_checks_are_drawn_forty_thirty_thirty(cast, plan):
    draw(cast, size=30)
    for code in ("C01", "C02"):
        of = [SiteCheck.objects.filter(community__code=code, weight_class=c).count() for c in kinds.CLASSES]
        assert of == [12, 9, 9]
    assert set(SiteCheck.objects.values_list("community__code", flat=True)) == {"C01", "C02"}


def test_a_plan_that_lacks_a_class_shares_it_among_the_others(cast, plan):
    for point in plan:
        if point.weight_class == "people":
            actions.close_check_point(by=cast.user("publicorder"), point=point, why="改組")
    draw(cast)
    assert SiteCheck.objects.filter(community__code="C01").values_list("weight_class", flat=True).count() == 10
    assert not SiteCheck.objects.filter(weight_class="people").exists()


def test_no_point_comes_twice_before_every_other_came_once(cast, plan):
    draw(cast, size=30)
    people = SiteCheck.objects.filter(community__code="C01", weight_class="people")
    codes = list(people.values_list("point__code", flat=True))
    assert {code: codes.count(code) for code in codes} == dict.fromkeys(codes, 2)


def test_a_quarter_is_drawn_once_and_not_after_its_end(cast, plan):
    assert draw(cast) == draw(cast, seed=99)
    with pytest.raises(Refused):
        draw(cast, period="2026Q3")


def test_the_seed_is_in_the_trail(cast, plan):
    draw(cast, seed=None)
    assert '"seed"' in Entry.objects.filter(action="incidents.draw_site_checks").last().facts


def test_passed_over_done_goes_up_and_what_could_not_be_checked_is_neither(cast, plan):
    draw(cast)
    checks = SiteCheck.objects.filter(community__code="C01").order_by("number")
    by, found = cast.user("publicorder"), ["passed"] * 6 + ["failed"] * 2 + ["could_not"]
    for check, said in zip(checks, found, strict=False):
        actions.record_site_check(by=by, check=check, found=said)
    up = figures(cast, "prevention", "2026Q4")
    assert set(up) == {"C01"}
    assert (up["C01"].numerator, up["C01"].denominator, up["C01"].provisional) == (6, 8, True)
    assert [number for _label, number in up["C01"].shown] == ["1", "1"]


def test_nobody_checks_the_own_community(cast, plan):
    draw(cast)
    check = SiteCheck.objects.filter(community__code="C01").first()
    with pytest.raises(NotAllowed):
        actions.record_site_check(by=cast.user("o01"), check=check, found="passed")


def test_a_relative_of_the_holder_checks_there_neither_alone_nor_on_a_sheet(cast, plan):
    drawn, by = draw(cast), cast.user("publicorder")
    relate(by="linli", officer=cast.officer("O01"), relative=by)
    theirs, other = (SiteCheck.objects.filter(community__code=code).first() for code in ("C01", "C02"))
    with pytest.raises(NotAllowed, match="R-61"):
        actions.record_site_check(by=by, check=theirs, found="passed")
    rows = [(other, "passed", date(2026, 10, 8)), (theirs, "passed", date(2026, 10, 8))]
    with pytest.raises(NotAllowed, match="R-61"):
        actions.record_sheet(by=by, draw=drawn, rows=rows)
    assert actions.record_sheet(by=by, draw=drawn, rows=rows[:1]) == 1


def test_a_check_sent_twice_by_the_phone_is_written_once(cast, plan):
    draw(cast)
    check = SiteCheck.objects.first()
    for _ in range(2):
        check = actions.record_site_check(by=cast.user("publicorder"), check=check, found="passed", client_key="k1")
    assert check.version == 2 and Entry.objects.filter(action="incidents.record_site_check").count() == 1


@pytest.mark.parametrize("day", [date(2026, 9, 30), date(2026, 10, 9)])
def test_a_check_is_of_a_day_of_the_quarter_that_has_come(cast, plan, day):
    draw(cast)
    with pytest.raises(Refused):
        actions.record_site_check(by=cast.user("publicorder"), check=SiteCheck.objects.first(), found="passed", on=day)


# --- what waits


def waiting(cast, name, day=date(2026, 10, 8)):
    user = cast.user(name)
    with clock.at(day):
        return [item.count for item in queries.items(user, cast.bureau, day)]


def test_every_office_is_told_what_waits_for_it_and_nobody_else(cast, lead, plan, quarter):
    lead()
    actions.sighting(by="resident", bureau=cast.bureau, kind="other")
    assert waiting(cast, "command") == [1]
    assert waiting(cast, "investigation") == [1]
    assert waiting(cast, "publicorder") == [0]  # the draw
    draw(cast)
    assert waiting(cast, "publicorder", date(2026, 12, 31)) == [20]
    for name in ("mediation", "station", "personnel", "leader1", "cadre", "supervision"):
        assert waiting(cast, name) == []


def test_a_month_is_missed_after_the_fifth_and_not_before(cast, quarter):
    assert waiting(cast, "command", date(2026, 11, 5)) == []
    with clock.at(date(2026, 11, 6)):
        (item,) = queries.items(cast.user("command"), cast.bureau, date(2026, 11, 6))
    assert (item.count, item.due) == (10, date(2026, 11, 5))


def test_a_bureau_that_never_counted_here_is_not_asked_to(cast):
    assert waiting(cast, "command", date(2026, 11, 6)) == []


def test_an_officer_is_told_that_the_own_lead_was_verified(cast, lead):
    assert waiting(cast, "o01") == []
    verified(cast, lead())
    assert waiting(cast, "o01") == [1] and waiting(cast, "o02") == []


@pytest.mark.parametrize("name", ["command", "investigation", "publicorder", "o01"])
def test_what_waits_is_asked_in_few_questions(cast, lead, plan, quarter, django_assert_max_num_queries, name):
    for _ in range(5):
        lead()
        actions.sighting(by="resident", bureau=cast.bureau, kind="other")
    draw(cast)
    user = cast.user(name)
    with django_assert_max_num_queries(6):
        list(queries.items(user, cast.bureau, date(2026, 10, 8)))
