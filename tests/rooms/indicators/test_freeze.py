"""The freeze: one text of everything, out of the tables, that nothing moves again."""

from datetime import date

import pytest

from heng import quarter
from linli.book import frozen, tables
from linli.ground.officers.models import LeaderDay
from linli.ground.places.models import Community, CommunityFacts, FactSheet
from linli.ground.trail import clock
from linli.ground.trail.immutable import Written
from linli.ground.trail.models import Entry as Trail
from linli.ground.trail.refusals import NotAllowed, Refused
from linli.quarter.indicators import actions, queries
from linli.quarter.indicators.models import Entry, Revision
from tests.rooms.indicators.conftest import AFTER, PERIOD, frozen_now
from tests.rooms.indicators.crowd import many


def test_frozen_quarter_scores_to_the_byte_as_the_county_book_does(full_cast, froze):
    scheme = queries.parsed(full_cast.scheme)
    ours = quarter.appraise(queries.book_of(froze), scheme, PERIOD)
    theirs = quarter.appraise(full_cast.book, scheme, PERIOD)
    for name in tables.TABLES:
        assert tables.as_csv(name, ours) == tables.as_csv(name, theirs), name


def test_frozen_text_is_a_whole_book_with_its_hash(froze):
    book = queries.book_of(froze)
    assert frozen.sha256(froze.book) == froze.sha256
    assert froze.number == 1 and len(book.communities) == 10 and set(book.evidence.period) >= {"2025Q2", PERIOD}


def test_frozen_values_say_from_where_and_who_looked_twice(full_cast, froze):
    value = froze.values.get(community="C01", rate="incidents")
    entry = Entry.objects.get(period=PERIOD, community__code="C01", rate="incidents")
    assert (value.numerator, value.denominator, value.source) == (entry.numerator, entry.denominator, entry.source)
    assert (value.verified_by, value.supplied_by) == (entry.verified_as, entry.supplied_by) == ("督察大隊", "personnel")


def test_frozen_twice_is_frozen_once(full_cast, froze):
    assert frozen_now(full_cast) == froze
    assert Revision.objects.count() == 1


def test_quarter_is_frozen_by_the_personnel_office_alone(full_cast):
    with clock.at(AFTER):
        for name in ("command", "supervision", "stranger", "o01", "leader1"):
            with pytest.raises(NotAllowed):
                frozen_now(full_cast, by=name)


def test_quarter_is_not_frozen_before_it_is_over(full_cast):
    with clock.at(date(2026, 9, 30)), pytest.raises(Refused, match="2026Q3"):
        frozen_now(full_cast)
    with clock.at(date(2026, 10, 1)):
        assert frozen_now(full_cast).number == 1


def test_figure_nobody_verified_is_provisional_and_a_returned_one_is_not_there(full_cast):
    found = Entry.objects.filter(period=PERIOD, rate="incidents")
    found.filter(community__code="C01").update(verified_at=None, verified_by="", verified_as="")
    found.filter(community__code="C02").update(verified_at=None, returned_because="counted twice")
    found.filter(community__code="C03").update(status="false")
    with clock.at(AFTER):
        values = {value.community: value for value in frozen_now(full_cast).values.filter(rate="incidents")}
    assert (values["C01"].status, values["C01"].verified_by) == ("provisional", "")
    assert "C02" not in values
    assert values["C03"].status == "false"


def test_missing_figure_is_no_row_and_never_zero(full_cast):
    Entry.objects.filter(period=PERIOD, rate="leads").delete()
    with clock.at(AFTER):
        book = queries.book_of(frozen_now(full_cast))
    assert not ((book.evidence.period == PERIOD) & (book.evidence.rate == "leads")).any()


def test_quarter_without_any_figure_is_not_frozen(full_cast):
    Entry.objects.filter(period=PERIOD).delete()
    with clock.at(AFTER), pytest.raises(Refused):
        frozen_now(full_cast)


