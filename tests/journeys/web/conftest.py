"""What journeys are given: the demo on a server of each module's own, a browser, and people who log in."""

import shutil
from pathlib import Path

import pytest

from tests.journeys.web.people import Person
from tests.journeys.web.served import Served, built_in, copied

HERE = Path(__file__).parent
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
ARGUMENTS = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
)


def pytest_collection_modifyitems(items):
    """Each of these starts programs, and a module's tests are one journey on one server."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(item.path.stem))


@pytest.fixture(scope="session")
def template(tmp_path_factory, worker_id):
    """The demo's home, built once for all of the tests' programs."""
    base = tmp_path_factory.getbasetemp()
    return built_in(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="module")
def served(template, tmp_path_factory):
    """A server on a copy of the demo, its clock at the second-last day of the objection period of 2026Q3."""
    server = Served(copied(template, tmp_path_factory.mktemp("home") / "linli")).start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def browser():
    """Debian's Chromium, driven as a person would."""
    if CHROMIUM is None:
        pytest.skip("no Chromium here: apt install chromium")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=CHROMIUM, headless=True, args=list(ARGUMENTS))
        yield running
        running.close()


@pytest.fixture(scope="module")
def everybody(browser, served):
    """name -> Person: a browser once opened stays open through the module's journey."""
    people = {}
    yield people
    for person in people.values():
        person.close()


@pytest.fixture
def person(browser, served, everybody):
    """``person("o08")``: somebody logged in. In the end no page may have complained in its console."""

    def called(name):
        if name not in everybody:
            everybody[name] = Person(browser, served.url, name).log_in()
        return everybody[name]

    yield called
    complaints = [said for one in everybody.values() for said in one.complaints]
    for one in everybody.values():
        one.complaints.clear()
    assert complaints == []


@pytest.fixture
def stranger(browser, served, everybody):
    """``stranger(width…)``: a browser in which nobody has logged in yet; its console is watched with the others'."""

    def opened(name="", **context):
        made = Person(browser, served.url, name, **context)
        everybody[f"{name} {len(everybody)}"] = made
        return made

    return opened
