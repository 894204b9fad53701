"""The cast is whole: somebody in every role, and the county book's people in their posts."""

from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.quarter.indicators.models import Entry


def test_every_role_is_played(cast):
    assert set(User.objects.values_list("role", flat=True)) == set(Role.values)


def test_figures_are_those_of_the_county_book(full_cast):
    assert Entry.objects.count() == len(full_cast.book.evidence)