def test_book_that_a_file_reader_would_refuse_is_not_frozen(full_cast):
    officer = full_cast.officer("O01")
    officer.posts.create(community=full_cast.community("C02"), start=date(2026, 7, 1))
    with clock.at(AFTER), pytest.raises(Refused) as refused:
        frozen_now(full_cast)
    assert {problem.code for problem in refused.value.facts["problems"]} == {"one_post", "one_holder"}
    assert not Revision.objects.exists()


def test_frozen_quarter_takes_no_figures(full_cast, froze, supply):
    entry = Entry.objects.get(period=PERIOD, community__code="C01", rate="incidents")
    with pytest.raises(Refused, match="2026Q3"):
        supply(full_cast, version=1)
    with pytest.raises(Refused):
        actions.verify(by=full_cast.department("supervision office"), entry=entry, version=1)
    with pytest.raises(Refused):
        actions.mark_false(by=full_cast.user("supervision"), entry=entry, why="2026-7")


def test_frozen_rows_cannot_be_changed_even_by_the_program(froze):
    froze.reason = "another"
    with pytest.raises(Written):
        froze.save()
    with pytest.raises(Written):
        froze.values.update(numerator=0)


def test_later_quarter_reads_the_earlier_one_as_it_was_frozen(full_cast):
    with clock.at(AFTER):
        frozen_now(full_cast, "2026Q2")
        before = queries.latest(full_cast.bureau, "2026Q2").values.get(community="C01", rate="incidents")
        Entry.objects.filter(period="2026Q2").update(numerator=1)
        evidence = queries.book_of(frozen_now(full_cast)).evidence
    row = (evidence.period == "2026Q2") & (evidence.community == "C01") & (evidence.rate == "incidents")
    assert evidence.numerator[row].tolist() == [before.numerator]


def test_closed_community_does_not_hold_up_the_others(full_cast):
    Community.objects.filter(code="C10").update(closed_on=date(2026, 6, 1))
    with clock.at(AFTER):
        book = queries.book_of(frozen_now(full_cast))
    found = quarter.appraise(book, queries.parsed(full_cast.scheme), PERIOD, draws=0)
    assert "C10" not in found.scores.community and "C01" in found.scores.community


def test_community_without_published_facts_is_left_out_and_named(full_cast):
    sheet = FactSheet.objects.create(bureau=full_cast.bureau, year=2026, published_at=clock.now())
    old = CommunityFacts.objects.filter(sheet__year=2025).exclude(community__code="C09")
    for row in old:
        CommunityFacts.objects.create(sheet=sheet, community=row.community, population=row.population, facts=row.facts)
    with clock.at(AFTER):
        book = queries.book_of(frozen_now(full_cast))
    assert "C09" not in book.communities.community
    assert '"left_out":["C09"]' in Trail.objects.get(action="indicators.freeze").facts


def test_refused_leader_day_is_not_in_the_book_and_an_unsigned_one_is(full_cast):
    LeaderDay.objects.update(countersigned_by="")
    refused = LeaderDay.objects.filter(date__range=("2026-07-01", "2026-09-30")).first()
    LeaderDay.objects.filter(pk=refused.pk).update(refused_because="was not there")
    with clock.at(AFTER):
        days = queries.book_of(frozen_now(full_cast)).leader_days
    this_quarter = LeaderDay.objects.filter(date__range=("2026-07-01", "2026-09-30")).count()
    assert len(days) == this_quarter - 1 and set(days.countersigned_by) == {""}


def test_text_changed_from_outside_is_not_read(froze):
    froze.book = froze.book.replace("C01", "C0X")
    with pytest.raises(ValueError, match="hash"):
        queries.book_of(froze)


def test_queries_of_a_freeze_do_not_grow_with_communities(full_cast, django_assert_max_num_queries):
    many(full_cast, 60)
    with clock.at(AFTER), django_assert_max_num_queries(32):
        frozen_now(full_cast)
