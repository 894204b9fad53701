"""Every page that a menu leads to, for every role: no fault of a script, nothing the content security policy stops."""

import pytest

ROLES = (
    *("o04", "station", "command", "personnel", "supervision", "leader1", "secretary", "cadre", "province"),
    *("administrator", "auditor"),
)


def here(person):
    """Addresses on this page that lead to other pages of the house, without files and without leaving."""
    found = person.page.eval_on_selector_all(
        "nav#nav a[href^='/'], main a[href^='/']", "all => all.map(one => one.getAttribute('href'))"
    )
    left_out = ("format=", "/logout", ".docx", ".xlsx", ".csv", "/api/openapi")
    return [path for path in dict.fromkeys(found) if not any(part in path for part in left_out)]


@pytest.mark.parametrize("name", ROLES)
def test_what_the_menu_and_the_first_pages_lead_to_opens_without_a_complaint(person, name):
    somebody = person(name)
    somebody.go("/")
    menu = here(somebody)
    wanted = list(menu)
    for path in menu:
        assert somebody.go(path) == 200, path
        wanted += [further for further in here(somebody)[:12] if further not in wanted]
    broken = {path: status for path in wanted[len(menu) :][:25] if (status := somebody.go(path)) != 200}
    assert broken == {}  # no link on a page leads to a closed door


def test_the_watch_on_the_console_sees_what_the_policy_stops(person):
    somebody = person("o04")
    somebody.go("/")
    with somebody.page.expect_console_message():
        somebody.page.evaluate(
            "() => { const made = document.createElement('script'); made.textContent = 'window.bad = 1';"
            "document.body.append(made); }"
        )
    assert somebody.page.evaluate("window.bad") is None
    assert len(somebody.complaints) == 1
    somebody.complaints.clear()
