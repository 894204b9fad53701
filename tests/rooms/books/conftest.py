"""What tests of county books are given: the invented bureau in autumn, and its book as files."""

from datetime import date

import pytest

from linli.faces.desk import actions
from linli.ground.trail import clock
from tests.rooms.cast import COUNTY


@pytest.fixture(autouse=True)
def autumn():
    with clock.at(date(2026, 9, 20)):
        yield


@pytest.fixture
def personnel(full_cast):
    return full_cast.user("personnel")


@pytest.fixture
def county():
    """sheet -> text of the invented county's CSVs."""
    return {path.stem: path.read_text("utf-8-sig") for path in COUNTY.glob("*.csv")}


@pytest.fixture
def send(full_cast):
    """``send(user, posts="…", evidence="…")``: the preview of those sheets."""

    def sent(by, **sheets):
        files = [(f"{sheet}.csv", text.encode()) for sheet, text in sheets.items()]
        return actions.preview(by=by, bureau=full_cast.bureau, files=files)

    return sent
