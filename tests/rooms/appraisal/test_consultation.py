"""A draft scheme goes to the officers, and is in force only when each comment has its answer."""

from datetime import date

import pytest

from linli.ground.trail import clock
from linli.ground.trail.refusals import NotAllowed, Refused, Stale
from linli.quarter.appraisal import actions, queries
from linli.quarter.appraisal.models import SchemeComment
from linli.quarter.indicators import actions as indicators
from tests.rooms.cast import COUNTY


@pytest.fixture
def scheme(cast):
    """A new version before the officers."""
    text = (COUNTY / "scheme.toml").read_text("utf-8")
    text = text.replace('version = "2026.1"', 'version = "2027.1"').replace("2026-01-01", "2027-01-01")
    pool = (COUNTY / "pool.toml").read_text("utf-8")
    with clock.at(date(2026, 11, 2)):
        made = indicators.draft_scheme(by=cast.user("personnel"), bureau=cast.bureau, text=text, pool_text=pool)
        indicators.open_consultation(by=cast.user("personnel"), scheme=made)
    made.refresh_from_db()
    return made


def _say(cast, scheme, text="權重過高", name="o03"):
    with clock.at(date(2026, 11, 3)):
        return actions.comment_on_scheme(by=cast.user(name), scheme=scheme, text=text)


def test_it_is_not_in_force_before_every_comment_is_answered(cast, scheme):
    comment = _say(cast, scheme)
    with clock.at(date(2026, 11, 9)):
        with pytest.raises(Refused):
            actions.put_in_force(by=cast.user("secretary"), scheme=scheme, minute_number="2026-44")
        actions.answer_comment(by=cast.user("personnel"), comment=comment, answer="已降低兩分")
        actions.put_in_force(by=cast.user("secretary"), scheme=scheme, minute_number="2026-44")
    scheme.refresh_from_db()
    assert scheme.state == "in_force" and not queries.unanswered(scheme)


@pytest.mark.parametrize("name", ["personnel", "leader1", "stranger", "auditor"])
def test_officers_and_stations_comment_and_nobody_else(cast, scheme, name):
    with pytest.raises(NotAllowed):
        _say(cast, scheme, name=name)
    _say(cast, scheme, name="station")


def test_a_scheme_in_force_takes_no_comments(cast):
    with pytest.raises(Refused, match="does not lie before"):
        _say(cast, cast.scheme)


@pytest.mark.parametrize("text", ["", " \n"])
def test_a_blank_comment_is_none(cast, scheme, text):
    with pytest.raises(Refused):
        _say(cast, scheme, text)


def test_the_same_comment_twice_is_one(cast, scheme):
    _say(cast, scheme)
    with pytest.raises(Refused, match="already"):
        _say(cast, scheme)
    assert SchemeComment.objects.count() == 1


def test_of_two_answers_the_second_is_shown_the_first(cast, scheme):
    comment = _say(cast, scheme)
    same = SchemeComment.objects.get(pk=comment.pk)
    actions.answer_comment(by=cast.user("personnel"), comment=comment, answer="採納")
    with pytest.raises(Stale) as stale:
        actions.answer_comment(by=cast.user("personnel"), comment=same, answer="不採納")
    assert stale.value.rows[0][1:] == ("不採納", "採納")
