"""What tests of faults are given: the demo's home in a copy of their own, and the forge in which deeds are killed."""

from datetime import datetime
from pathlib import Path

import pytest

from tests.journeys.faults.forge import Forge
from tests.journeys.web.served import Served, built_in, clock_at, copied

HERE = Path(__file__).parent


def pytest_collection_modifyitems(items):
    """Each of these starts programs, and those of a module share one home."""
    for item in items:
        if item.path.parent == HERE:
            item.add_marker(pytest.mark.slow)
            item.add_marker(pytest.mark.xdist_group(f"faults {item.path.stem}"))


@pytest.fixture(scope="session")
def template(tmp_path_factory, worker_id):
    """The demo's home, built once for all of the tests' programs."""
    base = tmp_path_factory.getbasetemp()
    return built_in(base if worker_id == "master" else base.parent)


@pytest.fixture(scope="module")
def forge(template, tmp_path_factory):
    """A home in the second week of January 2027, when 2026Q4 can be frozen, and the program of the deeds."""
    home = copied(template, tmp_path_factory.mktemp("faults") / "linli")
    clock_at(home, datetime(2027, 1, 11, 9))
    made = Forge(home)
    made.keep("begun")
    yield made
    made.close()


@pytest.fixture
def house(template, tmp_path):
    """``house(moment, *deeds)``: a server on a home of its own, on a day, in which some deeds have been done."""
    running = []

    def opened(moment, *deeds):
        home = copied(template, tmp_path / f"linli{len(running)}")
        clock_at(home, moment)
        forge = Forge(home)
        for deed in deeds:
            forge.must(deed)
        running.append((Served(home), forge))
        return running[-1]

    yield opened
    for server, forge in running:
        server.stop()
        forge.close()
