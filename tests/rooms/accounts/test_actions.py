"""What the administrator may do with accounts, and what nobody may."""

import pytest
from allauth.mfa.models import Authenticator
from axes.models import AccessAttempt

from linli.ground.accounts import actions
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.trail.models import Entry
from linli.ground.trail.refusals import NotAllowed, Refused

PASSWORD = "seven willow gates"


@pytest.fixture
def administrator(cast):
    return cast.user("administrator")


def opened(by, **more):
    return actions.open_account(by=by, **({"username": "new", "password": PASSWORD, "role": "officer"} | more))


def last():
    return Entry.objects.order_by("-number").first()


def test_account_is_opened_with_one_role_in_one_bureau_and_left_in_the_trail(cast, administrator):
    user = opened(administrator, bureau=cast.bureau, display_name=" 新人 ")
    assert (user.role, user.bureau, user.display_name, user.check_password(PASSWORD)) == (
        Role.OFFICER, cast.bureau, "新人", True,
    )  # fmt: skip
    assert (last().action, last().subject, last().bureau) == ("accounts.open", "account:new", "linjiang")


def test_password_stands_in_no_entry_of_the_trail(cast, administrator):
    opened(administrator, bureau=cast.bureau)
    actions.set_password(by=administrator, user=cast.user("new"), password="another seven gates")
    assert not [entry for entry in Entry.objects.all() if "seven" in entry.facts + entry.why + entry.subject]


def test_nobody_but_an_administrator_opens_accounts(cast):
    for user in User.objects.exclude(role=Role.ADMINISTRATOR):
        with pytest.raises(NotAllowed):
            opened(user, bureau=cast.bureau)


@pytest.mark.parametrize("role", [role for role in Role if role not in ("province", "administrator", "auditor")])
def test_role_of_a_bureau_needs_its_bureau(administrator, role):
    with pytest.raises(Refused, match="needs a bureau"):
        opened(administrator, role=role)


@pytest.mark.parametrize("role", ["administrator", "auditor", "province"])
def test_role_above_bureaus_stands_in_none(cast, administrator, role):
    with pytest.raises(Refused, match="no bureau"):
        opened(administrator, role=role, bureau=cast.bureau, scope=cast.province)


def test_province_viewer_needs_a_place_and_nobody_else_has_one(cast, administrator):
    with pytest.raises(Refused):
        opened(administrator, role="province")
    with pytest.raises(Refused):
        opened(administrator, role="officer", bureau=cast.bureau, scope=cast.province)
    assert opened(administrator, role="province", scope=cast.province).scope == cast.province


def test_department_needs_its_office_and_cadre_the_community_and_both_of_the_same_bureau(cast, administrator):
    office = cast.user("station").office
    for wrong in (
        {"role": "department", "bureau": cast.bureau},
        {"role": "cadre", "bureau": cast.bureau},
        {"role": "department", "bureau": cast.other_bureau, "office": office},
        {"role": "cadre", "bureau": cast.other_bureau, "community": cast.community("C01")},
    ):
        with pytest.raises(Refused):
            opened(administrator, **wrong)
    assert opened(administrator, role="cadre", bureau=cast.bureau, community=cast.community("C02")).pk


@pytest.mark.parametrize("name", ["", "linli", "O08", "o08", "a b", "<b>", "周", "a/../b", "x" * 65, ".x", None])
def test_name_that_is_taken_reserved_or_unfit_is_refused(cast, administrator, name):
    with pytest.raises(Refused):
        opened(administrator, username=name, bureau=cast.bureau)


@pytest.mark.parametrize("password", ["", "short", "1234567890", "password123", "newperson-9"])
def test_weak_password_is_refused_and_nothing_is_made(cast, administrator, password):
    with pytest.raises(Refused):
        opened(administrator, username="newperson-9", password=password, bureau=cast.bureau)
    assert not User.objects.filter(username="newperson-9").exists()


def test_closing_and_reopening_say_why_and_are_not_done_twice(cast, administrator):
    officer = cast.user("o08")
    with pytest.raises(Refused, match="reason"):
        actions.close_account(by=administrator, user=officer, why="  ")
    actions.close_account(by=administrator, user=officer, why="left the bureau")
    assert not cast.user("o08").is_active and last().why == "left the bureau"
    with pytest.raises(Refused, match="closed already"):
        actions.close_account(by=administrator, user=officer, why="again")
    actions.reopen_account(by=administrator, user=officer, why="came back")
    assert cast.user("o08").is_active
    with pytest.raises(Refused, match="open already"):
        actions.reopen_account(by=administrator, user=officer, why="again")


def test_administrator_cannot_close_the_own_account(administrator):
    with pytest.raises(Refused, match="your own"):
        actions.close_account(by=administrator, user=administrator, why="tired")


def test_password_handed_over_must_be_changed_by_its_owner(cast, administrator):
    officer = cast.user("o08")
    actions.set_password(by=administrator, user=officer, password=PASSWORD)
    assert cast.user("o08").password_handed
    actions.choose_password(by=officer, password="of my own choosing")
    assert not cast.user("o08").password_handed and cast.user("o08").check_password("of my own choosing")


def test_second_factor_is_reset_with_a_reason_and_only_where_there_is_one(cast, administrator):
    officer = cast.user("o08")
    with pytest.raises(Refused, match="no second factor"):
        actions.reset_second_factor(by=administrator, user=officer, why="lost phone")
    Authenticator.objects.create(user=officer, type="totp", data={})
    actions.reset_second_factor(by=administrator, user=officer, why="lost phone")
    assert not Authenticator.objects.filter(user=officer).exists()
    assert (last().action, last().why) == ("accounts.reset_second_factor", "lost phone")


def test_unlocking_forgets_the_failures_of_that_account_alone(cast, administrator):
    for name in ("o08", "o01"):
        AccessAttempt.objects.create(username=name, ip_address="10.0.0.1", failures_since_start=5)
    assert actions.unlock(by=administrator, user=cast.user("o08")) == 1
    assert list(AccessAttempt.objects.values_list("username", flat=True)) == ["o01"]
