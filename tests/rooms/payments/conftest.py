"""A published quarter, its promises, and money that is approved."""

from datetime import date, datetime

import pytest

from linli.ground.trail import clock
from linli.quarter.payments import actions
from tests.rooms import published

THE_DAY = datetime(2026, 11, 6, 10)


@pytest.fixture(autouse=True)
def the_day():
    """A Friday after publication; tests that need another day set it within."""
    with clock.at(THE_DAY):
        yield


@pytest.fixture
def cycle(cast):
    return published.publish(cast)


@pytest.fixture
def promises(cast, cycle):
    return actions.promise_allowances(by=cast.user("personnel"), cycle=cycle)


@pytest.fixture
def budget(cast):
    """The year's allowance line, approved."""
    line = actions.set_budget(
        by=cast.user("personnel"), bureau=cast.bureau, year=2026, purpose="allowance", amount_fen=6_000_000,
        source="縣財政",
    )  # fmt: skip
    return actions.approve_budget(
        by=cast.user("secretary"), line=line, approval_number="臨財行〔2026〕12號", approved_on=date(2026, 1, 20)
    )


@pytest.fixture
def due(cast, promises, budget):
    """Every allowance approved."""
    return actions.approve(by=cast.user("secretary"), promises=promises, document="局黨委紀要〔2026〕31號")


@pytest.fixture
def pay(cast):
    """``pay(promise)``: paid today by the personnel office."""

    def paid(promise, **other):
        given = {"by": cast.user("personnel"), "voucher": "記-0117", "paid_on": date(2026, 11, 6)}
        return actions.pay(promise=promise, **{**given, "signed_by": promise.payee_name, **other})

    return paid
