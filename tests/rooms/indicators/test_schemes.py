"""A scheme's way: a draft with its findings, before the officers, in force from a coming quarter (R-10)."""

from datetime import date

import pytest

from linli.ground.places import asked
from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.indicators import actions, queries
from linli.quarter.indicators.models import RateDefinition, SchemeVersion
from tests.rooms.cast import COUNTY

TEXT = (COUNTY / "scheme.toml").read_text("utf-8")
POOL = (COUNTY / "pool.toml").read_text("utf-8")
NEXT = TEXT.replace('version = "2026.1"', 'version = "2027.1"').replace("2026-01-01", "2027-01-01")
AUTUMN = date(2026, 11, 2)


@pytest.fixture
def autumn():
    with clock.at(AUTUMN):
        yield


def draft(cast, text=NEXT, pool=POOL, by="personnel", **more):
    return actions.draft_scheme(by=cast.user(by), bureau=cast.bureau, text=text, pool_text=pool, **more)


@pytest.fixture
def made(cast, autumn):
    return draft(cast)


@pytest.fixture
def consulted(cast, made):
    return actions.open_consultation(by=cast.user("personnel"), scheme=made)


def force(cast, scheme, minute="2026-44", unanswered=0, by="secretary"):
    return actions.put_in_force(by=cast.user(by), scheme=scheme, minute_number=minute, unanswered=unanswered)


def test_draft_takes_name_version_and_day_from_its_text(made):
    assert (made.name, made.version, made.in_force_from) == ("default", "2027.1", date(2027, 1, 1))
    assert made.state == "draft" and len(queries.parsed(made).rates) == 7


def test_seven_rates_are_explained_in_both_written_languages(made):
    assert made.definitions.count() == 7
    for meant in made.definitions.all():
        for part in (meant.why, meant.numerator, meant.denominator):
            assert part["zh_Hant"] and part["en"]


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("weight = 20", "weight = 21", "101"),
        ('id = "leads"', 'id = "arrests"', "arrests"),
        ('zh_Hant = "線索提供率"', 'zh_Hant = "破案率"', "破案率"),
        ('verifier = "command centre"', 'verifier = "investigation brigade"', "investigation brigade"),
        ("[ranking]", "[ranking", "scheme.toml"),
    ],
)
def test_text_that_is_no_scheme_is_refused_with_what_is_wrong(cast, autumn, old, new, words):
    with pytest.raises(Refused) as refused:
        draft(cast, NEXT.replace(old, new))
    assert words in str(refused.value.message) and refused.value.facts["problems"]
    assert SchemeVersion.objects.count() == 1


def test_all_problems_are_said_at_once(cast, autumn):
    with pytest.raises(Refused) as refused:
        draft(cast, NEXT.replace("weight = 20", "weight = 21").replace("min_days = 60", "min_days = 0"))
    assert len(refused.value.facts["problems"]) == 2


@pytest.mark.parametrize("pool", ["", "format = 1"])
def test_scheme_that_names_a_pool_needs_it(cast, autumn, pool):
    with pytest.raises(Refused):
        draft(cast, pool=pool)


def test_version_is_given_once_and_stands_in_addresses(cast, made):
    with pytest.raises(Refused, match="2027.1"):
        draft(cast)
    with pytest.raises(Refused):
        draft(cast, NEXT.replace("2027.1", "2027/1"))


@pytest.mark.parametrize("name", ["secretary", "command", "o01", "stranger", "supervision"])
def test_schemes_are_drafted_by_the_personnel_office(cast, autumn, name):
    with pytest.raises(NotAllowed):
        draft(cast, by=name)


def test_two_editors_of_a_draft_lose_nothing(cast, made):
    personnel = cast.user("personnel")
    first = NEXT.replace("min_days = 60", "min_days = 50")
    saved = actions.save_draft(by=personnel, scheme=made, text=first, pool_text=POOL, edition=1)
    assert saved.edition == 2 and queries.parsed(saved).ranking.min_days == 50
    with pytest.raises(Stale) as stale:
        actions.save_draft(by=personnel, scheme=made, text=NEXT, pool_text=POOL, edition=1)
    assert stale.value.version == 2 and stale.value.rows[0][1:3] == (NEXT, first)


