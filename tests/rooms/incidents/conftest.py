"""A day in October 2026, the third quarter's counts, and short ways to write more."""

from datetime import datetime

import pytest

from linli.ground.trail import clock
from linli.work.incidents import actions, kinds

THE_DAY = datetime(2026, 10, 8, 10)
THIRD = ("2026-07", "2026-08", "2026-09")


@pytest.fixture(autouse=True)
def the_day():
    """A Thursday in October; tests that need another day set it within."""
    with clock.at(THE_DAY):
        yield


@pytest.fixture
def table(cast):
    """``table(rows, on=…)``: rows (month, community, kind, number) read and accepted by the command centre."""

    def taken(rows, on=THE_DAY):
        by = cast.user("command")
        with clock.at(on):
            read = actions.read_table(by=by, bureau=cast.bureau, source="警情月報", rows=rows)
            return actions.accept(by=by, bureau=cast.bureau, table=read)

    return taken


@pytest.fixture
def quarter(table):
    """Every community's counts of the third quarter: 2 of each kind a month."""
    codes = [f"C{number:02d}" for number in range(1, 11)]
    return table([(month, code, kind, 2) for month in THIRD for code in codes for kind in kinds.NAMES])


@pytest.fixture
def lead(cast):
    """``lead(officer code, community code, …)``: entered by that officer."""

    def entered(officer="O01", community="C01", **more):
        said = {"kind": "vehicle", "source": "officer"} | more
        by = cast.user(officer.lower())
        return actions.receive_lead(by=by, bureau=cast.bureau, community=cast.community(community), **said)

    return entered


@pytest.fixture
def plan(cast):
    """Six points of each class in C01 and C02."""
    by = cast.user("publicorder")
    return [
        actions.add_check_point(
            by=by, community=cast.community(community), code=f"{klass[:2]}-{number}", weight_class=klass, what="路燈"
        )
        for community in ("C01", "C02")
        for klass in kinds.CLASSES
        for number in range(1, 7)
    ]
