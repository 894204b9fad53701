"""The administrator's pages, one's own account, and the bureau that is not one's own."""

import pytest
from django.urls import reverse

from linli.ground.accounts.doors import may_enter
from linli.ground.accounts.models import User
from linli.ground.accounts.roles import Role
from linli.ground.places.models import Bureau, Place
from linli.ground.trail.models import Entry

ACCOUNTS = "accounts:index"


@pytest.fixture
def administrator(cast, logged_in):
    return logged_in(cast.user("administrator"))


def names(answer):
    return [user.username for user in answer.context["page"].paginator.object_list]


@pytest.mark.parametrize(
    "asked, found",
    [({"role": "auditor"}, ["auditor"]), ({"bureau": "yuanshan"}, ["stranger"]), ({"text": "審計"}, ["auditor"]),
     ({"state": "closed"}, ["o03"]), ({"role": "officer", "state": "closed"}, ["o03"]), ({"text": "nobody"}, [])],
)  # fmt: skip
def test_accounts_are_filtered(cast, administrator, asked, found):
    User.objects.filter(username="o03").update(is_active=False)
    assert names(administrator.get(reverse(ACCOUNTS), asked)) == found


def test_accounts_are_sorted_and_an_unknown_order_is_that_of_the_names(administrator):
    by_name = names(administrator.get(reverse(ACCOUNTS), {"sort": "password"}))
    assert by_name == sorted(by_name)
    assert names(administrator.get(reverse(ACCOUNTS), {"sort": "-name"})) == by_name[::-1]


def test_list_can_be_taken_along_without_secrets(administrator):
    text = b"".join(administrator.get(reverse(ACCOUNTS), {"format": "csv"}).streaming_content).decode()
    assert text.startswith("\ufeffusername,name,role") and "md5$" not in text
    assert len(text.splitlines()) == User.objects.count() + 1


def test_number_of_queries_does_not_grow_with_the_accounts(cast, administrator, django_assert_max_num_queries):
    User.objects.bulk_create(User(username=f"x{n}", role="officer", bureau=cast.bureau) for n in range(40))
    with django_assert_max_num_queries(15):
        administrator.get(reverse(ACCOUNTS))


def test_account_is_opened_by_a_form_and_a_second_click_opens_nothing(cast, administrator):
    form = {
        "username": "o77", "display_name": "<i>新</i>", "role": "officer", "bureau": cast.bureau.pk,
        "password": "seven willow gates", "once": "t1",
    }  # fmt: skip
    for _ in range(2):
        answer = administrator.post(reverse("accounts:new"), form)
        assert answer["Location"] == reverse("accounts:one", args=["o77"])
    assert User.objects.get(username="o77").password_handed  # it must be changed at the first login
    assert "&lt;i&gt;" in administrator.get(reverse("accounts:one", args=["o77"])).content.decode()


def test_what_is_wrong_with_a_new_account_is_said_in_its_form(cast, administrator):
    form = {"username": "O 77", "display_name": "x", "role": "officer", "password": "seven willow gates"}
    answer = administrator.post(reverse("accounts:new"), form)
    assert answer.status_code == 400 and answer.context["form"].non_field_errors()
    assert "seven willow gates" not in answer.content.decode()


def test_account_is_closed_reopened_and_given_a_password_from_its_page(cast, administrator):
    def press(name, **form):
        return administrator.post(reverse(f"accounts:{name}", args=["o08"]), form).status_code

    assert press("close") == 409  # without a reason nothing is done
    assert press("close", why="retired") == 302 and not cast.user("o08").is_active
    assert press("reopen", why="came back") == 302 and cast.user("o08").is_active
    assert press("password", password="short") == 409
    assert press("password", password="seven willow gates") == 302
    assert press("unlock") == 302
    assert press("second_factor", why="lost") == 409  # there is none
    assert [entry.action for entry in Entry.objects.filter(subject="account:o08").order_by("number")] == [
        "accounts.close", "accounts.reopen", "accounts.set_password", "accounts.unlock",
    ]  # fmt: skip


def test_account_that_is_not_there_is_not_found(administrator):
    assert administrator.get(reverse("accounts:one", args=["nobody"])).status_code == 404


def test_nobody_but_an_administrator_sees_or_changes_accounts(cast, logged_in):
    for user in User.objects.exclude(role=Role.ADMINISTRATOR):
        client = logged_in(user)
        for name in ("close", "reopen", "password", "second_factor", "unlock"):
            assert client.post(reverse(f"accounts:{name}", args=["o08"]), {"why": "x"}).status_code == 403
        assert client.get(reverse(ACCOUNTS)).status_code == 403
    assert cast.user("o08").is_active


def test_everybody_sees_the_own_account(cast, logged_in):
    for role in Role:
        user = User.objects.filter(role=role).first()
        assert user.username in logged_in(user).get(reverse("accounts:mine")).content.decode()


def test_bureau_is_entered_by_its_own_staff_its_province_and_those_above(cast):
    for user in User.objects.all():
        own = user.bureau_id == cast.bureau.pk or user.role in (Role.PROVINCE, Role.ADMINISTRATOR, Role.AUDITOR)
        assert may_enter(user, cast.bureau) is own, user


@pytest.mark.parametrize(
    "scope, level, county, enters",
    [("500000000000", "province", "510105000000", False), ("500000000000", "province", "500101000000", True),
     ("431000000000", "city", "431102000000", False), ("431000000000", "city", "431002000000", True),
     ("431020000000", "county", "431021000000", False), ("431020000000", "county", "431020000000", True)],
)  # fmt: skip
def test_codes_that_end_in_noughts_do_not_open_their_neighbours(cast, scope, level, county, enters):
    cast.user("province")
    viewer = User(role="province", scope=Place.objects.create(code=scope, name="x", level=level))
    place = Place.objects.filter(code=county).first() or Place.objects.create(code=county, name="y", level="county")
    bureau = Bureau.objects.create(code="b", name="b", place=place)
    assert may_enter(viewer, bureau) is enters


def test_account_without_a_role_opens_no_door(cast, logged_in):
    client = logged_in(User.objects.create(username="bare", is_superuser=True))
    assert client.get(reverse(ACCOUNTS)).status_code == 403
    assert Entry.objects.latest("number").action == "door.refused"