def test_rate_left_out_of_a_draft_loses_its_definition_and_a_new_one_waits_for_words(cast, made):
    other = NEXT.replace('id = "disputes"', 'id = "participation"').replace(
        '"incidents", "disputes", ', '"incidents", '
    )
    saved = actions.save_draft(by=cast.user("personnel"), scheme=made, text=other, pool_text=POOL, edition=1)
    assert "disputes" not in saved.definitions.values_list("rate", flat=True)
    with pytest.raises(Refused, match="participation"):
        actions.open_consultation(by=cast.user("personnel"), scheme=saved)
    text = {"zh_Hant": "群眾參與", "en": "people take part"}
    actions.define(by=cast.user("personnel"), scheme=saved, rate="participation", why=text, numerator=text,
                   denominator=text)  # fmt: skip
    assert actions.open_consultation(by=cast.user("personnel"), scheme=saved).state == "consulting"


def test_scheme_goes_from_draft_over_the_officers_to_force(cast, consulted):
    assert consulted.consulted_at
    forced = force(cast, consulted)
    assert (forced.state, forced.minute_number, forced.approved_by) == ("in_force", "2026-44", "secretary")
    assert set(RateDefinition.objects.filter(scheme=forced).values_list("next_review", flat=True)) == {date(2028, 1, 1)}


def test_scheme_is_not_in_force_before_the_officers_were_heard_and_answered(cast, made):
    with pytest.raises(Refused):
        force(cast, made)
    actions.open_consultation(by=cast.user("personnel"), scheme=made)
    with pytest.raises(Refused, match="2"):
        force(cast, made, unanswered=2)
    with pytest.raises(Refused):
        force(cast, made, minute=" ")
    with pytest.raises(NotAllowed):
        force(cast, made, by="personnel")


def test_change_applies_from_a_coming_quarter_only(cast, consulted):
    with clock.at(date(2027, 1, 1)), pytest.raises(Refused, match="R-10"):
        force(cast, consulted)
    with clock.at(date(2026, 12, 31)):
        force(cast, consulted)
    assert queries.scheme_for(cast.bureau, "2026Q4") == cast.scheme
    assert queries.scheme_for(cast.bureau, "2027Q1") == consulted


def test_change_within_a_quarter_is_refused(cast, autumn):
    made = draft(cast, NEXT.replace("2027-01-01", "2027-02-01"))
    actions.open_consultation(by=cast.user("personnel"), scheme=made)
    with pytest.raises(Refused, match="R-10"):
        force(cast, made)


def test_first_scheme_of_a_bureau_may_apply_from_any_day(cast, autumn):
    SchemeVersion.objects.all().delete()
    made = draft(cast, TEXT)
    actions.open_consultation(by=cast.user("personnel"), scheme=made)
    assert force(cast, made).in_force_from == date(2026, 1, 1)
    assert queries.scheme_for(cast.bureau, "2025Q4") is None


def test_consulted_scheme_is_taken_back_to_be_changed(cast, consulted):
    personnel = cast.user("personnel")
    with pytest.raises(Refused):
        actions.save_draft(by=personnel, scheme=consulted, text=NEXT, pool_text=POOL, edition=1)
    with pytest.raises(Refused):
        actions.take_back(by=personnel, scheme=consulted, why=" ")
    again = actions.take_back(by=personnel, scheme=consulted, why="two comments upheld")
    assert again.state == "draft"


def test_scheme_in_force_is_neither_changed_nor_dropped(cast, autumn):
    personnel = cast.user("personnel")
    with pytest.raises(Refused):
        actions.drop_scheme(by=personnel, scheme=cast.scheme, why="no longer")
    with pytest.raises(Refused):
        actions.save_draft(by=personnel, scheme=cast.scheme, text=NEXT, pool_text=POOL, edition=1)


def test_dropped_draft_stays_with_its_reason(cast, made):
    dropped = actions.drop_scheme(by=cast.user("personnel"), scheme=made, why="another way was found")
    assert dropped.state == "dropped" and SchemeVersion.objects.filter(pk=made.pk).exists()


def test_rooms_below_learn_what_the_scheme_in_force_asks_of_them(cast):
    assert "floating_share" in asked.covariates_on(cast.bureau, date(2026, 7, 1))
    assert asked.scheme_on(cast.other_bureau, date(2026, 7, 1)) is None
